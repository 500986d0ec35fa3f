"""Marks for the talk: places to go through together. They have no effect on any statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from competence.evidence.model import Item, Thresholds


class Mark(StrEnum):
    """What the talk should go through together."""

    SAME_POSITION = "same_position"
    MAIN_YEARS_OVER_TOTAL = "main_years_over_total"
    LAST_WORK_BEFORE_ARRIVAL = "last_work_before_arrival"


@dataclass(frozen=True)
class Contradictions:
    """The answers that can contradict each other; ``None`` where there is none. Years are whole years or calendar years."""

    main_years: int | None = None
    total_years: int | None = None
    last_worked: int | None = None
    arrived: int | None = None
    works_in_germany: bool = False


def find_marks(
    items: Iterable[Item], chosen: Mapping[str, str], facts: Contradictions, thresholds: Thresholds
) -> list[Mark]:
    """Return the marks. ``chosen``: key of a scale question to the chosen step, empty for don't know and skip; a question
    that was never shown is absent."""
    marks = [Mark.SAME_POSITION] if longest_run(items, chosen) >= thresholds.run_length else []
    if (
        facts.main_years is not None
        and facts.total_years is not None
        and facts.main_years > facts.total_years
    ):
        marks.append(Mark.MAIN_YEARS_OVER_TOTAL)
    if (
        facts.works_in_germany
        and facts.last_worked is not None
        and facts.arrived is not None
        and facts.last_worked < facts.arrived
    ):
        marks.append(Mark.LAST_WORK_BEFORE_ARRIVAL)
    return marks


def longest_run(items: Iterable[Item], chosen: Mapping[str, str]) -> int:
    """Return how many scale questions running have the same position. Don't know and skip break the run; other types of
    questions and questions never shown do not."""
    longest = run = 0
    last: int | None = None
    for item in items:
        if not item.positions or item.key not in chosen:
            continue
        step = chosen[item.key]
        position = item.positions.index(step) if step in item.positions else None
        run = 0 if position is None else run + 1 if position == last else 1
        last = position
        longest = max(longest, run)
    return longest
