"""Somebody is recorded twice: found, compared side by side, made one, taken apart again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.errors import (
    MergeContradictionError,
    MergeStandsError,
    NotAllowedError,
    NotMergeableError,
    RecordChangedError,
)
from counselling.forms import MergeForm, TwinSearchForm
from counselling.merging import preview
from counselling.models import Client, Merge
from counselling.queries import possible_duplicates
from counselling.rules import can_change_client
from counselling.services.merges import can_be_undone
from counselling.views.lists import own_client, understood
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.CLIENT_CHANGE_OWN)
def merge_find(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Who could be the same person as this client? Few fields of the whole centre, and logged."""
    client = own_client(request.user, public_id)
    form = TwinSearchForm(
        request.GET if "q" in request.GET else {"q": client.written_name or client.latin_name}
    )
    text = understood(form).get("q", "")
    birth = (client.birth_date, client.birth_precision) if client.birth_date else None
    found = [
        other
        for other in possible_duplicates(
            request.user, text, birth, "" if "q" in request.GET else client.phone
        )
        if other.pk != client.pk
    ]
    record(
        Action.SEARCH, by=request.user, object_type="counselling.client", reason="duplicate", found=len(found)
    )
    own = set(
        Client.objects.own(request.user).filter(pk__in=[c.pk for c in found]).values_list("pk", flat=True)
    )
    context = {"client": client, "form": form, "found": [(other, other.pk in own) for other in found]}
    return render(request, "counselling/merge_find.html", context)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def merge_compare(request: StaffRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Both records side by side; sending it makes them one."""
    kept = own_client(request.user, public_id)
    absorbed = get_object_or_404(
        Client.objects.filter(centre_id=request.user.centre_id).select_related("counsellor"), public_id=other
    )
    if kept.pk in (absorbed.pk, absorbed.merged_into_id):
        return redirect(kept)
    if not can_change_client(request.user, absorbed):
        return redirect("counselling:merge_find", public_id=public_id)
    if request.method == "POST":
        return _merge(request, kept, absorbed)
    record(Action.VIEW, by=request.user, obj=absorbed, reason="merge")
    return _compared(request, MergeForm(kept=kept, absorbed=absorbed), kept, absorbed)


def _compared(
    request: StaffRequest,
    form: MergeForm,
    kept: Client,
    absorbed: Client,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form, "kept": kept, "absorbed": absorbed, "moves": preview.what_moves(absorbed), "problem": problem,
        "days": preview.UNDO_FOR.days,
    }  # fmt: skip
    return render(request, "counselling/merge_compare.html", context, status=status)


def _merge(request: StaffRequest, kept: Client, absorbed: Client) -> HttpResponse:
    form = MergeForm(request.POST, kept=kept, absorbed=absorbed)
    if not form.is_valid():
        return _compared(
            request, form, kept, absorbed, problem=_("Please choose one value in every row."), status=422
        )
    try:
        merge = services.merge_clients(
            kept=kept, absorbed=absorbed, choices=form.choices(), revisions=form.revisions(), by=request.user,
            submission=form.cleaned_data["submission"],
        )  # fmt: skip
    except RecordChangedError:
        problem = _(
            "One of the records has been changed meanwhile. This is how they stand now; please compare again."
        )
        fresh = MergeForm(kept=kept, absorbed=absorbed)
        return _compared(request, fresh, kept, absorbed, problem=problem, status=409)
    except MergeContradictionError as error:
        return _compared(request, form, kept, absorbed, problem=str(error), status=422)
    except (NotMergeableError, NotAllowedError):
        messages.error(request, _("These two records cannot be merged any more."))
        return redirect("counselling:client_detail", public_id=kept.public_id)
    messages.success(
        request,
        _("%(absorbed)s is part of %(kept)s now.") % {"absorbed": absorbed.number, "kept": merge.kept.number},
    )
    return redirect(kept)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def merge_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """What was merged, what undoing would do, and the button for it."""
    merge = get_object_or_404(
        Merge.objects.visible_to(request.user).select_related("kept", "absorbed", "merged_by", "undone_by"),
        pk=pk,
    )
    if request.method == "POST":
        try:
            services.undo_merge(merge=merge, by=request.user)
        except (MergeStandsError, NotAllowedError, NotMergeableError):
            messages.error(request, _("This merge can no longer be undone."))
            return redirect("counselling:merge_undo", pk=merge.pk)
        words = {"absorbed": merge.absorbed.number, "kept": merge.kept.number}
        messages.success(request, _("%(absorbed)s and %(kept)s are two records again.") % words)
        return redirect(merge.kept)
    record(Action.VIEW, by=request.user, obj=merge.kept, reason="merge")
    context: dict[str, Any] = {
        "merge": merge, "client": merge.kept, "way": preview.what_undoing_does(merge), "clashes": preview.clashes(merge),
        "undoable": can_be_undone(merge),
    }  # fmt: skip
    return render(request, "counselling/merge_undo.html", context)


@access(Permission.CLIENT_CREATE, methods=["POST"])
def client_ask(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask the colleague in charge to let one in: the person is at the desk, or is recorded twice."""
    asked_about = get_object_or_404(
        Client.objects.standing().filter(centre_id=request.user.centre_id).select_related("counsellor"),
        public_id=public_id,
    )
    if can_change_client(request.user, asked_about):
        return redirect(asked_about)
    twin_id = _uuid(request.POST.get("twin", ""))
    twin = Client.objects.own(request.user).at_address(twin_id) if twin_id else None
    name = asked_about.counsellor.get_full_name()
    if asked_about.counsellor.may(Permission.CLIENT_READ_OWN):
        services.ask_in_charge(client=asked_about, by=request.user, twin=twin)
        words = _("%(name)s is asked: the question stands among the follow-ups due today.") % {"name": name}
        messages.success(request, words)
    else:
        words = _(
            "%(name)s does not counsel here any more. Please ask the coordination to give you %(number)s."
        )
        messages.warning(request, words % {"name": name, "number": asked_about.number})
    if twin is not None:
        return redirect("counselling:merge_find", public_id=twin.public_id)
    return redirect("counselling:client_check")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
