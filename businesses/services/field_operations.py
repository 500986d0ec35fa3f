"""Applying what a surveyor's device sends: in the order of the device, each in a transaction of its own, each once.

What was decided for good is kept in ``FieldOperation`` and told again when it comes again. A refusal that may end (``final`` is False:
an earlier operation has not arrived, the section may be given back) is not kept: the device sends it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import DatabaseError, transaction
from django.utils import timezone

from businesses.enums import OperationResult, Status
from businesses.errors import (
    AlreadyInterviewedError,
    BusinessError,
    InterviewClosedError,
    NoQuestionnaireError,
    NoRefusalError,
    NothingToldError,
    NotOnTheListError,
    TooFewAnswersError,
)
from businesses.field_operations import (
    Answers,
    AnyOperation,
    Attempt,
    Begin,
    Finish,
    Malformed,
    Observe,
    OfInterview,
    Operation,
)
from businesses.field_words import words_for
from businesses.models import ContactAttempt, FieldOperation, Interview, Unit
from businesses.services.doorstep import note_doorstep
from businesses.services.fieldwork import log_attempt
from businesses.services.interviews import begin_interview, finish_interview, record_answers
from businesses.services.register import observe
from iqquadrat.accounts.models import User
from iqquadrat.core.outage import is_outage
from iqquadrat.core.submissions import take_turns
from iqquadrat.questionnaires.answers import AnswerValue, InvalidAnswer, parse_answer
from iqquadrat.questionnaires.queries import version_content

# How far the clock of a device may go ahead before the server's own is taken.
AHEAD = timedelta(minutes=5)

_CODES: Mapping[type[BusinessError], str] = {
    AlreadyInterviewedError: "already_interviewed", NoQuestionnaireError: "no_questionnaire", NotOnTheListError: "not_found",
    TooFewAnswersError: "too_few", InterviewClosedError: "closed", NothingToldError: "nothing_told", NoRefusalError: "no_refusal",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of one operation. ``items``: the questions whose answers cannot be taken, each with the reason in words."""

    uuid: UUID
    result: OperationResult
    code: str = ""
    final: bool = True
    items: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Why it was refused, in the language that is active; empty when it was not."""
        return words_for(self.code) if self.code else ""


@dataclass(frozen=True)
class _Done:
    result: OperationResult
    unit: Unit
    interview: Interview | None = None


class _RefusedError(Exception):
    def __init__(self, code: str, *, final: bool = True, items: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code, self.final, self.items = code, final, items or {}


def apply_operations(*, operations: Iterable[AnyOperation], by: User) -> list[Outcome]:
    """Apply these operations in their order and say of each what became of it. Raises only when the database is away."""
    outcomes: dict[UUID, Outcome] = {}
    found = []
    for operation in operations:
        try:
            outcome = _decide(operation, by, outcomes)
        except DatabaseError as fault:
            if is_outage(fault):
                raise
            # Two at once in each other's way, or what no rule foresaw: it stays on the device, the others go on.
            outcome = Outcome(operation.uuid, OperationResult.REFUSED, "failed", final=False)
        outcomes.setdefault(operation.uuid, outcome)
        found.append(outcome)
    return found


@transaction.atomic
def _decide(operation: AnyOperation, by: User, before: Mapping[UUID, Outcome]) -> Outcome:
    take_turns(uuid5(operation.uuid, str(by.pk)))
    known = FieldOperation.objects.filter(surveyor=by, uuid=operation.uuid).first()
    if known is not None:
        return _again(known, operation, by)
    try:
        with transaction.atomic():
            done = _do(operation, by, before)
    except _RefusedError as refusal:
        if refusal.final:
            _keep(operation, by, result=OperationResult.REFUSED, code=refusal.code)
        return Outcome(
            operation.uuid, OperationResult.REFUSED, refusal.code, final=refusal.final, items=refusal.items
        )
    _keep(operation, by, result=done.result, unit=done.unit, interview=done.interview)
    return Outcome(operation.uuid, done.result)


def _keep(operation: Operation, by: User, **facts: Any) -> None:
    FieldOperation.objects.create(
        surveyor=by,
        uuid=operation.uuid,
        digest=operation.digest,
        seq=operation.seq,
        kind=operation.kind,
        **facts,
    )


def _again(known: FieldOperation, operation: AnyOperation, by: User) -> Outcome:
    if known.digest != operation.digest:
        return Outcome(operation.uuid, OperationResult.REFUSED, "other_content")
    if known.result != OperationResult.REFUSED:
        overtaken = known.result == OperationResult.OVERTAKEN
        return Outcome(operation.uuid, OperationResult.OVERTAKEN if overtaken else OperationResult.ALREADY)
    items: Mapping[str, str] = {}
    if isinstance(operation, Answers) and known.code in ("invalid_answer", "unknown_question"):
        try:
            _parsed(operation, _interview(operation, by, {})[1])
        except _RefusedError as refusal:
            items = refusal.items
    return Outcome(operation.uuid, OperationResult.REFUSED, known.code, items=items)


def _do(operation: AnyOperation, by: User, before: Mapping[UUID, Outcome]) -> _Done:
    if isinstance(operation, Malformed):
        raise _RefusedError(operation.code)
    try:
        if isinstance(operation, OfInterview):
            unit, interview = _interview(operation, by, before)
            at = _in_order(operation, unit, by)
            if isinstance(operation, Answers):
                return _answer(operation, unit, interview, by)
            return _finish(operation, unit, interview, by, at)
        unit = _unit(by, pk=operation.unit)
        at = _in_order(operation, unit, by)
        if isinstance(operation, Begin):
            return _begin(operation, unit, by, at)
        if isinstance(operation, Attempt):
            return _attempt(operation, unit, by, at)
        return _observe(operation, unit, by, at)
    except BusinessError as fault:
        raise _RefusedError(_CODES[type(fault)]) from fault


def _in_order(operation: Operation, unit: Unit, by: User) -> datetime:
    """When it happened, once what came before it at this unit has arrived."""
    if operation.after and not FieldOperation.objects.filter(surveyor=by, uuid=operation.after).exists():
        raise _RefusedError("earlier_missing", final=False)
    return _clamped(operation, unit)


def _unit(by: User, **which: Any) -> Unit:
    """The unit if it is in the surveyor's section of a wave that runs. Whoever may read more still writes only there."""
    unit = Unit.objects.visible_to(by).select_related("wave", "business").filter(**which).first()
    if unit is None or not unit.wave.is_running:
        raise _RefusedError("not_found", final=False)
    return unit


