"""An attacker with a solver: everything that public reports say, written down a second time, and the span of each hidden number.

Shares no code with ``iqquadrat.reporting.publishing``: the numbers are counted here from invented records, and the attacker knows definitions only.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

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


@dataclass
class Attacker:
    """Collects what public reports say; ``span`` is what is left unknown of a number."""

    places: dict[Any, int] = field(default_factory=dict)
    rows: list[tuple[dict[int, int], float, float]] = field(default_factory=list)
    reports: list[tuple[dt.date, dt.date, dict[What, int | None]]] = field(default_factory=list)

    def _at(self, *key: Any) -> int:
        return self.places.setdefault(key, len(self.places))

    def _know(self, terms: dict[int, int], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def read(self, first: dt.date, last: dt.date, said: dict[What, int | None]) -> None:
        """Take in a report: None is hidden."""
        number = len(self.reports)
        self.reports.append((first, last, said))
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
        """A shorter period holds no more than a longer one; the same months hold the same."""
        first, last, said = self.reports[inner]
        start, end, more = self.reports[outer]
        if not (start <= first and last <= end) or inner == outer:
            return
        for what in said.keys() | more.keys():
            same = what[0] == "month" and _month_within(what, first, last) == _month_within(what, start, end)
            same = same or (first, last) == (start, end)
            if what[0] == "month" and not (what in said and what in more):
                continue
            for number, numbers in ((inner, said), (outer, more)):
                if what not in numbers:  # a row that is not there counts nobody
                    self._know({self._at(number, what): 1}, 0, 0)
            high = 0 if same else np.inf
            self._know({self._at(outer, what): 1, self._at(inner, what): -1}, 0, high)

    def span(self, *terms: tuple[int, What, int]) -> float:
        """Return how far apart the smallest and the largest value of a sum of (report, number, sign) can lie."""
        width = len(self.places)
        target = np.zeros(width)
        for number, what, sign in terms:
            target[self.places[number, what]] += sign
        matrix = np.zeros((len(self.rows), width))
        for line, (row, _low, _high) in enumerate(self.rows):
            for place, factor in row.items():
                matrix[line, place] = factor
        known = LinearConstraint(matrix, [row[1] for row in self.rows], [row[2] for row in self.rows])
        ends = []
        for sign in (1, -1):
            bounds = Bounds(np.zeros(width), np.full(width, 10_000.0))
            found = milp(sign * target, constraints=known, integrality=np.ones(width), bounds=bounds)
            assert found.success, found.message
            ends.append(sign * found.fun)
        return float(round(ends[1] - ends[0]))


def _month_within(what: What, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    start = dt.date.fromisoformat(what[2])
    end = (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return max(start, first), min(end, last)
