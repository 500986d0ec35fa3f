"""The report on many consultations against SQL written by hand: every number of it that comes from consultations, one statement a number.

Fails when a number differs. The memory is that of Python while it counts; whatever the number of consultations, it may not grow.
"""

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from benchmarks import talks
from benchmarks.measure import Row, in_turns
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.queries import count_report, period_of

BAR, MOST_MEGABYTES = 1.3, 30
_HELD = "NOT c.is_no_show AND c.centre_id = %(centre)s AND c.programme_code = 'bench' AND c.held_at >= %(from)s AND c.held_at < %(until)s"
_OF = f"FROM counselling_consultation c WHERE {_HELD}"
# Everybody's talks, alone or with others.
_WHO = """
  SELECT c.client_id AS person, c.held_at FROM counselling_consultation c WHERE c.client_id IS NOT NULL AND NOT c.is_no_show
  UNION ALL
  SELECT a.client_id, c.held_at FROM counselling_attendance a JOIN counselling_consultation c ON c.id = a.consultation_id WHERE NOT c.is_no_show
"""
_ADVISED = f"""
  SELECT c.client_id AS person {_OF} AND c.client_id IS NOT NULL
  UNION SELECT a.client_id FROM counselling_attendance a JOIN counselling_consultation c ON c.id = a.consultation_id WHERE {_HELD}
"""
_WINDOW = f"""
  SELECT person, day, lag(day) OVER one AS before, lead(day) OVER one AS after
    FROM (SELECT DISTINCT person, (held_at AT TIME ZONE 'Europe/Berlin')::date AS day FROM ({_WHO}) AS who
           WHERE held_at >= %(from)s - interval '365 days' AND held_at < %(until)s) AS days WINDOW one AS (PARTITION BY person ORDER BY day)
"""
BY_HAND: dict[str, str] = {
    "persons_advised": f"SELECT count(*) FROM ({_ADVISED}) AS advised",
    "persons_new": f"""
      SELECT count(*) FROM (SELECT person FROM ({_ADVISED}) AS advised EXCEPT SELECT person FROM ({_WHO}) AS who WHERE held_at < %(from)s) AS fresh
    """,
    "persons_returned": f"""
      SELECT count(DISTINCT person) FROM ({_WINDOW}) AS talk
       WHERE day >= %(first)s AND (before < day - 365 OR before IS NULL
             AND EXISTS (SELECT FROM ({_WHO}) AS older WHERE older.person = talk.person AND older.held_at < %(from)s - interval '365 days'))
    """,
    "persons_gone": f"""
      SELECT count(DISTINCT person) FROM ({_WINDOW}) AS talk
       WHERE day <= %(last)s - 365 AND (after IS NULL OR after > day + 365)
    """,
    "persons_present": f"SELECT count(DISTINCT person) FROM ({_WHO}) AS who WHERE held_at >= %(until)s - interval '365 days' AND held_at < %(until)s",
    "contacts": f"SELECT count(*) {_OF}",
    "no_shows": f"SELECT count(*) {_OF.replace('NOT c.is_no_show', 'c.is_no_show')}",
    "contacts_with_several": f"SELECT count(*) {_OF} AND EXISTS (SELECT FROM counselling_attendance a WHERE a.consultation_id = c.id)",
    "services": f"""
      SELECT (SELECT count(*) {_OF}) + (SELECT count(*) FROM counselling_consultation_other_topics o
                                          JOIN counselling_consultation c ON c.id = o.consultation_id WHERE {_HELD})
    """,
}  # fmt: skip
TABLES: dict[str, str] = {
    "languages": f"SELECT language, count(*) FROM counselling_consultation c, unnest(c.languages) AS language WHERE {_HELD} GROUP BY 1",
    "language_help": f"SELECT c.interpretation, count(*) {_OF} GROUP BY 1",
    "topics": f"SELECT t.key, count(*) FROM counselling_consultation c JOIN counselling_topic t ON t.id = c.main_topic_id WHERE {_HELD} GROUP BY 1",
    "services_by_topic": f"""
      SELECT t.key, count(*) FROM (SELECT c.main_topic_id AS topic {_OF}
        UNION ALL SELECT o.topic_id FROM counselling_consultation_other_topics o JOIN counselling_consultation c ON c.id = o.consultation_id
                   WHERE {_HELD}) AS one JOIN counselling_topic t ON t.id = one.topic GROUP BY 1
    """,
    "channels": f"SELECT c.channel, count(*) {_OF} GROUP BY 1",
}  # fmt: skip
MONTHS = (
    f"SELECT date_trunc('month', c.held_at AT TIME ZONE 'Europe/Berlin')::date, count(*) {_OF} GROUP BY 1"
)


def rows(sizes: tuple[int, ...], rounds: int) -> Iterator[Row]:
    """Yield the time at each size against the hand-written statements, then the memory of the largest."""
    for size in sizes:
        talks.use(size)
        programme = Programme.objects.get(code="bench")
        ours, by_hand = _both(programme)
        _compare(ours(), by_hand())
        spent, floor = in_turns(ours, by_hand, rounds)
        yield Row(
            what="the report's figures of two years", size=f"{size:,}", ours=1000 * spent.wall, floor=1000 * floor.wall,
            ours_cpu=f"{1000 * spent.application:.0f} + {1000 * spent.database:.0f}", bar=f"{BAR} x by hand",
            holds=spent.wall <= BAR * floor.wall,
        )  # fmt: skip
    peak = _megabytes(ours)
    yield Row(
        what="memory while counting (MB instead of ms)", size=f"{sizes[-1]:,}", ours=peak, floor=MOST_MEGABYTES, ours_cpu="",
        bar=f"below {MOST_MEGABYTES}", holds=peak < MOST_MEGABYTES,
    )  # fmt: skip


def _both(programme: Programme) -> tuple[Callable[[], Any], Callable[[], dict[str, Any]]]:
    period = period_of(programme)
    facts = {
        "centre": period.centre_ids[0], "from": period.starts_at, "until": period.ends_before, "first": period.starts_on, "last": period.ends_on,
    }  # fmt: skip

    def found(sql: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, facts)
            return cursor.fetchall()

    def by_hand() -> dict[str, Any]:
        single: dict[str, Any] = {code: found(sql)[0][0] for code, sql in BY_HAND.items()}
        tables = {code: dict(found(sql)) for code, sql in TABLES.items()}
        return single | tables | {"months": dict(found(MONTHS))}

    return lambda: count_report(programme, period), by_hand


def _compare(report: Any, expected: dict[str, Any]) -> None:
    """Refuse to measure what is not the same: every number must be equal."""
    tables = {table.breakdown.code: table for chapter in report.chapters for table in chapter.tables}
    found: dict[str, Any] = {code: report.value(code) for code in BY_HAND}
    found |= {code: {row.key: row.count for row in tables[code].slices if row.count} for code in TABLES}
    found["months"] = {month.first: month.contacts for month in report.months if month.contacts}
    wrong = [f"{code}: by hand {expected[code]}, report {found[code]}" for code in expected if expected[code] != found[code]]  # fmt: skip
    if wrong:
        raise RuntimeError("; ".join(wrong))


def _megabytes(count: Callable[[], Any]) -> float:
    tracemalloc.start()
    count()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return peak
