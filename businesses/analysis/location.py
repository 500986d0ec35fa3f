"""The street beside its city, and how densely it is used."""

from collections.abc import Mapping
from dataclasses import dataclass

from businesses.analysis.errors import DifferentVersionsError, ImpossibleFiguresError, check_counts

# A quotient of fewer units says more about one shop than about the street, and points at it.
LEAST_UNITS = 5


@dataclass(frozen=True)
class BranchCounts:
    """Units per branch code; ``version`` names the classification and its year, as "WZ 2008"."""

    version: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All units."""
        return sum(self.counts.values())


def location_quotient(branch: str, *, street: BranchCounts, city: BranchCounts) -> float | None:
    """Return LQ = (e_i / e) / (E_i / E): the branch's share on the street over its share in the city. 1: as in the city; no unit.

    Source: Isard (1960), Methods of Regional Analysis, ch. 7; Florence (1939). None with fewer than five units of the branch on the
    street, and where the city has none of it. Raises DifferentVersionsError for two versions of the classification and
    ImpossibleFiguresError for a negative count.
    Caveat: the city's figures mostly count businesses of the register, ours those at the door: founders and untaxed trades are missing
    there. The city includes the street.
    """
    if street.version != city.version:
        raise DifferentVersionsError(street.version, city.version)
    check_counts(*street.counts.values(), *city.counts.values())
    here, there = street.counts.get(branch, 0), city.counts.get(branch, 0)
    if here < LEAST_UNITS or not there:
        return None
    return (here * city.total) / (street.total * there)


def density(units: int, *, frontage_metres: float) -> float:
    """Return units per 100 m of frontage: 100 N / length.

    ``frontage_metres`` is the length of the fronts that were walked: both sides of a street count twice. Source: usual measure of retail
    geography (frontage); no standard fixes it, so the length is printed beside it. Raises ImpossibleFiguresError without a length.
    """
    check_counts(units)
    if not frontage_metres > 0:
        raise ImpossibleFiguresError("a frontage has a length")
    return 100 * units / frontage_metres


def vacancy_rate(*, vacant: int, occupied: int) -> float | None:
    """Return vacant / (vacant + occupied) premises, from 0 to 1; None without any.

    Source: the usual rate by number of premises (Leerstandsquote); the rate by floor space differs. Caveat: what a passer-by sees. "Closed"
    and "not yet opened" are occupied: somebody rents them.
    """
    check_counts(vacant, occupied)
    return vacant / (vacant + occupied) if vacant + occupied else None
