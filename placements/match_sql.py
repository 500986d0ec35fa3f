"""Matching in the database: one statement finds, groups, orders and pages the clients for a vacancy, however many there are.

It says the same as ``placements.matching`` (a test compares them over generated clients) and joins only what the vacancy states.
Every value is a parameter; names in the statement are constants of this file. Sets of codes are compared as bits (``match_bits``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from counselling.enums import Purpose
from counselling.models.client import ClientQuerySet
from placements.match_bits import CERTIFICATES, FIELDS, SLOTS, bits
from placements.matching.codes import FULL, Criterion, Group
from placements.matching.criteria import GERMAN_STEPS, OPEN_FIELD, QUARTER
from placements.matching.facts import VacancyFacts
from placements.matching.papers import ABROAD, FORKLIFT, covering
from placements.matching.weights import HEAVIEST, Weights


@dataclass(frozen=True)
class Found:
    """One client of a page: where they stand; the table itself is made by ``matching.fit`` for the few that are shown."""

    client_id: int
    group: Group
    points: int
    known: int
    minutes: int | None


@dataclass(frozen=True)
class Candidates:
    """A page of clients for a vacancy, and how many stand in each group."""

    rows: list[Found]
    counts: dict[Group, int]

    @property
    def total(self) -> int:
        """How many there are in all groups."""
        return sum(self.counts.values())


@dataclass
class _Statement:
    """What the statement is put together from: columns with their joins, and the parameters of both."""

    joins: list[str] = field(default_factory=list)
    scores: dict[Criterion, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)
    minutes: str = "NULL::int"


def candidates(
    *, clients: ClientQuerySet, vacancy: VacancyFacts, employer: str, centre_id: int, weights: Weights,
    groups: Sequence[Group] = tuple(Group), limit: int = 25, offset: int = 0,
) -> Candidates:  # fmt: skip
    """Return a page of these clients for a vacancy of this employer: by group, then the shorter way, then the better fit.

    ``clients`` is the condition on whom the reader may see; ``counts`` are those of all groups, whichever are shown.
    """
    sql, params = statement(
        clients=clients, vacancy=vacancy, employer=employer, centre_id=centre_id, weights=weights
    )
    params |= {"groups": [list(Group).index(group) for group in groups], "limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    # One row a group with its count; the rows of the page carry a client, and their place in the order.
    counts = {list(Group)[row[1]]: row[5] for row in rows if row[0] is None}
    page = sorted((row for row in rows if row[0] is not None), key=lambda row: row[5])
    found = [Found(row[0], list(Group)[row[1]], row[2], row[3], row[4]) for row in page]
    return Candidates(found, {group: counts.get(group, 0) for group in Group})


def statement(
    *, clients: ClientQuerySet, vacancy: VacancyFacts, employer: str, centre_id: int, weights: Weights
) -> tuple[str, dict[str, Any]]:
    """Return the statement with its parameters, but for the page."""
    parts = _Statement(
        params={"employer": employer, "purpose": Purpose.SHARE_WITH_EMPLOYER.value, "centre": centre_id}
    )
    _field(parts, vacancy, weights)
    _languages(parts, vacancy)
    _hours(parts, vacancy)
    _distance(parts, vacancy, weights)
    _experience(parts, vacancy)
    _papers(parts, vacancy)
    _consent_and_law(parts)
    if not vacancy.is_open:
        parts.refusals.append("TRUE")
    who = _who(clients, parts)
    for criterion in parts.scores:
        parts.params[f"w_{criterion}"] = weights.criteria[criterion]
    # Points and the weight of what is known in one number, so that no score is worked out twice.
    total = "\n           + ".join(
        f"coalesce(({sql}) * %(w_{name})s + {KNOWN} * %(w_{name})s, 0)" for name, sql in parts.scores.items()
    )
    parts.params |= {
        "least": weights.least_coverage * sum(weights.criteria[criterion] for criterion in parts.scores),
        "good": weights.good_from * FULL, "partly": weights.partly_from * FULL,
    }  # fmt: skip
    refused = "\n           OR ".join(parts.refusals)
    joins = "\n      ".join(parts.joins)
    return (
        f"""
