"""Shares among answers, how far missing answers could move them, and balances."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from businesses.analysis.errors import ImpossibleFiguresError, check_counts


@dataclass(frozen=True)
class Range:
    """From lowest to highest, both included; shares between 0 and 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Share:
    """Yes, no, and no answer. Whatever was not answered is ``missing``, never a no."""

    yes: int
    no: int
    missing: int = 0

    def __post_init__(self) -> None:
        check_counts(self.yes, self.no, self.missing)

    @classmethod
    def of(cls, answers: Iterable[bool | None]) -> "Share":
        """Count answers; None is missing."""
        given = list(answers)
        return cls(given.count(True), given.count(False), given.count(None))

    @property
    def n(self) -> int:
        """How many answered."""
        return self.yes + self.no

    @property
    def share(self) -> float | None:
        """yes / (yes + no), from 0 to 1; None when nobody answered."""
        return self.yes / self.n if self.n else None

    @property
    def bounds(self) -> Range | None:
        """yes / all to (yes + missing) / all: all missing answers no, or all of them yes. None when nobody was asked.

        Source: Manski (1989), Anatomy of the Selection Problem, Journal of Human Resources 24: without any assumption about who
        keeps silent the true share lies here. Caveat: often wide; that is the truth about voluntary questions.
        """
        everybody = self.n + self.missing
        return Range(self.yes / everybody, (self.yes + self.missing) / everybody) if everybody else None

    def interval(self, *, population: int | None = None, level: float = 0.95) -> Range | None:
        """Return ``wilson_interval`` of the answers; None when nobody answered."""
        return wilson_interval(self.yes, self.n, population=population, level=level) if self.n else None


def wilson_interval(yes: int, n: int, *, population: int | None = None, level: float = 0.95) -> Range:
    """Return Wilson's interval for ``yes`` of ``n`` answers out of ``population`` units; shares from 0 to 1.

    With p = yes/n and z the normal quantile: (p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n). Source: Wilson (1927), Probable
    Inference, JASA 22. The finite population correction f = sqrt((N - n)/(N - 1)) (Cochran 1977, Sampling Techniques, ch. 2) multiplies the
    standard error; so n is replaced everywhere by n/f², the number of answers that would be as exact out of an endless population
    (the effective sample size, as Korn and Graubard 1998, Survey Methodology 24, do for other designs). When all N have answered the
    interval is the share itself. Without ``population`` there is no correction.

    Raises ImpossibleFiguresError for n below 1, yes outside 0 to n, a population smaller than n, a level outside 0 to 1.
    Caveat: it knows the chance of who was reached, not who did not want to answer. In a census the latter matters more.
    """
    if not 0 <= yes <= n or n < 1 or not 0 < level < 1:
        raise ImpossibleFiguresError("so many of so many cannot be")
    if population is not None and population < n:
        raise ImpossibleFiguresError("more answers than units")
    p = yes / n
    if population == n:
        return Range(p, p)
    effective = n if population is None else n * (population - 1) / (population - n)
    z = NormalDist().inv_cdf((1 + level) / 2)
    stretch = 1 + z**2 / effective
    middle = (p + z**2 / (2 * effective)) / stretch
    half = z * sqrt(p * (1 - p) / effective + z**2 / (4 * effective**2)) / stretch
    # At the ends the formula gives exactly 0 and 1; rounding would not.
    return Range(0.0 if yes == 0 else middle - half, 1.0 if yes == n else middle + half)


@dataclass(frozen=True)
class Balance:
    """Answers to "good, fair, poor" or "better, same, worse"."""

    good: int
    fair: int
    poor: int
    missing: int = 0

    def __post_init__(self) -> None:
        check_counts(self.good, self.fair, self.poor, self.missing)

    @property
    def n(self) -> int:
        """How many answered."""
        return self.good + self.fair + self.poor

    @property
    def value(self) -> float | None:
        """(good - poor) / n, from -1 to 1 (times 100: percentage points); None when nobody answered.

        Source: the balances of the business surveys (European Commission, The Joint Harmonised EU Programme of Business and Consumer
        Surveys, User Guide; ifo). Caveat: the same balance stands for "all fair" and for "half good, half poor": show the three shares too.
        """
        return (self.good - self.poor) / self.n if self.n else None

    @property
    def bounds(self) -> Range | None:
        """The balance with all missing answers poor, and with all of them good (see ``Share.bounds``)."""
        everybody = self.n + self.missing
        if not everybody:
            return None
        return Range(
            (self.good - self.poor - self.missing) / everybody,
            (self.good - self.poor + self.missing) / everybody,
        )
