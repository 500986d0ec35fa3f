"""What a surveyor's device sends: read with distrust, before anything of it is used. Pure.

    {"operations": [{"uuid": "...", "seq": 7, "kind": "attempt", "at": "2026-10-05T10:20:00+02:00", "after": "...", "unit": 12,
                     "disposition": "refusal", "reason": "no_time", "doorstep": {"trains": "no"}}]}

``seq`` counts on one device, ``after`` names the operation before it at the same unit: what overtook it on the way waits for it.
``MalformedError``: the whole body is no list of operations. A fault in one operation makes that one ``Malformed`` and no other.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from businesses import languages
from businesses.enums import (
    WITHOUT_INTERVIEW,
    Disposition,
    RefusalReason,
    SinceBand,
    SizeBand,
    Status,
    Told,
)
from businesses.models.followup import EARLIEST_YEAR
from iqquadrat.core.text import clean_text

LONGEST_BODY = 1024 * 1024  # bytes
MOST_OPERATIONS = 200
# Below the bound that the pages of an interview read their own counter with.
HIGHEST_SEQ = 900_000
HIGHEST_PK = 2**63 - 1
_LONGEST_NOTE, _LONGEST_LINE, _LONGEST_TOLD, _MOST_ANSWERS, _LONGEST_KEY = 2000, 500, 120, 200, 60


class MalformedError(ValueError):
    """The body is no list of operations."""


class TooLargeError(ValueError):
    """More than is taken at once; ``code`` says of what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _FaultError(ValueError):
    """One operation cannot be used; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What every operation has. ``digest`` is of all that was sent in it."""

    uuid: UUID
    seq: int
    digest: str
    kind: str
    at: datetime | None = None
    after: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Malformed(Operation):
    """An operation that cannot be used, and why."""

    code: str


@dataclass(frozen=True, kw_only=True)
class OfUnit(Operation):
    """Something at one unit."""

    unit: int


@dataclass(frozen=True, kw_only=True)
class Begin(OfUnit):
    """An interview begins at a unit."""

    language: str
    with_interpreter: bool


@dataclass(frozen=True, kw_only=True)
class OfInterview(Operation):
    """Something in an interview: the one that ``begin`` began, or the own one at ``unit``."""

    begin: UUID | None
    unit: int | None


@dataclass(frozen=True, kw_only=True)
class Answers(OfInterview):
    """Answers by the key of the question, raw as ``parse_answer`` takes them."""

    answers: Mapping[str, Mapping[str, Any]] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Finish(OfInterview):
    """The interview is handed in."""

    note: str


@dataclass(frozen=True, kw_only=True)
class Attempt(OfUnit):
    """A visit without an interview, for a refusal perhaps with the answers at the door."""

    disposition: str
    reason: str
    note: str
    doorstep: Mapping[str, Any] | None = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class Observe(OfUnit):
    """What was seen of a unit."""

    status: str


# All there are.
AnyOperation = Malformed | Begin | Answers | Finish | Attempt | Observe


def read_operations(body: bytes, *, today: date) -> list[AnyOperation]:
    """Return the operations in the order of the device. Raises ``MalformedError`` and ``TooLargeError``."""
    if len(body) > LONGEST_BODY:
        raise TooLargeError("too_large")
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        raise MalformedError from fault
    sent = content.get("operations") if isinstance(content, dict) else None
    if not isinstance(sent, list):
        raise MalformedError
    if len(sent) > MOST_OPERATIONS:
        raise TooLargeError("too_many")
    return sorted((_operation(part, today) for part in sent), key=lambda operation: operation.seq)


def _refuse(text: str) -> Any:
    raise MalformedError(text)


def _operation(sent: Any, today: date) -> AnyOperation:
    if not isinstance(sent, dict):
        raise MalformedError
    try:
        uuid, seq = _uuid(sent, "uuid"), _whole(sent, "seq", 1, HIGHEST_SEQ)
        digest = hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
    except (_FaultError, ValueError, RecursionError) as fault:
        raise MalformedError from fault
    kind = sent.get("kind")
    kind = kind if isinstance(kind, str) and kind in _KINDS else "unknown"
    read = _KINDS.get(kind, _unknown)
    try:
        common = {
            "uuid": uuid, "seq": seq, "digest": digest, "kind": kind, "at": _moment(sent),
            "after": _uuid(sent, "after") if sent.get("after") is not None else None,
        }  # fmt: skip
        return read(sent, common, today)
    except _FaultError as fault:
        return Malformed(uuid=uuid, seq=seq, digest=digest, kind=kind, code=fault.code)


def _unknown(_sent: Mapping[str, Any], _common: Mapping[str, Any], _today: date) -> AnyOperation:
    raise _FaultError("unknown_kind")


