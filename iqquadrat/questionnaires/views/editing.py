"""What the pages of the editor share: they open a draft, keep a change, and say why one is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest
from iqquadrat.core.forms import differences
from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.arranging import UnknownPartError
from iqquadrat.questionnaires.draft_forms import DraftForm
from iqquadrat.questionnaires.draft_places import Line, fault_in_words
from iqquadrat.questionnaires.enums import VersionState
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import Specification
from iqquadrat.questionnaires.storing import specification_of

Change = Callable[[Specification], Specification]
Mark = Callable[[Specification], str]
Again = Callable[[Specification], DraftForm]


@dataclass(frozen=True)
class Draft:
    """A draft in memory, as a record and as plain data."""

    version: Version
    specification: Specification

    def url(self, route: str = "edit", part: str = "", **named: str) -> str:
        """Return a page of the editor; ``part`` is the place on it."""
        address = reverse(f"questionnaires:{route}", kwargs={"pk": self.version.pk, **named})
        return f"{address}#{part}" if part else address


@dataclass
class Refusal:
    """Why a change was not kept: the status of the answer, and both wordings where somebody was faster."""

    status: int = 422
    theirs: list[tuple[str | Promise, str, str]] = field(default_factory=list)


def whole(pk: int) -> Version:
    """Return a version with its content, or a 404."""
    return get_object_or_404(Version.objects.with_content(), pk=pk)


def frozen(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a published version stays, and lead to it."""
    messages.error(
        request, _("A published version stays as it was answered. Copy it into a draft to change it.")
    )
    return redirect("questionnaires:version_detail", pk=pk)


def outdated() -> str:
    """What becomes of translations when the German changes, beside the button that changes it."""
    return _("Other German makes its translations outdated.")


def drafting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the draft; what is published leads back, and a part that is not there is a 404, for a form a 409."""

    @wraps(view)
    def opened(request: StaffRequest, pk: int, **named: str) -> HttpResponse:
        version = whole(pk)
        if version.state != VersionState.DRAFT:
            return frozen(request, pk)
        try:
            return view(request, Draft(version, specification_of(version)), **named)
        except UnknownPartError as error:
            if typed := _typed(request):
                return _gone(request, version, typed)
            raise Http404 from error
        except services.NotADraftError:
            return frozen(request, pk)

    return opened


def _typed(request: StaffRequest) -> list[str]:
    """Everything that stood in the fields of a form that was sent."""
    signs = {"csrfmiddlewaretoken", "seen", "do", "key", "to", "list"}
    return [words for name, sent in request.POST.lists() if name not in signs for words in sent if words]


def _gone(request: StaffRequest, version: Version, typed: list[str]) -> HttpResponse:
    """Say that somebody has removed what was being edited, with everything that was typed."""
    context = {"version": version, "typed": typed}
    return render(request, "questionnaires/edit_gone.html", context, status=409)


def keep(
    request: StaffRequest, draft: Draft, form: DraftForm, *, change: Change, mark: Mark, again: Again, what: str, own: str = ""
) -> Refusal | None:  # fmt: skip
    """Keep a change that a valid form asks for, or say in the form why not; ``own`` is the place the form is about."""
    try:
        change_of(request, draft, change=change, seen=form.cleaned_data["seen"], mark=mark, what=what)
    except services.UnsoundError as error:
        form.say(error.faults, error.specification, own)
        return Refusal()
    except services.DraftChangedError:
        now = specification_of(whole(draft.version.pk))
        theirs = differences(form, again(now))
        sent = request.POST.copy()
        sent["seen"] = mark(now)
        form.data = sent
        return Refusal(409, theirs)
    return None


def change_of(
    request: StaffRequest, draft: Draft, *, change: Change, seen: str, mark: Mark, what: str
) -> Version:
    """Change a draft as somebody who has seen it like this."""
    return services.change_draft(
        version=draft.version, change=change, by=request.user, seen=seen, mark=mark, what=what[:200]
    )


def show_form(
    request: StaffRequest, draft: Draft, form: DraftForm, refusal: Refusal | None, template: str = "edit_form", **more: Any
) -> HttpResponse:  # fmt: skip
    """Show a form of the editor, with what kept it from being kept."""
    status = refusal.status if refusal else 422 if form.is_bound else 200
    context = {
        "version": draft.version, "form": form, "theirs": refusal.theirs if refusal else [], "pointers": [], "save_label": "", "aside": "",
    } | more  # fmt: skip
    return render(request, f"questionnaires/{template}.html", context, status=status)


def remove(
    request: StaffRequest, draft: Draft, *, pointers: list[Line], change: Change, mark: Mark, what: str, done: tuple[str, str], **shown: Any
) -> HttpResponse:  # fmt: skip
    """Say what would go and what points at it; take it away only where nothing does and only as it was shown."""
    status = 200
    if request.method == "POST":
        status = 422
        if not pointers:
            try:
                seen = request.POST.get("seen", "")
                change_of(request, draft, change=change, seen=seen, mark=mark, what=what)
            except services.DraftChangedError:
                status = 409
            except services.UnsoundError as error:
                shown["refused"] = [fault_in_words(fault, error.specification) for fault in error.faults]
            else:
                words, url = done
                messages.success(request, words)
                return redirect(url)
    context = {
        "version": draft.version, "pointers": pointers, "seen": mark(draft.specification), "changed": status == 409,
        "refused": [], "uses": [], "goes": [], "note": "",
    } | shown  # fmt: skip
    return render(request, "questionnaires/edit_remove.html", context, status=status)
