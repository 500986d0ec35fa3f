"""The words of a notice, in every language it exists in."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from placements.enums import WorkingSlot

CONTENT = Path(__file__).parent / "content" / "notice.toml"
GERMAN = "de"
RIGHT_TO_LEFT = ("ar", "fa")
_PARTS_OF_A_DAY = 3


@cache
def texts() -> Mapping[str, Mapping[str, Any]]:
    """Return the words by language, then by key; every language is complete (a test holds it)."""
    return tomllib.loads(CONTENT.read_text(encoding="utf-8"))


def fitting(language: str) -> str:
    """Return this language if there are notices in it, else German."""
    return language if language in texts() else GERMAN


def direction(language: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def week_lines(language: str, codes: Iterable[str]) -> list[str]:
    """Return parts of the week in words, neighbouring days of the same parts together: ``Mo bis Fr: vormittags, abends``."""
    chosen = set(codes)
    runs: list[tuple[list[str], list[str]]] = []
    slots = [slot.value for slot in WorkingSlot]
    previous: list[str] = []
    for start in range(0, len(slots), _PARTS_OF_A_DAY):
        day = slots[start].split("_")[0]
        parts = [slot.split("_")[1] for slot in slots[start : start + _PARTS_OF_A_DAY] if slot in chosen]
        if parts and parts == previous:
            runs[-1][0].append(day)
        elif parts:
            runs.append(([day], parts))
        previous = parts
    return [_line(language, days, parts) for days, parts in runs]


def _line(language: str, days: list[str], parts: list[str]) -> str:
    words = texts()[language]
    first, last = words["days"][days[0]], words["days"][days[-1]]
    span = first if len(days) == 1 else words["span"].format(first=first, last=last)
    comma = "، " if language in RIGHT_TO_LEFT else ", "
    if len(parts) == _PARTS_OF_A_DAY:
        return f"{span}: {words['all_day']}"
    return f"{span}: {comma.join(words['parts'][part] for part in parts)}"
