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

from competence.calendars import shown_back
from competence.enums import Measuring
from competence.models import KioskOperation, KioskSession
from competence.models.kiosk import IDLE_END
from competence.operations import BadOperationError, Operation
from competence.phrases import GERMAN
from competence.services.sessions import SessionOverError
from competence.sitting import content
from iqquadrat.core.prepared import Prepared
from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.answers import AnswerValue, parse_answer
from iqquadrat.questionnaires.models import Item, Response, Version
from iqquadrat.questionnaires.queries import values_of
from iqquadrat.questionnaires.services.answers import ANSWER, answer_parameters, why_unwritten

# How far the numbers of one save may be ahead of what the session knows. A page that was long without a connection notes a few
# hundred events; without a bound one forged number would use up all numbers, and the session could not even be ended.
FURTHEST_AHEAD = 10_000

# Marks the session as seen and reads all that is needed, if this very tab may write. The row stays locked to the end of the
# transaction: saves of one session come one after the other.
_TAKE = Prepared("kiosk_take", """
UPDATE competence_kiosksession AS session SET last_seen = %(now)s, last_seq = GREATEST(session.last_seq, %(seq)s)
FROM competence_assessment AS assessment
JOIN questionnaires_response AS response ON response.id = assessment.response_id
JOIN questionnaires_version AS version ON version.id = response.version_id
WHERE session.token_hash = %(token_hash)s AND session.epoch = %(epoch)s AND session.ended_at IS NULL
      AND session.ends_at > %(now)s AND session.last_seen > %(idle_since)s AND assessment.id = session.assessment_id
      AND session.last_seq + %(furthest)s >= %(seq)s
RETURNING session.id, assessment.measuring, assessment.mother_tongue, assessment.started_at, response.id, response.l1_mode, version.id,
          version.number, version.content_stamp,
          (SELECT operation.digest FROM competence_kioskoperation AS operation WHERE operation.op_id = %(op_id)s),
          (SELECT operation.reply FROM competence_kioskoperation AS operation WHERE operation.op_id = %(op_id)s)
""", {
    "now": "timestamptz", "seq": "integer", "token_hash": "text", "epoch": "integer", "furthest": "integer",
    "idle_since": "timestamptz", "op_id": "uuid",
})  # fmt: skip

# All events at once, whatever their number: the same plan each time, and no work of the model layer for each row.
_EVENTS = Prepared("kiosk_events", """
INSERT INTO competence_paradataevent (session_id, seq, item_key, event, state, text_versions, item_version, ms, at)
SELECT %(session)s, event.seq, event.item, event.event, event.state, event.texts, %(item_version)s, event.ms, %(now)s
FROM jsonb_to_recordset(%(events)s) AS event (seq integer, item text, event text, state text, texts text, ms bigint)
ON CONFLICT DO NOTHING
""", {"session": "bigint", "item_version": "integer", "now": "timestamptz", "events": "jsonb"})  # fmt: skip

_KEEP = Prepared("kiosk_keep", """
INSERT INTO competence_kioskoperation (op_id, session_id, digest, reply)
VALUES (%(op_id)s, %(session)s, %(digest)s, %(reply)s)
ON CONFLICT (op_id) DO NOTHING
""", {"op_id": "uuid", "session": "bigint", "digest": "text", "reply": "jsonb"})  # fmt: skip

