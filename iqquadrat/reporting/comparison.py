"""Two periods side by side: every figure and every table with the difference.

In tables of persons a row is hidden in both periods or in none: a difference never tells what one of them hides. Changes are given in
per cent only where the earlier number is at least 20.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.figures import Breakdown, Figure, Period, Slice, count_together
from iqquadrat.core.small_counts import hide_in_list
from iqquadrat.reporting.catalogue import breakdowns, chapters_of, figures

# Below this a change in per cent says more than it knows.
SMALLEST_BASE = 20
# The table of the European Social Fund Plus hides small counts question by question, on its own page: it is not compared here.
COMPARED = chapters_of(None)


class Against(TextChoices):
    """What a period is compared with."""

    BEFORE = "before", _("the time before")
    YEAR = "year", _("the same time last year")
    FREE = "free", _("other days")


@dataclass(frozen=True)
class Pair:
    """One number now and then; None is hidden, in both or in neither."""

    label: str | Promise
    now: int | None
    then: int | None

    @property
    def hidden(self) -> bool:
        """Whether it is hidden."""
        return self.now is None

    @property
    def difference(self) -> int:
        """How many more, or fewer, than then."""
        return (self.now or 0) - (self.then or 0)

    @property
    def in_per_cent(self) -> int | None:
        """The change as a part of what was then, rounded to whole per cent; None on a small base."""
        if self.now is None or self.then is None or self.then < SMALLEST_BASE:
            return None
        return round(100 * self.difference / self.then)


@dataclass(frozen=True)
class FigurePair(Pair):
    """A figure now and then."""

    figure: Figure


@dataclass(frozen=True)
class TablePair:
    """A table now and then, row by row."""

    breakdown: Breakdown
    rows: list[Pair]

    @property
    def hides(self) -> bool:
        """Whether rows of it are hidden."""
        return any(row.hidden for row in self.rows)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return not any(row.hidden or row.now or row.then for row in self.rows)


@dataclass(frozen=True)
class ChapterPair:
    """One chapter now and then."""

    key: str
    title: str | Promise
    figures: list[FigurePair]
    tables: list[TablePair]


@dataclass(frozen=True)
class Comparison:
    """Two periods side by side."""

    now: Period
    then: Period
    chapters: list[ChapterPair]


def time_before(period: Period) -> Period:
    """Return the time of the same length directly before; whole months are followed by whole months."""
    last = period.starts_on - timedelta(days=1)
    months = _whole_months(period)
    if months:
        year, month = divmod(period.starts_on.year * 12 + period.starts_on.month - 1 - months, 12)
        first = date(year, month + 1, 1)
    else:
        first = last - (period.ends_on - period.starts_on)
    return replace(period, starts_on=first, ends_on=last)


def _whole_months(period: Period) -> int:
    first, last = period.starts_on, period.ends_on
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def same_time_last_year(period: Period) -> Period:
    """Return the same days one year earlier; the last day of a February stays the last day."""
    return replace(
        period, starts_on=_year_before(period.starts_on), ends_on=_year_before(period.ends_on, last=True)
    )


def _year_before(day: date, *, last: bool = False) -> date:
    length = calendar.monthrange(day.year - 1, day.month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=day.year - 1, day=length if last and is_last else min(day.day, length))


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two periods have a day in common: their difference would tell of the few days that only one of them has."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def compare(
    now: Period, then: Period, *, chapters: Iterable[str] = COMPARED, with_tables: bool = True
) -> Comparison:
    """Count both periods. What the reader may know of the own caseload (``counsellor_id``) is not hidden."""
    wanted = set(chapters)
    chosen = [one for one in figures() if one.chapter in wanted]
    found_now, found_then = count_together(chosen, now), count_together(chosen, then)
    pairs = [FigurePair(one.name, found_now[one.code], found_then[one.code], one) for one in chosen]
    tables = [
        _compare_table(
            one, one.slices(now), one.slices(then), hide=one.of_persons and now.counsellor_id is None
        )
        for one in breakdowns()
        if with_tables and one.chapter in wanted
    ]
    return Comparison(
        now,
        then,
        [
            ChapterPair(
                key, title,
                [pair for pair in pairs if pair.figure.chapter == key],
                [table for table in tables if table.breakdown.chapter == key],
            )
            for key, title in COMPARED.items()
            if key in wanted
        ],
    )  # fmt: skip


def _compare_table(breakdown: Breakdown, now: list[Slice], then: list[Slice], *, hide: bool) -> TablePair:
    labels = {row.key: row.label for row in now} | {row.key: row.label for row in then}
    # Those without an answer stay last, wherever they stood.
    keys = sorted(labels, key=lambda key: key == "")
    counts = [{row.key: row.count for row in rows} for rows in (now, then)]
    lists = [[found.get(key, 0) for key in keys] for found in counts]
    hidden = _hidden_in_either(lists) if hide else set()
    rows = [
        Pair(labels[key], None, None)
        if place in hidden
        else Pair(labels[key], lists[0][place], lists[1][place])
        for place, key in enumerate(keys)
    ]
    return TablePair(breakdown, rows)


def _hidden_in_either(lists: list[list[int]]) -> set[int]:
    """Return the places that one of the lists would hide; hidden in both, no difference is left to work with."""
    return {
        place for counts in lists for place, count in enumerate(hide_in_list(counts).counts) if count is None
    }
