"""The street on a phone: the own section, a door, an attempt, a refusal, the beginning of an interview."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses import queries
from businesses.enums import Channel, Disposition
from businesses.errors import AlreadyInterviewedError, NoQuestionnaireError
from businesses.field_words import begun_by
from businesses.forms import AttemptForm, RefusalForm, StartForm
from businesses.models import ContactAttempt, Interview, Unit
from businesses.outcomes import WANTED_ATTEMPTS, still_wanted
from businesses.services import begin_interview, log_attempt
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.INTERVIEW_WRITE)
def field_home(request: StaffRequest) -> HttpResponse:
    """My section in every running wave, side by side of the street."""
    waves = queries.own_sections(request.user, with_doors=True)
    return render(request, "businesses/field_home.html", {"waves": waves})


@access(Permission.INTERVIEW_WRITE)
def field_panel(request: StaffRequest) -> HttpResponse:
    """On the day view: how far the own section is."""
    waves = queries.own_sections(request.user, with_doors=False)
    return render(request, "businesses/field_panel.html", {"waves": waves})


@access(Permission.INTERVIEW_WRITE)
def unit_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One door: what is known, who was there, and what can be done."""
    how = _channel(request)
    return _unit(request, _get(request, pk), AttemptForm(channel=how), StartForm(channel=how))


@access(Permission.INTERVIEW_WRITE, methods=["POST"])
def attempt_create(request: StaffRequest, pk: int) -> HttpResponse:
    """Note a visit without an interview."""
    unit = _get(request, pk)
    form = AttemptForm(request.POST)
    if not form.is_valid():
        return _unit(request, unit, form, StartForm(channel=request.POST.get("channel", "")))
    _logged(request, unit, form.cleaned_data)
    return redirect("businesses:field_home")


@access(Permission.INTERVIEW_WRITE, methods=["GET", "POST"])
def refusal(request: StaffRequest, pk: int) -> HttpResponse:
    """Why somebody refused: the second of two taps; then the six questions, which may be passed over."""
    unit = _get(request, pk)
    form = RefusalForm(request.POST) if request.method == "POST" else RefusalForm(channel=_channel(request))
    if request.method == "POST" and form.is_valid():
        attempt = _logged(request, unit, form.cleaned_data | {"disposition": Disposition.REFUSAL})
        if attempt is not None and attempt.surveyor_id == request.user.pk:
            return redirect("businesses:doorstep", pk=attempt.pk)
        return redirect("businesses:field_home")
    return render(
        request, "businesses/refusal.html", {"unit": unit, "form": form}, status=422 if form.errors else 200
    )


def _channel(request: StaffRequest) -> str:
    """By phone, when one comes from the list of calls."""
    return Channel.PHONE if request.GET.get("channel") == Channel.PHONE else Channel.ON_SITE


def _logged(request: StaffRequest, unit: Unit, facts: dict[str, Any]) -> ContactAttempt | None:
    try:
        attempt = log_attempt(unit=unit, by=request.user, **facts)
    except AlreadyInterviewedError:
        messages.warning(request, _("This business has been interviewed already; nothing was changed."))
        return None
    messages.success(request, _("Noted."))
    return attempt


@access(Permission.INTERVIEW_WRITE, methods=["POST"])
def interview_begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin the interview at this door, or go on with the own one."""
    unit = _get(request, pk)
    form = StartForm(request.POST)
    if not form.is_valid():
        return _unit(request, unit, AttemptForm(channel=request.POST.get("channel", "")), form)
    try:
        interview = begin_interview(unit=unit, by=request.user, **form.cleaned_data)
    except AlreadyInterviewedError as error:
        begun = error.interview
        runs = begun is not None and begun.completed_at is None
        messages.warning(
            request,
            begun_by(begun)
            if runs
            else _("This business has been interviewed already; nothing was changed."),
        )
        return redirect("businesses:unit_detail", pk=pk)
    except NoQuestionnaireError:
        messages.error(
            request, _("The questions of this wave are not in use any more. Please ask the coordination.")
        )
        return redirect("businesses:unit_detail", pk=pk)
    return redirect("interviews:interview_continue", public_id=interview.public_id)


def _unit(
    request: StaffRequest, unit: Unit, attempt_form: AttemptForm, start_form: StartForm
) -> HttpResponse:
    running = (
        Interview.objects.visible_to(request.user)
        .filter(wave=unit.wave_id, business=unit.business_id)
        .first()
    )
    by_phone = start_form["channel"].value() == Channel.PHONE
    visits = list(unit.attempts.select_related("surveyor", "doorstep"))
    context = {
        "unit": unit, "attempt_form": attempt_form, "start_form": start_form, "running": running,
        "visits": visits, "wanted": WANTED_ATTEMPTS,
        "by_phone": by_phone, "phone": queries.number_to_call(unit.business) if by_phone else "",
        "still": [time.label for time in still_wanted(timezone.localtime(visit.at) for visit in visits).times],
    }  # fmt: skip
    failed = attempt_form.errors or start_form.errors
    return render(request, "businesses/unit_detail.html", context, status=422 if failed else 200)


def _get(request: StaffRequest, pk: int) -> Unit:
    found = Unit.objects.visible_to(request.user).select_related(
        "wave", "business__premises__street", "business__branch"
    )
    return get_object_or_404(found, pk=pk)