WITH scored AS (
    SELECT c.id AS client_id,
           {total} AS total,
           {parts.minutes} AS minutes,
           coalesce({refused}, FALSE) AS refused
      FROM ({who}) c
      LEFT JOIN placements_jobsearch j ON j.client_id = c.id
      {joins}
    OFFSET 0 -- a fence: the sum is worked out once, not wherever it is named
), summed AS (
    SELECT client_id, minutes, refused, total %% {KNOWN} AS points, total / {KNOWN} AS known FROM scored
), grouped AS MATERIALIZED (
    SELECT client_id, minutes, points, known,
           CASE WHEN refused THEN {_at(Group.RATHER_NOT)}
                WHEN 100 * known < %(least)s THEN {_at(Group.TOO_LITTLE)}
                WHEN 100 * points >= %(good)s * known THEN {_at(Group.GOOD)}
                WHEN 100 * points >= %(partly)s * known THEN {_at(Group.PARTLY)}
                ELSE {_at(Group.RATHER_NOT)} END AS grp
      FROM summed
), page AS (
    SELECT client_id, grp, points, known, minutes
      FROM grouped
     WHERE grp = ANY(%(groups)s)
     ORDER BY {ORDER}
     LIMIT %(limit)s OFFSET %(offset)s
)
SELECT NULL::bigint AS client_id, grp, NULL::int AS points, NULL::int AS known, NULL::int AS minutes, count(*) AS n
  FROM grouped GROUP BY grp
