"""Every figure and every table of the report once more, in plain SQL: the second way to each number.

Written from the definitions in words, not from the queries of the rooms. ``%(…)s``: ``centre``, ``programme`` (empty: all), ``first``
and ``last`` (days), ``tz`` (the site's time zone). A moment lies in the period by its local day.
"""

from typing import Any

from django.conf import settings
from django.db import connection

from iqquadrat.core.figures import Period
from tests.reporting import recount_esf


def _within(moment: str) -> str:
    return f"({moment} AT TIME ZONE %(tz)s)::date BETWEEN %(first)s AND %(last)s"


def _of(table: str) -> str:
    return f"{table}.centre_id = %(centre)s AND %(programme)s IN ('', {table}.programme_code)"


def _day(column: str) -> str:
    return f"{column} BETWEEN %(first)s AND %(last)s"


# --- Counselling ----------------------------------------------------------------------------------------
HELD = f"NOT c.is_no_show AND {_of('c')} AND {_within('c.held_at')}"
CONTACT = f"counselling_consultation c WHERE {HELD}"
# Everybody in a talk, under the record that stands today.
WHO = """
  SELECT coalesce(person.merged_into_id, person.id) AS person, talk.consultation, talk.held_at
    FROM (SELECT id AS consultation, client_id, held_at, is_no_show FROM counselling_consultation WHERE client_id IS NOT NULL
          UNION ALL
          SELECT c.id, a.client_id, c.held_at, c.is_no_show
            FROM counselling_attendance a JOIN counselling_consultation c ON c.id = a.consultation_id) AS talk
    JOIN counselling_client person ON person.id = talk.client_id
   WHERE NOT talk.is_no_show
"""
ADVISED = f"SELECT DISTINCT who.person FROM ({WHO}) AS who JOIN counselling_consultation c ON c.id = who.consultation WHERE {HELD}"
# The end of the period, or of today where it is not over.
END = "((least(%(last)s::date, (now() AT TIME ZONE %(tz)s)::date) + 1)::timestamp AT TIME ZONE %(tz)s)"
YEAR = "interval '365 days'"
# A talk of the programme, told of a person's whole history by comparing each talk with all others of the same person, by days.
COUNTED = f"SELECT who.person, who.held_at FROM ({WHO}) AS who JOIN counselling_consultation c ON c.id = who.consultation WHERE {_of('c')}"
_DAYS_SINCE = "(({}.held_at AT TIME ZONE %(tz)s)::date - ({}.held_at AT TIME ZONE %(tz)s)::date)"
SINCE_TALK, SINCE_EARLIER = _DAYS_SINCE.format("later", "talk"), _DAYS_SINCE.format("talk", "earlier")
GONE = f"""
  SELECT count(DISTINCT talk.person) FROM ({COUNTED}) AS talk
   WHERE talk.held_at >= (%(first)s::date::timestamp AT TIME ZONE %(tz)s) - {YEAR} AND talk.held_at < {END} - {YEAR}
     AND NOT EXISTS (SELECT FROM ({WHO}) AS later WHERE later.person = talk.person AND {SINCE_TALK} BETWEEN 1 AND 365)
"""
RETURNED = f"""
  SELECT count(DISTINCT talk.person) FROM ({COUNTED}) AS talk
   WHERE {_within("talk.held_at")}
     AND EXISTS (SELECT FROM ({WHO}) AS earlier WHERE earlier.person = talk.person AND {SINCE_EARLIER} > 365)
     AND NOT EXISTS (SELECT FROM ({WHO}) AS earlier WHERE earlier.person = talk.person AND {SINCE_EARLIER} BETWEEN 1 AND 365)
"""
PRESENT = f"""
  SELECT count(DISTINCT talk.person) FROM ({COUNTED}) AS talk
   WHERE talk.held_at >= {END} - {YEAR} AND talk.held_at < {END}
"""
# Every topic of a talk once.
SERVICE = f"""
  SELECT c.id, c.main_topic_id AS topic FROM counselling_consultation c WHERE {HELD}
  UNION
  SELECT c.id, o.topic_id FROM counselling_consultation c JOIN counselling_consultation_other_topics o ON o.consultation_id = c.id
   WHERE {HELD}
"""
SENT = f"counselling_referral r WHERE r.direction = 'from' AND {_of('r')} AND {_day('r.on')}"
CLOSED = f"counselling_case k WHERE {_of('k')} AND {_day('k.closed_on')}"
GROUP_EVENT = f"counselling_groupevent g WHERE {_of('g')} AND {_within('g.at')}"
REFERRAL = f"counselling_referral r WHERE r.direction = 'to' AND {_of('r')} AND {_day('r.on')}"
SHORT = f"counselling_shortcontact s WHERE {_of('s')} AND {_within('s.at')}"

