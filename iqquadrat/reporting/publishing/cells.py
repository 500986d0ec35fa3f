"""The numbers of several reports as one system of sums: within a report by definition, between reports by their days.

Periods of public reports lie apart or one within the other (``crossing``), so that what lies between two of them is again a count. Where the same
number of the same days stands in two reports, it is one number; what one of them hides, the other hides too.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import NamedTuple

from iqquadrat.reporting.publishing import links
from iqquadrat.reporting.publishing.bounds import Key
from iqquadrat.reporting.publishing.protecting import Sum, Sums, protect
from iqquadrat.reporting.queries import HEADLINES, Report, months_between

What = tuple[str, ...]


class Cell(NamedTuple):
    """One number: what is counted, on which days, in which of the reports (the place in their order)."""

    what: What
    first: dt.date
    last: dt.date
    release: int


@dataclass(frozen=True)
class Release:
    """A report with its true numbers, and what of it is shown; None where that is still to be found out."""

    first: dt.date
    last: dt.date
    numbers: dict[What, int]
    shown: frozenset[What] | None = None


def numbers_of(report: Report) -> dict[What, int]:
    """Return every number of a report that is declared for publishing."""
    numbers: dict[What, int] = {}
    for counted in report.counted():
        if counted.figure.code in links.FIGURES:
            numbers["figure", counted.figure.code] = counted.value
    for chapter in report.chapters:
        for table in chapter.tables:
            if table.breakdown.code in links.TABLES:
                for piece in table.slices:
                    numbers["row", table.breakdown.code, piece.key] = piece.count
    for month in report.months:
        numbers["month", "contacts", month.first.isoformat()] = month.contacts
        numbers["month", "short_contacts", month.first.isoformat()] = month.short_contacts
    for place, step in enumerate(report.steps):
        if place == 0 or place in links.STEP_AT_MOST:
            numbers["step", str(place)] = step.count
    return numbers


def crossing(one: Release, other: Release) -> bool:
    """Tell whether two periods overlap without one lying within the other."""
    apart = one.last < other.first or other.last < one.first
    return not (apart or _within(one, other) or _within(other, one))


def _within(inner: Release | Cell, outer: Release | Cell) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def what_to_show(new: Release, earlier: Sequence[Release]) -> frozenset[What]:
    """Return which numbers of the new report may be shown beside all that was shown before. Raises ``CannotProtectError``."""
    system = System([*earlier, new])
    protect(system.sums, may_hide=system.may_hide, cost=_cost)
    return frozenset(what for what in new.numbers if system.key(len(earlier), what) in system.sums.known)


def _cost(key: Key) -> tuple[object, ...]:
    """Rows and months go before steps, steps before figures, headlines last; small numbers first, noughts after them."""
    if not isinstance(key, Priced):
        return (9,)
    kind, name = key.cell.what[0], key.cell.what[1]
    dear = {"row": 0, "month": 0, "step": 1}.get(kind, 3 if name in HEADLINES else 2)
    return (dear, key.number == 0, key.number, key.cell)


class Priced(NamedTuple):
    """A cell with its number: the key of a number in the system."""

    cell: Cell
    number: int


class System:
    """All reports in one system of sums; the last one is the new one."""

    def __init__(self, releases: Sequence[Release]) -> None:
        self.releases = releases
        self._keys: dict[tuple[int, What], Priced] = {}
        self.sums = Sums(numbers={}, known=set())
        self.may_hide: set[Key] = set()
        self._extra = 0
        self._enter_numbers()
        for place in range(len(releases)):
            self._enter_definitions(place)
        self._enter_days()
        for key in dict.fromkeys(self._keys.values()):
            self.sums.keep_secret({key: 1})

    def key(self, release: int, what: What) -> Priced:
        """Return under which key a number stands; the same for all reports in which it is the same number."""
        return self._keys[release, what]

    def _has(self, release: int, *whats: What) -> bool:
        return all((release, what) in self._keys for what in whats)

    # --- Numbers -----------------------------------------------------------------------------------------
    def _enter_numbers(self) -> None:
        rows = {what for release in self.releases for what in release.numbers if what[0] == "row"}
        seen: dict[tuple[What, dt.date, dt.date, int], Priced] = {}
        newest = len(self.releases) - 1
        for place, release in enumerate(self.releases):
            tables = {what[1] for what in release.numbers if what[0] == "row"}
            absent = {what: 0 for what in rows if what[1] in tables and what not in release.numbers}
            for what, number in (release.numbers | absent).items():
                cell = self._cell(place, what)
                same = (_counted(what), cell.first, cell.last, number)
                key = seen.setdefault(same, Priced(cell, number))
                self._keys[place, what] = key
                self.sums.numbers[key] = number
                if what[0] == "row" and number:
                    self.sums.least[key] = 1  # whoever sees the row knows that there is somebody
                if place == newest and key.cell.release == newest and what not in absent:
                    self.may_hide.add(key)
        self.sums.known = {
            key for (place, what), key in self._keys.items() if self._is_known(place, what, key)
        }

    def _is_known(self, place: int, what: What, key: Priced) -> bool:
        """What a report shows, and the rows that it does not have; of the new one all that no earlier report has said or hidden."""
        release = self.releases[place]
        if what not in release.numbers:
            return True
        return key.cell.release == place if release.shown is None else what in release.shown

    def _cell(self, place: int, what: What) -> Cell:
        release = self.releases[place]
        if what[0] == "month":
            first = dt.date.fromisoformat(what[2])
            last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
            return Cell(what, max(first, release.first), min(last, release.last), place)
        first = dt.date.min if what[1] in links.UP_TO_THE_END else release.first
        return Cell(what, first, release.last, place)

    # --- Within a report ------------------------------------------------------------------------------------
    def _enter_definitions(self, place: int) -> None:
        for table, figure in links.ROWS_OF.items():
            self._whole(place, ("figure", figure), self._rows(place, table))
        for table, figure in links.MANY_ROWS_OF.items():
            rows = self._rows(place, table)
            for row in rows:
                self._whole(place, ("figure", figure), [row])
            self._at_least(place, rows, ("figure", figure))
        for figure, (table, keys) in links.SOME_ROWS.items():
            rows = [("row", table, str(key)) for key in keys]
            self._whole(place, ("figure", figure), [row for row in rows if self._has(place, row)])
        for part, whole in links.PART_OF:
            self._whole(place, ("figure", whole), [("figure", part)])
        self._enter_groups(place)
        release = self.releases[place]
        for figure in links.BY_MONTH:
            months = [
                ("month", figure, day.isoformat()) for day in months_between(release.first, release.last)
            ]
            self._whole(place, ("figure", figure), [month for month in months if self._has(place, month)])
        for step, figure in links.STEP_AT_MOST.items():
            self._between(place, ("step", str(step)), ("figure", figure))

    def _enter_groups(self, place: int) -> None:
        """What excludes each other, and what is at most something else."""
        for parts, whole in links.TOGETHER_PART_OF:
            self._whole(place, ("figure", whole), [("figure", part) for part in parts])
        for answers, asked in links.TOGETHER_PART_OF_ROW:
            self._whole(place, ("row", *asked), [("figure", answer) for answer in answers])
        for less, more in links.AT_MOST:
            self._between(place, ("figure", less), ("figure", more))
        for table, other in links.ROWS_AT_MOST.items():
            for row in self._rows(place, table):
                self._between(place, row, ("row", other, row[2]))

    def _rows(self, place: int, table: str) -> list[What]:
        return [what for release, what in self._keys if release == place and what[:2] == ("row", table)]

    def _whole(self, place: int, whole: What, parts: list[What]) -> None:
        """The parts make up the whole, or something is left over; what is left over is a count as well."""
        if not parts or not self._has(place, whole, *parts):
            return
        self._balance([self.key(place, whole)], [self.key(place, part) for part in parts], secret=True)

    def _at_least(self, place: int, parts: list[What], whole: What) -> None:
        if parts and self._has(place, whole, *parts):
            self._balance([self.key(place, part) for part in parts], [self.key(place, whole)], secret=True)

    def _between(self, place: int, less: What, more: What) -> None:
        if self._has(place, less, more):
            self._balance([self.key(place, more)], [self.key(place, less)], secret=False)

    def _balance(self, more: Iterable[Priced], less: Iterable[Priced], *, secret: bool) -> None:
        """Enter ``more - less >= 0`` if that is so; what lies between them may be small, and then is a secret."""
        sum_: Sum = defaultdict(int)
        for key in more:
            sum_[key] += 1
        for key in less:
            sum_[key] -= 1
        sum_ = {key: number for key, number in sum_.items() if number}
        left = self.sums.value(sum_)
        if secret:
            self.sums.keep_secret(sum_)
        if left < 0 or not sum_:
            return
        equation = dict(sum_)
        if left or not secret:
            self._extra += 1
            between = ("between", self._extra)
            self.sums.numbers[between] = left
            equation[between] = -1
        self.sums.add_equation(equation)

    # --- Between reports -----------------------------------------------------------------------------------
    def _enter_days(self) -> None:
        groups: dict[What, dict[Priced, None]] = defaultdict(dict)
        for (place, what), key in self._keys.items():
            if len(self.releases) > 1 and key.cell.release == place:
                groups[_counted(what)][key] = None
        for what, keys in groups.items():
            for inner, outer in permutations(keys, 2):
                if inner.cell.release != outer.cell.release and _within(inner.cell, outer.cell):
                    self._enter_pair(inner, outer)
            if what[1] not in links.NOT_ADDITIVE and what[0] not in links.NOT_ADDITIVE:
                for outer in keys:
                    self._enter_rest(outer, list(keys))

    def _enter_pair(self, inner: Priced, outer: Priced) -> None:
        """What was counted in the longer period and not in the shorter; in the same days: what was corrected.

        Of a correction it may be known that it only took records away or only added some: then the one number is at least the other.
        """
        if _within(outer.cell, inner.cell):
            if (inner.number, inner.cell) < (outer.number, outer.cell):
                self._enter_more([outer], [inner])
        else:
            self._enter_more([outer], [inner])

    def _enter_rest(self, outer: Priced, keys: list[Priced]) -> None:
        """What is left of a period when all shorter ones within it are taken away."""
        inside = [
            key
            for key in keys
            if _within(key.cell, outer.cell)
            and not _within(outer.cell, key.cell)
            and key.cell.release != outer.cell.release
        ]
        widest = [
            key
            for key in inside
            if not any(
                _within(key.cell, other.cell) and not _within(other.cell, key.cell) for other in inside
            )
        ]
        newest = {
            (key.cell.first, key.cell.last): key for key in sorted(widest, key=lambda key: key.cell.release)
        }
        parts = list(newest.values())
        apart = all(
            a.cell.last < b.cell.first or b.cell.last < a.cell.first for a, b in combinations(parts, 2)
        )
        if len(parts) > 1 and apart:
            self._enter_more([outer], parts)

    def _enter_more(self, more: list[Priced], less: list[Priced]) -> None:
        """A longer period counts at least what a shorter one does; where a correction took that away, nothing is known."""
        sum_: Sum = {}
        sum_.update(dict.fromkeys(more, 1))
        sum_.update(dict.fromkeys(less, -1))
        left = self.sums.value(sum_)
        self.sums.keep_secret(sum_)
        if left >= 0:
            self._extra += 1
            between = ("between", self._extra)
            self.sums.numbers[between] = left
            self.sums.add_equation({**sum_, between: -1})


def _counted(what: What) -> What:
    """A month of a figure is that figure in other days; the first step is a figure."""
    if what[0] == "month":
        return ("figure", what[1])
    return ("figure", links.STEP_IS) if what == ("step", "0") else what