def _begin(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    return Begin(
        **common, unit=_pk(sent), language=_one_of(sent, "language", _languages(), "de"),
        with_interpreter=_flag(sent, "with_interpreter"),
    )  # fmt: skip


def _of_interview(sent: Mapping[str, Any]) -> dict[str, Any]:
    if (sent.get("begin") is None) == (sent.get("unit") is None):
        raise _FaultError("malformed")
    if sent.get("begin") is not None:
        return {"begin": _uuid(sent, "begin"), "unit": None}
    return {"begin": None, "unit": _pk(sent)}


def _answers(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    answers = sent.get("answers")
    if not isinstance(answers, dict) or not 0 < len(answers) <= _MOST_ANSWERS:
        raise _FaultError("malformed")
    if not all(len(key) <= _LONGEST_KEY and isinstance(raw, dict) for key, raw in answers.items()):
        raise _FaultError("malformed")
    return Answers(**common, **_of_interview(sent), answers=answers)


def _finish(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    return Finish(**common, **_of_interview(sent), note=_text(sent, "note", _LONGEST_NOTE, lines=True))


def _attempt(sent: Mapping[str, Any], common: Mapping[str, Any], today: date) -> AnyOperation:
    disposition = _one_of(sent, "disposition", WITHOUT_INTERVIEW)
    refused = disposition == Disposition.REFUSAL
    if not refused and (sent.get("reason") or sent.get("doorstep")):
        raise _FaultError("no_refusal")
    return Attempt(
        **common, unit=_pk(sent), disposition=disposition, note=_text(sent, "note", _LONGEST_LINE),
        reason=_one_of(sent, "reason", RefusalReason.values) if refused else "",
        doorstep=_doorstep(sent["doorstep"], today) if sent.get("doorstep") is not None else None,
    )  # fmt: skip


def _observe(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    return Observe(**common, unit=_pk(sent), status=_one_of(sent, "status", Status.values))


_KINDS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], date], AnyOperation]] = {
    "begin": _begin, "answers": _answers, "finish": _finish, "attempt": _attempt, "observe": _observe,
}  # fmt: skip


def _doorstep(sent: Any, today: date) -> dict[str, Any]:
    if not isinstance(sent, dict):
        raise _FaultError("malformed")
    spoken = sent.get("languages", [])
    if not isinstance(spoken, list) or any(code not in _languages() for code in spoken):
        raise _FaultError("unknown_choice")
    year = sent.get("since_year")
    told = {
        "branch_words": _text(sent, "branch_words", _LONGEST_TOLD), "contact": _text(sent, "contact", _LONGEST_TOLD),
        "size_band": _one_of(sent, "size_band", SizeBand.values, ""), "since_band": _one_of(sent, "since_band", SinceBand.values, ""),
        "since_year": None if year is None else _whole(sent, "since_year", EARLIEST_YEAR, today.year),
        "trains": _one_of(sent, "trains", Told.values, ""), "come_again": _one_of(sent, "come_again", Told.values, ""),
        "languages": [code for code in _languages() if code in spoken],
    }  # fmt: skip
    if not any(told.values()):
        raise _FaultError("nothing_told")
    return told


def _languages() -> list[str]:
    return [code for code, _name in languages.choices()]


def _uuid(sent: Mapping[str, Any], name: str) -> UUID:
    value = sent.get(name)
    if not isinstance(value, str) or len(value) > 40:
        raise _FaultError("malformed")
    try:
        return UUID(value)
    except ValueError as fault:
        raise _FaultError("malformed") from fault


def _whole(sent: Mapping[str, Any], name: str, lowest: int, highest: int) -> int:
    value = sent.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise _FaultError("malformed")
    return value


def _pk(sent: Mapping[str, Any]) -> int:
    return _whole(sent, "unit", 1, HIGHEST_PK)


def _flag(sent: Mapping[str, Any], name: str) -> bool:
    value = sent.get(name, False)
    if not isinstance(value, bool):
        raise _FaultError("malformed")
    return value


def _one_of(sent: Mapping[str, Any], name: str, allowed: Any, default: str | None = None) -> str:
    value = sent.get(name, default)
    if value == "" and default is not None:
        return default
    if not isinstance(value, str) or value not in allowed:
        raise _FaultError("unknown_choice")
    return value


def _text(sent: Mapping[str, Any], name: str, longest: int, *, lines: bool = False) -> str:
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise _FaultError("malformed")
    if len(value) > longest:
        raise _FaultError("too_long")
    try:
        # A character that composes may become two: measured again as it is stored.
        cleaned = clean_text(value, lines=lines)
    except ValueError as fault:
        raise _FaultError("forbidden_character") from fault
    if len(cleaned) > longest:
        raise _FaultError("too_long")
    return cleaned


def _moment(sent: Mapping[str, Any]) -> datetime:
    value = sent.get("at")
    if not isinstance(value, str) or len(value) > 40:
        raise _FaultError("bad_time")
    try:
        at = datetime.fromisoformat(value)
    except ValueError as fault:
        raise _FaultError("bad_time") from fault
    # Near the ends of the calendar another time zone would leave it.
    if at.tzinfo is None or not EARLIEST_YEAR <= at.year <= 2100:
        raise _FaultError("bad_time")
    return at