# --- Competence, businesses -----------------------------------------------------------------------------
ASSESSMENT = f"competence_assessment a WHERE {_of('a')}"
INTERVIEW = f"""
  businesses_interview i JOIN businesses_business b ON b.id = i.business_id JOIN businesses_wave w ON w.id = i.wave_id
   WHERE i.disposition IN ('complete', 'partial') AND b.centre_id = %(centre)s AND %(programme)s IN ('', w.programme_code)
     AND {_within("i.completed_at")}
"""
REGISTERED = f"""
  businesses_business b LEFT JOIN businesses_wzbranch k ON k.id = b.branch_id
   WHERE {_of("b")} AND (b.created_at AT TIME ZONE %(tz)s)::date <= %(last)s AND b.status <> 'vacant'
"""
UNITS = """
  businesses_unit u JOIN businesses_wave w ON w.id = u.wave_id
   WHERE w.centre_id = %(centre)s AND %(programme)s IN ('', w.programme_code)
     AND daterange(w.starts_on, w.ends_on, '[]') && daterange(%(first)s::date, %(last)s::date, '[]')
"""
# An answer that names the field of a vacancy, and the count in the same interview that reaches so far.
NAMED = f"""
  SELECT count(*)
    FROM questionnaires_answer field
    JOIN questionnaires_item q ON q.id = field.item_id AND q.key IN ('v28_1_field', 'v28_2_field', 'v28_3_field')
    JOIN questionnaires_answer described ON described.response_id = field.response_id
    JOIN questionnaires_item d ON d.id = described.item_id AND d.key = 'v28_count'
   WHERE field.status = 'answered' AND described.number >= substring(q.key FROM 5 FOR 1)::int
     AND field.response_id IN (SELECT i.response_id FROM {INTERVIEW})
"""

PLACE_CREATED = f"""
  businesses_trainingplace t JOIN businesses_business b ON b.id = t.business_id
   WHERE b.centre_id = %(centre)s AND %(programme)s IN ('', t.programme_code) AND {_day("t.created_on")}
"""
ADVICE = f"""
  businesses_businessconsultation t JOIN businesses_business b ON b.id = t.business_id
   WHERE b.centre_id = %(centre)s AND %(programme)s IN ('', t.programme_code) AND {_within("t.held_at")}
"""
MEETING = f"businesses_event e WHERE e.state = 'held' AND {_of('e')} AND {_within('e.at')}"


def _told(key: str, column: str) -> str:
    return f"""
      (SELECT a.{column} FROM questionnaires_answer a JOIN questionnaires_item q ON q.id = a.item_id
        WHERE q.key = '{key}' AND a.status = 'answered' AND a.response_id = i.response_id)
    """


