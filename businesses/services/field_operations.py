"""Applying what a surveyor's device sends: in the order of the device, each in a transaction of its own, each once.

What was decided for good is kept in ``FieldOperation`` and told again when it comes again. A refusal that may end (``final`` is False:
an earlier operation has not arrived, the section may be given back) is not kept: the device sends it again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import DatabaseError, transaction
from django.utils import timezone

from businesses.enums import OperationResult
from businesses.errors import (
    AlreadyInterviewedError,
    AlreadyListedError,
    BusinessError,
    InterviewClosedError,
    NameNeededError,
    NoQuestionnaireError,
    NoRefusalError,
    NothingToldError,
    NotOnTheListError,
    PhotosNotWantedError,
    PhotoTooOldError,
    TooFewAnswersError,
)
from businesses.field_operations import (
    Answers,
    AnyOperation,
    Attempt,
    Begin,
    Finish,
    Found,
    Malformed,
    OfInterview,
    OfUnit,
    Operation,
    Photo,
    Sight,
)
from businesses.field_reading import Spot
from businesses.field_words import begun_by, words_for
from businesses.models import ContactAttempt, FieldOperation, Interview, Street, Unit, Wave
from businesses.photos import NoPhotoError
from businesses.services.doorstep import note_doorstep
from businesses.services.fieldwork import log_attempt
from businesses.services.found import in_section, list_found
from businesses.services.interviews import begin_interview, finish_interview, record_answers
from businesses.services.photos import keep_photo
from businesses.services.register import observe
from iqquadrat.accounts.models import User
from iqquadrat.core.outage import is_full, is_outage
from iqquadrat.core.submissions import take_turns
from iqquadrat.questionnaires.answers import AnswerValue, InvalidAnswer, parse_answer
from iqquadrat.questionnaires.queries import version_content

# How far the clock of a device may go ahead before the server's own is taken.
AHEAD = timedelta(minutes=5)

_CODES: Mapping[type[BusinessError], str] = {
    AlreadyInterviewedError: "already_interviewed", NoQuestionnaireError: "no_questionnaire", NotOnTheListError: "not_found",
    TooFewAnswersError: "too_few", InterviewClosedError: "closed", NothingToldError: "nothing_told", NoRefusalError: "no_refusal",
    NameNeededError: "name_needed", PhotosNotWantedError: "photos_off",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of one operation. ``items``: the questions whose answers cannot be taken, each with the reason in words.

    ``unit`` is what was found, on the list now; ``begun`` the interview of somebody else that is in the way.
    """

    uuid: UUID
    result: OperationResult
    code: str = ""
    final: bool = True
    items: Mapping[str, str] = field(default_factory=dict)
    unit: int | None = None
    begun: Interview | None = None

    @property
    def words(self) -> str:
        """Why it was refused, in the language that is active; empty when it was not."""
        if self.begun is not None:
            return begun_by(self.begun)
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
    """Apply these operations in their order and say of each what became of it. Raises only when the database is away or full."""
    outcomes: dict[UUID, Outcome] = {}
    found = []
    for operation in operations:
        try:
            outcome = _decide(operation, by, outcomes)
        except DatabaseError as fault:
            if is_outage(fault) or is_full(fault):
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
            operation.uuid, OperationResult.REFUSED, refusal.code, final=refusal.final, items=refusal.items,
            begun=_in_the_way(operation, refusal.code, by),
        )  # fmt: skip
    _keep(operation, by, result=done.result, unit=done.unit, interview=done.interview)
    return Outcome(operation.uuid, done.result, unit=done.unit.pk if isinstance(operation, Found) else None)


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
        return Outcome(
            operation.uuid, OperationResult.OVERTAKEN if overtaken else OperationResult.ALREADY,
            unit=known.unit_id if isinstance(operation, Found) else None,
        )  # fmt: skip
    items: Mapping[str, str] = {}
    if isinstance(operation, Answers) and known.code in ("invalid_answer", "unknown_question"):
        try:
            _parsed(operation, _interview(operation, by, {})[1])
        except _RefusedError as refusal:
            items = refusal.items
    return Outcome(
        operation.uuid, OperationResult.REFUSED, known.code, items=items,
        begun=_in_the_way(operation, known.code, by),
    )  # fmt: skip


def _in_the_way(operation: AnyOperation, code: str, by: User) -> Interview | None:
    """The interview that somebody else has begun, and that runs: the surveyor is told whom to ask."""
    if code != "already_interviewed" or not isinstance(operation, OfUnit):
        return None
    try:
        unit = _unit_of(operation, by, {})
    except _RefusedError:
        return None
    running = Interview.objects.filter(
        wave=unit.wave_id, business=unit.business_id, completed_at__isnull=True
    ).exclude(surveyor=by)
    return running.select_related("surveyor").first()


def _do(operation: AnyOperation, by: User, before: Mapping[UUID, Outcome]) -> _Done:
    if isinstance(operation, Malformed):
        raise _RefusedError(operation.code)
    try:
        if isinstance(operation, Found):
            return _found(operation, by)
        if isinstance(operation, OfInterview):
            unit, interview = _interview(operation, by, before)
            at = _in_order(operation, unit.wave, by)
            if isinstance(operation, Answers):
                return _answer(operation, unit, interview, by, at)
            return _finish(operation, unit, interview, by, at)
        unit = _unit_of(operation, by, before)
        return _at_the_door(operation, unit, by, _in_order(operation, unit.wave, by))
    except BusinessError as fault:
        raise _RefusedError(_CODES[type(fault)]) from fault


