"""Running a wave: its days, its sections, what was noted wrongly, and interviews that somebody else goes on with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesses.enums import WITHOUT_INTERVIEW
from businesses.errors import InterviewClosedError, NameTakenError, RecordChangedError, WavesOverlapError
from businesses.forms.waves import AttemptCorrectionForm, HandOverForm, PlanForm, WaveEditForm
from businesses.models import Assignment, ContactAttempt, Interview, Wave
from businesses.planning import open_sections
from businesses.services import (
    change_wave,
    correct_attempt,
    delete_attempt,
    hand_over_interview,
    hand_over_section,
    plan_sections,
)
from businesses.views.board import overlap_words
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def wave_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give a wave another name, other days; say whether signs are photographed."""
    wave = _get(request, public_id)
    form = WaveEditForm(request.POST if request.method == "POST" else None, wave=wave)
    address = reverse("businesses:wave_detail", kwargs={"public_id": public_id})
    context = {
        "form": form, "heading": _("Change the wave"), "cancel_url": address, "crumb_url": address, "crumb": wave.name,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_wave(wave=wave, by=request.user, **form.cleaned_data)
        except RecordChangedError as error:
            context["stored"] = differences(form, WaveEditForm(wave=error.stored))
            on_top_of(form, error.stored.revision)
            return render(request, "businesses/form.html", context, status=409)
        except NameTakenError:
            form.add_error("name", _("There is a wave of this name already."))
        except WavesOverlapError as error:
            form.add_error(None, overlap_words(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(address)
    return render(request, "businesses/form.html", context, status=422 if form.errors else 200)


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def sections_plan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the sections that have a name to surveyors, all in one go."""
    wave = _get(request, public_id)
    form = PlanForm(
        request.POST if request.method == "POST" else None, wave=wave, sections=open_sections(wave)
    )
    if request.method == "POST" and form.is_valid():
        given = plan_sections(wave=wave, plan=form.plan(), by=request.user)
        if given:
            messages.success(request, _("Sections given: %(number)d") % {"number": given})
        else:
            messages.info(request, _("No surveyor was chosen; nothing was changed."))
        return redirect("businesses:wave_detail", public_id=public_id)
    context = {"form": form, "wave": wave}
    return render(request, "businesses/wave_sections.html", context, status=422 if form.errors else 200)


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def section_hand_over(request: StaffRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Give a section to another surveyor, or take it back; what the first one noted stays."""
    wave = _get(request, public_id)
    rows = Assignment.objects.select_related("street", "surveyor")
    assignment = get_object_or_404(rows, wave=wave, pk=pk)
    form = HandOverForm(
        request.POST if request.method == "POST" else None, centre=wave.centre_id, without=assignment.surveyor_id, name="hand"
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["surveyor"]
        hand_over_section(assignment=assignment, to=to, by=request.user)
        messages.success(
            request, _("%(surveyor)s walks this section now. What was noted before stays.") % {"surveyor": to}
        )
        return redirect("businesses:wave_detail", public_id=public_id)
    context = {"form": form, "wave": wave, "assignment": assignment}
    return render(request, "businesses/section_hand_over.html", context, status=422 if form.errors else 200)


@access(Permission.WAVE_WRITE, methods=["POST"])
def interview_hand_over(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let somebody else go on with an interview that was begun."""
    found = Interview.objects.visible_to(request.user).select_related("wave")
    interview = get_object_or_404(found, public_id=public_id)
    form = HandOverForm(
        request.POST, centre=interview.wave.centre_id, without=interview.surveyor_id, name="hand"
    )
    if not form.is_valid():
        messages.error(request, _("Please choose who takes over. Nothing was changed."))
        return redirect("interviews:interview_detail", public_id=public_id)
    to = form.cleaned_data["surveyor"]
    try:
        hand_over_interview(interview=interview, to=to, by=request.user)
    except InterviewClosedError:
        messages.info(request, _("The interview was handed in meanwhile; nothing was changed."))
    else:
        messages.success(
            request,
            _("%(surveyor)s goes on with this interview. All answers so far stay.") % {"surveyor": to},
        )
    return redirect("interviews:interview_detail", public_id=public_id)


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def attempt_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put right what was noted of a visit."""
    attempt = _attempt(request, pk)
    form = AttemptCorrectionForm(request.POST if request.method == "POST" else None, attempt=attempt)
    address = _business(attempt)
    context = {
        "form": form, "attempt": attempt, "heading": _("Correct a visit"), "cancel_url": address, "crumb_url": address,
        "crumb": attempt.unit.business.display_name,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            correct_attempt(attempt=attempt, by=request.user, **form.cleaned_data)
        except RecordChangedError as error:
            error.stored.unit = attempt.unit
            context["stored"] = differences(form, AttemptCorrectionForm(attempt=error.stored))
            on_top_of(form, error.stored.revision)
            return render(request, "businesses/attempt_edit.html", context, status=409)
        messages.success(request, _("Saved. The result of the business is worked out anew."))
        return redirect(address)
    return render(request, "businesses/attempt_edit.html", context, status=422 if form.errors else 200)


@access(Permission.WAVE_WRITE, methods=["POST"])
def attempt_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a visit that never was."""
    attempt = _attempt(request, pk)
    address = _business(attempt)
    delete_attempt(attempt=attempt, by=request.user)
    messages.success(request, _("The visit is deleted. The result of the business is worked out anew."))
    return redirect(address)


def _business(attempt: ContactAttempt) -> str:
    return reverse("businesses:business_detail", kwargs={"public_id": attempt.unit.business.public_id})


def _attempt(request: StaffRequest, pk: int) -> ContactAttempt:
    """A visit without an interview: one that gave an interview is that of the interview."""
    found = ContactAttempt.objects.filter(
        unit__wave__centre=request.user.centre_id, disposition__in=WITHOUT_INTERVIEW
    )
    return get_object_or_404(found.select_related("unit__wave", "unit__business", "surveyor"), pk=pk)


def _get(request: StaffRequest, public_id: UUID) -> Wave:
    return get_object_or_404(Wave.objects.visible_to(request.user), public_id=public_id)
