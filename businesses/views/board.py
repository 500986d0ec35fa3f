"""A wave in figures, the end of its fieldwork, and the interviews that are checked by phone."""

import secrets
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from businesses.answering import GERMAN, in_words
from businesses.board import board_of
from businesses.enums import CallBackOutcome
from businesses.errors import WaveInUseError, WavesOverlapError
from businesses.models import CallBack, Unit, Wave
from businesses.models.followup import LONGEST_MINUTES
from businesses.services import close_wave, delete_wave, draw_call_backs, note_call_back, reopen_wave
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.paging import page_of
from iqquadrat.questionnaires.models import Answer
from iqquadrat.questionnaires.queries import version_content
from iqquadrat.questionnaires.texts import text

# The three answers that a caller compares: role of the respondent, heads, trainees.
COMPARED = ("v01_role", "v09_heads", "v14_trainees_now")
_SEED_BITS = 48


class CallBackForm(forms.Form):
    """What came of the call."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), choices=[("", "–"), *CallBackOutcome.choices])
    minutes = WholeNumberField(
        label=gettext_lazy("Minutes as remembered"), min_value=1, max_value=LONGEST_MINUTES, required=False
    )
    note = LineField(label=gettext_lazy("Note"), max_length=500, required=False)


@access(Permission.BUSINESS_READ)
def wave_board(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Results, response rates, interviews by day."""
    wave = _get(request, public_id)
    board = board_of(wave, Unit.objects.visible_to(request.user).filter(wave=wave))
    return render(request, "businesses/wave_board.html", {"wave": wave, "board": board})


@access(Permission.WAVE_WRITE, methods=["POST"])
def wave_close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End fieldwork by hand."""
    close_wave(wave=_get(request, public_id), by=request.user)
    return redirect("businesses:wave_board", public_id=public_id)


@access(Permission.WAVE_WRITE, methods=["POST"])
def wave_reopen(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let fieldwork go on."""
    try:
        reopen_wave(wave=_get(request, public_id), by=request.user)
    except WavesOverlapError as error:
        messages.error(request, overlap_words(error))
    return redirect("businesses:wave_board", public_id=public_id)


@access(Permission.WAVE_WRITE, methods=["POST"])
def wave_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Delete a wave in which nothing happened yet."""
    try:
        delete_wave(wave=_get(request, public_id), by=request.user)
    except WaveInUseError:
        messages.error(
            request, _("There are visits or interviews in this wave. It can be closed, not deleted.")
        )
        return redirect("businesses:wave_board", public_id=public_id)
    messages.success(request, _("The wave was deleted."))
    return redirect("businesses:wave_list")


@access(Permission.WAVE_WRITE)
def call_backs(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The interviews that chance chose, with the answers to compare."""
    return _call_backs(request, _get(request, public_id))


@access(Permission.WAVE_WRITE, methods=["POST"])
def call_back_draw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Draw what is missing to a tenth."""
    made = draw_call_backs(wave=_get(request, public_id), seed=secrets.randbits(_SEED_BITS), by=request.user)
    if made:
        messages.success(request, _("Interviews drawn: %(number)d") % {"number": len(made)})
    else:
        messages.info(request, _("A tenth of the interviews of each surveyor is drawn already."))
    return redirect("businesses:call_backs", public_id=public_id)


@access(Permission.WAVE_WRITE, methods=["POST"])
def call_back_note(request: StaffRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Keep what came of a call."""
    wave = _get(request, public_id)
    call_back = get_object_or_404(CallBack.objects.visible_to(request.user), interview__wave=wave, pk=pk)
    form = CallBackForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _call_backs(request, wave, failed=(pk, form))
    note_call_back(call_back=call_back, by=request.user, **form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect("businesses:call_backs", public_id=public_id)


def overlap_words(error: WavesOverlapError) -> str:
    """Say which wave is in the way, and what to do."""
    return _(
        "The wave “%(wave)s” asks some of the same businesses on the same days. Please choose other days or other streets, or close that wave."
    ) % {"wave": error.other}


def _call_backs(
    request: StaffRequest, wave: Wave, failed: tuple[int, CallBackForm] | None = None
) -> HttpResponse:
    found = CallBack.objects.visible_to(request.user).filter(interview__wave=wave).by_door()
    page = page_of(
        found.select_related("interview__business__premises__street", "interview__surveyor", "called_by"),
        request,
    )
    told = _told(wave, list(page))
    rows = [
        (row, told.get(row.interview.response_id, []),
         failed[1] if failed and failed[0] == row.pk else CallBackForm(initial=_noted(row), prefix=str(row.pk)))
        for row in page
    ]  # fmt: skip
    context = {"wave": wave, "page_obj": page, "rows": rows}
    return render(request, "businesses/call_backs.html", context, status=422 if failed else 200)


def _noted(row: CallBack) -> dict[str, Any]:
    return {"outcome": row.outcome, "minutes": row.minutes, "note": row.note}


def _told(wave: Wave, rows: list[CallBack]) -> dict[int, list[tuple[str, str]]]:
    """Return label and words of the compared answers, by response."""
    items = version_content(wave.version_id).items_by_key
    found = Answer.objects.filter(
        response__in=[row.interview.response_id for row in rows], item__key__in=COMPARED
    ).select_related("item")
    by_place = {(answer.response_id, answer.item.key): answer for answer in found}
    return {
        row.interview.response_id: [
            (text(items[key], "label", GERMAN) or key,
             in_words(items[key], by_place.get((row.interview.response_id, key)), {}))
            for key in COMPARED if key in items
        ]
        for row in rows
    }  # fmt: skip


def _get(request: StaffRequest, public_id: UUID) -> Wave:
    return get_object_or_404(Wave.objects.visible_to(request.user), public_id=public_id)
