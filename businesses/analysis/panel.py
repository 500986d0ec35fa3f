"""From wave to wave: matched pairs with exact tests, births and deaths, and where a change comes from."""

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from businesses.analysis.errors import ImpossibleFiguresError, check_counts


def even_odds(first: int, second: int) -> float:
    """Return the exact two-sided p of ``first`` against ``second`` when both are as likely: 2 P(X <= min), at most 1; X binomial (n, 1/2).

    Reckoned in whole numbers. Where p is smaller than any floating-point number, the smallest of them is returned: p is never 0.
    Without any case p is 1. Raises ImpossibleFiguresError for a negative count.
    """
    check_counts(first, second)
    n = first + second
    tail = Fraction(sum(comb(n, k) for k in range(min(first, second) + 1)), 2**n)
    return max(float(min(Fraction(1), 2 * tail)), sys.float_info.min)


@dataclass(frozen=True)
class Pairs:
    """A yes-or-no question asked twice of the same businesses; only those who answered both times."""

    stayed_yes: int
    gained: int
    lost: int
    stayed_no: int

    def __post_init__(self) -> None:
        check_counts(self.stayed_yes, self.gained, self.lost, self.stayed_no)

    @classmethod
    def of(cls, pairs: Iterable[tuple[bool | None, bool | None]]) -> "Pairs":
        """Count (before, after); pairs with a missing answer are left out."""
        given = list(pairs)
        return cls(
            given.count((True, True)),
            given.count((False, True)),
            given.count((True, False)),
            given.count((False, False)),
        )

    @property
    def n(self) -> int:
        """Businesses that answered both times."""
        return self.stayed_yes + self.gained + self.lost + self.stayed_no

    @property
    def change(self) -> float | None:
        """(gained - lost) / n: how the share moved, from -1 to 1; None without pairs."""
        return (self.gained - self.lost) / self.n if self.n else None

    @property
    def p(self) -> float:
        """The exact two-sided p of McNemar's test, from the pairs that changed.

        Source: McNemar (1947), Psychometrika 12; exact by the binomial distribution (Agresti 2013, Categorical Data Analysis, 11.1). Caveat: those who
        closed or did not answer twice are not in it; a large p says "not shown", not "no change".
        """
        return even_odds(self.gained, self.lost)


@dataclass(frozen=True)
class Signs:
    """How many rose, fell and stayed."""

    up: int
    down: int
    same: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[float | None, float | None]]) -> "Signs":
        """Compare (before, after); pairs with a missing number are left out."""
        steps = [after - before for before, after in pairs if before is not None and after is not None]
        return cls(sum(step > 0 for step in steps), sum(step < 0 for step in steps), steps.count(0))

    @property
    def p(self) -> float:
        """The exact two-sided p of the sign test; ties are left out.

        Source: Conover (1999), Practical Nonparametric Statistics, 3.4; the idea is Arbuthnot's (1710). Caveat: it sees directions, not how far.
        """
        return even_odds(self.up, self.down)


def successors(
    before: Collection[str], after: Collection[str], takeovers: Mapping[str, str]
) -> dict[str, str]:
    """Return who carries on each business of the first wave that is still there in the second: itself or a successor.

    ``takeovers`` names the predecessor of a business; chains between the waves are followed. One business is carried on by one only: by itself
    where it is still there, else by the first of its successors by name; a second one is a new business. Raises ImpossibleFiguresError
    when a business would be its own predecessor.
    """
    there = set(before)
    carried = {unit: unit for unit in sorted(there & set(after))}
    for unit in sorted(set(after) - there):
        root, seen = unit, {unit}
        while root not in there and root in takeovers:
            root = takeovers[root]
            if root in seen:
                raise ImpossibleFiguresError("a business cannot succeed itself")
            seen.add(root)
        if root in there:
            carried.setdefault(root, unit)
    return carried


@dataclass(frozen=True)
class Dynamics:
    """Businesses between two waves: after = before + births - deaths."""

    before: int
    after: int
    stayed: int
    taken_over: int

    @classmethod
    def of(
        cls, before: Collection[str], after: Collection[str], takeovers: Mapping[str, str] | None = None
    ) -> "Dynamics":
        """Compare the active businesses of two waves. A takeover is neither birth nor death.

        Source: Eurostat and OECD (2007), Manual on Business Demography Statistics: births and deaths without mergers, takeovers and changes of name.
        Caveat: who opened and closed between the waves is never seen; both waves must cover the same street.
        """
        carried = successors(before, after, takeovers or {})
        stayed = sum(old == new for old, new in carried.items())
        return cls(len(set(before)), len(set(after)), stayed, len(carried) - stayed)

    @property
    def births(self) -> int:
        """Businesses that are new and took over none."""
        return self.after - self.stayed - self.taken_over

    @property
    def deaths(self) -> int:
        """Businesses that are gone and were taken over by none."""
        return self.before - self.stayed - self.taken_over

    @property
    def birth_rate(self) -> float | None:
        """births / businesses of the second wave, from 0 to 1; None without any."""
        return self.births / self.after if self.after else None

    @property
    def death_rate(self) -> float | None:
        """deaths / businesses of the first wave, from 0 to 1; None without any."""
        return self.deaths / self.before if self.before else None

    @property
    def survival(self) -> float | None:
        """(stayed + taken over) / businesses of the first wave, from 0 to 1; None without any. Not per year: over the time between the waves."""
        return (self.stayed + self.taken_over) / self.before if self.before else None


Number = int | Fraction


@dataclass(frozen=True)
class Decomposition:
    """Where the change of a sum comes from: after - before = continuing + entries - exits, exactly."""

    before: Number
    after: Number
    continuing: Number
    entries: Number
    exits: Number
    missing: int


def decompose(
    before: Mapping[str, Number | None],
    after: Mapping[str, Number | None],
    takeovers: Mapping[str, str] | None = None,
) -> Decomposition:
    """Split the change of a sum (heads, trainees) into continuing businesses, entries and exits.

    A business that is taken over continues. ``missing`` counts those that cannot be compared because a number was not told: a continuing one is
    left out of both sums. Whole numbers or fractions only, so that it adds up exactly; quarters of a job are fractions.
    Source: Davis, Haltiwanger and Schuh (1996), Job Creation and Destruction. Caveat: of continuing businesses only the net change is seen.
    """
    carried = successors(before.keys(), after.keys(), takeovers or {})
    both = [(before[old], after[new]) for old, new in carried.items()]
    told = [(old, new) for old, new in both if old is not None and new is not None]
    gone = [value for unit, value in before.items() if unit not in carried]
    kept = set(carried.values())
    fresh = [value for unit, value in after.items() if unit not in kept]
    exits = sum((value for value in gone if value is not None), start=Fraction(0))
    entries = sum((value for value in fresh if value is not None), start=Fraction(0))
    first = sum((old for old, _new in told), start=Fraction(0))
    second = sum((new for _old, new in told), start=Fraction(0))
    return Decomposition(
        before=first + exits,
        after=second + entries,
        continuing=second - first,
        entries=entries,
        exits=exits,
        missing=len(both) - len(told) + gone.count(None) + fresh.count(None),
    )
