"""What the page sends when it saves: read with distrust, before anything of it is used.

Everything that is not exactly of the agreed shape raises ``BadOperationError`` and is answered by 400.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from competence.enums import Event
from iqquadrat.core.text import clean_text

LONGEST_BODY = 48_000
MOST_EVENTS = 200
HIGHEST = 2**31 - 1
_KEY = re.compile(r"[a-z0-9_]{1,40}")
_TEXTS = re.compile(r"(?:[a-z]{2}:[0-9a-f]{8})?(?: [a-z]{2}:[0-9a-f]{8})?")
_STATE = re.compile(r"[0-9a-z]{0,16}")
_DAY = 24 * 3600 * 1000
_PAGE_EVENTS = frozenset(Event.values) - {Event.RESUME, Event.END}


class BadOperationError(ValueError):
    """The body is no operation."""


@dataclass(frozen=True)
class PageEvent:
    """One event as the page noted it; ``ms`` since the assessment began."""

    seq: int
    item_key: str
    event: str
    state: str
    texts: str
    ms: int


@dataclass(frozen=True)
class Operation:
    """One save: at most one answer, and the events since the save before."""

    op_id: UUID
    epoch: int
    seq: int
    question: str
    value: dict[str, Any] | None
    language_shown: str
    l1_mode: bool
    events: tuple[PageEvent, ...]
    digest: str


def read_operation(body: bytes) -> Operation:
    """Return the operation in ``body`` or raise ``BadOperationError``."""
    content = _json(body)
    if not isinstance(content, dict):
        raise BadOperationError
    events = content.get("events", [])
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise BadOperationError
    value = content.get("value")
    if value is not None and not isinstance(value, dict):
        raise BadOperationError
    operation = Operation(
        op_id=_uuid(content.get("op_id")),
        epoch=_number(content.get("epoch"), 1),
        seq=_number(content.get("seq"), 1),
        question=_matching(content.get("question"), _KEY),
        value=value,
        language_shown=_matching(content.get("language_shown"), re.compile("[a-z]{2}")),
        l1_mode=flag(content.get("l1_mode")),
        events=tuple(_event(event) for event in events),
        digest=hashlib.sha256(body).hexdigest(),
    )
    numbers = [event.seq for event in operation.events]
    if numbers != sorted(set(numbers)) or (numbers and numbers[-1] >= operation.seq):
        raise BadOperationError
    return operation


def read_small(body: bytes) -> dict[str, Any]:
    """Return a small object such as ``{"epoch": 2}``, or raise ``BadOperationError``."""
    content = _json(body) if body else {}
    if not isinstance(content, dict):
        raise BadOperationError
    return content


def whole_number(value: object, lowest: int = 0, highest: int = HIGHEST) -> int:
    """Return ``value`` if it is a whole number between the bounds, or raise ``BadOperationError``."""
    return _number(value, lowest, highest)


def _json(body: bytes) -> Any:
    if len(body) > LONGEST_BODY:
        raise BadOperationError
    try:
        text = body.decode("utf-8")
        content = json.loads(text, parse_constant=_refuse, parse_float=_refuse)
        if "\\" in text:  # an escape may stand for anything, so every single text is looked at
            _check_texts(content)
        else:
            clean_text(text, lines=True)
    except (ValueError, RecursionError) as fault:
        # ValueError covers bad JSON, bad UTF-8, numbers of thousands of digits, forbidden characters.
        raise BadOperationError from fault
    return content


def _refuse(text: str) -> Any:
    """No answer is a fraction: NaN, Infinity and 1e400 end here as well."""
    raise BadOperationError(text)


def _check_texts(content: Any) -> None:
    if isinstance(content, str):
        clean_text(content, lines=True)
    elif isinstance(content, list):
        for part in content:
            _check_texts(part)
    elif isinstance(content, dict):
        for key, part in content.items():
            _check_texts(key)
            _check_texts(part)


def _event(content: Any) -> PageEvent:
    if not isinstance(content, dict):
        raise BadOperationError
    event = content.get("event")
    if not isinstance(event, str) or event not in _PAGE_EVENTS:
        raise BadOperationError
    return PageEvent(
        seq=_number(content.get("seq"), 1),
        item_key=_matching(content.get("item", ""), re.compile("[a-z0-9_]{0,40}")),
        event=event,
        state=_matching(content.get("state", ""), _STATE),
        texts=_matching(content.get("texts", ""), _TEXTS),
        ms=_number(content.get("ms"), 0, 400 * _DAY),
    )


def _number(value: object, lowest: int, highest: int = HIGHEST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise BadOperationError
    return value


def _matching(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise BadOperationError
    return value


def flag(value: object) -> bool:
    """Return ``value`` if it is true or false, or raise ``BadOperationError``."""
    if not isinstance(value, bool):
        raise BadOperationError
    return value


def _uuid(value: object) -> UUID:
    if not isinstance(value, str) or len(value) > 40:
        raise BadOperationError
    try:
        return UUID(value)
    except ValueError as fault:
        raise BadOperationError from fault
