"""The checks that are not weighed: yes, no or unknown. Unknown never excludes anybody, and no rejects nobody by itself: it has to be
overridden with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from placements.matching.codes import NOTHING, Answer, Check
from placements.matching.criteria import hours_points, slots_points
from placements.matching.facts import ClientFacts, PairFacts, VacancyFacts
from placements.matching.papers import Paper, standing


@dataclass(frozen=True)
class Checked:
    """One check with its answer; ``reason`` is a code of ``words``, ``values`` the facts it names."""

    check: Check
    answer: Answer
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


def papers(vacancy: VacancyFacts, client: ClientFacts) -> Checked | None:
    """Licences and certificates that must be there. One that is only on its way is not there."""
    found = standing(vacancy.licences_required, vacancy.certificates_required, client)
    if not found and not vacancy.other_required:
        return None
    states, values = set(found.values()), {"papers": {name: state.value for name, state in found.items()}}
    if {Paper.LACKING, Paper.COMING} & states:
        answer = Answer.NO
        reason = "papers_no" if Paper.LACKING in states else "papers_coming"
    elif Paper.UNKNOWN in states or vacancy.other_required:
        answer = Answer.UNKNOWN
        reason = "papers_unknown" if Paper.UNKNOWN in states else "papers_other"
    else:
        answer, reason = Answer.YES, "papers_yes"
    return Checked(Check.PAPERS, answer, reason, values)


def times(vacancy: VacancyFacts, client: ClientFacts) -> Checked | None:
    """Whether hours and times overlap: at least one time of the week, and at least a quarter of the hours."""
    if vacancy.hours is None and not vacancy.slots:
        return None
    hours, slots = hours_points(vacancy, client), slots_points(vacancy, client)
    apart = slots is not None and not vacancy.slots & client.slots
    if hours == NOTHING or apart:
        return Checked(Check.TIMES, Answer.NO, "times_no")
    if hours is None and slots is None:
        return Checked(Check.TIMES, Answer.UNKNOWN, "times_unknown")
    return Checked(Check.TIMES, Answer.YES, "times_yes")


def checks(vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts) -> tuple[Checked, ...]:
    """Return the checks of a pair in the order of the table; what the vacancy does not ask for is not checked."""
    found = (
        Checked(Check.OPEN, Answer.YES if vacancy.is_open else Answer.NO, f"open_{'yes' if vacancy.is_open else 'no'}"),
        Checked(Check.CONSENT, pair.consent, f"consent_{pair.consent}"),
        Checked(Check.LEGAL, client.legal, f"legal_{client.legal}"),
        papers(vacancy, client),
        times(vacancy, client),
    )  # fmt: skip
    return tuple(checked for checked in found if checked is not None)
