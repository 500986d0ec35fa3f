"""A wave in figures, the end of its fieldwork, and the interviews that are checked by phone."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.board import board_of
from businesses.call_backs import compared_answers
from businesses.errors import WaveInUseError, WavesOverlapError
from businesses.forms.call_backs import CallBackForm
from businesses.models import CallBack, Unit, Wave
from businesses.services import close_wave, delete_wave, draw_call_backs, note_call_back, reopen_wave
from businesses.surveyor_work import open_core_of, work_in
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of

_SEED_BITS = 48


@access(Permission.BUSINESS_READ)
def wave_board(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Results, response rates, interviews by day."""
    wave = _get(request, public_id)
    board = board_of(wave, Unit.objects.visible_to(request.user).filter(wave=wave))
    context = {"wave": wave, "board": board, "work": work_in(wave)}
    return render(request, "businesses/wave_board.html", context)


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
    told = compared_answers(wave, list(page))
    missing = open_core_of(wave, [row.interview.response_id for row in page])
    rows = [
        (row, told.get(row.interview.response_id, []), missing[row.interview.response_id],
         failed[1] if failed and failed[0] == row.pk else CallBackForm.of(row))
        for row in page
    ]  # fmt: skip
    context = {"wave": wave, "page_obj": page, "rows": rows, "work": work_in(wave)}
    return render(request, "businesses/call_backs.html", context, status=422 if failed else 200)


def _get(request: StaffRequest, public_id: UUID) -> Wave:
    return get_object_or_404(Wave.objects.visible_to(request.user), public_id=public_id)
