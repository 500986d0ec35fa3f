"""What the counsellor does: start an assessment, hand out a code, hand over the PC, end a session from afar."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from competence.enums import OPEN_STATES, AssessmentState, EndReason
from competence.kiosk_door import code_hmac
from competence.models import Assessment, KioskCode
from competence.pairs import new_pair
from competence.services import sessions
from counselling.models import Client
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.services import start_response

QUESTIONNAIRE = "competence"
CODE_LIFE = timedelta(minutes=10)


class NoQuestionnaireError(Exception):
    """No version of the competence questionnaire is published."""


class AssessmentClosedError(Exception):
    """The assessment is finished or was aborted: nothing can be started in it any more."""


@transaction.atomic
def create_assessment(
    *, client: Client, by: User, mother_tongue: str = "de", programme_code: str = "", submission: UUID | None = None
) -> Assessment:  # fmt: skip
    """Begin an assessment on the published version. The same submission again returns the first one's record."""
    take_turns(submission)
    if submission is not None and (known := Assessment.objects.filter(submission=submission).first()):
        return known
    hold_still(client)
    version = Version.objects.published().filter(questionnaire__key=QUESTIONNAIRE).first()
    if version is None:
        raise NoQuestionnaireError
    taken = {
        tuple(pair)
        for pair in Assessment.objects.filter(centre=client.centre, state__in=OPEN_STATES).values_list(
            "pair", flat=True
        )
    }
    assessment = Assessment.objects.create(
        client=client, centre=client.centre, mother_tongue=mother_tongue, programme_code=programme_code,
        pair=new_pair(taken), submission=submission, created_by=by,
        response=start_response(version=version, language=mother_tongue, by=by),
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=assessment)
    return assessment


@transaction.atomic
def issue_code(*, assessment: Assessment, by: User) -> str:
    """Return eight digits that start a session of this assessment; codes issued before stop working.

    Raises ``AssessmentClosedError``.
    """
    locked = _open(assessment)
    now = timezone.now()
    KioskCode.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    KioskCode.objects.filter(assessment=locked, used_at__isnull=True, expires_at__gt=now).update(
        expires_at=now
    )
    while True:
        code = f"{secrets.randbelow(10**8):08d}"
        _row, created = KioskCode.objects.get_or_create(
            code_hmac=code_hmac(code),
            defaults={"assessment": locked, "created_at": now, "expires_at": now + CODE_LIFE},
        )
        if created:
            break
    record(Action.KIOSK_START, by=by, obj=locked, way="code")
    return code


@transaction.atomic
def hand_over(*, assessment: Assessment, by: User) -> str:
    """Open a session for the PC at which the counsellor sits and return its address.

    The view ends the counsellor's own session first. Raises ``AssessmentClosedError``.
    """
    locked = _open(assessment)
    record(Action.KIOSK_START, by=by, obj=locked, way="here")
    return sessions.open_session(assessment=locked)


@transaction.atomic
def end_from_afar(*, assessment: Assessment, by: User) -> None:
    """End a running session; what was answered stays, and the client can go on with a new code."""
    locked = _locked(assessment)
    KioskCode.objects.filter(assessment=locked, used_at__isnull=True).update(expires_at=timezone.now())
    if sessions.end_open_session(assessment=locked, reason=EndReason.STAFF):
        record(Action.KIOSK_END, by=by, obj=locked, reason=EndReason.STAFF.value)


@transaction.atomic
def abort_assessment(*, assessment: Assessment, by: User) -> None:
    """Close an assessment that will not be completed. Its answers stay until the client's record goes."""
    locked = _open(assessment)
    sessions.end_open_session(assessment=locked, reason=EndReason.STAFF)
    Assessment.objects.filter(pk=locked.pk).update(
        state=AssessmentState.ABORTED, changed_at=timezone.now(), revision=F("revision") + 1
    )
    record(Action.CHANGE, by=by, obj=locked, state=AssessmentState.ABORTED.value)


def _locked(assessment: Assessment) -> Assessment:
    return Assessment.objects.select_for_update().get(pk=assessment.pk)


def _open(assessment: Assessment) -> Assessment:
    locked = _locked(assessment)
    if locked.state not in OPEN_STATES:
        raise AssessmentClosedError
    return locked
