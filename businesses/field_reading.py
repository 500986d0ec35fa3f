"""The parts of what a device sends: each read with distrust. Pure. Whatever cannot be used raises ``FaultError`` with the reason's code."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from businesses import languages
from businesses.models.followup import EARLIEST_YEAR
from businesses.models.places import HIGHEST_NUMBER, LARGEST_ACCURACY
from iqquadrat.core.text import clean_text

HIGHEST_PK = 2**63 - 1
_HOUSE = re.compile(r"([1-9][0-9]{0,3})\s*([A-Za-z]{0,2}|[1-9]/[1-9])", re.ASCII)


class FaultError(ValueError):
    """One operation cannot be used; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Spot:
    """Where the device stood: degrees in WGS 84, the accuracy in metres."""

    lat: Decimal
    lon: Decimal
    accuracy: Decimal

    def columns(self) -> dict[str, Decimal]:
        """The columns of a ``Positioned`` record."""
        return {"position_lat": self.lat, "position_lon": self.lon, "position_accuracy": self.accuracy}


@dataclass(frozen=True)
class House:
    """A house number as it stands at the door: ``14 a`` is 14 and a."""

    number: int
    addition: str


def position_in(sent: Mapping[str, Any]) -> Spot | None:
    """Return the position that was sent along, None where there is none. Measured more exactly than a door is wide, it is rounded."""
    value = sent.get("position")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise FaultError("position")
    lat, lon, accuracy = (
        _degrees(value.get(name), low, high, exact)
        for name, low, high, exact in (
            ("lat", -90, 90, "0.000001"), ("lon", -180, 180, "0.000001"), ("accuracy", 0, LARGEST_ACCURACY, "0.1"),
        )
    )  # fmt: skip
    return Spot(lat, lon, accuracy)


def _degrees(value: Any, low: int, high: int, exact: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FaultError("position")
    # Compared first: a whole number of a thousand digits is no float any more.
    if not low <= value <= high or not math.isfinite(value):
        raise FaultError("position")
    return Decimal(str(value)).quantize(Decimal(exact))


def house_in(sent: Mapping[str, Any], name: str) -> House:
    """Return a house number with its letter."""
    match = _HOUSE.fullmatch(text_in(sent, name, 12))
    if match is None or int(match[1]) > HIGHEST_NUMBER:
        raise FaultError("house_number")
    return House(int(match[1]), match[2].lower())


def known_languages() -> list[str]:
    """Return the codes of the languages that may be named."""
    return [code for code, _name in languages.choices()]


def languages_in(sent: Mapping[str, Any], name: str) -> list[str]:
    """Return the languages that were ticked, in the order of the list."""
    ticked, known = sent.get(name, []), known_languages()
    if not isinstance(ticked, list) or any(code not in known for code in ticked):
        raise FaultError("unknown_choice")
    return [code for code in known if code in ticked]


def uuid_in(sent: Mapping[str, Any], name: str) -> UUID:
    """Return a number of an operation."""
    value = sent.get(name)
    if not isinstance(value, str) or len(value) > 40:
        raise FaultError("malformed")
    try:
        return UUID(value)
    except ValueError as fault:
        raise FaultError("malformed") from fault


def whole_in(sent: Mapping[str, Any], name: str, lowest: int, highest: int) -> int:
    """Return a whole number between two bounds."""
    value = sent.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise FaultError("malformed")
    return value


def pk_in(sent: Mapping[str, Any], name: str = "unit") -> int:
    """Return the key of a record."""
    return whole_in(sent, name, 1, HIGHEST_PK)


def flag_in(sent: Mapping[str, Any], name: str) -> bool:
    """Return whether something is said to be so; not, where nothing is said."""
    value = sent.get(name, False)
    if not isinstance(value, bool):
        raise FaultError("malformed")
    return value


def one_of(sent: Mapping[str, Any], name: str, allowed: Any, default: str | None = None) -> str:
    """Return a choice of a closed list; ``default`` where nothing is chosen and that may be."""
    value = sent.get(name, default)
    if value == "" and default is not None:
        return default
    if not isinstance(value, str) or value not in allowed:
        raise FaultError("unknown_choice")
    return value


def text_in(sent: Mapping[str, Any], name: str, longest: int, *, lines: bool = False) -> str:
    """Return a text as it is stored."""
    value = sent.get(name, "")
    if not isinstance(value, str):
        raise FaultError("malformed")
    if len(value) > longest:
        raise FaultError("too_long")
    try:
        # A character that composes may become two: measured again as it is stored.
        cleaned = clean_text(value, lines=lines)
    except ValueError as fault:
        raise FaultError("forbidden_character") from fault
    if len(cleaned) > longest:
        raise FaultError("too_long")
    return cleaned


def moment_in(sent: Mapping[str, Any]) -> datetime:
    """Return when it happened, by the clock of the device."""
    value = sent.get("at")
    if not isinstance(value, str) or len(value) > 40:
        raise FaultError("bad_time")
    try:
        at = datetime.fromisoformat(value)
    except ValueError as fault:
        raise FaultError("bad_time") from fault
    # Near the ends of the calendar another time zone would leave it.
    if at.tzinfo is None or not EARLIEST_YEAR <= at.year <= 2100:
        raise FaultError("bad_time")
    return at
