"""The table of the European Social Fund Plus once more, in plain SQL: the second way to each number.

Written from the regulation and the definitions in words, not from the queries of the rooms. Parameters as in ``recount.py``.
"""

from typing import Any

from django.conf import settings
from django.db import connection

from iqquadrat.core.figures import Period

GENDERS = ("woman", "man", "non_binary", "not_stated")

# Persons by programme with what was true when they first came.
ENTERED = """
  SELECT DISTINCT ON (p.client_id, p.programme_code) p.*
    FROM counselling_participation p JOIN counselling_client c ON c.id = p.client_id
   WHERE c.centre_id = %(centre)s AND %(programme)s IN ('', p.programme_code) AND c.merged_into_id IS NULL
   ORDER BY p.client_id, p.programme_code, p.entered_on
"""
ENTRY = f"""
  FROM ({ENTERED}) e LEFT JOIN counselling_participationsensitive s ON s.participation_id = e.id
   WHERE e.entered_on BETWEEN %(first)s AND %(last)s
"""
# Persons by programme with the last time they left it.
LEFT = """
  SELECT DISTINCT ON (p.client_id, p.programme_code) p.*
    FROM counselling_participation p JOIN counselling_client c ON c.id = p.client_id
   WHERE c.centre_id = %(centre)s AND %(programme)s IN ('', p.programme_code) AND c.merged_into_id IS NULL
   ORDER BY p.client_id, p.programme_code, p.entered_on DESC
"""


def _after(kind: str, due: str) -> str:
    return f"""
      FROM ({LEFT}) e JOIN counselling_participationquestion q ON q.participation_id = e.id AND q.kind = '{kind}'
       WHERE {due} BETWEEN %(first)s AND %(last)s
    """


LEAVING = _after("leaving", "e.left_on")
LATER = _after("six_months", "(e.left_on + interval '6 months')::date")
FOUND_OUT = "(q.answer = 'known' AND q.asked_on - q.due_on BETWEEN 0 AND 28)"
OUT_OF_WORK = "e.status IN ('unemployed', 'long_term', 'inactive')"

# Code: the rows, of whom, what is counted, what is not known.
PERSONS: dict[str, tuple[str, str, str, str]] = {
    "eeco01": (ENTRY, "true", "true", "false"),
    "eeco02": (ENTRY, "true", "e.status IN ('unemployed', 'long_term')", "e.status = ''"),
    "eeco03": (ENTRY, "true", "e.status = 'long_term'", "e.status = ''"),
    "eeco04": (ENTRY, "true", "e.status = 'inactive'", "e.status = ''"),
    "eeco05": (ENTRY, "true", "e.status = 'employed'", "e.status = ''"),
    "eeco06": (ENTRY, "true", "e.age_band = 'under_18'", "e.age_band = ''"),
    "eeco07": (ENTRY, "true", "e.age_band = 'from_18'", "e.age_band = ''"),
    "eeco08": (ENTRY, "true", "e.age_band = 'from_55'", "e.age_band = ''"),
    "eeco09": (ENTRY, "true", "e.isced IN ('0', '1', '2')", "e.isced = ''"),
    "eeco10": (ENTRY, "true", "e.isced IN ('3', '4')", "e.isced = ''"),
    "eeco11": (ENTRY, "true", "e.isced IN ('5', '6', '7', '8')", "e.isced = ''"),
    **{
        code: (ENTRY, "true", f"coalesce(s.{column}, '') = 'yes'", f"coalesce(s.{column}, '') NOT IN ('yes', 'no')")
        for code, column in {
            "eeco12": "disability", "eeco13": "third_country", "eeco14": "foreign_background", "eeco15": "minority",
            "eeco16": "homeless", "eeco17": "rural",
        }.items()
    },
    "eecr01": (LEAVING, "e.status = 'inactive'", f"{FOUND_OUT} AND q.job_searching", f"{FOUND_OUT} IS NOT true"),
    "eecr02": (LEAVING, "true", f"{FOUND_OUT} AND q.in_education", f"{FOUND_OUT} IS NOT true"),
    "eecr03": (LEAVING, "true", f"{FOUND_OUT} AND q.qualification", f"{FOUND_OUT} IS NOT true"),
    "eecr04": (LEAVING, OUT_OF_WORK, f"{FOUND_OUT} AND q.in_employment", f"{FOUND_OUT} IS NOT true"),
    "eecr05": (LATER, OUT_OF_WORK, f"{FOUND_OUT} AND q.in_employment", f"{FOUND_OUT} IS NOT true"),
    "eecr06": (LATER, "e.status = 'employed'", f"{FOUND_OUT} AND q.improved", f"{FOUND_OUT} IS NOT true"),
}  # fmt: skip

