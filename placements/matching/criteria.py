"""The seven criteria: each a function of facts that gives half points (2, 1, 0) or None for unknown, with its reason as a code.

Everything is whole numbers, so that the database comes to the same result to the last row. A criterion that the vacancy does not
state is no line at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from placements.matching.codes import FULL, HALF, NOTHING, Criterion
from placements.matching.facts import ClientFacts, PairFacts, VacancyFacts
from placements.matching.papers import Paper, standing
from placements.matching.weights import Weights

GERMAN_STEPS = ("none", "a1", "a2", "b1", "b2", "c1", "c2", "native")
OPEN_FIELD = "other"  # "something else" can only be compared by people
QUARTER = 4


@dataclass(frozen=True)
class Line:
    """One line of the checklist. ``reason`` is a code of ``words``, ``values`` the facts it names."""

    criterion: Criterion
    points: int | None
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


def field_of_work(vacancy: VacancyFacts, client: ClientFacts, weights: Weights) -> Line:
    """The same field with experience or training; a related one, or only the wish; none."""
    wanted, done = vacancy.field_of_work, client.experienced | client.trained
    values = {"field": wanted}
    if wanted == OPEN_FIELD or not (done or client.wished):
        reason = "field_open" if wanted == OPEN_FIELD else "field_unknown"
        return Line(Criterion.FIELD, None, reason, values)
    if wanted in done:
        return Line(
            Criterion.FIELD,
            FULL,
            "field_experience" if wanted in client.experienced else "field_training",
            values,
        )
    if wanted in client.wished:
        return Line(Criterion.FIELD, HALF, "field_wish", values)
    if near := sorted(done & weights.related_to(wanted)):
        return Line(Criterion.FIELD, HALF, "field_related", {**values, "related": near[0]})
    return Line(Criterion.FIELD, NOTHING, "field_none", values)


def german(vacancy: VacancyFacts, client: ClientFacts) -> Line | None:
    """At least the level; one step below; lower."""
    if not vacancy.german:
        return None
    values = {"required": vacancy.german.lower(), "level": client.german, "source": client.german_source}
    if client.german not in GERMAN_STEPS:
        return Line(Criterion.GERMAN, None, "german_unknown", values)
    missing = GERMAN_STEPS.index(vacancy.german.lower()) - GERMAN_STEPS.index(client.german)
    if missing <= 0:
        return Line(Criterion.GERMAN, FULL, "german_enough", values)
    points = HALF if missing == 1 else NOTHING
    return Line(Criterion.GERMAN, points, "german_step" if points else "german_lower", values)


def hours_points(vacancy: VacancyFacts, client: ClientFacts) -> int | None:
    """Hours a week: within what the client can work; at least a quarter of it; less. None: not stated or not known."""
    if vacancy.hours is None or (client.hours_from is None and client.hours_to is None):
        return None
    if client.hours_to is not None and vacancy.hours > client.hours_to:
        return HALF if QUARTER * client.hours_to >= vacancy.hours else NOTHING
    if client.hours_from is not None and vacancy.hours < client.hours_from:
        return HALF if QUARTER * vacancy.hours >= client.hours_from else NOTHING
    return FULL


def slots_points(vacancy: VacancyFacts, client: ClientFacts) -> int | None:
    """Times of the week: all of the vacancy's; at least a quarter; less. None: not stated or not known."""
    if not vacancy.slots or not client.slots:
        return None
    common = len(vacancy.slots & client.slots)
    if common == len(vacancy.slots):
        return FULL
    return HALF if QUARTER * common >= len(vacancy.slots) else NOTHING


def hours(vacancy: VacancyFacts, client: ClientFacts) -> Line | None:
    """Hours and times together: the tighter of the two decides."""
    if vacancy.hours is None and not vacancy.slots:
        return None
    known = [
        points
        for points in (hours_points(vacancy, client), slots_points(vacancy, client))
        if points is not None
    ]
    points = min(known, default=None)
    reason = {None: "hours_unknown", FULL: "hours_full", HALF: "hours_partly", NOTHING: "hours_none"}[points]
    values = {
        "hours": vacancy.hours, "from": client.hours_from, "to": client.hours_to, "wanted": len(vacancy.slots),
        "common": len(vacancy.slots & client.slots) if client.slots else None,
    }  # fmt: skip
    return Line(Criterion.HOURS, points, reason, values)