# Questions 14, 24 and 25: who has trainees trains; who may train has trained, or has recognised premises and somebody with the aptitude.
LADDER = f"""
  SELECT CASE WHEN coalesce(trainees, 0) > 0 THEN 'trains'
              WHEN has IS NULL OR 'unknown' = ANY(has) OR would IS NULL THEN ''
              WHEN would[1] IN ('yes', 'rather_yes')
              THEN CASE WHEN 'trains' = ANY(has) OR ('premises' = ANY(has) AND has && ARRAY['trainer', 'master']::varchar[]) THEN 'ready'
                        ELSE 'willing' END
              WHEN 'trains' = ANY(has) OR ('premises' = ANY(has) AND has && ARRAY['trainer', 'master']::varchar[]) THEN 'able'
              ELSE 'neither' END, count(*)
    FROM (SELECT {_told("v14_trainees_now", "number")} AS trainees, {_told("v24_right", "choices")} AS has,
                 {_told("v25_willing", "choices")} AS would FROM {INTERVIEW}) AS told
   GROUP BY 1
"""

# --- Placements -----------------------------------------------------------------------------------------
STARTED = f"placements_placement p WHERE {_of('p')} AND {_day('p.started_on')}"
VACANCY = f"placements_vacancy v WHERE v.state NOT IN ('draft', 'discarded') AND {_of('v')} AND {_day('v.opened_on')}"


# The headline of a category, and how high it stands in it.
LINES = {
    "insured": ("SV_FT", "SV_PT"), "subsidised": ("SUBS",), "marginal": ("MINI",), "self_employed": ("SELF",),
    "training": ("VET_DUAL", "VET_SCHOOL"), "steps": ("EQ", "FT", "INT"),
}  # fmt: skip


def _codes(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)


def _reached(line: tuple[str, ...]) -> str:
    """Persons by the highest category of one headline that they reached."""
    order = " ".join(f"WHEN '{code}' THEN {rank}" for rank, code in enumerate(line))
    return f"""
      SELECT (ARRAY[{_codes(line)}])[highest + 1] AS category, count(*) AS n
        FROM (SELECT p.client_id, min(CASE p.category {order} END) AS highest FROM {STARTED} AND p.category IN ({_codes(line)})
               GROUP BY 1) AS person
       GROUP BY 1
    """


def _asked(months: int) -> str:
    day = f"(p.started_on + interval '{months} months')::date"
    return f"""
      placements_placement p JOIN placements_retentioncheck k ON k.placement_id = p.id AND k.months = {months}
       WHERE {_of("p")} AND {_day(day)}
    """


def _lasting(months: int) -> str:
    return (
        f"SELECT count(*) FROM {_asked(months)} AND k.situation IN ('same_job', 'other_insured', 'training', 'self_employed')"
        " AND k.asked_on BETWEEN k.due_on - 21 AND k.due_on + 21"
    )


def _situations(months: int) -> str:
    return (
        "SELECT CASE WHEN k.situation IN ('', 'unknown') THEN k.situation"
        " WHEN abs(k.asked_on - k.due_on) <= 21 THEN k.situation ELSE 'late' END, count(*)"
        f" FROM {_asked(months)} GROUP BY 1"
    )


