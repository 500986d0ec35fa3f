"""Which steps are possible, and which facts of a step keep to the law. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from placements import law
from placements.categories import Category
from placements.enums import ORDER, CloseReason, Stage, TrialBasis

# Why the other ways of somebody who has begun to work are closed.
OTHERS_CLOSE_FOR = (CloseReason.FILLED_OTHERWISE, CloseReason.CLIENT_DECLINED)


def next_stages(current: str) -> list[Stage]:
    """Return the steps that can follow: every later one, and the way out. Started work ends; it does not come to nothing.

    ``current`` is the code of the present step.
    """
    stage = Stage(current)
    if stage in (Stage.ENDED, Stage.CLOSED):
        return []
    if stage is Stage.STARTED:
        return [Stage.ENDED]
    later = [step for step in ORDER[ORDER.index(stage) + 1 :] if step is not Stage.ENDED]
    return [*later, Stage.CLOSED]


def plain_next(current: str) -> Stage | None:
    """Return the next step where it needs no further fact, so that one press is enough; None else."""
    following = next_stages(current)
    plain = (Stage.PROPOSED, Stage.APPLIED, Stage.INTERVIEW)
    return following[0] if following and following[0] in plain else None


class Rule(StrEnum):
    """What a law asks of the facts of a step."""

    MINI_CEILING = "mini_ceiling"
    EQ_TOO_SHORT = "eq_too_short"
    EQ_TOO_LONG = "eq_too_long"
    TRIAL_REASON = "trial_reason"
    TRIAL_TOO_LONG = "trial_too_long"
    TRIAL_ENDS_FIRST = "trial_ends_first"


@dataclass(frozen=True)
class Breach:
    """A fact that does not keep to the law: the name of the field, the rule, and what its words need."""

    field: str
    rule: Rule
    words: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def breaches(stage: Stage, facts: Mapping[str, Any]) -> list[Breach]:
    """Return what in the facts of a step the law of its day does not allow; facts that are missing break nothing."""
    if stage is Stage.TRIAL:
        return _trial(facts)
    if stage is Stage.STARTED and facts.get("started_on"):
        return [*_mini_job(facts), *_introductory(facts)]
    return []


def _trial(facts: Mapping[str, Any]) -> list[Breach]:
    begins, until = facts.get("trial_from"), facts.get("trial_until")
    if not begins or not until:
        return []
    if until < begins:
        return [Breach("trial_until", Rule.TRIAL_ENDS_FIRST)]
    weeks = law.in_force(law.ACTIVATION, begins)
    if facts.get("trial_basis") != TrialBasis.ACTIVATION or weeks is None:
        return []
    if until > (last := law.last_day_of_weeks(begins, weeks.at_most)):
        return [
            Breach(
                "trial_until",
                Rule.TRIAL_TOO_LONG,
                {"weeks": weeks.at_most, "day": last, "law": weeks.source},
            )
        ]
    if until > (last := law.last_day_of_weeks(begins, weeks.as_a_rule)) and not facts.get("trial_longer"):
        return [
            Breach(
                "trial_longer",
                Rule.TRIAL_REASON,
                {"weeks": weeks.as_a_rule, "day": last, "law": weeks.source},
            )
        ]
    return []


def _mini_job(facts: Mapping[str, Any]) -> list[Breach]:
    pay, ceiling = facts.get("monthly_pay"), law.in_force(law.MINI_JOB, facts["started_on"])
    if facts.get("category") != Category.MINI or pay is None or ceiling is None or pay <= ceiling.euros:
        return []
    words = {"euros": ceiling.euros, "day": facts["started_on"], "law": ceiling.source}
    return [Breach("monthly_pay", Rule.MINI_CEILING, words)]


def _introductory(facts: Mapping[str, Any]) -> list[Breach]:
    begins: dt.date = facts["started_on"]
    until, months = facts.get("contract_until"), law.in_force(law.INTRODUCTORY_QUALIFICATION, begins)
    if facts.get("category") != Category.EQ or until is None or months is None:
        return []
    words = {"least": months.least, "most": months.most, "law": months.source}
    if until < law.last_day_after(begins, months.least):
        return [Breach("contract_until", Rule.EQ_TOO_SHORT, words)]
    if until > law.last_day_after(begins, months.most):
        return [Breach("contract_until", Rule.EQ_TOO_LONG, words)]
    return []