def distance(vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts, weights: Weights) -> Line | None:
    """Near; within the client's limit; beyond."""
    if not vacancy.postal_code:
        return None
    minutes, limit = pair.minutes, client.minutes_limit
    values = {"code": vacancy.postal_code, "minutes": minutes, "limit": limit, "near": weights.near_minutes}
    if minutes is None:
        return Line(Criterion.DISTANCE, None, "distance_unknown", values)
    if minutes <= weights.near_minutes:
        return Line(Criterion.DISTANCE, FULL, "distance_same" if minutes == 0 else "distance_near", values)
    if limit is None:
        return Line(Criterion.DISTANCE, None, "distance_no_limit", values)
    points = HALF if minutes <= limit else NOTHING
    return Line(Criterion.DISTANCE, points, "distance_within" if points else "distance_beyond", values)


def languages(vacancy: VacancyFacts, client: ClientFacts) -> Line | None:
    """All further languages that are wanted; some; none."""
    if not vacancy.languages:
        return None
    common = vacancy.languages & client.languages
    values = {"wanted": sorted(vacancy.languages), "common": sorted(common)}
    if not client.languages:
        return Line(Criterion.LANGUAGES, None, "languages_unknown", values)
    if common == vacancy.languages:
        return Line(Criterion.LANGUAGES, FULL, "languages_all", values)
    points = HALF if common else NOTHING
    return Line(Criterion.LANGUAGES, points, "languages_some" if common else "languages_none", values)


def experience(vacancy: VacancyFacts, client: ClientFacts) -> Line | None:
    """As many years in this field; at least half; fewer. Who names other fields only has no year in this one."""
    wanted = vacancy.experience_years
    if wanted is None:
        return None
    years = client.years.get(vacancy.field_of_work)
    if years is None and client.experienced and vacancy.field_of_work not in client.experienced:
        years = 0
    values = {"wanted": wanted, "years": years}
    if years is None or vacancy.field_of_work == OPEN_FIELD:
        return Line(Criterion.EXPERIENCE, None, "experience_unknown", values)
    if years >= wanted:
        return Line(Criterion.EXPERIENCE, FULL, "experience_enough", values)
    points = HALF if 2 * years >= wanted else NOTHING
    return Line(Criterion.EXPERIENCE, points, "experience_half" if points else "experience_less", values)


def licence(vacancy: VacancyFacts, client: ClientFacts) -> Line | None:
    """Desirable licences and certificates: all there; some there or on their way; none. What is not known is left aside."""
    papers = standing(vacancy.licences_desired, vacancy.certificates_desired, client)
    if not papers:
        return None
    known = [state for state in papers.values() if state is not Paper.UNKNOWN]
    values = {"papers": {name: state.value for name, state in papers.items()}}
    if not known:
        return Line(Criterion.LICENCE, None, "licence_unknown", values)
    if all(state is Paper.HAD for state in known):
        return Line(Criterion.LICENCE, FULL, "licence_yes", values)
    points = HALF if {Paper.HAD, Paper.COMING} & set(known) else NOTHING
    return Line(Criterion.LICENCE, points, "licence_partly" if points else "licence_no", values)


def lines(vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts, weights: Weights) -> tuple[Line, ...]:
    """Return the lines of everything that the vacancy states, in the order of the table."""
    found = (
        field_of_work(vacancy, client, weights), german(vacancy, client), hours(vacancy, client),
        distance(vacancy, client, pair, weights), languages(vacancy, client), experience(vacancy, client), licence(vacancy, client),
    )  # fmt: skip
    return tuple(line for line in found if line is not None)
