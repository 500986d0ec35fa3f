"""A session at the PC from its code to its end."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from competence.enums import OPEN_STATES, AssessmentState, EndReason, Event, Measuring
from competence.kiosk_door import LONGEST, code_hmac, new_token
from competence.kiosk_door import token_hash as hash_of
from competence.models import Assessment, KioskAttempt, KioskCode, KioskOperation, KioskSession, ParadataEvent
from competence.signals import assessment_finished
from counselling.enums import Purpose
from counselling.services.consents import note_own_answer
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.core import walls
from iqquadrat.questionnaires.models import Response
from iqquadrat.questionnaires.services import complete_response

WRONG_TRIES = 5
WRONG_TRIES_NETWORK = 40  # several PCs of a centre share one address
TRIES_WINDOW = timedelta(minutes=15)


class CodeRefusedError(Exception):
    """The code starts nothing. ``reason``: ``wrong``, ``expired``, ``used`` or ``too_many``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SessionOverError(Exception):
    """Nothing can be written in this session any more. ``reason`` as in ``EndReason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def redeem_code(*, code: str, device: str, network: str, language: str) -> str:
    """Consume a code and open its session in one transaction; return the session's address.

    ``device`` and ``network`` are keyed hashes for counting wrong tries. Raises ``CodeRefusedError``; the wrong try is then stored.
    """
    with walls.every_centre("a code does not say where it belongs"), transaction.atomic():
        outcome = _redeem(code, device, network, language)
    if isinstance(outcome, CodeRefusedError):
        raise outcome
    return outcome


def _redeem(code: str, device: str, network: str, language: str) -> str | CodeRefusedError:
    now = timezone.now()
    with connection.cursor() as cursor:
        # Tries from one network queue up here, so that parallel guessing is counted too.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [network])
    recent = KioskAttempt.objects.filter(at__gt=now - TRIES_WINDOW)
    if (
        recent.filter(device=device).count() >= WRONG_TRIES
        or recent.filter(network=network).count() >= WRONG_TRIES_NETWORK
    ):
        return CodeRefusedError("too_many")
    row = (
        KioskCode.objects.select_for_update(of=("self",))
        .select_related("assessment")
        .filter(code_hmac=code_hmac(code))
        .first()
    )
    reason = _refusal(row, now)
    if row is None or reason:
        KioskAttempt.objects.filter(at__lt=now - TRIES_WINDOW).delete()
        KioskAttempt.objects.create(device=device, network=network, at=now)
        return CodeRefusedError(reason)
    KioskCode.objects.filter(pk=row.pk).update(used_at=now)
    return open_session(assessment=row.assessment, language=language)


def _refusal(row: KioskCode | None, now: datetime) -> str:
    if row is None:
        return "wrong"
    if row.used_at is not None:
        return "used"
    if row.expires_at <= now or row.assessment.state not in OPEN_STATES:
        return "expired"
    return ""


@transaction.atomic
def open_session(*, assessment: Assessment, language: str = "") -> str:
    """Open a session, ending any other of the assessment, and return its address.

    The numbering of events and the epoch go on from the session before.
    """
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    end_open_session(assessment=assessment, reason=EndReason.REPLACED)
    now = timezone.now()
    before = assessment.sessions.order_by("-epoch").first()
    token = new_token()
    session = KioskSession.objects.create(
        assessment=assessment, token_hash=hash_of(token), started_at=now, last_seen=now,
        ends_at=now + timedelta(seconds=LONGEST),
        epoch=before.epoch + 1 if before else 1, last_seq=before.last_seq if before else 0,
        text_size=before.text_size if before else 1, high_contrast=bool(before and before.high_contrast),
    )  # fmt: skip
    assessment.state = AssessmentState.RUNNING
    if assessment.started_at is None:
        assessment.started_at = now
        Response.objects.filter(pk=assessment.response_id).update(started_at=now)
    if language and language != assessment.mother_tongue:
        assessment.mother_tongue = language
        Response.objects.filter(pk=assessment.response_id).update(language=language)
    assessment.save(update_fields=["state", "started_at", "mother_tongue", "changed_at"])
    if before:
        log_event(session=session, assessment=assessment, event=Event.RESUME)
    record(Action.KIOSK_START, by=None, obj=assessment, way="session")
    return token


def log_event(
    *, session: KioskSession, assessment: Assessment, event: Event, item_key: str = "", state: str = "", texts: str = ""
) -> None:  # fmt: skip
    """Append one event that the server itself noticed."""
    now = timezone.now()
    session.last_seq += 1
    KioskSession.objects.filter(pk=session.pk).update(last_seq=session.last_seq, last_seen=now)
    if assessment.measuring != Measuring.AGREED and event not in (Event.PAUSE, Event.RESUME, Event.END):
        return
    ParadataEvent.objects.create(
        session=session, seq=session.last_seq, item_key=item_key, state=state, text_versions=texts,
        item_version=assessment.response.version.number, event=event, ms=elapsed(assessment, now), at=now,
    )  # fmt: skip


def elapsed(assessment: Assessment, now: datetime) -> int:
    """Return the milliseconds since the assessment began: the one clock of all its sessions."""
    assert assessment.started_at is not None  # noqa: S101 - a session sets it
    return max(0, int((now - assessment.started_at).total_seconds() * 1000))


@transaction.atomic
def answer_measuring(*, session: KioskSession, agreed: bool) -> None:
    """Note whether language switches may be measured. Asked once, before the first question.

    The answer stands in the client's consents too, as given by the client alone in the mother tongue.
    """
    assessment = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("client")
        .get(pk=session.assessment_id)
    )
    assessment.measuring = Measuring.AGREED if agreed else Measuring.REFUSED
    assessment.save(update_fields=["measuring", "changed_at"])
    note_own_answer(
        client=assessment.client, purpose=Purpose.SWITCH_MEASURING, agreed=agreed,
        explained_in=assessment.mother_tongue,
    )  # fmt: skip
    touch(session=session)


@transaction.atomic
def choose_language(*, session: KioskSession, language: str) -> None:
    """Set the mother tongue that the client chose."""
    Assessment.objects.filter(pk=session.assessment_id).update(mother_tongue=language)
    Response.objects.filter(assessment=session.assessment_id).update(language=language)
    touch(session=session)


@transaction.atomic
def claim(*, session: KioskSession) -> KioskSession:
    """Make the calling tab the one that may write: tabs opened before become read-only."""
    locked = KioskSession.objects.select_for_update().get(pk=session.pk)
    locked.epoch += 1
    locked.last_seen = timezone.now()
    locked.save(update_fields=["epoch", "last_seen"])
    return locked


def touch(*, session: KioskSession, text_size: int | None = None, high_contrast: bool | None = None) -> None:
    """Note that somebody is at the PC, and how the page shall look from now on."""
    changes: dict[str, object] = {"last_seen": timezone.now()}
    if text_size is not None:
        changes["text_size"] = text_size
    if high_contrast is not None:
        changes["high_contrast"] = high_contrast
    KioskSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(**changes)


@transaction.atomic
def pause(*, session: KioskSession) -> None:
    """End the sitting at the client's wish; a new code goes on with it. Raises ``SessionOverError``."""
    assessment = Assessment.objects.select_for_update().get(pk=session.assessment_id)
    _refuse_if_over(session)
    end_open_session(assessment=assessment, reason=EndReason.PAUSED)