UNION ALL
SELECT client_id, grp, points, known, minutes, row_number() OVER (ORDER BY {ORDER}) FROM page
""",  # noqa: S608 - put together from constants of this file; every value is a parameter
        parts.params,
    )


# The weight of what is known is counted in these: more than all points together.
KNOWN = 1 << (FULL * HEAVIEST).bit_length()
# As ``matching.fit.order``; who came first closes a tie, never a name.
ORDER = "grp, minutes ASC NULLS LAST, CASE WHEN known = 0 THEN 0 ELSE 100 * points / (2 * known) END DESC, client_id"


def _at(group: Group) -> int:
    return list(Group).index(group)


def _who(clients: ClientQuerySet, parts: _Statement) -> str:
    """The clients that the reader may see, as the queryset says it, with what matching reads of them; its parameters get names."""
    columns = clients.order_by().values("id", "driving_licences", "spoken_languages", "postal_code")
    sql, values = columns.query.sql_with_params()
    names = [f"who_{place}" for place in range(len(values))]
    parts.params |= dict(zip(names, values, strict=True))
    return sql % tuple(f"%({name})s" for name in names)


def _field(parts: _Statement, vacancy: VacancyFacts, weights: Weights) -> None:
    if vacancy.field_of_work == OPEN_FIELD:
        parts.scores[Criterion.FIELD] = "NULL::int"
        return
    parts.params |= {
        "field": bits([vacancy.field_of_work], FIELDS),
        "related": bits(weights.related_to(vacancy.field_of_work), FIELDS),
    }
    done = "(j.experienced_bits | j.trained_bits)"
    parts.scores[Criterion.FIELD] = f"""CASE
               WHEN {done} & %(field)s <> 0 THEN 2
               WHEN j.wished_bits & %(field)s <> 0 THEN 1
               WHEN {done} & %(related)s <> 0 THEN 1
               WHEN {done} | j.wished_bits <> 0 THEN 0 END"""


def _languages(parts: _Statement, vacancy: VacancyFacts) -> None:
    """German by the noted level; further languages as the record names them, or as a level of them is noted."""
    if vacancy.german:
        step = GERMAN_STEPS.index(vacancy.german.lower())
        parts.params |= {
            "enough": list(GERMAN_STEPS[step:]),
            "nearly": GERMAN_STEPS[step - 1],
            "lower": list(GERMAN_STEPS[: step - 1]),
        }
        parts.joins.append("""LEFT JOIN (
             SELECT client_id, coalesce(nullif(speaking, ''), reading) AS level FROM counselling_languageskill WHERE language = 'de'
           ) g ON g.client_id = c.id""")
        parts.scores[Criterion.GERMAN] = (
            "CASE WHEN g.level = ANY(%(enough)s) THEN 2 WHEN g.level = %(nearly)s THEN 1 WHEN g.level = ANY(%(lower)s) THEN 0 END"
        )
    if vacancy.languages:
        parts.params["wanted"] = sorted(vacancy.languages)
        parts.joins.append("""LEFT JOIN (
             SELECT client_id, array_agg(language) AS spoken FROM counselling_languageskill
              WHERE language <> 'de' AND coalesce(nullif(speaking, ''), reading) <> 'none' GROUP BY client_id
           ) s ON s.client_id = c.id""")
        parts.scores[Criterion.LANGUAGES] = """CASE
               WHEN c.spoken_languages || coalesce(s.spoken, '{}') @> %(wanted)s::varchar[] THEN 2
               WHEN c.spoken_languages || coalesce(s.spoken, '{}') && %(wanted)s::varchar[] THEN 1
               WHEN cardinality(c.spoken_languages) > 0 OR s.spoken IS NOT NULL THEN 0 END"""


def _hours(parts: _Statement, vacancy: VacancyFacts) -> None:
    """Hours and times: ``least`` passes over what is unknown, as the pure function does."""
    known = []
    if vacancy.hours is not None:
        parts.params["hours"] = vacancy.hours
        known.append(f"""CASE
                   WHEN j.hours_from IS NULL AND j.hours_to IS NULL THEN NULL
                   WHEN %(hours)s > j.hours_to THEN CASE WHEN {QUARTER} * j.hours_to >= %(hours)s THEN 1 ELSE 0 END
                   WHEN %(hours)s < j.hours_from THEN CASE WHEN {QUARTER} * %(hours)s >= j.hours_from THEN 1 ELSE 0 END
                   ELSE 2 END""")
        parts.refusals.append(f"({known[0]}) = 0")
    if vacancy.slots:
        parts.params |= {"slots": bits(vacancy.slots, SLOTS), "n_slots": len(vacancy.slots)}
        known.append(f"""CASE
                   WHEN j.slot_bits = 0 THEN NULL
                   WHEN j.slot_bits & %(slots)s = %(slots)s THEN 2
                   WHEN {QUARTER} * bit_count((j.slot_bits & %(slots)s)::bit(32)) >= %(n_slots)s THEN 1
                   WHEN j.slot_bits IS NOT NULL THEN 0 END""")
        parts.refusals.append("(j.slot_bits <> 0 AND j.slot_bits & %(slots)s = 0)")
    if known:
        parts.scores[Criterion.HOURS] = f"least({', '.join(known)})"


def _distance(parts: _Statement, vacancy: VacancyFacts, weights: Weights) -> None:
    if not vacancy.postal_code:
        return
    parts.params |= {"code": vacancy.postal_code, "near": weights.near_minutes}
    parts.joins.append("""LEFT JOIN (
             SELECT code_b AS code, minutes FROM placements_traveltime WHERE centre_id = %(centre)s AND code_a = %(code)s
              UNION ALL
             SELECT code_a, minutes FROM placements_traveltime WHERE centre_id = %(centre)s AND code_b = %(code)s
              UNION ALL
             SELECT %(code)s, 0
           ) t ON t.code = c.postal_code""")
    parts.minutes = "t.minutes"
    parts.scores[Criterion.DISTANCE] = """CASE
               WHEN t.minutes <= %(near)s THEN 2
               WHEN t.minutes <= j.minutes_limit THEN 1
               WHEN t.minutes > j.minutes_limit THEN 0 END"""


def _experience(parts: _Statement, vacancy: VacancyFacts) -> None:
    if vacancy.experience_years is None:
        return
    if vacancy.field_of_work == OPEN_FIELD:
        parts.scores[Criterion.EXPERIENCE] = "NULL::int"
        return
    parts.params |= {"years": vacancy.experience_years, "years_in": vacancy.field_of_work}
    had = """coalesce((j.years_by_field ->> %(years_in)s)::int,
                      CASE WHEN j.experienced_bits <> 0 AND j.experienced_bits & %(field)s = 0 THEN 0 END)"""
    parts.scores[Criterion.EXPERIENCE] = (
        f"CASE WHEN {had} >= %(years)s THEN 2 WHEN 2 * {had} >= %(years)s THEN 1 WHEN {had} IS NOT NULL THEN 0 END"
    )


def _papers(parts: _Statement, vacancy: VacancyFacts) -> None:
    """Licences and certificates: desired ones are weighed, required ones refuse when one is known not to be there."""
    desired = [*(_licence(parts, code) for code in sorted(vacancy.licences_desired)),
               *(_certificate(parts, code) for code in sorted(vacancy.certificates_desired))]  # fmt: skip
    if desired:
        # 2 had, 1 on its way, 0 lacking, NULL not known: all of what is known is there, some of it is, none of it.
        least, most = f"least({', '.join(desired)})", f"greatest({', '.join(desired)})"
        parts.scores[Criterion.LICENCE] = (
            f"CASE WHEN {least} = 2 THEN 2 WHEN {most} > 0 THEN 1 WHEN {most} = 0 THEN 0 END"
        )
    parts.refusals += [
        *(f"{_licence(parts, code)} < 2" for code in sorted(vacancy.licences_required)),
        *(f"{_certificate(parts, code)} < 2" for code in sorted(vacancy.certificates_required)),
    ]


def _licence(parts: _Statement, code: str) -> str:
    name = f"licence_{code}"
    parts.params |= {name: code, f"{name}_by": sorted(covering(code))}
    had, coming = f"c.driving_licences && %({name}_by)s::varchar[]", f"j.licence_in_progress = %({name})s"
    if code == FORKLIFT:
        had += f" OR j.certificate_bits & {_FORKLIFT_BIT} <> 0"
        coming += f" OR j.coming_bits & {_FORKLIFT_BIT} <> 0"
    if code == "b":
        coming += f" OR '{ABROAD}' = ANY(c.driving_licences)"
    return (
        f"(CASE WHEN {had} THEN 2 WHEN {coming} THEN 1 WHEN cardinality(c.driving_licences) > 0 THEN 0 END)"
    )


def _certificate(parts: _Statement, code: str) -> str:
    name = f"certificate_{code}"
    parts.params[name] = bits([code], CERTIFICATES)
    had, coming = f"j.certificate_bits & %({name})s <> 0", f"j.coming_bits & %({name})s <> 0"
    if code == FORKLIFT:
        had += f" OR '{FORKLIFT}' = ANY(c.driving_licences)"
        coming += f" OR j.licence_in_progress = '{FORKLIFT}'"
    return f"(CASE WHEN {had} THEN 2 WHEN {coming} THEN 1 WHEN j.certificate_bits <> 0 THEN 0 END)"


_FORKLIFT_BIT = bits([FORKLIFT], CERTIFICATES)


def _consent_and_law(parts: _Statement) -> None:
    """A consent that was taken back, and a legal prerequisite that is missing, are a clear no."""
    parts.joins.append("""LEFT JOIN (
             SELECT client_id, bool_or(withdrawn_at IS NULL) AS stands FROM counselling_consent
              WHERE purpose = %(purpose)s AND employer_name = %(employer)s GROUP BY client_id
           ) k ON k.client_id = c.id""")
    parts.refusals += ["NOT k.stands", "j.legal = 'not_allowed'"]
