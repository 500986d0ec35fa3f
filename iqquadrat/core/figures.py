"""Every figure is a definition: a code, a name, words, a query, a period rule and a way down to its records.

Rooms list theirs in ``<room>/reports.py``; ``iqquadrat.reporting`` gathers them. A figure is counted from records every time it
is shown; nothing is stored but in a frozen report.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from django.db.models import Aggregate, Count, Q, Sum
from django.utils import timezone
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Period:
    """What is counted: days from ``starts_on`` to ``ends_on``, both included; the centres; one programme or all.

    ``programme_code`` is empty for everything the centres did. ``counsellor_id`` narrows to one person's caseload.
    """

    starts_on: date
    ends_on: date
    centre_ids: tuple[int, ...]
    programme_code: str = ""
    counsellor_id: int | None = None

    @property
    def starts_at(self) -> datetime:
        """The first moment, in the site's time zone."""
        return timezone.make_aware(datetime.combine(self.starts_on, time.min))

    @property
    def ends_before(self) -> datetime:
        """The first moment after the period."""
        return timezone.make_aware(datetime.combine(self.ends_on + timedelta(days=1), time.min))

    def moments(self, field_name: str) -> Q:
        """Return the condition that a date-and-time field lies in the period."""
        return Q(**{f"{field_name}__gte": self.starts_at, f"{field_name}__lt": self.ends_before})

    def days(self, field_name: str) -> Q:
        """Return the condition that a date field lies in the period."""
        return Q(**{f"{field_name}__gte": self.starts_on, f"{field_name}__lte": self.ends_on})

    def place(self, *, centre: str = "centre_id", programme: str = "programme_code") -> Q:
        """Return the condition on centre and programme; the names are the paths to these fields."""
        condition = Q(**{f"{centre}__in": self.centre_ids})
        return condition & Q(**{programme: self.programme_code}) if self.programme_code else condition


class Rows(Protocol):
    """What a figure is counted from: a QuerySet."""

    def count(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. ``rows`` returns the very records that are counted; ``count`` counts them (distinct where it must).

    ``chapter`` groups figures in the report; ``drill_permission`` is what somebody needs to see the records;
    ``columns`` are (heading, function of a record) for the way down. ``total_of``: a column of the records that is added up
    instead of counting them, in steps of ``per`` (hours from minutes: 60), rounded to the nearest.

    Figures that look through the same records name them in ``shared`` with the condition ``where`` that makes them theirs
    (``distinct``: the column that counts once): all of them are counted in one statement. ``shortcut`` counts the same without
    putting each record together, where that would cost much. ``rule``: by which day a record belongs
    to a period. ``unit``: what one of it is. ``missing``: what becomes of records that do not say it. ``part_of``: the code of
    the figure above it of which it says "of which": pages and papers indent it.
    """

    code: str
    name: Text
    definition: Text
    chapter: str
    rows: Callable[[Period], Any]
    drill_permission: str
    columns: tuple[tuple[Text, Callable[[Any], object]], ...] = ()
    link: Callable[[Any], str] | None = None
    total_of: str = ""
    per: int = 1
    shared: Callable[[Period], Any] | None = None
    where: Q = field(default_factory=Q)
    distinct: str = ""
    shortcut: Callable[[Period], int] | None = None
    rule: Text = ""
    unit: Text = ""
    missing: Text = ""
    part_of: str = ""
    of_persons: bool = (
        False  # of something sensitive: a small count is hidden from those who may not see the records
    )

    def count(self, period: Period) -> int:
        """Return the figure."""
        if self.shortcut is not None:
            return self.shortcut(period)
        if self.total_of:
            total = self.rows(period).order_by().aggregate(total=Sum(self.total_of))["total"] or 0
            return self.rounded(total)
        if self.shared is not None:
            return count_together([self], period)[self.code]
        return int(self.rows(period).count())

    def rounded(self, total: int) -> int:
        """Return an added-up column in full units, rounded to the nearest."""
        return (2 * int(total) + self.per) // (2 * self.per)

    @property
    def aggregate(self) -> Aggregate:
        """What counts it among the shared records."""
        if self.total_of:
            return Sum(self.total_of, filter=self.where)
        return Count(self.distinct or "pk", filter=self.where, distinct=bool(self.distinct))


def count_together(
    figures: "Iterable[Figure]", period: Period, *, tell: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """Return the figures by code; those that share their records cost one statement together. ``tell`` is called after each figure."""
    counted: dict[str, int] = {}
    families: dict[Callable[[Period], Any], list[Figure]] = {}
    for one in figures:
        if one.shared is None:
            counted[one.code] = one.count(period)
            tell()
        else:
            families.setdefault(one.shared, []).append(one)
    for rows, members in families.items():
        # Names of columns may not be taken, and codes may be called like one.
        found = rows(period).order_by().aggregate(**{f"n_{one.code}": one.aggregate for one in members})
        for one in members:
            counted[one.code] = one.rounded(found[f"n_{one.code}"] or 0)
            tell()
    return counted


@dataclass(frozen=True)
class Slice:
    """One row of a breakdown: a label and how many."""

    key: str
    label: Text
    count: int
    hidden: bool = False  # a small count, or one that would give it away; ``count`` is then 0


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """A figure split by something (language, topic, category). Missing values are a row of their own, never left out.

    ``of_persons``: it counts persons by something sensitive whose single records the coordination may not read. On the pages
    small counts of it are hidden; the report to the funder states them until its public version is asked for.
    """

    code: str
    name: Text
    definition: Text
    chapter: str
    slices: Callable[[Period], list[Slice]]
    unit: Text = field(default="")
    of_persons: bool = False
    rule: Text = ""
    missing: Text = ""