FIGURES: dict[str, str] = {
    "persons_advised": f"SELECT count(*) FROM ({ADVISED}) AS advised",
    "persons_new": f"""
      SELECT count(*) FROM ({ADVISED}) AS advised
       WHERE NOT EXISTS (SELECT FROM ({WHO}) AS earlier
                          WHERE earlier.person = advised.person AND (earlier.held_at AT TIME ZONE %(tz)s)::date < %(first)s)
    """,
    "persons_returned": RETURNED,
    "persons_gone": GONE,
    "persons_present": PRESENT,
    "services": f"SELECT count(*) FROM ({SERVICE}) AS service",
    "referrals_from": f"SELECT count(*) FROM {SENT}",
    "cases_opened": f"SELECT count(*) FROM counselling_case k WHERE {_of('k')} AND {_day('k.opened_on')}",
    "cases_closed": f"SELECT count(*) FROM {CLOSED}",
    "contacts": f"SELECT count(*) FROM {CONTACT}",
    "contacts_with_several": f"""
      SELECT count(*) FROM {CONTACT}
         AND (SELECT count(DISTINCT who.person) FROM ({WHO}) AS who WHERE who.consultation = c.id) > 1
    """,
    "short_contacts": f"SELECT count(*) FROM {SHORT}",
    "no_shows": f"SELECT count(*) FROM {CONTACT.replace('NOT c.is_no_show', 'c.is_no_show')}",
    "group_events": f"SELECT count(*) FROM {GROUP_EVENT}",
    "event_reach": f"SELECT coalesce(sum(g.head_count), 0) FROM {GROUP_EVENT}",
    "outreach_reach": f"SELECT coalesce(sum(g.head_count), 0) FROM {GROUP_EVENT} AND g.kind = 'outreach'",
    "volunteer_hours": f"SELECT round(coalesce(sum(h.minutes), 0) / 60.0) FROM counselling_volunteerwork h WHERE {_of('h')} AND {_day('h.on')}",
    "referrals": f"SELECT count(*) FROM {REFERRAL}",
    "referrals_arrived": f"SELECT count(*) FROM {REFERRAL} AND r.arrived = 'yes'",
    "assessments_started": f"SELECT count(*) FROM {ASSESSMENT} AND {_within('a.started_at')}",
    "assessments_completed": f"SELECT count(*) FROM {ASSESSMENT} AND {_within('a.finished_at')}",
    "assessments_discussed": f"SELECT count(*) FROM {ASSESSMENT} AND {_within('a.discussed_at')}",
    "businesses_surveyed": f"SELECT count(*) FROM {INTERVIEW}",
    "businesses_registered": f"SELECT count(*) FROM {REGISTERED}",
    "training_places_created": f"SELECT count(*) FROM {PLACE_CREATED}",
    "training_places_first": f"SELECT count(*) FROM {PLACE_CREATED} AND t.reason = 'first_time'",
    "business_consultations": f"SELECT count(*) FROM {ADVICE}",
    "vacancies_named": NAMED,
    "business_events": f"SELECT count(*) FROM {MEETING}",
    "business_event_heads": f"SELECT coalesce(sum(e.head_count), 0) FROM {MEETING}",
    "employment_relationships": f"SELECT count(*) FROM {STARTED} AND p.category IN ('SV_FT', 'SV_PT', 'SUBS', 'MINI')",
    "primary_labour_market": f"SELECT count(*) FROM {STARTED} AND p.category IN ('SV_FT', 'SV_PT')",
    "training_taken_up": f"SELECT count(*) FROM {STARTED} AND p.category IN ('VET_DUAL', 'VET_SCHOOL')",
    "placements_started": f"SELECT count(*) FROM {STARTED}",
    "placements_proposed": f"""
      SELECT count(DISTINCT p.id) FROM placements_placement p JOIN placements_placementevent e ON e.placement_id = p.id
       WHERE {_of("p")} AND {_within("e.at")} AND e.undoes_id IS NULL AND e.stage NOT IN ('wish', 'closed', 'ended')
         AND NOT EXISTS (SELECT FROM placements_placementevent u WHERE u.undoes_id = e.id)
    """,
    "vacancies": f"SELECT count(*) FROM {VACANCY}",
    "training_vacancies": f"SELECT count(*) FROM {VACANCY} AND v.kind = 'training'",
    **{
        f"persons_{line}": f"SELECT count(DISTINCT p.client_id) FROM {STARTED} AND p.category IN ({_codes(codes)})"
        for line, codes in LINES.items()
    },
    **{f"due_{months}": f"SELECT count(*) FROM {_asked(months)}" for months in (3, 6, 12)},
    **{
        f"known_{months}": f"SELECT count(*) FROM {_asked(months)} AND k.situation NOT IN ('', 'unknown') AND abs(k.asked_on - k.due_on) <= 21"
        for months in (3, 6, 12)
    },
    **{f"lasting_{months}": _lasting(months) for months in (3, 6, 12)},
    **recount_esf.FIGURES,
}

