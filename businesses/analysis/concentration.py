"""How mixed a street is: concentration and diversity of its branches.

s_i is the share of branch i among the N active units, K the number of branches with at least one unit; branches without a unit say
nothing and are left out. Every measure depends on how finely branches are told apart: compare only counts of one level and one
version of the classification. It also grows with N, for more units find more branches; two streets of different length are
compared with care.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, fsum, log

from businesses.analysis.errors import check_counts


@dataclass(frozen=True)
class Concentration:
    """The measures of one street; ``counts`` are units per branch, all above nought. Without a unit each measure is None."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, counts: Iterable[int]) -> "Concentration":
        """Take units per branch in any order. Raises ImpossibleFiguresError for a negative count."""
        given = tuple(counts)
        check_counts(*given)
        return cls(tuple(sorted(count for count in given if count)))

    @property
    def units(self) -> int:
        """N: all units."""
        return sum(self.counts)

    @property
    def branches(self) -> int:
        """K: branches with at least one unit."""
        return len(self.counts)

    @property
    def hhi(self) -> float | None:
        """HHI = sum of s_i squared, from 1/K (all alike) to 1 (one branch only); no unit.

        Source: Hirschman (1964), The Paternity of an Index, American Economic Review 54; Herfindahl (1950). Caveat: large branches
        rule it, rare ones hardly count. The 10 000-point scale of competition law is this times 10 000.
        """
        return sum(count**2 for count in self.counts) / self.units**2 if self.counts else None

    @property
    def normalised_hhi(self) -> float | None:
        """(HHI - 1/K) / (1 - 1/K), from 0 (all alike) to 1; None with one branch, where it is 0/0.

        Source: Cracau and Durán Lima (2016), On the Normalized Herfindahl-Hirschman Index, IJFS 7(4). Caveat: it takes the number of
        branches out of sight; state K beside it. Multiplied out to (K sum n_i² - N²) / (N² (K - 1)): one division, no rounding before.
        """
        if self.branches < 2:
            return None
        k, n = self.branches, self.units
        return (k * sum(count**2 for count in self.counts) - n**2) / (n**2 * (k - 1))

    @property
    def entropy(self) -> float | None:
        """H = - sum s_i ln s_i, from 0 to ln K, in nats (natural logarithm).

        Source: Shannon (1948), A Mathematical Theory of Communication, Bell System Technical Journal 27. Caveat: the plain estimate lies
        too low in small samples, by about (K - 1)/(2N) (Miller 1955); for a census of the street no correction is due.
        """
        if not self.counts:
            return None
        n = self.units
        return fsum(count / n * log(n / count) for count in self.counts)

    @property
    def evenness(self) -> float | None:
        """J = H / ln K, from 0 to 1 (all branches alike); None with one branch, where it is 0/0.

        Source: Pielou (1966), The measurement of diversity in different types of biological collections, Journal of Theoretical Biology 13.
        """
        if self.entropy is None or self.branches < 2:
            return None
        return min(1.0, self.entropy / log(self.branches))

    @property
    def effective_branches(self) -> float | None:
        """exp(H): so many equally large branches would be as mixed (Hill number of order 1), from 1 to K, in branches.

        Source: Hill (1973), Diversity and Evenness, Ecology 54; Jost (2006), Entropy and diversity, Oikos 113.
        """
        return None if self.entropy is None else exp(self.entropy)

    @property
    def effective_large_branches(self) -> float | None:
        """1 / HHI: the same with the large branches weighing more (Hill number of order 2), from 1 to exp(H), in branches.

        Source: Hill (1973), as above; Laakso and Taagepera (1979) use it for parties.
        """
        return self.units**2 / sum(count**2 for count in self.counts) if self.counts else None
