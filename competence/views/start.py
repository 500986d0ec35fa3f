"""The counsellor's side: start the questionnaire for a client, hand out a code or this PC, see how it goes."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from competence.enums import OPEN_STATES, AssessmentState
from competence.kiosk_door import let_in
from competence.models import Assessment
from competence.phrases import OWN_NAMES
from competence.services import assessments
from competence.sitting import Sitting
from counselling.enums import Purpose
from counselling.models import Client
from counselling.queries import has_consent
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import flow


class StartForm(forms.Form):
    """Nothing to fill in: it only makes a second click harmless."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def _client(request: StaffRequest, public_id: uuid.UUID) -> Client:
    return get_object_or_404(Client.objects.own(request.user), public_id=public_id)


def _assessments(request: StaffRequest) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(request.user).select_related("client", "response__version")


@access(Permission.KIOSK_START, methods=["GET", "POST"])
def start(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say what will happen, and begin an assessment or go on with the open one."""
    client = _client(request, public_id)
    running = client.assessments.filter(state__in=OPEN_STATES).first()
    form = StartForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if running is not None:
            return redirect("kiosk:board", public_id=running.public_id)
        if form.is_valid():
            try:
                made = assessments.create_assessment(
                    client=client, by=request.user, submission=form.cleaned_data["submission"],
                    mother_tongue=_preset(client), programme_code=request.user.centre.current_programme_code,
                )  # fmt: skip
            except assessments.NoQuestionnaireError:
                return _start(request, client, None, StartForm(), missing=True, status=409)
            return redirect("kiosk:board", public_id=made.public_id)
        status = 422
    return _start(request, client, running, form, missing=False, status=status)


def _start(
    request: StaffRequest, client: Client, running: Assessment | None, form: StartForm, *, missing: bool, status: int
) -> HttpResponse:  # fmt: skip
    context = {
        "client": client,
        "running": running,
        "form": form,
        "questionnaire_missing": missing,
        "has_consent": has_consent(client, Purpose.COUNSELLING_DATA),
        "finished": client.assessments.filter(state=AssessmentState.FINISHED).count(),
    }
    return render(request, "competence/start/start.html", context, status=status)


def _preset(client: Client) -> str:
    """Return the language the client reads best, if the kiosk speaks it; the client chooses again at the PC."""
    from django.conf import settings  # noqa: PLC0415 - one use

    return client.reading_language if client.reading_language in settings.CLIENT_LANGUAGES else "de"


@access(Permission.KIOSK_START)
def board(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """The page the counsellor keeps open: pair of pictures, code on demand, how far the client is."""
    assessment = get_object_or_404(_assessments(request), public_id=public_id)
    return render(request, "competence/start/board.html", _live(assessment))


@access(Permission.KIOSK_START)
def state(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """The part of that page which renews itself."""
    assessment = get_object_or_404(_assessments(request), public_id=public_id)
    return render(request, "competence/start/_state.html", _live(assessment))


def _live(assessment: Assessment) -> dict[str, Any]:
    now = timezone.now()
    session = assessment.sessions.first()
    is_live = session is not None and session.is_live(now)
    progress = None
    if session is not None and assessment.state in (AssessmentState.RUNNING, AssessmentState.PAUSED):
        session.assessment = assessment
        sitting = Sitting(session, "", now)
        item = sitting.first_open
        progress = flow.progress(sitting.version, sitting.values, item.key) if item else None
        progress = progress or flow.progress(sitting.version, sitting.values, sitting.asked[-1].key)
    code = assessment.codes.filter(used_at__isnull=True, expires_at__gt=now).first()
    return {
        "assessment": assessment,
        "client": assessment.client,
        "is_live": is_live,
        "is_open": assessment.state in OPEN_STATES,
        "is_finished": assessment.state == AssessmentState.FINISHED,
        "was_started": session is not None,
        "progress": progress,
        "code_until": code.expires_at if code else None,
        "mother_tongue": OWN_NAMES.get(assessment.mother_tongue, assessment.mother_tongue),
        "code": "",
    }


@access(Permission.KIOSK_START, methods=["POST"])
def code(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a new code, once: it is stored nowhere in clear."""
    assessment = get_object_or_404(_assessments(request), public_id=public_id)
    try:
        digits = assessments.issue_code(assessment=assessment, by=request.user)
    except assessments.AssessmentClosedError:
        return render(request, "competence/start/board.html", _live(assessment), status=409)
    context = _live(assessment) | {"code": digits}
    template = "_state.html" if request.headers.get("HX-Request") else "board.html"
    return render(request, f"competence/start/{template}", context)


@access(Permission.KIOSK_START, methods=["POST"])
def hand_over(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Start on this very PC: the counsellor is signed out first, and coming back needs a sign-in."""
    assessment = get_object_or_404(_assessments(request), public_id=public_id)
    try:
        token = assessments.hand_over(assessment=assessment, by=request.user)
    except assessments.AssessmentClosedError:
        return render(request, "competence/start/board.html", _live(assessment), status=409)
    logout(request)
    response = redirect("kiosk:resume", token=token)
    let_in(response, token)
    return response


@access(Permission.KIOSK_START, methods=["POST"])
def end(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """End the session at the client's PC from afar. Nothing is lost."""
    assessment = get_object_or_404(_assessments(request), public_id=public_id)
    assessments.end_from_afar(assessment=assessment, by=request.user)
    return redirect("kiosk:board", public_id=public_id)
