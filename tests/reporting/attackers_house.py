"""The attacker of ``attackers.py`` with the definitions of vacancies, of what became of placements, of services and of the ESF+ table.

Shares no code with ``iqquadrat.reporting.publishing`` either: invented records are counted here, and the definitions are written down again.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from tests.reporting.attackers import START, Attacker, Quarter, What

KINDS, SOURCES, STATES = ("job", "training", "internship"), ("visit", "call"), ("open", "filled", "withdrawn")
SITUATIONS = ("same_job", "not_working", "training", "unknown", "late", "")
KNOWN, LASTING = ("same_job", "not_working", "training"), ("same_job", "training")
STATUS, AGES = ("eeco02", "eeco04", "eeco05", ""), ("eeco06", "eeco07", "eeco08", "")
FOUND_OUT = ("known", "late", "unknown", "")
INSURED, OTHERS = ("SV_FT", "SV_PT"), ("SUBS", "MINI", "SELF", "VET_DUAL", "INT")
HEADLINES = {
    "persons_insured": INSURED, "persons_subsidised": ("SUBS",), "persons_marginal": ("MINI",), "persons_self_employed": ("SELF",),
    "persons_training": ("VET_DUAL",), "persons_steps": ("INT",),
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One record with what it says."""

    on: dt.date
    said: tuple[str, ...]


@dataclass(frozen=True)
class House:
    """Invented records of half a year: those of a quarter, and what the other figures count."""

    quarter: Quarter
    vacancies: list[Fact]
    checks: list[Fact]
    entries: list[Fact]
    exits: list[Fact]

    @classmethod
    def invented(cls, seed: int, *, each: int) -> "House":
        """Return about ``each`` records of a kind, in which some answers are rare."""
        random = Random(seed)

        def rare(values: tuple[str, ...]) -> str:
            return random.choices(values, [2.0**-place for place in range(len(values))])[0]

        def facts(*answers: tuple[str, ...]) -> list[Fact]:
            return [
                Fact(
                    START + dt.timedelta(days=random.randrange(184)),
                    tuple(rare(values) for values in answers),
                )
                for _n in range(random.randint(0, each))
            ]

        return cls(
            Quarter.invented(seed, talks=random.randint(1, each), jobs=random.randint(0, each), persons=max(1, each // 2)),
            facts(KINDS, SOURCES, STATES), facts(SITUATIONS), facts(STATUS, ("", "eeco03"), AGES),
            facts(FOUND_OUT, ("out", "work"), ("", "yes")),
        )  # fmt: skip

    def counted(self, first: dt.date, last: dt.date) -> dict[What, int]:
        """Return the numbers of a report over these days."""

        def of_days(facts: list[Fact]) -> list[tuple[str, ...]]:
            return [fact.said for fact in facts if first <= fact.on <= last]

        numbers = self.quarter.counted(first, last)
        vacancies = of_days(self.vacancies)
        numbers["figure", "vacancies"] = len(vacancies)
        numbers["figure", "training_vacancies"] = sum(one[0] == "training" for one in vacancies)
        for place, table in enumerate(("kind", "source", "state")):
            for code, number in Counter(one[place] for one in vacancies).items():
                numbers["row", f"vacancies_by_{table}", code] = number
        situations = Counter(one[0] for one in of_days(self.checks))
        numbers["figure", "due_3"] = situations.total()
        numbers["figure", "known_3"] = sum(situations[one] for one in KNOWN)
        numbers["figure", "lasting_3"] = sum(situations[one] for one in LASTING)
        numbers |= {("row", "situation_3", one): situations[one] for one in SITUATIONS}
        entries, exits = of_days(self.entries), of_days(self.exits)
        numbers["figure", "eeco01"] = len(entries)
        for place, codes in ((0, STATUS), (2, AGES)):
            numbers |= {
                ("figure", code): sum(one[place] == code for one in entries) for code in codes if code
            }
        numbers["figure", "eeco03"] = sum(one[:2] == ("eeco02", "eeco03") for one in entries)
        for code in FOUND_OUT:
            numbers["row", "esf_leaving", code] = sum(one[0] == code for one in exits)
        numbers["figure", "eecr04"] = sum(one == ("known", "out", "yes") for one in exits)
        return numbers | self._persons(first, last)

    def _persons(self, first: dt.date, last: dt.date) -> dict[What, int]:
        jobs = [job for job in self.quarter.jobs if first <= job.on <= last]
        numbers: dict[What, int] = {}
        for figure, categories in HEADLINES.items():
            highest: dict[int, str] = {}
            for category in categories:
                for job in jobs:
                    if job.category == category:
                        highest.setdefault(job.person, category)
            numbers["figure", figure] = len(highest)
            counts = Counter(highest.values())
            numbers |= {("row", "persons_by_headline", category): counts[category] for category in categories}
        return numbers


class HouseAttacker(Attacker):
    """Knows how these figures and tables hang together."""

    def _define(self, number: int, said: dict[What, int | None]) -> None:
        super()._define(number, said)
        self._define_vacancies(number, said)
        self._define_placements(number, said)
        self._define_participants(number, said)

    def _less(self, number: int, parts: list[What], whole: What) -> None:
        terms: dict[int, int] = {self._at(number, part): -1 for part in parts}
        self._know({**terms, self._at(number, whole): 1}, 0, np.inf)

    def _figures(self, *codes: str) -> list[What]:
        return [("figure", code) for code in codes]

    def _define_vacancies(self, number: int, said: dict[What, int | None]) -> None:
        whole: What = ("figure", "vacancies")
        for table in ("kind", "source", "state"):
            self._equal(number, whole, self._rows_of(said, f"vacancies_by_{table}"))
        training: list[What] = [
            row for row in self._rows_of(said, "vacancies_by_kind") if row[2] == "training"
        ]
        self._equal(number, ("figure", "training_vacancies"), training)

    def _define_placements(self, number: int, said: dict[What, int | None]) -> None:
        self._equal(number, ("figure", "due_3"), self._rows_of(said, "situation_3"))
        for figure, situations in (("known_3", KNOWN), ("lasting_3", LASTING)):
            self._equal(number, ("figure", figure), [("row", "situation_3", one) for one in situations])
        for figure, categories in HEADLINES.items():
            self._equal(
                number, ("figure", figure), [("row", "persons_by_headline", one) for one in categories]
            )
            for one in categories:
                self._less(
                    number, [("row", "persons_by_headline", one)], ("row", "placements_by_category", one)
                )

    def _define_participants(self, number: int, said: dict[What, int | None]) -> None:
        for parts in (("eeco02", "eeco04", "eeco05"), ("eeco06", "eeco07", "eeco08")):
            self._less(number, self._figures(*parts), ("figure", "eeco01"))
        self._less(number, self._figures("eeco03"), ("figure", "eeco02"))
        if ("row", "esf_leaving", "known") in said:
            self._less(number, self._figures("eecr04"), ("row", "esf_leaving", "known"))


def complements(release: Any) -> list[tuple[tuple[What, int], ...]]:
    """Return what is missing of a part to its whole: who did not say it is a number as well."""
    pairs = (
        ("eeco03", "eeco02"), ("eeco02", "eeco01"), ("eeco04", "eeco01"), ("eeco05", "eeco01"), ("lasting_3", "known_3"), ("known_3", "due_3"),
        ("training_vacancies", "vacancies"),
    )  # fmt: skip
    return [
        ((("figure", whole), 1), (("figure", part), -1))
        for part, whole in pairs
        if 0 < release.numbers["figure", whole] - release.numbers["figure", part] < 5
    ]
