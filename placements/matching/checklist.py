"""A checklist as a page shows it: groups and lines in words, without facts for who may only know the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placements.enums import MatchGroup
from placements.matching.codes import Answer, Criterion, Group
from placements.matching.criteria import Line
from placements.matching.fit import Match
from placements.matching.hard import Checked
from placements.matching.storing import read_checks, read_lines
from placements.matching.weights import Weights
from placements.matching.words import (
    NOT_COMPARED,
    CheckWords,
    LineWords,
    Text,
    check_words,
    line_words,
)


@dataclass(frozen=True)
class Weighed:
    """A line in words with its weight."""

    words: LineWords
    weight: int


@dataclass(frozen=True)
class Checklist:
    """What is shown of a pair. ``known`` of ``stated`` weight is known; ``with_facts`` whether what the client offers is shown."""

    group: Group
    label: Text
    checks: Sequence[CheckWords]
    lines: Sequence[Weighed]
    known: int
    stated: int
    fit: int | None
    coverage: int
    with_facts: bool
    not_compared: Text = NOT_COMPARED

    @property
    def state(self) -> str:
        """The mark beside the group."""
        return {
            Group.GOOD: "ok", Group.PARTLY: "info", Group.TOO_LITTLE: "warn", Group.RATHER_NOT: "off",
        }[self.group]  # fmt: skip

    @property
    def refusals(self) -> list[CheckWords]:
        """The checks that are answered with no."""
        return [one for one in self.checks if one.answer is Answer.NO]

    @property
    def open_checks(self) -> list[CheckWords]:
        """The checks of which nobody knows yet."""
        return [one for one in self.checks if one.answer is Answer.UNKNOWN]

    @property
    def by_mark(self) -> list[tuple[str, Text, list[Text]]]:
        """What fits fully, in part, not, and what is not known: mark, word and names, each only where there is something."""
        found: dict[str, tuple[Text, list[Text]]] = {}
        for line in self.lines:
            found.setdefault(line.words.mark, (line.words.verdict, []))[1].append(line.words.name)
        return [(mark, *found[mark]) for mark in ("full", "half", "no", "none") if mark in found]

    @property
    def to_ask(self) -> list[Text]:
        """What to ask so that more is known."""
        return [line.words.ask for line in self.lines if line.words.ask]


def checklist_of(match: Match, weights: Weights, *, with_facts: bool) -> Checklist:
    """Return the checklist of a pair."""
    return _made(
        match.lines, match.checks, weights, group=match.group, fit=None if match.too_little else match.fit,
        coverage=match.coverage, with_facts=with_facts,
    )  # fmt: skip


def stored_checklist(
    table: Mapping[str, Any],
    weights: Weights,
    *,
    group: Group,
    fit: int | None,
    coverage: int,
    with_facts: bool,
) -> Checklist:
    """Return a checklist that was stored, in the words of today."""
    return _made(
        read_lines(table),
        read_checks(table),
        weights,
        group=group,
        fit=fit,
        coverage=coverage,
        with_facts=with_facts,
    )


def _made(
    lines: Sequence[Line], checks: Sequence[Checked], weights: Weights, *, group: Group, fit: int | None, coverage: int,
    with_facts: bool,
) -> Checklist:  # fmt: skip
    weight: Mapping[Criterion, int] = weights.criteria
    return Checklist(
        group=group, label=MatchGroup(group.value).label, checks=[check_words(one) for one in checks],
        lines=[Weighed(line_words(line), weight[line.criterion]) for line in lines],
        known=sum(weight[line.criterion] for line in lines if line.points is not None),
        stated=sum(weight[line.criterion] for line in lines), fit=fit, coverage=coverage, with_facts=with_facts,
    )  # fmt: skip
