"""An attacker with a solver: everything that public reports say, written down a second time, and what can be found out of it.

Shares no code with ``iqquadrat.reporting.publishing``: the numbers are counted here from invented records, and the attacker knows definitions only.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import IntEnum
from random import Random
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from iqquadrat.core.small_counts import THRESHOLD

What = tuple[str, ...]
TOPICS, LANGUAGES = ("application", "housing", "debts", "forms"), ("ar", "ru", "vi")
CATEGORIES = ("SV_FT", "SV_PT", "SUBS", "MINI", "SELF", "VET_DUAL", "INT")
FIELDS = ("care", "food", "")
WORK, PRIMARY = ("SV_FT", "SV_PT", "SUBS", "MINI"), ("SV_FT", "SV_PT")
START = dt.date(2007, 7, 1)


@dataclass(frozen=True)
class Talk:
    """One consultation."""

    on: dt.date
    person: int
    topic: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """One placement."""

    on: dt.date
    person: int
    category: str
    field: str


class Corrected(IntEnum):
    """What was done to the records between two issues."""

    LOST = -1
    CHANGED = 0
    ADDED = 1


@dataclass(frozen=True)
class Quarter:
    """Invented records of half a year."""

    talks: list[Talk]
    jobs: list[Job]

    @classmethod
    def invented(cls, seed: int, *, talks: int, jobs: int, persons: int) -> "Quarter":
        """Return records in which some kinds are rare."""
        random = Random(seed)

        def day() -> dt.date:
            return START + dt.timedelta(days=random.randrange(184))

        def rare(values: tuple[str, ...]) -> str:
            return random.choices(values, [2.0 ** -(2 * place) for place in range(len(values))])[0]

        return cls(
            [
                Talk(day(), random.randrange(persons), rare(TOPICS), tuple({rare(LANGUAGES) for _n in range(random.choice((1, 1, 2)))}))
                for _n in range(talks)
            ],
            [Job(day(), random.randrange(persons), random.choice(CATEGORIES), rare(FIELDS)) for _n in range(jobs)],
        )  # fmt: skip

    def without(self, lost: int) -> "Quarter":
        """Return the records without some of them, as after an erasure."""
        return Quarter(self.talks[lost:], self.jobs[lost:])

    def changed(self, some: int) -> "Quarter":
        """Return the records with other topics and kinds in some of them, as after a correction."""
        return Quarter(
            [replace(talk, topic=TOPICS[0]) for talk in self.talks[:some]] + self.talks[some:],
            [replace(job, category=CATEGORIES[0], field=FIELDS[1]) for job in self.jobs[:some]] + self.jobs[some:],
        )  # fmt: skip

    def counted(self, first: dt.date, last: dt.date) -> dict[What, int]:
        """Return the numbers of a report over these days."""
        talks = [talk for talk in self.talks if first <= talk.on <= last]
        jobs = [job for job in self.jobs if first <= job.on <= last]
        before = {talk.person for talk in self.talks if talk.on < first}
        persons = {talk.person for talk in talks}
        numbers: dict[What, int] = {
            ("figure", "contacts"): len(talks),
            ("figure", "persons_advised"): len(persons),
            ("figure", "persons_new"): len(persons - before),
            ("figure", "placements_started"): len(jobs),
            ("figure", "employment_relationships"): sum(job.category in WORK for job in jobs),
            ("figure", "primary_labour_market"): sum(job.category in PRIMARY for job in jobs),
            ("step", "0"): len(persons),
            ("step", "4"): len({job.person for job in jobs if job.category in WORK}),
        }
        for topic, number in Counter(talk.topic for talk in talks).items():
            numbers["row", "topics", topic] = number
        for language, number in Counter(one for talk in talks for one in talk.languages).items():
            numbers["row", "languages", language] = number
        categories = Counter(job.category for job in jobs)
        for category in CATEGORIES:
            numbers["row", "placements_by_category", category] = categories[category]
        for kind, number in Counter(job.field for job in jobs).items():
            numbers["row", "placements_by_field", kind] = number
        month = first.replace(day=1)
        while month <= last:
            inside = [talk for talk in talks if (talk.on.year, talk.on.month) == (month.year, month.month)]
            numbers["month", "contacts", month.isoformat()] = len(inside)
            month = (month + dt.timedelta(days=32)).replace(day=1)
        return numbers


@dataclass(frozen=True)
class Read:
    """A report as the attacker has it: None is hidden. ``issue``: how often the records had been corrected when it was counted."""

    first: dt.date
    last: dt.date
    said: dict[What, int | None]
    issue: int


@dataclass
class Attacker:
    """Collects what public reports say; ``finds`` tells whether that gives a number away.

    ``correction``: what the attacker has heard of the corrections between the issues.
    """

    correction: Corrected = Corrected.CHANGED
    places: dict[Any, int] = field(default_factory=dict)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)
    reports: list[Read] = field(default_factory=list)
    _worlds: list[Any] = field(default_factory=list)
    _known: tuple[Any, Any, Any] | None = None

    def _at(self, *key: Any) -> int:
        return self.places.setdefault(key, len(self.places))

    def _know(self, terms: dict[int, int], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def read(self, first: dt.date, last: dt.date, said: dict[What, int | None], *, issue: int = 0) -> None:
        """Take in a report: None is hidden."""
        number = len(self.reports)
        self._worlds, self._known = [], None
        self.reports.append(Read(first, last, said, issue))
        for what, value in said.items():
            if value is not None:
                self._know({self._at(number, what): 1}, value, value)
            elif what[0] == "row":
                self._at(number, what)
        self._define(number, said)
        for other in range(number):
            self._compare(other, number)
            self._compare(number, other)

    def _rows_of(self, said: dict[What, int | None], table: str) -> list[What]:
        return [what for what in said if what[:2] == ("row", table)]

    def _equal(self, number: int, whole: What, parts: list[What]) -> None:
        terms = {self._at(number, part): 1 for part in parts}
        terms[self._at(number, whole)] = -1
        self._know(terms, 0, 0)

    def _at_most(self, number: int, part: What, whole: What) -> None:
        self._know({self._at(number, whole): 1, self._at(number, part): -1}, 0, np.inf)

    def _define(self, number: int, said: dict[What, int | None]) -> None:
        contacts, placed = ("figure", "contacts"), ("figure", "placements_started")
        self._equal(number, contacts, self._rows_of(said, "topics"))
        self._equal(number, contacts, [what for what in said if what[0] == "month"])
        self._equal(number, placed, self._rows_of(said, "placements_by_category"))
        self._equal(number, placed, self._rows_of(said, "placements_by_field"))
        for code, kinds in (("employment_relationships", WORK), ("primary_labour_market", PRIMARY)):
            rows: list[What] = [("row", "placements_by_category", kind) for kind in kinds]
            self._equal(number, ("figure", code), rows)
        for language in self._rows_of(said, "languages"):
            self._at_most(number, language, contacts)
        everything = {self._at(number, language): 1 for language in self._rows_of(said, "languages")}
        self._know({**everything, self._at(number, contacts): -1}, 0, np.inf)
        self._at_most(number, ("figure", "persons_new"), ("figure", "persons_advised"))
        self._at_most(number, ("step", "4"), ("figure", "employment_relationships"))
        self._equal(number, ("figure", "persons_advised"), [("step", "0")])

    def _compare(self, inner: int, outer: int) -> None:
        """A shorter period holds no more than a longer one, the same months hold the same; what a correction lost or added is less or more."""
        one, other = self.reports[inner], self.reports[outer]
        within = other.first <= one.first and one.last <= other.last
        if not within or (other.issue - one.issue) * self.correction < 0:
            return
        if one.issue != other.issue and self.correction == Corrected.CHANGED:
            return
        as_one = one.issue == other.issue
        for what in one.said.keys() | other.said.keys():
            if what[0] == "month" and not (what in one.said and what in other.said):
                continue
            if not as_one and what == ("figure", "persons_new"):
                continue  # who loses the first talk is new with the second
            days = [_days(what, report) for report in (one, other)]
            if what[0] == "month" and not (days[1][0] <= days[0][0] and days[0][1] <= days[1][1]):
                continue
            for number, report in ((inner, one), (outer, other)):
                if what not in report.said:  # a row that is not there counts nobody
                    self._know({self._at(number, what): 1}, 0, 0)
            high = 0 if as_one and days[0] == days[1] else np.inf
            self._know({self._at(outer, what): 1, self._at(inner, what): -1}, 0, high)

    def finds(self, *terms: tuple[int, What, int]) -> bool:
        """Tell whether a sum of (report, number, sign) can be narrowed down to fewer than five values.

        Worlds that were found for one sum are asked for the next one first: each is checked by adding up, in whole numbers.
        """
        target = np.zeros(len(self.places), dtype=np.int64)
        for number, what, sign in terms:
            target[self.places[number, what]] += sign
        # The solver's presolve has called an end the last one that was not: where it finds something, it is asked again without.
        for presolve in (True, False):
            if self._apart(target):
                break
            self._worlds += [self._end(sign * target, presolve=presolve) for sign in (1, -1)]
        return not self._apart(target)

    def _apart(self, target: Any) -> bool:
        values = [int(target @ world) for world in self._worlds]
        return bool(values) and max(values) - min(values) >= THRESHOLD

    def _matrix(self) -> tuple[Any, Any, Any]:
        if self._known is None:
            matrix = np.zeros((len(self.rows), len(self.places)), dtype=np.int64)
            for line, (row, _low, _high) in enumerate(self.rows):
                for place, factor in row.items():
                    matrix[line, place] = factor
            self._known = (
                matrix,
                np.array([row[1] for row in self.rows]),
                np.array([row[2] for row in self.rows]),
            )
        return self._known

    def _end(self, target: Any, *, presolve: bool) -> Any:
        """Return a world in which a sum is smallest."""
        matrix, low, high = self._matrix()
        width = len(self.places)
        bounds = Bounds(np.zeros(width), np.full(width, 10_000.0))
        found = milp(
            target, constraints=LinearConstraint(matrix, low, high), integrality=np.ones(width), bounds=bounds,
            options={"presolve": presolve},
        )  # fmt: skip
        assert found.success, found.message
        world = np.rint(found.x).astype(np.int64)
        sums = matrix @ world
        assert (world >= 0).all()
        assert ((low <= sums) & (sums <= high)).all()
        return world


def _days(what: What, report: Read) -> tuple[dt.date, dt.date]:
    """Return the days that a number of a report counts."""
    if what[0] != "month":
        return report.first, report.last
    start = dt.date.fromisoformat(what[2])
    end = (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return max(start, report.first), min(end, report.last)