# The usual way: answer, events and operation in one. Where an older operation comes late the answer is not written, and the
# operation is kept by itself afterwards.
_STORE = Prepared("kiosk_store", f"""
WITH answer AS ({ANSWER.sql}), events AS ({_EVENTS.sql}), operation AS (
    INSERT INTO competence_kioskoperation (op_id, session_id, digest, reply)
    SELECT %(op_id)s, %(session)s, %(digest)s, jsonb_build_object('stored', jsonb_build_array(answer.epoch, answer.seq)) || %(more)s
    FROM answer ON CONFLICT (op_id) DO NOTHING RETURNING op_id
)
SELECT answer.epoch, answer.seq FROM answer, operation
""", ANSWER.types | _EVENTS.types | {"digest": "text", "more": "jsonb"})  # fmt: skip # noqa: S608 - only our own texts


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
    mother_tongue: str
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

    Raises ``SessionOverError``, ``OlderEpochError``, ``OtherBodyError``, ``UnknownQuestionError``, ``BadOperationError``,
    ``InvalidAnswer``.
    """
    now = timezone.now()
    taken = _take(token_hash, operation, now)
    if taken.digest is not None:
        return _replay(taken.digest, taken.reply, operation)
    if operation.language_shown not in (GERMAN, taken.mother_tongue):
        raise BadOperationError
    version = content(taken.version_id, taken.content_stamp)
    item = version.items_by_key.get(operation.question)
    if item is None:
        raise UnknownQuestionError
    if operation.l1_mode != taken.l1_mode:
        Response.objects.filter(pk=taken.response_id).update(l1_mode=operation.l1_mode)
    if operation.value is not None:
        value = parse_answer(item, operation.value, offered=_offered(version, item, taken.response_id))
        return _store(taken, operation, item, value, now)
    with connection.cursor() as cursor:
        _EVENTS.execute(cursor, _event_parameters(taken, operation, now))
    return _keep_operation(taken, operation, {"stored": [operation.epoch, operation.seq]})


def _take(token_hash: str, operation: Operation, now: datetime) -> _Taken:
    parameters: dict[str, Any] = {
        "now": now, "seq": operation.seq, "token_hash": token_hash, "epoch": operation.epoch,
        "idle_since": now - IDLE_END, "op_id": str(operation.op_id), "furthest": FURTHEST_AHEAD,
    }  # fmt: skip
    with connection.cursor() as cursor:
        _TAKE.execute(cursor, parameters)
        row = cursor.fetchone()
    if row is None:
        raise _refusal(token_hash, operation, now)
    return _Taken(*row)


def _refusal(token_hash: str, operation: Operation, now: datetime) -> Exception:
    """Say why the session cannot be written to. The rare way."""
    session = KioskSession.objects.filter(token_hash=token_hash).first()
    if session is None:
        return SessionOverError("unknown")
    if not session.is_live(now):
        return SessionOverError(session.ended_reason or str(session.expired_reason(now)))
    if session.epoch == operation.epoch:
        return BadOperationError()  # its numbers are far beyond any page's
    return OlderEpochError()


def _replay(digest: str, reply: Any, operation: Operation) -> dict[str, Any]:
    if digest != operation.digest:
        raise OtherBodyError
    return dict(json.loads(reply) if isinstance(reply, str) else reply)


def _language_kept(taken: _Taken, operation: Operation) -> str:
    """In which language a question stood when it was answered is part of the measuring: kept only when that was agreed to."""
    return operation.language_shown if taken.measuring == Measuring.AGREED else ""


def _offered(version: Version, item: Item, response_id: int) -> set[str] | None:
    """Return the answers that are offered now, where they depend on another question; else None.

    Raises ``UnknownQuestionError`` when the question itself is not asked under the answers so far.
    """
    if not item.choice_filter and not item.condition:
        return None
    values = values_of(Response(pk=response_id))
    if item not in flow.applicable_items(version, values):
        raise UnknownQuestionError
    return {choice.key for choice in flow.choices_for(item, values)} if item.choice_filter else None


def _store(
    taken: _Taken, operation: Operation, item: Item, value: AnswerValue, now: datetime
) -> dict[str, Any]:
    """Write the answer, the events and the operation; return the reply."""
    converted = shown_back(value, taken.mother_tongue)
    more = {"converted": converted} if converted else {}
    parameters = answer_parameters(
        response_id=taken.response_id, item=item, value=value, epoch=operation.epoch, seq=operation.seq,
        op_id=operation.op_id, language_shown=_language_kept(taken, operation), answered_at=now,
    )  # fmt: skip
    with connection.cursor() as cursor:
        _STORE.execute(
            cursor,
            parameters
            | _event_parameters(taken, operation, now)
            | {"digest": operation.digest, "more": json.dumps(more)},
        )
        written = cursor.fetchone()
    if written is not None:
        return {"stored": list(written)} | more
    stands = why_unwritten(
        parameters
    )  # written after all: the operation is another one's, which the next line finds out
    return _keep_operation(taken, operation, {"stored": [stands.epoch, stands.seq]} | more)


def _event_parameters(taken: _Taken, operation: Operation, now: datetime) -> dict[str, Any]:
    """Return the events for the database; those that an earlier try has brought already are passed over there.

    Nothing of the switching is kept unless the client agreed that it is measured.
    """
    agreed = taken.measuring == Measuring.AGREED
    events = [
        {
            "seq": event.seq, "item": event.item_key, "event": event.event, "state": event.state,
            "texts": event.texts, "ms": event.ms,
        }
        for event in (operation.events if agreed else ())
    ]  # fmt: skip
    return {
        "session": taken.session_id, "item_version": taken.version_number, "now": now, "events": json.dumps(events),
    }  # fmt: skip


def _keep_operation(taken: _Taken, operation: Operation, reply: dict[str, Any]) -> dict[str, Any]:
    """Keep the reply for the same operation sent again; return it.

    Two equal requests may have been on their way together: the second one waited for the session's row, but still saw the
    operations of before. It meets the first one's row here.
    """
    with connection.cursor() as cursor:
        _KEEP.execute(cursor, {
            "op_id": str(operation.op_id), "session": taken.session_id, "digest": operation.digest,
            "reply": json.dumps(reply),
        })  # fmt: skip
        if cursor.rowcount:
            return reply
    twin = KioskOperation.objects.filter(op_id=operation.op_id).first()
    if twin is None:  # another centre's: the database shows no more than that the number is taken
        raise OtherBodyError
    return _replay(twin.digest, twin.reply, operation)
