"""Consultations by the hundred thousand: four years of them, two in the programme's period, made by the database itself.

One consultation in ten has a second person, one in four further topics, one in twelve is an appointment nobody came to; a person comes
six times.
"""

import datetime as dt
from pathlib import Path

from benchmarks.database import kept

FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 12, 31)

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


def use(talks: int) -> None:
    """Connect to the database with so many consultations."""
    kept(f"bench_talks_{talks}", [Path(__file__)], lambda: _fill(talks))


def _fill(talks: int) -> None:
    from django.db import connection, transaction

    from counselling.models import Client
    from counselling.services.topics import ensure_topics
    from iqquadrat.accounts.models import Centre, User
    from iqquadrat.reporting.models import Programme

    ensure_topics()
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