def _at_the_door(operation: Begin | Attempt | Sight | Photo, unit: Unit, by: User, at: datetime) -> _Done:
    if isinstance(operation, Begin):
        return _begin(operation, unit, by, at)
    if isinstance(operation, Attempt):
        return _attempt(operation, unit, by, at)
    if isinstance(operation, Sight):
        return _sight(operation, unit, by, at)
    return _photo(operation, unit, by, at)


def _in_order(operation: Operation, wave: Wave, by: User) -> datetime:
    """When it happened, once what came before it at this unit has arrived."""
    if operation.after and not FieldOperation.objects.filter(surveyor=by, uuid=operation.after).exists():
        raise _RefusedError("earlier_missing", final=False)
    return _clamped(operation, wave)


def _unit(by: User, **which: Any) -> Unit:
    """The unit if it is in the surveyor's section of a wave that runs. Whoever may read more still writes only there."""
    unit = Unit.objects.visible_to(by).select_related("wave", "business").filter(**which).first()
    if unit is None or not unit.wave.is_running:
        raise _RefusedError("not_found", final=False)
    return unit


def _unit_of(operation: OfUnit, by: User, before: Mapping[UUID, Outcome]) -> Unit:
    """The unit that an operation names by its key, or by the operation that found it."""
    if operation.found is None:
        return _unit(by, pk=operation.unit)
    in_batch = before.get(operation.found)
    if in_batch is not None and in_batch.result == OperationResult.REFUSED:
        raise _RefusedError("found_refused", final=in_batch.final)
    row = FieldOperation.objects.filter(surveyor=by, uuid=operation.found).first()
    if row is None:
        raise _RefusedError("found_unknown", final=False)
    if row.unit_id is None or row.kind != "found":
        raise _RefusedError("found_refused")
    return _unit(by, pk=row.unit_id)


def _interview(operation: OfInterview, by: User, before: Mapping[UUID, Outcome]) -> tuple[Unit, Interview]:
    if operation.begin is None:
        unit = _unit_of(operation, by, before)
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


def _clamped(operation: Operation, wave: Wave) -> datetime:
    now = timezone.now()
    at = operation.at or now
    if timezone.localdate(at) < wave.starts_on:
        raise _RefusedError("too_early")
    return at if at <= now + AHEAD else now


def _begin(operation: Begin, unit: Unit, by: User, at: datetime) -> _Done:
    if Interview.objects.filter(submission=operation.uuid).exists():
        raise _RefusedError("number_used")
    interview = begin_interview(
        unit=unit, by=by, language=operation.language, with_interpreter=operation.with_interpreter, started_at=at,
        submission=operation.uuid, position=_columns(operation.position),
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


def _answer(operation: Answers, unit: Unit, interview: Interview, by: User, at: datetime) -> _Done:
    applied = record_answers(
        interview=interview,
        answers=_parsed(operation, interview),
        seq=operation.seq,
        op_id=operation.uuid,
        by=by,
        at=at,
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
        submission=operation.uuid, position=_columns(operation.position),
    )  # fmt: skip
    if operation.doorstep is not None:
        note_doorstep(attempt=attempt, by=by, **operation.doorstep)
    return _Done(OperationResult.APPLIED, unit)


def _sight(operation: Sight, unit: Unit, by: User, at: datetime) -> _Done:
    observe(
        business=unit.business, status=operation.status, sign_name=operation.sign_name, trade=operation.trade,
        languages=operation.languages, by=by, seen_on=timezone.localdate(at), wave=unit.wave, position=_columns(operation.position),
    )  # fmt: skip
    return _Done(OperationResult.APPLIED, unit)


def _found(operation: Found, by: User) -> _Done:
    """The shop is on the list afterwards, whoever brought it there."""
    wave = Wave.objects.running().visible_to(by).filter(pk=operation.wave).first()
    street = Street.objects.filter(pk=operation.street, centre=by.centre_id).first()
    if wave is None or street is None or not in_section(wave, by, street, operation.house.number):
        raise _RefusedError("not_found", final=False)
    at = _in_order(operation, wave, by)
    try:
        unit = list_found(
            wave=wave, street=street, house_number=operation.house.number, addition=operation.house.addition, sign_name=operation.sign_name,
            trade=operation.trade, status=operation.status, seen_on=timezone.localdate(at), by=by, position=_columns(operation.position),
        )  # fmt: skip
    except AlreadyListedError as there:
        return _Done(OperationResult.ALREADY, there.unit)
    return _Done(OperationResult.APPLIED, unit)


def _photo(operation: Photo, unit: Unit, by: User, at: datetime) -> _Done:
    try:
        keep_photo(unit=unit, data=operation.image, taken_at=at, by=by)
    except NoPhotoError as fault:
        raise _RefusedError("no_photo") from fault
    except PhotoTooOldError:
        return _Done(OperationResult.OVERTAKEN, unit)
    return _Done(OperationResult.APPLIED, unit)


def _columns(position: Spot | None) -> dict[str, Decimal] | None:
    return position.columns() if position else None
