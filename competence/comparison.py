"""Two assessments of one person side by side: what moved, said no more finely than the answers can hold.

Nothing is subtracted. A band that is clearly above or below the earlier one is said to be so; bands that touch are not told apart.
The language evidence is left out: it describes one day each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from competence.models import Assessment
from competence.page import BandLine, Fact, FieldLine, ProfilePage, page_of
from competence.profile import whole_version
from competence.scoring import SCALES, ScaleScore
from iqquadrat.questionnaires.models import Version


class Movement(StrEnum):
    """What can be said of one scale."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"
    UNCLEAR = "unclear"
    NOT_ENOUGH = "not_enough"
    ASKED_DIFFERENTLY = "asked_differently"


WORDS: dict[Movement, Promise] = {
    Movement.HIGHER: _("stronger than before"),
    Movement.LOWER: _("weaker than before"),
    Movement.SAME: _("as before"),
    Movement.UNCLEAR: _("no clear difference"),
    Movement.NOT_ENOUGH: _("not enough answers to compare"),
    Movement.ASKED_DIFFERENTLY: _("asked differently: not to be compared"),
}
SIGNS = {Movement.HIGHER: "arrow-up-right", Movement.LOWER: "arrow-down-right", Movement.SAME: "arrow-right"}


def movement(before: ScaleScore, after: ScaleScore) -> Movement:
    """Compare two results of one scale. Higher and lower only where the ranges of bands do not even touch."""
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return Movement.NOT_ENOUGH
    if after.low > before.high:
        return Movement.HIGHER
    if after.high < before.low:
        return Movement.LOWER
    return Movement.SAME if before.settled and after.settled else Movement.UNCLEAR


def asks_alike(code: str, before: Version, after: Version) -> bool:
    """Tell whether two versions ask a scale's questions with the same steps, whatever their wording."""
    return before.pk == after.pk or all(
        _steps(before, key) == _steps(after, key) is not None for key in SCALES[code]
    )


def _steps(version: Version, key: str) -> tuple[str, list[tuple[str, int | None]]] | None:
    item = version.items_by_key.get(key)
    return (item.type, [(choice.key, choice.score) for choice in item.all_choices]) if item else None


@dataclass(frozen=True)
class ScaleLine:
    """One scale then and now."""

    name: Promise
    before: BandLine
    after: BandLine
    movement: Movement

    @property
    def words(self) -> Promise:
        """What moved, in words."""
        return WORDS[self.movement]

    @property
    def icon(self) -> str:
        """A sign where there is a direction."""
        return SIGNS.get(self.movement, "")


@dataclass(frozen=True)
class FieldPair:
    """A line of the work fields then and now; None where it was or is not there."""

    name: str
    before: FieldLine | None
    after: FieldLine | None


@dataclass(frozen=True)
class FactPair:
    """A fact then and now, empty where nothing was said."""

    term: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether something else is said now."""
        return self.before != self.after


@dataclass(frozen=True)
class Comparison:
    """Everything the page shows of two assessments, the earlier one first."""

    before: ProfilePage
    after: ProfilePage
    scales: list[ScaleLine]
    fields: list[FieldPair]
    facts: list[FactPair]

    @property
    def moved(self) -> list[tuple[Movement, Promise, list[Promise]]]:
        """What can be said first: the scales that clearly lie elsewhere than before, by direction."""
        found = [
            (way, WORDS[way], [line.name for line in self.scales if line.movement is way])
            for way in (Movement.HIGHER, Movement.LOWER)
        ]
        return [entry for entry in found if entry[2]]

    @property
    def changed(self) -> list[FactPair]:
        """The facts of which something else is said now."""
        return [pair for pair in self.facts if pair.is_changed]

    @property
    def unchanged(self) -> list[FactPair]:
        """The facts of which the same is said."""
        return [pair for pair in self.facts if not pair.is_changed]


def compare(one: Assessment, other: Assessment) -> Comparison:
    """Return the comparison of two assessments of one client, the earlier one first, in a fixed number of queries."""
    assessments = sorted(
        (one, other), key=lambda assessment: (assessment.started_at or assessment.created_at, assessment.pk)
    )
    first, second = (page_of(assessment) for assessment in assessments)
    versions = [whole_version(assessment.response.version_id) for assessment in assessments]
    scales = [
        ScaleLine(
            name=now.name, before=then, after=now,
            movement=movement(then.score, now.score) if asks_alike(now.score.code, *versions) else Movement.ASKED_DIFFERENTLY,
        )
        for then, now in zip(first.bands, second.bands, strict=True)
    ]  # fmt: skip
    return Comparison(
        before=first, after=second, scales=scales, fields=list(_fields(first.fields, second.fields)),
        facts=[*_facts(first.languages, second.languages), *_facts(first.wishes, second.wishes)],
    )  # fmt: skip


def _fields(before: list[FieldLine], after: list[FieldLine]) -> Iterable[FieldPair]:
    then, now = ({line.row.key: line for line in lines} for lines in (before, after))
    for key in dict.fromkeys([*now, *then]):
        shown = now.get(key) or then[key]
        yield FieldPair(shown.name, then.get(key), now.get(key))


def _facts(before: list[Fact], after: list[Fact]) -> Iterable[FactPair]:
    then, now = ({fact.term: fact.words for fact in facts} for facts in (before, after))
    for term in dict.fromkeys([*now, *then]):
        yield FactPair(term, then.get(term, ""), now.get(term, ""))