BREAKDOWNS: dict[str, str] = {
    "languages": f"""
      SELECT language, count(*) FROM counselling_consultation c,
             unnest(CASE WHEN cardinality(c.languages) = 0 THEN ARRAY[''] ELSE c.languages END) AS used (language)
       WHERE {HELD} GROUP BY 1
    """,
    "topics": f"""
      SELECT coalesce(t.key, ''), count(*) FROM counselling_consultation c LEFT JOIN counselling_topic t ON t.id = c.main_topic_id
       WHERE {HELD} GROUP BY 1
    """,
    "language_help": f"SELECT c.interpretation, count(*) FROM {CONTACT} GROUP BY 1",
    "services_by_topic": f"""
      SELECT t.key, count(*) FROM ({SERVICE}) AS service JOIN counselling_topic t ON t.id = service.topic GROUP BY 1
    """,
    "event_heads_by_kind": f"SELECT g.kind, sum(g.head_count) FROM {GROUP_EVENT} GROUP BY 1",
    "referrals_by_kind": f"""
      SELECT i.kind, count(*) FROM counselling_referral r JOIN counselling_institution i ON i.id = r.institution_id
       WHERE r.direction = 'to' AND {_of("r")} AND {_day("r.on")} GROUP BY 1
    """,
    "arrivals": f"SELECT r.arrived, count(*) FROM {REFERRAL} GROUP BY 1",
    "case_outcomes": f"SELECT k.outcome, count(*) FROM {CLOSED} GROUP BY 1",
    "training_ladder": LADDER,
    "training_places_by_reason": f"SELECT t.reason, count(*) FROM {PLACE_CREATED} GROUP BY 1",
    "business_consultations_by_topic": f"SELECT t.topic, count(*) FROM {ADVICE} GROUP BY 1",
    "business_events_by_kind": f"SELECT e.kind, count(*) FROM {MEETING} GROUP BY 1",
    "business_event_heads_by_kind": f"SELECT e.kind, sum(e.head_count) FROM {MEETING} GROUP BY 1",
    "persons_by_headline": " UNION ALL ".join(f"({_reached(codes)})" for codes in LINES.values()),
    **{
        f"vacancies_by_{column}": f"SELECT v.{column}, count(*) FROM {VACANCY} GROUP BY 1"
        for column in ("kind", "source", "state")
    },
    "channels": f"SELECT c.channel, count(*) FROM {CONTACT} GROUP BY 1",
    "short_contact_languages": f"SELECT s.language, count(*) FROM {SHORT} GROUP BY 1",
    "assessment_languages": f"SELECT a.mother_tongue, count(*) FROM {ASSESSMENT} AND {_within('a.started_at')} GROUP BY 1",
    "survey_results": f"SELECT u.disposition, count(*) FROM {UNITS} GROUP BY 1",
    "branches": f"SELECT coalesce(k.kind, ''), count(*) FROM {REGISTERED} GROUP BY 1",
    "placements_by_category": f"SELECT p.category, count(*) FROM {STARTED} GROUP BY 1",
    "placements_by_field": f"""
      SELECT v.field_of_work, count(*) FROM placements_placement p JOIN placements_vacancy v ON v.id = p.vacancy_id
       WHERE {_of("p")} AND {_day("p.started_on")} GROUP BY 1
    """,
    **{f"situation_{months}": _situations(months) for months in (3, 6, 12)},
    **recount_esf.BREAKDOWNS,
}


def _rows(sql: str, period: Period) -> list[Any]:
    [centre] = period.centre_ids
    facts = {
        "centre": centre, "programme": period.programme_code, "first": period.starts_on, "last": period.ends_on, "tz": settings.TIME_ZONE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return cursor.fetchall()


def recounted(code: str, period: Period) -> int:
    """Return a figure of one centre, counted in plain SQL."""
    return int(_rows(FIGURES[code], period)[0][0])


def recounted_table(code: str, period: Period) -> dict[str, int]:
    """Return the rows of a table that are not empty, counted in plain SQL."""
    return {key: count for key, count in _rows(BREAKDOWNS[code], period) if count}