@transaction.atomic
def finish(*, session: KioskSession) -> Assessment:
    """Complete the answers, end the session, and let the rest of the room work out what follows from them.

    Raises ``SessionOverError`` when the questionnaire was meanwhile taken over at another PC or ended from afar.
    """
    assessment = (
        Assessment.objects.select_for_update().select_related("response").get(pk=session.assessment_id)
    )
    if assessment.state == AssessmentState.FINISHED:
        return assessment
    _refuse_if_over(session)
    end_open_session(assessment=assessment, reason=EndReason.FINISHED)
    now = timezone.now()
    complete_response(response=assessment.response, by=None, at=now)
    assessment.state, assessment.finished_at = AssessmentState.FINISHED, now
    assessment.save(update_fields=["state", "finished_at", "changed_at"])
    record(Action.KIOSK_END, by=None, obj=assessment, reason=EndReason.FINISHED.value)
    assessment_finished.send(sender=Assessment, assessment=assessment)
    return assessment


def _refuse_if_over(session: KioskSession) -> None:
    """A session that ended since the request began must not end the one that came after it. The assessment's row is locked."""
    reason = KioskSession.objects.values_list("ended_reason", flat=True).get(pk=session.pk)
    if reason:
        raise SessionOverError(reason)


@transaction.atomic
def end_open_session(*, assessment: Assessment, reason: EndReason) -> bool:
    """End the session that stands open, if there is one; a session long left alone is ended as what it was.

    The caller holds the assessment's row.
    """
    session = assessment.sessions.select_for_update().filter(ended_at__isnull=True).first()
    if session is None:
        return False
    now = timezone.now()
    reason = session.expired_reason(now) or reason
    log_event(
        session=session, assessment=assessment,
        event=Event.END if reason == EndReason.FINISHED else Event.PAUSE,
    )  # fmt: skip
    KioskSession.objects.filter(pk=session.pk).update(ended_at=now, ended_reason=reason)
    KioskOperation.objects.filter(session=session).delete()
    if assessment.state == AssessmentState.RUNNING:
        assessment.state = AssessmentState.PAUSED
        assessment.save(update_fields=["state", "changed_at"])
    return True


@transaction.atomic
def end_overdue(*, token_hash: str = "") -> int:
    """End all sessions that idled or lasted too long (or only the one behind this address); return how many."""
    now = timezone.now()
    overdue = KioskSession.objects.filter(ended_at__isnull=True).exclude(
        Q(pk__in=KioskSession.objects.unended(now))
    )
    if token_hash:
        overdue = overdue.filter(token_hash=token_hash)
    ended = 0
    for session in overdue.select_related("assessment"):
        locked = Assessment.objects.select_for_update().get(pk=session.assessment_id)
        ended += end_open_session(assessment=locked, reason=EndReason.IDLE)
    return ended


@transaction.atomic
def end_all(*, reason: EndReason) -> int:
    """End every session that stands open, as after a backup was brought back; return how many."""
    ended = 0
    with walls.every_centre("all sessions of the house end"):
        for assessment in Assessment.objects.select_for_update().filter(
            pk__in=KioskSession.objects.filter(ended_at__isnull=True).values("assessment")
        ):
            ended += end_open_session(assessment=assessment, reason=reason)
    return ended
