"""Answers: saved in one statement, the newest wins."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.prepared import Prepared
from iqquadrat.questionnaires.answers import AnswerValue
from iqquadrat.questionnaires.enums import VersionState
from iqquadrat.questionnaires.models import Answer, Item, Response, Version
from iqquadrat.questionnaires.texts import LANGUAGE_CODES


class ResponseCompletedError(Exception):
    """The response is completed: it takes no more answers."""


class ForeignItemError(Exception):
    """The question does not belong to the version that is answered."""


class VersionNotPublishedError(Exception):
    """Only the version in use is answered."""


@dataclass(frozen=True)
class Saved:
    """What stands after saving. ``applied``: it is this very operation (also when it is sent a second time)."""

    applied: bool
    epoch: int
    seq: int


# One statement: the row is written only while the response is open and the question is of its version, and an older operation
# never overwrites a newer one. A higher room may build it into a statement of its own.
ANSWER = Prepared("answer", """
INSERT INTO questionnaires_answer AS stored (response_id, item_id, status, choices, number, text, date, date_precision,
                                             epoch, seq, op_id, language_shown, answered_at)
SELECT response.id, %(item)s, %(status)s, %(choices)s::varchar(60)[], %(number)s, %(text)s, %(date)s::date, %(date_precision)s,
       %(epoch)s, %(seq)s, %(op_id)s::uuid, %(language_shown)s, %(answered_at)s
FROM questionnaires_response AS response
WHERE response.id = %(response)s AND response.version_id = %(version)s
      AND (response.completed_at IS NULL OR %(also_completed)s)
ON CONFLICT (response_id, item_id) DO UPDATE SET
    status = EXCLUDED.status, choices = EXCLUDED.choices, number = EXCLUDED.number, text = EXCLUDED.text, date = EXCLUDED.date,
    date_precision = EXCLUDED.date_precision, epoch = EXCLUDED.epoch, seq = EXCLUDED.seq, op_id = EXCLUDED.op_id,
    language_shown = EXCLUDED.language_shown, answered_at = EXCLUDED.answered_at
WHERE (stored.epoch, stored.seq) < (EXCLUDED.epoch, EXCLUDED.seq)
RETURNING epoch, seq
""", {
    "response": "bigint", "item": "bigint", "version": "bigint", "status": "text", "choices": "text[]", "number": "integer",
    "text": "text", "date": "date", "date_precision": "text", "epoch": "integer", "seq": "integer", "op_id": "uuid",
    "language_shown": "text", "answered_at": "timestamptz", "also_completed": "boolean",
})  # fmt: skip


def answer_parameters(
    *,
    response_id: int,
    item: Item,
    value: AnswerValue,
    epoch: int,
    seq: int,
    op_id: uuid.UUID | None,
    language_shown: str,
    answered_at: datetime | None = None,
    also_completed: bool = False,
) -> dict[str, Any]:
    """Return what ``ANSWER`` needs."""
    return {
        "response": response_id, "item": item.pk, "version": item.version_id, "status": str(value.status),
        "choices": list(value.choices), "number": value.number, "text": value.text, "date": value.date,
        "date_precision": str(value.date_precision), "epoch": epoch, "seq": seq, "op_id": str(op_id) if op_id else None,
        "language_shown": language_shown, "answered_at": answered_at or timezone.now(), "also_completed": also_completed,
    }  # fmt: skip


def save_answer(
    *,
    response: Response,
    item: Item,
    value: AnswerValue,
    epoch: int,
    seq: int,
    op_id: uuid.UUID | None,
    language_shown: str,
    answered_at: datetime | None = None,
) -> Saved:
    """Save what a client has answered, when (epoch, seq) is above what is stored; return what stands then.

    ``answered_at``: when it was given, where that is known by another clock; now when not told.

    Operations may come late, twice or out of order. Not in the access log: it is the client's own act, and the kiosk keeps its log.
    Raises ``ResponseCompletedError`` and ``ForeignItemError``.
    """
    parameters = answer_parameters(
        response_id=response.pk, item=item, value=value, epoch=epoch, seq=seq, op_id=op_id, language_shown=language_shown,
        answered_at=answered_at,
    )  # fmt: skip
    return _upsert(parameters)


def _upsert(parameters: dict[str, Any]) -> Saved:
    with connection.cursor() as cursor:
        ANSWER.execute(cursor, parameters)
        row = cursor.fetchone()
    if row is not None:
        return Saved(True, *row)
    return why_unwritten(parameters)


def why_unwritten(parameters: dict[str, Any]) -> Saved:
    """Say why ``ANSWER`` wrote nothing: return what stands instead, or raise. The rare way, two small queries."""
    response = Response.objects.only("version_id", "completed_at").get(pk=parameters["response"])
    if response.version_id != parameters["version"]:
        raise ForeignItemError
    stored = (
        Answer.objects.filter(response_id=parameters["response"], item_id=parameters["item"])
        .values_list("epoch", "seq", "op_id")
        .first()
    )
    repeated = stored is not None and stored[2] is not None and str(stored[2]) == parameters["op_id"]
    if stored is None or (response.completed_at is not None and not repeated):
        raise ResponseCompletedError
    return Saved(repeated, stored[0], stored[1])


@transaction.atomic
def start_response(*, version: Version, language: str, by: User | None, l1_mode: bool = False) -> Response:
    """Begin a response to the version in use. ``by`` is whoever starts it; the room that owns it says whose it is."""
    if version.state != VersionState.PUBLISHED:
        raise VersionNotPublishedError
    if language not in LANGUAGE_CODES:
        raise ValueError(language)
    response = Response.objects.create(version=version, language=language, l1_mode=l1_mode)
    record(Action.CREATE, by=by, obj=response, version=version.number, language=language)
    return response


@transaction.atomic
def record_answer(
    *,
    response: Response,
    item: Item,
    value: AnswerValue,
    by: User,
    language_shown: str = "de",
    correction: bool = False,
) -> Saved:
    """Save what a member of staff enters: what is entered last stands. ``correction`` also changes a completed response.

    Raises ``ResponseCompletedError`` and ``ForeignItemError``.
    """
    Response.objects.select_for_update().only("pk").get(pk=response.pk)
    stored = Answer.objects.filter(response=response, item=item).values_list("epoch", "seq").first()
    epoch, seq = stored if stored is not None else (0, 0)
    parameters = answer_parameters(
        response_id=response.pk, item=item, value=value, epoch=epoch, seq=seq + 1, op_id=uuid.uuid4(), language_shown=language_shown,
        also_completed=correction,
    )  # fmt: skip
    saved = _upsert(parameters)
    record(Action.CHANGE, by=by, obj=response, item=item.key, correction=correction)
    return saved


@transaction.atomic
def complete_response(*, response: Response, by: User | None, at: datetime | None = None) -> Response:
    """Close a response; a second call changes nothing. ``by`` is None when the client did it alone."""
    stored = Response.objects.select_for_update().get(pk=response.pk)
    if stored.completed_at is None:
        stored.completed_at = max(at or timezone.now(), stored.started_at)
        stored.save(update_fields=["completed_at"])
        record(Action.CHANGE, by=by, obj=stored, completed=True)
    response.completed_at = stored.completed_at
    return response