def _interview(operation: OfInterview, by: User, before: Mapping[UUID, Outcome]) -> tuple[Unit, Interview]:
    if operation.begin is None:
        unit = _unit(by, pk=operation.unit)
        own = Interview.objects.filter(wave=unit.wave_id, business=unit.business_id, surveyor=by)
        interview = own.select_related("response").first()
        if interview is None:
            raise _RefusedError("no_interview")
        return unit, interview
    in_batch = before.get(operation.begin)
    if in_batch is not None and in_batch.result == OperationResult.REFUSED:
        raise _RefusedError("begin_refused", final=in_batch.final)
    row = (
        FieldOperation.objects.filter(surveyor=by, uuid=operation.begin)
        .select_related("interview__response")
        .first()
    )
    if row is None:
        raise _RefusedError("begin_unknown", final=False)
    if row.interview is None:
        raise _RefusedError("begin_refused")
    if row.interview.surveyor_id != by.pk:
        raise _RefusedError("not_found", final=False)
    return _unit(by, wave=row.interview.wave_id, business=row.interview.business_id), row.interview


def _clamped(operation: Operation, unit: Unit) -> datetime:
    now = timezone.now()
    at = operation.at or now
    if timezone.localdate(at) < unit.wave.starts_on:
        raise _RefusedError("too_early")
    return at if at <= now + AHEAD else now


def _begin(operation: Begin, unit: Unit, by: User, at: datetime) -> _Done:
    if Interview.objects.filter(submission=operation.uuid).exists():
        raise _RefusedError("number_used")
    interview = begin_interview(
        unit=unit, by=by, language=operation.language, with_interpreter=operation.with_interpreter, started_at=at,
        submission=operation.uuid,
    )  # fmt: skip
    new = interview.submission == operation.uuid
    return _Done(OperationResult.APPLIED if new else OperationResult.ALREADY, unit, interview)


def _parsed(operation: Answers, interview: Interview) -> dict[str, AnswerValue]:
    items = version_content(interview.response.version_id).items_by_key
    unknown = [key for key in operation.answers if key not in items]
    if unknown:
        reason = words_for("unknown_question")
        raise _RefusedError("unknown_question", items=dict.fromkeys(unknown, reason))
    values, faults = {}, {}
    for key, raw in operation.answers.items():
        try:
            values[key] = parse_answer(items[key], raw)
        except InvalidAnswer as fault:
            faults[key] = fault.message
    if faults:
        raise _RefusedError("invalid_answer", items=faults)
    return values


def _answer(operation: Answers, unit: Unit, interview: Interview, by: User) -> _Done:
    applied = record_answers(
        interview=interview,
        answers=_parsed(operation, interview),
        seq=operation.seq,
        op_id=operation.uuid,
        by=by,
    )
    return _Done(OperationResult.APPLIED if applied else OperationResult.OVERTAKEN, unit)


def _finish(operation: Finish, unit: Unit, interview: Interview, by: User, at: datetime) -> _Done:
    handed_in = Interview.objects.filter(pk=interview.pk, completed_at__isnull=False).exists()
    finish_interview(interview=interview, by=by, note=operation.note, at=at)
    return _Done(OperationResult.ALREADY if handed_in else OperationResult.APPLIED, unit)


def _attempt(operation: Attempt, unit: Unit, by: User, at: datetime) -> _Done:
    if ContactAttempt.objects.filter(submission=operation.uuid).exists():
        raise _RefusedError("number_used")
    attempt = log_attempt(
        unit=unit, disposition=operation.disposition, by=by, at=at, reason=operation.reason, note=operation.note,
        submission=operation.uuid,
    )  # fmt: skip
    if operation.doorstep is not None:
        note_doorstep(attempt=attempt, by=by, **operation.doorstep)
    return _Done(OperationResult.APPLIED, unit)


def _observe(operation: Observe, unit: Unit, by: User, at: datetime) -> _Done:
    business = unit.business
    if operation.status != Status.VACANT and not (business.sign_name or business.legal_name):
        raise _RefusedError("name_needed")
    observe(business=business, status=operation.status, by=by, seen_on=timezone.localdate(at), wave=unit.wave)
    return _Done(OperationResult.APPLIED, unit)
