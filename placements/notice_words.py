"""The times of the week in words, on notices and in lists."""

from collections.abc import Iterable

from competence.phrases import direction
from placements.client_texts import NOTICES
from placements.enums import WorkingSlot

_PARTS_OF_A_DAY = 3


def comma(language: str) -> str:
    """Return what stands between the parts of a list."""
    return "، " if direction(language) == "rtl" else ", "


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
    words = NOTICES.by_language[language]
    first, last = words["days"][days[0]], words["days"][days[-1]]
    span = first if len(days) == 1 else words["span"].format(first=first, last=last)
    if len(parts) == _PARTS_OF_A_DAY:
        return f"{span}: {words['all_day']}"
    return f"{span}: {comma(language).join(words['parts'][part] for part in parts)}"
