"""A report is counted here: every figure of a period, with targets, months, steps and breakdowns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Value
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import competence.reports
import counselling.reports
import placements.reports
from iqquadrat.core import walls
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice, count_together
from iqquadrat.core.small_counts import hide_in_list
from iqquadrat.reporting.catalogue import breakdowns, chapters_of, figure, figures
from iqquadrat.reporting.corrections import Correction, corrections_of
from iqquadrat.reporting.models import Programme, Target
from iqquadrat.reporting.models.programmes import in_per_cent
from placements.models.retention import LASTS

Text = str | Promise

# Rows of tables that hold what nobody knows.
NO_ANSWER = frozenset({"", "unknown", "late"})
# After so many months the last step asks whether somebody is still at work or in training.
LASTING_AFTER = 6
# What the work is measured by: they stand first, on the screen and on paper.
HEADLINES = ("employment_relationships", "primary_labour_market", "training_places_created")


# Why a report sees several centres: it holds sums, never records.
TOGETHER = "sums of the centres of a programme"


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
    def missing(self) -> int:
        """How many records of it have no answer."""
        return sum(row.count for row in self.slices if row.key in NO_ANSWER)

    @property
    def tells_missing(self) -> bool:
        """Whether it has a row for those without an answer."""
        return any(row.key in NO_ANSWER for row in self.slices)

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
    against: Text = ""  # the words for what it is compared with

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
class Year:
    """The figures that were promised for one year, with what was reached on its days in the report."""

    number: int
    starts_on: date
    ends_on: date
    figures: list[Counted]

    @property
    def whole(self) -> bool:
        """Whether the report holds every day of the year."""
        return (self.ends_on - self.starts_on).days >= 364


@dataclass(frozen=True)
class Payer:
    """Who pays the programme, as it was called when the report was counted. ``share`` in per cent, empty where none was agreed."""

    name: str
    reference: str = ""
    share: str = ""

    @property
    def share_in_words(self) -> str:
        """The share as it is read."""
        return in_per_cent(Decimal(self.share)) if self.share else ""


@dataclass(frozen=True)
class Report:
    """Everything one report says, counted once."""

    programme: Programme | None
    period: Period
    chapters: list[Chapter]
    months: list[Month]
    steps: list[Step]
    corrections: list[Correction] = field(default_factory=list)
    years: list[Year] = field(default_factory=list)
    funders: list[Payer] = field(default_factory=list)

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
    def incomplete(self) -> list[Table]:
        """The tables with records whose answer may be missing, as far as there are records."""
        return [
            table
            for chapter in self.chapters
            for table in chapter.tables
            if table.total and table.tells_missing
        ]

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


def headline(period: Period) -> dict[str, int]:
    """Return the figures that stand first by their codes, all in one statement, from the records one can look at."""
    first, *others = (
        figure(code)
        .rows(period)
        .order_by()
        .annotate(code=Value(code, output_field=CharField()))
        .values_list("code")
        .annotate(n=Count("pk"))
        for code in HEADLINES
    )
    with walls.in_centres(period.centre_ids, TOGETHER):
        return dict.fromkeys(HEADLINES, 0) | dict(first.union(*others, all=True))


def count_report(
    programme: Programme | None, period: Period, *, tell: Callable[[], None] = lambda: None
) -> Report:
    """Count everything for a period, with the programme's targets for its whole time and for single years.

    ``tell`` is called after each figure and each table.
    """
    targets = list(programme.targets.all()) if programme else []
    whole = {target.figure: target.value for target in targets if target.year is None}
    shown = chapters_of(programme)
    asked = [one for one in figures() if one.chapter in shown]
    with walls.in_centres(period.centre_ids, TOGETHER):
        values = count_together(asked, period, tell=tell)
        counted = [Counted(one, values[one.code], whole.get(one.code)) for one in asked]
        tables = []
        for breakdown in breakdowns():
            if breakdown.chapter not in shown:
                continue
            tables.append(Table(breakdown, breakdown.slices(period)))
            tell()
        months, steps = count_months(period), count_steps(period, advised=values["persons_advised"])
        corrections, years = corrections_of(period), count_years(targets, period)
    chapters = [
        Chapter(
            key, title,
            [row for row in counted if row.figure.chapter == key],
            [table for table in tables if table.breakdown.chapter == key],
        )
        for key, title in shown.items()
    ]  # fmt: skip
    return Report(programme, period, chapters, months, steps, corrections, years, funders_of(programme))


def funders_of(programme: Programme | None) -> list[Payer]:
    """Return who pays a programme, in their order."""
    return [
        Payer(one.name, one.reference, "" if one.share is None else str(one.share))
        for one in (programme.funders.all() if programme else ())
    ]


def count_years(targets: Iterable[Target], period: Period) -> list[Year]:
    """Return, for every year of the period that something was promised for, what was reached."""
    promised: dict[int, dict[str, int]] = {}
    for target in targets:
        if target.year is not None:
            promised.setdefault(target.year, {})[target.figure] = target.value
    years = []
    for year, values in sorted(promised.items()):
        first, last = max(period.starts_on, date(year, 1, 1)), min(period.ends_on, date(year, 12, 31))
        if first > last:
            continue
        chosen = [one for one in figures() if one.code in values]
        found = count_together(chosen, replace(period, starts_on=first, ends_on=last))
        years.append(
            Year(year, first, last, [Counted(one, found[one.code], values[one.code]) for one in chosen])
        )
    return years


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


def count_steps(period: Period, *, advised: int) -> list[Step]:
    """Return the way of the persons from counselling to work. Each step counts persons, each against a step before."""
    begun = competence.reports.persons_begun(period).count()
    completed = competence.reports.persons_completed(period).count()
    proposed = placements.reports.persons_proposed(period).count()
    employed = placements.reports.persons_employed(period).count()
    asked = placements.reports.persons_asked_about(LASTING_AFTER, period)
    due, lasting = asked.count(), asked.filter(LASTS).count()
    return [
        Step(_("Persons advised"), advised, None),
        Step(_("Competence assessment begun"), begun, advised, _("persons advised")),
        Step(_("completed"), completed, begun, _("persons who began one")),
        Step(_("Vacancy proposed"), proposed, advised, _("persons advised")),
        Step(_("Employment taken up"), employed, proposed, _("persons with a proposal")),
        Step(
            _("At work or in training 6 months after the start"),
            lasting,
            due,
            _("persons due to be asked then"),
        ),
    ]
