"""What a surveyor's device sends: read with distrust, before anything of it is used. Pure.

    {"operations": [{"uuid": "...", "seq": 7, "kind": "attempt", "at": "2026-10-05T10:20:00+02:00", "after": "...", "unit": 12,
                     "disposition": "refusal", "reason": "no_time", "doorstep": {"trains": "no"}}]}

    {..., "kind": "sight", "unit": 12, "seen": {"sign_name": "Hoa Sen 2", "languages": ["vi"]}, "position": {"lat": 51.34, "lon": 12.4, "accuracy": 9}}
    {..., "kind": "found", "wave": 3, "street": 5, "number": "14 a", "sign_name": "Kiosk Linh", "trade": "Zeitungen", "status": "open"}

Operations on what was ``found`` name that operation (``found``) instead of the unit, which the device does not know yet.

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

from businesses.enums import (
    WITHOUT_INTERVIEW,
    Disposition,
    RefusalReason,
    SinceBand,
    SizeBand,
    Status,
    Told,
)
from businesses.field_reading import (
    FaultError,
    House,
    Spot,
    flag_in,
    house_in,
    known_languages,
    languages_in,
    moment_in,
    one_of,
    pk_in,
    position_in,
    text_in,
    uuid_in,
    whole_in,
)
from businesses.models.followup import EARLIEST_YEAR

LONGEST_BODY = 1024 * 1024  # bytes
MOST_OPERATIONS = 200
# Below the bound that the pages of an interview read their own counter with.
HIGHEST_SEQ = 900_000
_LONGEST_NOTE, _LONGEST_LINE, _LONGEST_TOLD, _MOST_ANSWERS, _LONGEST_KEY = 2000, 500, 120, 200, 60
_LONGEST_SIGN = 200


class MalformedError(ValueError):
    """The body is no list of operations."""


class TooLargeError(ValueError):
    """More than is taken at once; ``code`` says of what."""

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
    """Something at one unit: the one with this key, or the one that ``found`` has brought onto the list."""

    unit: int | None
    found: UUID | None


@dataclass(frozen=True, kw_only=True)
class Begin(OfUnit):
    """An interview begins at a unit."""

    language: str
    with_interpreter: bool
    position: Spot | None


@dataclass(frozen=True, kw_only=True)
class OfInterview(OfUnit):
    """Something in an interview: the one that ``begin`` began, or the own one at the unit."""

    begin: UUID | None


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
    position: Spot | None


@dataclass(frozen=True, kw_only=True)
class Sight(OfUnit):
    """What was seen of a unit. Empty, or None for the languages: still as it was."""

    status: str
    sign_name: str
    trade: str
    languages: tuple[str, ...] | None
    position: Spot | None


@dataclass(frozen=True, kw_only=True)
class Found(Operation):
    """A shop in the own section that is not on the list of the wave."""

    wave: int
    street: int
    house: House
    sign_name: str
    trade: str
    status: str
    position: Spot | None


@dataclass(frozen=True, kw_only=True)
class Photo(OfUnit):
    """A photo of the shop sign; it comes alone and not as JSON. ``at``: when it was taken."""

    image: bytes = field(repr=False)


# All there are.
AnyOperation = Malformed | Begin | Answers | Finish | Attempt | Sight | Found | Photo


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
        uuid, seq = uuid_in(sent, "uuid"), whole_in(sent, "seq", 1, HIGHEST_SEQ)
        digest = hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
    except (FaultError, ValueError, RecursionError) as fault:
        raise MalformedError from fault
    kind = sent.get("kind")
    kind = kind if isinstance(kind, str) and kind in _KINDS else "unknown"
    read = _KINDS.get(kind, _unknown)
    try:
        common = {
            "uuid": uuid, "seq": seq, "digest": digest, "kind": kind, "at": moment_in(sent),
            "after": uuid_in(sent, "after") if sent.get("after") is not None else None,
        }  # fmt: skip
        return read(sent, common, today)
    except FaultError as fault:
        return Malformed(uuid=uuid, seq=seq, digest=digest, kind=kind, code=fault.code)


def _unknown(_sent: Mapping[str, Any], _common: Mapping[str, Any], _today: date) -> AnyOperation:
    raise FaultError("unknown_kind")


def _begin(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    return Begin(
        **common, **_of_unit(sent), language=one_of(sent, "language", known_languages(), "de"),
        with_interpreter=flag_in(sent, "with_interpreter"), position=position_in(sent),
    )  # fmt: skip


def _of_unit(sent: Mapping[str, Any]) -> dict[str, Any]:
    if (sent.get("found") is None) == (sent.get("unit") is None):
        raise FaultError("malformed")
    if sent.get("found") is not None:
        return {"found": uuid_in(sent, "found"), "unit": None}
    return {"found": None, "unit": pk_in(sent)}


def _of_interview(sent: Mapping[str, Any]) -> dict[str, Any]:
    if sent.get("begin") is None:
        return {"begin": None} | _of_unit(sent)
    if sent.get("unit") is not None or sent.get("found") is not None:
        raise FaultError("malformed")
    return {"begin": uuid_in(sent, "begin"), "unit": None, "found": None}


def _answers(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    answers = sent.get("answers")
    if not isinstance(answers, dict) or not 0 < len(answers) <= _MOST_ANSWERS:
        raise FaultError("malformed")
    if not all(len(key) <= _LONGEST_KEY and isinstance(raw, dict) for key, raw in answers.items()):
        raise FaultError("malformed")
    return Answers(**common, **_of_interview(sent), answers=answers)


def _finish(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    return Finish(**common, **_of_interview(sent), note=text_in(sent, "note", _LONGEST_NOTE, lines=True))


def _attempt(sent: Mapping[str, Any], common: Mapping[str, Any], today: date) -> AnyOperation:
    disposition = one_of(sent, "disposition", WITHOUT_INTERVIEW)
    refused = disposition == Disposition.REFUSAL
    if not refused and (sent.get("reason") or sent.get("doorstep")):
        raise FaultError("no_refusal")
    return Attempt(
        **common, **_of_unit(sent), position=position_in(sent), disposition=disposition, note=text_in(sent, "note", _LONGEST_LINE),
        reason=one_of(sent, "reason", RefusalReason.values) if refused else "",
        doorstep=_doorstep(sent["doorstep"], today) if sent.get("doorstep") is not None else None,
    )  # fmt: skip


def _observe(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    """A sight of nothing but the status."""
    return Sight(
        **common, **_of_unit(sent), status=one_of(sent, "status", Status.values), sign_name="", trade="", languages=None,
        position=position_in(sent),
    )  # fmt: skip


def _sight(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    seen = sent.get("seen")
    if not isinstance(seen, dict):
        raise FaultError("malformed")
    spoken = None if seen.get("languages") is None else tuple(languages_in(seen, "languages"))
    return Sight(
        **common, **_of_unit(sent), status=one_of(seen, "status", Status.values, ""), languages=spoken,
        sign_name=text_in(seen, "sign_name", _LONGEST_SIGN), trade=text_in(seen, "trade", _LONGEST_SIGN),
        position=position_in(sent),
    )  # fmt: skip


def _found(sent: Mapping[str, Any], common: Mapping[str, Any], _today: date) -> AnyOperation:
    found = Found(
        **common, wave=pk_in(sent, "wave"), street=pk_in(sent, "street"), house=house_in(sent, "number"),
        sign_name=text_in(sent, "sign_name", _LONGEST_SIGN), trade=text_in(sent, "trade", _LONGEST_SIGN),
        status=one_of(sent, "status", Status.values, Status.OPEN.value), position=position_in(sent),
    )  # fmt: skip
    if not found.sign_name and found.status != Status.VACANT:
        raise FaultError("name_needed")
    return found


def read_photo(sent: Mapping[str, Any], image: bytes) -> Photo:
    """Return the photo that came with these fields. Raises ``FaultError``, ``MalformedError`` where not even its number is one."""
    try:
        uuid = uuid_in(sent, "uuid")
    except FaultError as fault:
        raise MalformedError from fault
    unit = sent.get("unit") or None
    if unit is not None and not (
        isinstance(unit, str) and unit.isascii() and unit.isdecimal() and len(unit) < 19
    ):
        raise FaultError("malformed")
    place = _of_unit({"unit": None if unit is None else int(unit), "found": sent.get("found") or None})
    content = f"{sorted(place.items(), key=str)} {sent.get('taken_at')} {hashlib.sha256(image).hexdigest()}"
    return Photo(
        uuid=uuid, seq=0, digest=hashlib.sha256(content.encode()).hexdigest(), kind="photo",
        at=moment_in({"at": sent.get("taken_at")}), image=image, **place,
    )  # fmt: skip


_KINDS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any], date], AnyOperation]] = {
    "begin": _begin, "answers": _answers, "finish": _finish, "attempt": _attempt, "observe": _observe,
    "sight": _sight, "found": _found,
}  # fmt: skip


def _doorstep(sent: Any, today: date) -> dict[str, Any]:
    if not isinstance(sent, dict):
        raise FaultError("malformed")
    year = sent.get("since_year")
    told = {
        "branch_words": text_in(sent, "branch_words", _LONGEST_TOLD), "contact": text_in(sent, "contact", _LONGEST_TOLD),
        "size_band": one_of(sent, "size_band", SizeBand.values, ""), "since_band": one_of(sent, "since_band", SinceBand.values, ""),
        "since_year": None if year is None else whole_in(sent, "since_year", EARLIEST_YEAR, today.year),
        "trains": one_of(sent, "trains", Told.values, ""), "come_again": one_of(sent, "come_again", Told.values, ""),
        "languages": languages_in(sent, "languages"),
    }  # fmt: skip
    if not any(told.values()):
        raise FaultError("nothing_told")
    return told
