"""What the pages of one entry of a client's record share: store it, say what cannot be, show both versions after a conflict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from counselling.errors import NotAllowedError, RecordChangedError
from counselling.models import Case, Client, LanguageSkill, Participation, Situation
from counselling.rules import can_change_client
from counselling.views.lists import own_client
from iqquadrat.accounts.access import StaffRequest
from iqquadrat.core.forms import differences, on_top_of

E = TypeVar("E", Case, LanguageSkill, Participation, Situation)
# What a service refuses: the field it is about, and the words.
Refusals = Mapping[type[Exception], tuple[str | None, Any]]


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    """The page of one entry. ``back``: where it leads when done; ``done``: what is said then; ``shown``: what its own template needs."""

    client: Client
    title: str
    back: str
    done: str
    lede: str = ""
    save_label: str = ""
    delete_url: str = ""
    delete_ask: str = ""
    delete_text: str = ""
    template: str = "counselling/entry_form.html"
    shown: Mapping[str, Any] = field(default_factory=dict)


def changeable_client(request: StaffRequest, public_id: Any) -> Client:
    """Return a client whose record the user may change; else 404 or 403."""
    client = own_client(request.user, public_id)
    if not can_change_client(request.user, client):
        raise PermissionDenied
    return client


def changeable_entry(request: StaffRequest, rows: QuerySet[E], **which: Any) -> E:
    """Return one entry of a client's record that the user may change, with its client; else 404 or 403."""
    own = Client.objects.visible_to(request.user)
    entry = get_object_or_404(rows.filter(client__in=own).select_related("client__centre"), **which)
    if not can_change_client(request.user, entry.client):
        raise PermissionDenied
    return entry


def entry_view(
    request: StaffRequest,
    page: EntryPage,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    refusals: Refusals | None = None,
    again: Callable[[], forms.Form] | None = None,
) -> HttpResponse:
    """Show the form, or store what was typed. ``again``: an unbound form of what is stored now, for a conflict."""
    theirs: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except NotAllowedError:
            raise PermissionDenied from None
        except RecordChangedError:
            if again is None:
                raise
            stored = again()
            theirs = differences(form, stored)
            on_top_of(form, stored.initial["revision"])
        except tuple(refusals or ()) as refusal:
            name, words = (refusals or {})[type(refusal)]
            form.add_error(name, words)
        else:
            messages.success(request, page.done)
            return redirect(page.back)
    conflict = form.is_bound and form.is_valid()
    status = 409 if conflict else 422 if form.is_bound else 200
    context = {"page": page, "client": page.client, "form": form, "theirs": theirs, **page.shown}
    return render(request, page.template, context, status=status)
