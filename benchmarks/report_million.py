"""How long the report on many consultations takes and how much memory: a million of them, against SQL written by hand.

    .venv/bin/python -m benchmarks.report_million [CONSULTATIONS] [ROUNDS]

Works in a database of its own beside the one that is configured, and deletes it at the end. One consultation in ten has a second
person, one in four further topics, one in twelve is an appointment nobody came to. The hand-written statements give every number of the
report that comes from consultations, one statement a number as one would write it; fails when a number differs, when the report takes
more than 1.3 times as long, or when memory grows with the number of consultations.
"""

import datetime as dt
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.database import start

BAR, MOST_MEGABYTES = 1.3, 30
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 12, 31)

# Four years of days, two of them in the period; a person comes six times.
FILL = """
INSERT INTO counselling_client (centre_id, counsellor_id, number, created_at, changed_at, revision, public_id, {client_columns})
SELECT %(centre)s, %(user)s, 'K-' || n, now(), now(), 1, gen_random_uuid(), {client_values} FROM generate_series(1, %(persons)s) AS n;
INSERT INTO counselling_consultation
       (centre_id, client_id, counsellor_id, held_at, is_no_show, minutes, channel, languages, interpretation, main_topic_id, programme_code,
        concern, done, agreed, private_note, created_at, changed_at, revision, public_id)
SELECT %(centre)s, person.id, %(user)s, timestamptz '2022-01-03 09:00 Europe/Berlin' + (n * 7919 %% 1460) * interval '1 day',
       n %% 12 = 0, CASE WHEN n %% 12 = 0 THEN 0 ELSE 30 END, (ARRAY['person_planned', 'phone', 'video'])[n %% 3 + 1],
       CASE WHEN n %% 12 = 0 THEN '{{}}' ELSE (ARRAY['{{ar}}', '{{ru,de}}', '{{vi}}', '{{de}}'])[n %% 4 + 1]::varchar[] END, 'none',
       CASE WHEN n %% 12 = 0 THEN NULL ELSE topic.ids[n %% cardinality(topic.ids) + 1] END, 'bench', '', '', '', '', now(), now(), 1,
       gen_random_uuid()
  FROM generate_series(1, %(talks)s::bigint) AS n, (SELECT array_agg(id ORDER BY id) AS ids FROM counselling_topic) AS topic,
       (SELECT min(id) AS first FROM counselling_client) AS start, LATERAL (SELECT start.first + n * 104729 %% %(persons)s AS id) AS person;
INSERT INTO counselling_attendance (consultation_id, client_id)
SELECT c.id, CASE WHEN c.client_id > start.first THEN c.client_id - 1 ELSE c.client_id + 1 END
  FROM counselling_consultation c, (SELECT min(id) AS first FROM counselling_client) AS start WHERE c.id %% 10 = 1 AND NOT c.is_no_show;
INSERT INTO counselling_consultation_other_topics (consultation_id, topic_id)
SELECT c.id, t.id FROM counselling_consultation c JOIN counselling_topic t ON t.id = c.main_topic_id + 1 WHERE c.id %% 4 = 1;
"""
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


def main(talks: int, rounds: int) -> int:
    """Make the database, compare the numbers, measure, and delete it again."""
    start()
    from django.core.management import call_command
    from django.db import connection

    from counselling.services.topics import ensure_topics

    usual, own = connection.settings_dict["NAME"], "bench_report_million"
    _on_the_side(f'DROP DATABASE IF EXISTS "{own}"', f'CREATE DATABASE "{own}"')
    try:
        connection.settings_dict["NAME"] = own
        call_command("migrate", verbosity=0)
        ensure_topics()
        return _measure(_fill(talks), talks, rounds)
    finally:
        connection.close()
        _on_the_side(f'DROP DATABASE "{own}"')
        connection.settings_dict["NAME"] = usual


