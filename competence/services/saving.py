"""Saving one answer with its events: few statements, one transaction, safe against everything a bad network does.

Applied only if (epoch, seq) is above what is stored for the question; the reply carries the stored pair. The same operation again
gets the same reply, the same operation with another body is refused, and so is what an older tab sends.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from competence.enums import Measuring
from competence.models import KioskOperation, KioskSession, ParadataEvent
from competence.models.kiosk import IDLE_END
from competence.operations import Operation
from competence.services.sessions import SessionOverError
from competence.sitting import content
from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.answers import parse_answer
from iqquadrat.questionnaires.models import Item, Response
from iqquadrat.questionnaires.queries import values_of
from iqquadrat.questionnaires.services import save_answer

# Marks the session as seen and reads all that is needed, if this very tab may write. The row stays locked to the end of the
# transaction: saves of one session come one after the other.
_TAKE = """
UPDATE competence_kiosksession AS session SET last_seen = %(now)s, last_seq = GREATEST(session.last_seq, %(seq)s)
FROM competence_assessment AS assessment
JOIN questionnaires_response AS response ON response.id = assessment.response_id
JOIN questionnaires_version AS version ON version.id = response.version_id
WHERE session.token_hash = %(token_hash)s AND session.epoch = %(epoch)s AND session.ended_at IS NULL
      AND session.ends_at > %(now)s AND session.last_seen > %(idle_since)s AND assessment.id = session.assessment_id
RETURNING session.id, assessment.measuring, assessment.started_at, response.id, response.l1_mode, version.id,
          version.number, version.content_stamp,
          (SELECT operation.digest FROM competence_kioskoperation AS operation WHERE operation.op_id = %(op_id)s),
          (SELECT operation.reply FROM competence_kioskoperation AS operation WHERE operation.op_id = %(op_id)s)
"""


class OtherBodyError(Exception):
    """The operation was already saved with another content."""


class OlderEpochError(Exception):
    """Another tab or PC has taken over."""


class UnknownQuestionError(Exception):
    """The questionnaire has no such question, or it is not asked."""


@dataclass(frozen=True)
class _Taken:
    """What the first statement brought."""

    session_id: int
    measuring: str
    started_at: datetime
    response_id: int
    l1_mode: bool
    version_id: int
    version_number: int
    content_stamp: Any
    digest: str | None
    reply: Any


@transaction.atomic
def save(*, token_hash: str, operation: Operation) -> dict[str, Any]:
    """Apply an operation and return the reply.

    Raises ``SessionOverError``, ``OlderEpochError``, ``OtherBodyError``, ``UnknownQuestionError``, ``InvalidAnswer``.
    """
    now = timezone.now()
    taken = _take(token_hash, operation, now)
    if taken.digest is not None:
        return _replay(taken.digest, taken.reply, operation)
    item = content(taken.version_id, taken.content_stamp).items_by_key.get(operation.question)
    if item is None:
        raise UnknownQuestionError
    stored = [operation.epoch, operation.seq]
    if operation.value is not None:
        value = parse_answer(item, operation.value, offered=_offered(item, taken.response_id))
        saved = save_answer(
            response=Response(pk=taken.response_id), item=item, value=value, epoch=operation.epoch,
            seq=operation.seq, op_id=operation.op_id, language_shown=operation.language_shown,
        )  # fmt: skip
        stored = [saved.epoch, saved.seq]
    if operation.l1_mode != taken.l1_mode:
        Response.objects.filter(pk=taken.response_id).update(l1_mode=operation.l1_mode)
    _keep_events(taken, operation, now)
    reply = {"stored": stored}
    _keep_operation(taken, operation, reply)
    return reply


def _take(token_hash: str, operation: Operation, now: datetime) -> _Taken:
    parameters: dict[str, Any] = {
        "now": now, "seq": operation.seq, "token_hash": token_hash, "epoch": operation.epoch,
        "idle_since": now - IDLE_END, "op_id": str(operation.op_id),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, parameters)
        row = cursor.fetchone()
    if row is None:
        raise _refusal(token_hash, now)
    return _Taken(*row)


def _refusal(token_hash: str, now: datetime) -> Exception:
    """Say why the session cannot be written to. The rare way."""
    session = KioskSession.objects.filter(token_hash=token_hash).first()
    if session is None:
        return SessionOverError("unknown")
    if not session.is_live(now):
        return SessionOverError(session.ended_reason or str(session.expired_reason(now)))
    return OlderEpochError()


def _replay(digest: str, reply: Any, operation: Operation) -> dict[str, Any]:
    if digest != operation.digest:
        raise OtherBodyError
    return dict(json.loads(reply) if isinstance(reply, str) else reply)


def _offered(item: Item, response_id: int) -> set[str] | None:
    """Return the answers that are offered now, where they depend on another question; else None."""
    if not item.choice_filter:
        return None
    return {choice.key for choice in flow.choices_for(item, values_of(Response(pk=response_id)))}


def _keep_events(taken: _Taken, operation: Operation, now: datetime) -> None:
    """Append the events; those that an earlier try has brought already are passed over.

    Nothing of the switching is kept when the client does not want it measured.
    """
    if taken.measuring == Measuring.REFUSED or not operation.events:
        return
    ParadataEvent.objects.bulk_create(
        [
            ParadataEvent(
                session_id=taken.session_id, seq=event.seq, item_key=event.item_key, event=event.event,
                state=event.state, text_versions=event.texts, item_version=taken.version_number, ms=event.ms, at=now,
            )
            for event in operation.events
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _keep_operation(taken: _Taken, operation: Operation, reply: dict[str, Any]) -> None:
    kept = KioskOperation(
        op_id=operation.op_id, session_id=taken.session_id, digest=operation.digest, reply=reply
    )
    kept.save(force_insert=True)
