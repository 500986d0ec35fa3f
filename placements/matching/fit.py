"""The whole table of a pair: how well it fits, how much of it is known, and the group that follows."""

from dataclasses import dataclass

from placements.matching.codes import FULL, Answer, Group
from placements.matching.criteria import Line, lines
from placements.matching.facts import ClientFacts, PairFacts, VacancyFacts
from placements.matching.hard import Checked, checks
from placements.matching.weights import Weights


@dataclass(frozen=True)
class Match:
    """A client and a vacancy held beside each other.

    ``points`` of ``2 * known`` are reached; ``known`` of ``stated`` weight is known. ``minutes`` orders within a group.
    """

    checks: tuple[Checked, ...]
    lines: tuple[Line, ...]
    points: int
    known: int
    stated: int
    group: Group
    minutes: int | None
    version: str

    @property
    def has_no(self) -> bool:
        """Whether a check is answered with no."""
        return any(checked.answer is Answer.NO for checked in self.checks)

    @property
    def too_little(self) -> bool:
        """Whether so little is known that a figure would only pretend."""
        return self.group is Group.TOO_LITTLE

    @property
    def fit(self) -> int | None:
        """Percent of what is known, rounded down; None where nothing is known."""
        return 100 * self.points // (FULL * self.known) if self.known else None

    @property
    def coverage(self) -> int:
        """Percent of what the vacancy states that is known, rounded down."""
        return 100 * self.known // self.stated

    @property
    def needs_reason(self) -> bool:
        """Whether whoever proposes this says why."""
        return self.group in (Group.TOO_LITTLE, Group.RATHER_NOT)


def match(vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts, weights: Weights) -> Match:
    """Return the table of a client and a vacancy; the same whichever of the two one started from."""
    found, checked = lines(vacancy, client, pair, weights), checks(vacancy, client, pair)
    weight = weights.criteria
    stated = sum(weight[line.criterion] for line in found)
    known = sum(weight[line.criterion] for line in found if line.points is not None)
    points = sum(weight[line.criterion] * line.points for line in found if line.points is not None)
    has_no = any(one.answer is Answer.NO for one in checked)
    return Match(
        checks=checked, lines=found, points=points, known=known, stated=stated, minutes=pair.minutes, version=weights.version,
        group=group_of(points, known, stated, has_no=has_no, weights=weights),
    )  # fmt: skip


def group_of(points: int, known: int, stated: int, *, has_no: bool, weights: Weights) -> Group:
    """Return the group: a clear no first, then too little information, then how well it fits."""
    if has_no:
        return Group.RATHER_NOT
    if 100 * known < weights.least_coverage * stated:
        return Group.TOO_LITTLE
    if 100 * points >= weights.good_from * FULL * known:
        return Group.GOOD
    return Group.PARTLY if 100 * points >= weights.partly_from * FULL * known else Group.RATHER_NOT


def order(match: Match) -> tuple[int, bool, int, int]:
    """Return the key by which pairs are ordered: the group, then the shorter way, then the better fit. Never a name."""
    groups = list(Group)
    return (
        groups.index(match.group),
        match.minutes is None,
        match.minutes or 0,
        -(100 * match.points // (FULL * match.known)) if match.known else 0,
    )