def _on_the_side(*statements: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def _fill(talks: int) -> Any:
    from django.db import connection, transaction

    from counselling.models import Client
    from iqquadrat.accounts.models import Centre, User
    from iqquadrat.reporting.models import Programme

    centre = Centre.objects.create(name="Messung", code="bench", city="Leipzig")
    user = User.objects.create(
        email="one@example.org", given_name="Jana", family_name="N", centre=centre, roles=["counsellor"]
    )
    programme = Programme.objects.create(code="bench", name="Messung", starts_on=FIRST, ends_on=LAST)
    programme.centres.add(centre)
    # Whatever else a client has is empty: the columns without a default in the database are named by the model.
    named = {
        "id",
        "centre_id",
        "counsellor_id",
        "number",
        "created_at",
        "changed_at",
        "revision",
        "public_id",
    }
    empty = Client(
        centre=centre,
        counsellor=user,
        in_charge_since=FIRST,
        given_name="A",
        family_name="B",
        latin_given_name="A",
        latin_family_name="B",
    )
    rest = {
        field.column: field.get_db_prep_save(field.pre_save(empty, add=True), connection)
        for field in Client._meta.concrete_fields
        if field.column not in named and not field.null
    }
    facts = {"centre": centre.pk, "user": user.pk, "talks": talks, "persons": max(talks // 6, 2)}
    facts |= {f"rest_{column}": value for column, value in rest.items()}
    sql = FILL.format(
        client_columns=", ".join(rest), client_values=", ".join(f"%(rest_{column})s" for column in rest)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        # Nobody doubts these rows: no trigger looks at each of a million.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in sql.strip().rstrip(";").split(";\n"):
            cursor.execute(statement, facts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return programme


def _measure(programme: Any, talks: int, rounds: int) -> int:
    from django.db import connection

    from iqquadrat.reporting.queries import count_report, period_of

    period = period_of(programme)
    facts = {
        "centre": period.centre_ids[0], "from": period.starts_at, "until": period.ends_before, "first": period.starts_on, "last": period.ends_on,
    }  # fmt: skip

    def rows(sql: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, facts)
            return cursor.fetchall()

    def by_hand() -> dict[str, Any]:
        found: dict[str, Any] = {code: rows(sql)[0][0] for code, sql in BY_HAND.items()}
        return (
            found | {code: dict(rows(sql)) for code, sql in TABLES.items()} | {"months": dict(rows(MONTHS))}
        )

    def ours() -> Any:
        return count_report(programme, period)

    report, expected = ours(), by_hand()
    tables = {table.breakdown.code: table for chapter in report.chapters for table in chapter.tables}
    found: dict[str, Any] = {code: report.value(code) for code in BY_HAND}
    found |= {code: {row.key: row.count for row in tables[code].slices if row.count} for code in TABLES}
    found["months"] = {month.first: month.contacts for month in report.months if month.contacts}
    wrong = [code for code in expected if expected[code] != found[code]]
    seconds = [(_seconds(ours), _seconds(by_hand)) for _round in range(rounds)]
    mine, floor = (median(pair[which] for pair in seconds) for which in (0, 1))
    tracemalloc.start()
    ours()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{talks:,} consultations, {found['contacts']:,} counted, {found['persons_advised']:,} persons")
    print(f"report {mine:.2f} s, by hand {floor:.2f} s, ratio {mine / floor:.2f} (bar {BAR})")
    print(f"memory while counting {peak:.1f} MB (bar {MOST_MEGABYTES}), resident at most {resident:.0f} MB")
    for code in wrong:
        print(f"DIFFERS: {code}: by hand {expected[code]}, report {found[code]}")
    return int(bool(wrong) or mine / floor > BAR or peak > MOST_MEGABYTES)


def _seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


if __name__ == "__main__":
    numbers = [int(text.replace("_", "")) for text in sys.argv[1:]]
    usual_numbers = (1_000_000, 3)
    sys.exit(main(*numbers, *usual_numbers[len(numbers) :]))
