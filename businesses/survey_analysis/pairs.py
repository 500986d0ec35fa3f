"""The same businesses in two waves: who carries on whom, what both told, and what of it may be shown.

Only neighbouring waves are matched: with more of them, the businesses that are in one pair and not in another could be told apart.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from businesses.analysis.disclosure import may_show_sum
from businesses.analysis.panel import (
    Decomposition,
    Dynamics,
    Pairs,
    Signs,
    decompose,
    successors,
)
from businesses.survey_analysis.rows import Answers, UnitRow, WaveRows
from iqquadrat.core.small_counts import hide_in_list, hide_within

TAKEOVER = "takeover"

Tell = Callable[[Answers], bool | None]
Count = Callable[[Answers], int | None]


@dataclass(frozen=True)
class Matched:
    """Two neighbouring waves of one centre, on the streets that both of them walked."""

    before: WaveRows
    after: WaveRows

    @cached_property
    def streets(self) -> set[int | None]:
        """The streets with units in both waves; elsewhere nobody knows who was there."""
        return {unit.street for unit in self.before.units} & {unit.street for unit in self.after.units}

    def units(self, data: WaveRows) -> dict[str, UnitRow]:
        """Return the active units of a wave on these streets, by business."""
        return {str(unit.business): unit for unit in data.active if unit.street in self.streets}

    @cached_property
    def takeovers(self) -> dict[str, str]:
        """Who took over whom: the predecessor named in the register, if the interview says takeover, or says nothing and the trade is the same.

        A shop that follows on another one in the same rooms with another trade took over nothing.
        """
        known = {unit.business: unit for unit in self.before.units}
        found = {}
        for unit in self.after.active:
            if unit.predecessor is None or unit.predecessor == unit.business:
                continue
            told = self.after.answers.get(unit.business, {}).get("v03_start")
            old = known.get(unit.predecessor)
            same_trade = bool(
                old and old.division and (old.version, old.division) == (unit.version, unit.division)
            )
            if told == TAKEOVER or (told is None and same_trade):
                found[str(unit.business)] = str(unit.predecessor)
        return found

    @cached_property
    def carried(self) -> dict[str, str]:
        """Which business carries on which: itself or its successor."""
        return successors(self.units(self.before), self.units(self.after), self.takeovers)

    @property
    def answered_twice(self) -> int:
        """How many businesses, or their successors, were interviewed in both waves."""
        return sum(
            int(old) in self.before.answers and int(new) in self.after.answers
            for old, new in self.carried.items()
        )

    def dynamics(self) -> Dynamics:
        """Return births, deaths and survival. Seen from the street, never hidden."""
        return Dynamics.of(self.units(self.before), self.units(self.after), self.takeovers)

    def pairs(self, tell: Tell) -> "ShownPairs":
        """Return how a yes-or-no answer changed among those who gave it both times, if it may be shown."""
        first, second = _told(self.before, tell), _told(self.after, tell)
        both = [
            (first[int(old)], second[int(new)])
            for old, new in self.carried.items()
            if int(old) in first and int(new) in second
        ]
        found = Pairs.of(both)
        table = [[found.stayed_yes, found.lost], [found.gained, found.stayed_no]]
        # Beside the shares of each wave the pairs tell of those who are in no pair.
        beside = [
            _beside(list(told.values()), [pair[at] for pair in both])
            for at, told in enumerate((first, second))
        ]
        shown = all(None not in row for part in (table, *beside) for row in hide_within(part))
        return ShownPairs(found if shown else None, found.n)

    def signs(self, count: Count) -> "ShownSigns":
        """Return how many numbers rose, fell and stayed, if that may be shown."""
        steps = [
            (_number(self.before, old, count), _number(self.after, new, count))
            for old, new in self.carried.items()
        ]
        found = Signs.of(steps)
        shown = hide_in_list([found.up, found.down, found.same])
        is_open = None not in shown.counts and shown.total is not None
        return ShownSigns(found if is_open else None, found.up + found.down + found.same)

    def decomposition(self, count: Count) -> Decomposition | None:
        """Return where the change of a sum comes from; None where a part of it would tell of one business."""
        old = {business: _number(self.before, business, count) for business in self.units(self.before)}
        new = {business: _number(self.after, business, count) for business in self.units(self.after)}
        both = [(old[one], new[other]) for one, other in self.carried.items()]
        told = [(one, other) for one, other in both if one is not None and other is not None]
        gone = [number for one, number in old.items() if one not in self.carried and number is not None]
        kept = set(self.carried.values())
        fresh = [number for one, number in new.items() if one not in kept and number is not None]
        steps = [abs(other - one) for one, other in told]
        cells = [[one for one, _other in told], gone, [other for _one, other in told], fresh]
        cells += [
            _rest(self.before, count, cells[0] + cells[1]),
            _rest(self.after, count, cells[2] + cells[3]),
        ]
        if not told or not all(map(may_show_sum, cells)) or (any(steps) and not may_show_sum(steps)):
            return None
        return decompose(old, new, self.takeovers)


@dataclass(frozen=True)
class ShownPairs:
    """Pairs as they may be shown; ``n`` businesses answered both times."""

    pairs: Pairs | None
    n: int


@dataclass(frozen=True)
class ShownSigns:
    """Directions as they may be shown; ``n`` businesses told a number both times."""

    signs: Signs | None
    n: int


def _told(data: WaveRows, tell: Tell) -> dict[int, bool]:
    found = {business: tell(answers) for business, answers in data.answers.items()}
    return {business: answer for business, answer in found.items() if answer is not None}


def _beside(every: list[bool], paired: list[bool]) -> list[list[int]]:
    """Yes and no of a wave: in pairs, and in none."""
    return [[paired.count(answer), every.count(answer) - paired.count(answer)] for answer in (True, False)]


def _number(data: WaveRows, business: str, count: Count) -> int | None:
    answers = data.answers.get(int(business))
    return None if answers is None else count(answers)


def _rest(data: WaveRows, count: Count, used: list[int]) -> list[int]:
    """The numbers of a wave that are in none of these cells."""
    every = Counter(number for answers in data.answers.values() if (number := count(answers)) is not None)
    return list((every - Counter(used)).elements())
