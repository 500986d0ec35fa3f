"""The condition of a question: as lines that need no syntax, or as text."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import arranging, condition_rows, services
from iqquadrat.questionnaires.conditions import ConditionError
from iqquadrat.questionnaires.draft_forms import ConditionForm, TextForm
from iqquadrat.questionnaires.draft_forms.conditions import MOST_LINES
from iqquadrat.questionnaires.draft_places import fault_in_words
from iqquadrat.questionnaires.pointing import label_of
from iqquadrat.questionnaires.specification import Specification
from iqquadrat.questionnaires.storing import specification_of
from iqquadrat.questionnaires.views.editing import (
    Draft,
    Refusal,
    change_of,
    drafting,
    keep,
    show_form,
    whole,
)

AS_TEXT = "text"


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
@drafting
def condition(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    """Edit when a question is asked."""
    stored = arranging.item_of(draft.specification, key).condition
    wanted = request.POST.get("as") if request.method == "POST" else request.GET.get("as")
    if wanted == AS_TEXT or not _in_lines(stored):
        return _as_text(request, draft, key)
    return _as_lines(request, draft, key)


def _in_lines(stored: str) -> bool:
    """Tell whether the lines of the form can show it whole; what is longer stays a text, so that saving drops nothing."""
    try:
        rows = condition_rows.read(stored)
    except ConditionError:
        return False
    return rows is not None and len(rows.lines) <= MOST_LINES


def _change(key: str, text: str) -> Any:
    return partial(arranging.set_condition, key=key, condition=text)


def _saved(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    messages.success(request, _("The condition is saved."))
    return redirect(draft.url("question", key=key))


def _context(draft: Draft, key: str) -> dict[str, Any]:
    item = arranging.item_of(draft.specification, key)
    return {"key": key, "label": label_of(item), "in_lines": _in_lines(item.condition), "back": draft.url("question", key=key)}  # fmt: skip


def _as_text(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    form, refusal = TextForm(request.POST or None, specification=draft.specification, key=key), None
    if form.is_valid():
        refusal = keep(
            request, draft, form, change=_change(key, form.cleaned_data["condition"]), mark=partial(arranging.mark_of_item, key=key),
            again=lambda now: TextForm(specification=now, key=key), what=f"condition {key}", own=f"item.{key}",
        )  # fmt: skip
        if refusal is None:
            return _saved(request, draft, key)
    return show_form(request, draft, form, refusal, "condition_text", **_context(draft, key))


def _as_lines(request: StaffRequest, draft: Draft, key: str) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ConditionForm(sent, specification=draft.specification, key=key)
    asked = request.POST.get("do", "")
    if asked.startswith("remove-") and asked[7:].isascii() and asked[7:].isdecimal():
        form.without(int(asked[7:9]))
    refusal: Refusal | None = None
    faults: list[str] = []
    if sent is not None and not asked.startswith(("remove-", "more")):
        if not form.is_valid():
            refusal = Refusal()
        else:
            refusal, faults = _keep_lines(request, draft, form, key)
            if refusal is None:
                return _saved(request, draft, key)
    context = _context(draft, key) | {
        "version": draft.version, "form": form, "faults": faults, "theirs": refusal.theirs if refusal else [],
    }  # fmt: skip
    status = refusal.status if refusal else 200
    return render(request, "questionnaires/condition.html", context, status=status)


def _keep_lines(
    request: StaffRequest, draft: Draft, form: ConditionForm, key: str
) -> tuple[Refusal | None, list[str]]:
    mark = partial(arranging.mark_of_item, key=key)
    try:
        change_of(request, draft, change=_change(key, form.condition()), seen=form.seen, mark=mark, what=f"condition {key}")  # fmt: skip
    except services.UnsoundError as error:
        return Refusal(), [fault_in_words(fault, error.specification, alone=True) for fault in error.faults]
    except services.DraftChangedError:
        now = specification_of(whole(draft.version.pk))
        form.seen = mark(now)
        return Refusal(409, [(_("condition"), *_both(now, form, key))]), []
    return None, []


def _both(now: Specification, form: ConditionForm, key: str) -> tuple[str, str]:
    """The condition as it is now and as it was chosen, in words."""
    stored = arranging.item_of(now, key).condition
    return (
        condition_rows.in_words(now, stored) or "–",
        condition_rows.in_words(now, form.condition()) or "–",
    )