WITHIN = "(%(tz)s IS NOT NULL AND ({} AT TIME ZONE %(tz)s)::date BETWEEN %(first)s AND %(last)s)"
ENTITIES = f"""
  SELECT b.id, left(coalesce(k.code, ''), 2) = '84' AS public,
         coalesce(
           (SELECT CASE WHEN a.number < 10 THEN 'micro' WHEN a.number < 50 THEN 'small' WHEN a.number < 250 THEN 'medium' ELSE 'large' END
              FROM questionnaires_answer a JOIN questionnaires_item i ON i.id = a.item_id AND i.key = 'v09_heads'
              JOIN businesses_interview v ON v.response_id = a.response_id
             WHERE v.business_id = b.id AND a.status = 'answered' AND a.number IS NOT NULL
               AND (v.completed_at AT TIME ZONE %(tz)s)::date <= %(last)s
             ORDER BY v.completed_at DESC LIMIT 1),
           CASE WHEN b.size_band IN ('1', '2-4', '5-9') THEN 'micro' WHEN b.size_band IN ('10-19', '20-49') THEN 'small' ELSE '' END
         ) AS size
    FROM businesses_business b LEFT JOIN businesses_wzbranch k ON k.id = b.branch_id
   WHERE b.centre_id = %(centre)s AND b.merged_into_id IS NULL
     AND (EXISTS (SELECT FROM businesses_businessconsultation t WHERE t.business_id = b.id
                     AND %(programme)s IN ('', t.programme_code) AND {WITHIN.format("t.held_at")})
          OR EXISTS (SELECT FROM businesses_eventattendance a JOIN businesses_event e ON e.id = a.event_id
                      WHERE a.business_id = b.id AND a.presence = 'present' AND e.state = 'held' AND e.centre_id = %(centre)s
                        AND %(programme)s IN ('', e.programme_code) AND {WITHIN.format("e.at")}))
     AND NOT EXISTS (SELECT FROM placements_ownership o JOIN counselling_participation p ON p.client_id = o.client_id
                      WHERE o.business_id = b.id AND %(programme)s IN ('', p.programme_code) AND p.entered_on <= %(last)s)
"""

FIGURES: dict[str, str] = {
    **{code: f"SELECT count(*) {rows} AND {whom} AND {counted}" for code, (rows, whom, counted, _unknown) in PERSONS.items()},
    "eeco18": f"SELECT count(*) FROM ({ENTITIES}) u WHERE public",
    "eeco19": f"SELECT count(*) FROM ({ENTITIES}) u WHERE NOT public AND size IN ('micro', 'small', 'medium')",
}  # fmt: skip


def _answers(rows: str) -> str:
    kind = f"CASE WHEN q.answer = '' THEN '' WHEN q.answer = 'unknown' THEN 'unknown' WHEN {FOUND_OUT} THEN 'known' ELSE 'late' END"
    return f"SELECT {kind}, count(*) {rows} GROUP BY 1"


BREAKDOWNS: dict[str, str] = {
    "esf_leaving": _answers(LEAVING),
    "esf_six_months": _answers(LATER),
    "eeco19_sizes": f"SELECT size, count(*) FROM ({ENTITIES}) u WHERE NOT public GROUP BY 1",
}


def recounted_row(code: str, period: Period) -> tuple[list[int], int]:
    """Return an indicator of persons by gender, and of how many it is not known."""
    rows, whom, counted, unknown = PERSONS[code]
    [centre] = period.centre_ids
    facts = {
        "centre": centre, "programme": period.programme_code, "first": period.starts_on, "last": period.ends_on, "tz": settings.TIME_ZONE,
    }  # fmt: skip
    sql = f"""
      SELECT e.gender, count(*) FILTER (WHERE {counted}), count(*) FILTER (WHERE {unknown}) {rows} AND {whom} GROUP BY 1
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        found: dict[str, Any] = {gender: (known, missing) for gender, known, missing in cursor.fetchall()}
    cells = [found.get(gender, (0, 0)) for gender in GENDERS]
    return [count for count, _missing in cells], sum(missing for _count, missing in cells)
