"""A report is counted here: every figure of a period, with targets, months, steps and breakdowns."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import competence.reports
import counselling.reports
import placements.reports
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice
from iqquadrat.core.small_counts import hide_in_list
from iqquadrat.reporting.catalogue import breakdowns, chapters_of, figures
from iqquadrat.reporting.corrections import Correction, corrections_of
from iqquadrat.reporting.models import Programme

Text = str | Promise

# What the work is measured by: they stand first, on the screen and on paper.
HEADLINES = ("employment_relationships", "primary_labour_market", "training_places_created")


@dataclass(frozen=True)
class Counted:
    """One figure with its value and, where promised, its target."""

    figure: Figure
    value: int
    target: int | None = None

    @property
    def reached(self) -> bool:
        """Whether the target is met; without a target there is nothing to meet."""
        return self.target is not None and self.value >= self.target

    @property
    def missing(self) -> int:
        """How many are missing to the target."""
        return max(0, (self.target or 0) - self.value)


@dataclass(frozen=True)
class Table:
    """A breakdown with its rows and their sum."""

    breakdown: Breakdown
    slices: list[Slice]

    @property
    def total(self) -> int:
        """The sum of the rows."""
        return sum(row.count for row in self.slices)

    @property
    def hides(self) -> bool:
        """Whether small counts of it are hidden."""
        return any(row.hidden for row in self.slices)

    @property
    def largest(self) -> int:
        """The longest bar; at least one, so that no length is divided by nothing."""
        return max((row.count for row in self.slices), default=0) or 1


@dataclass(frozen=True)
class Month:
    """Contacts with persons and short contacts of one month."""

    first: date
    contacts: int
    short_contacts: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.contacts + self.short_contacts


@dataclass(frozen=True)
class Step:
    """One step of the way from counselling to work: how many came so far, of how many at the step before."""

    label: Text
    count: int
    of: int | None

    @property
    def share(self) -> float:
        """Length of the bar, 0 to 1, as part of the step before. Shown as length only, never as a percentage."""
        return 1.0 if self.of is None else (self.count / self.of if self.of else 0.0)


@dataclass(frozen=True)
class Chapter:
    """One chapter of the report."""

    key: str
    title: Text
    figures: list[Counted]
    tables: list[Table]


@dataclass(frozen=True)
class Report:
    """Everything one report says, counted once."""

    programme: Programme | None
    period: Period
    chapters: list[Chapter]
    months: list[Month]
    steps: list[Step]
    corrections: list[Correction] = field(default_factory=list)

    def counted(self) -> Iterable[Counted]:
        """Yield all figures in order."""
        for chapter in self.chapters:
            yield from chapter.figures

    def counted_as(self, code: str) -> Counted:
        """Return one figure with its target."""
        return next(counted for counted in self.counted() if counted.figure.code == code)

    def value(self, code: str) -> int:
        """Return the value of one figure."""
        return self.counted_as(code).value

    @property
    def headlines(self) -> list[Counted]:
        """The figures that stand first."""
        return [self.counted_as(code) for code in HEADLINES]

    @property
    def promised(self) -> list[Counted]:
        """The figures with a target."""
        return [counted for counted in self.counted() if counted.target is not None]


def period_of(programme: Programme, *, starts_on: date | None = None, ends_on: date | None = None) -> Period:
    """Return the programme's period, narrowed to the days asked for."""
    return Period(
        starts_on=max(starts_on or programme.starts_on, programme.starts_on),
        ends_on=min(ends_on or programme.ends_on, programme.ends_on),
        centre_ids=tuple(programme.centres.values_list("pk", flat=True)),
        programme_code=programme.code,
    )


def count_report(programme: Programme | None, period: Period) -> Report:
    """Count everything for a period. Targets are the programme's; they hold for its whole time."""
    targets = dict(programme.targets.values_list("figure", "value")) if programme else {}
    shown = chapters_of(programme)
    counted = [
        Counted(figure, figure.count(period), targets.get(figure.code))
        for figure in figures()
        if figure.chapter in shown
    ]
    tables = [
        Table(breakdown, breakdown.slices(period)) for breakdown in breakdowns() if breakdown.chapter in shown
    ]
    chapters = [
        Chapter(
            key, title,
            [row for row in counted if row.figure.chapter == key],
            [table for table in tables if table.breakdown.chapter == key],
        )
        for key, title in shown.items()
    ]  # fmt: skip
    return Report(
        programme, period, chapters, count_months(period), count_steps(period), corrections_of(period)
    )


def without_small_counts(report: Report) -> Report:
    """Return the report as the pages show it: in tables that count persons, small counts and what gives them away are hidden.

    Figures whose records the reader may not see stand in a table of their own, which hides them together."""
    chapters = [
        replace(
            chapter,
            figures=[counted for counted in chapter.figures if not counted.figure.of_persons],
            tables=[_hide(table) for table in chapter.tables],
        )
        for chapter in report.chapters
    ]
    return replace(report, chapters=chapters)


def _hide(table: Table) -> Table:
    if not table.breakdown.of_persons:
        return table
    shown = hide_in_list([row.count for row in table.slices]).counts
    rows = [
        replace(row, count=count or 0, hidden=count is None)
        for row, count in zip(table.slices, shown, strict=True)
    ]
    return replace(table, slices=rows)


def count_months(period: Period) -> list[Month]:
    """Return contacts and short contacts of every month of the period, empty months included."""
    contacts = _by_month(counselling.reports.contacts(period), "held_at")
    short = _by_month(counselling.reports.short_contacts(period), "at")
    return [
        Month(first, contacts.get(first, 0), short.get(first, 0))
        for first in months_between(period.starts_on, period.ends_on)
    ]


def _by_month(rows: Any, field: str) -> dict[date, int]:
    grouped = rows.order_by().annotate(month=TruncMonth(field)).values("month").annotate(n=Count("pk"))
    return {row["month"].date(): row["n"] for row in grouped}


def months_between(first: date, last: date) -> list[date]:
    """Return the first day of every month touched by the period."""
    months, current = [], first.replace(day=1)
    while current <= last:
        months.append(current)
        current = (current + timedelta(days=32)).replace(day=1)
    return months


def count_steps(period: Period) -> list[Step]:
    """Return the way of the persons from counselling to work. Each step counts persons, each against the step before."""
    advised = counselling.reports.persons_advised(period).count()
    begun = competence.reports.persons_begun(period).count()
    completed = competence.reports.persons_completed(period).count()
    proposed = placements.reports.persons_proposed(period).count()
    employed = placements.reports.persons_employed(period).count()
    return [
        Step(_("Persons advised"), advised, None),
        Step(_("Competence assessment begun"), begun, advised),
        Step(_("completed"), completed, begun),
        Step(_("Vacancy proposed"), proposed, advised),
        Step(_("Employment taken up"), employed, proposed),
    ]
