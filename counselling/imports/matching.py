"""Is this person here already? Asked of all rows: against the clients of the centre, and against the rows above them.

People are known again by the phone number, by the exact birth date with a name in common, or by the whole name where no exact birth
date speaks against it. Names are compared by their skeletons (``core.folding``), so spelling and script do not matter.

The database compares, all rows at once: names are so unevenly spread that looking for one after the other would not end.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg2.extras import execute_values

from counselling.enums import BirthPrecision, MatchGround
from counselling.models import Client, Consultation, ImportRow, ShortContact
from iqquadrat.core.folding import SKELETON, number_keys, skeletons

CHUNK = 1_000
SHORTEST_PHONE = 6
# A skeleton of one consonant is no name.
SHORTEST_SKELETON = len(SKELETON) + 2


@dataclass
class Person:
    """What of a row is compared."""

    words: list[set[str]]
    birth_date: dt.date | None
    phone: str
    parts: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, facts: dict[str, Any]) -> "Person":
        """Read it from the facts of a client."""
        latin = f"{facts.get('latin_given_name', '')} {facts.get('latin_family_name', '')}".strip()
        words = skeletons(latin or f"{facts.get('given_name', '')} {facts.get('family_name', '')}")
        exact = facts.get("birth_precision") == BirthPrecision.DAY
        parts = {shape for word in words for shape in word if len(shape) >= SHORTEST_SKELETON}
        return cls(words, facts["birth_date"] if exact else None, phone_key(facts.get("phone", "")), parts)

    @property
    def whole_key(self) -> str:
        """The whole name as one key, in whatever order it is written."""
        return " ".join(sorted(min(word) for word in self.words))[:300] if len(self.words) > 1 else ""


def phone_key(text: str) -> str:
    """Return a phone number as it is compared; empty for what is too short to be anybody's."""
    key = max(number_keys(text), key=len, default="")
    return key if len(key) >= SHORTEST_PHONE else ""


# The clients who have a name or the phone number in common with a row: who has none cannot be anybody of the list.
_NEAR = """
SELECT DISTINCT client.id FROM counselling_client AS client, unnest(string_to_array(client.search_key, ' ')) AS key
WHERE client.centre_id = %(centre)s AND key IN (
    SELECT unnest(part_keys) FROM counselling_importrow WHERE run_id = %(run)s
    UNION SELECT phone_key FROM counselling_importrow WHERE run_id = %(run)s AND phone_key <> ''
)
"""
_KNOWN = """
CREATE TEMPORARY TABLE import_known (
    client_id bigint, whole_key text, part_keys text[], birth_date date, phone_key text
) ON COMMIT DROP
"""
_STORED = """
WITH named AS (
    SELECT id, whole_key, part_keys, birth_date, phone_key FROM counselling_importrow WHERE run_id = %(run)s AND facts IS NOT NULL
), alike AS (
    SELECT id, client_id, 'phone' AS ground FROM named JOIN import_known AS known USING (phone_key) WHERE phone_key <> ''
    UNION ALL
    SELECT id, client_id, 'birth' FROM named JOIN import_known AS known USING (birth_date)
    WHERE named.part_keys::text[] && known.part_keys
    UNION ALL
    SELECT id, client_id, 'name' FROM named JOIN import_known AS known USING (whole_key)
    WHERE whole_key <> '' AND COALESCE(named.birth_date = known.birth_date, true)
), counted AS (
    SELECT id, client_id, array_agg(DISTINCT ground) AS grounds, count(DISTINCT ground) AS how_many FROM alike GROUP BY 1, 2
), best AS (
    SELECT DISTINCT ON (id) id, client_id, grounds FROM counted ORDER BY id, how_many DESC, client_id
)
UPDATE counselling_importrow AS row SET match_id = best.client_id, grounds = best.grounds FROM best WHERE row.id = best.id
"""
_COMPARED = (
    "pk", "given_name", "family_name", "latin_given_name", "latin_family_name", "birth_date", "birth_precision", "phone", "search_key",
)  # fmt: skip


def match_stored(run_id: int, centre_id: int, tick: Callable[[], None]) -> None:
    """Write into the rows which client of the centre each of them may be; inside a transaction.

    The clients are made comparable one after the other and compared by the database: memory stays flat. ``tick`` is called now
    and then.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        cursor.execute(_NEAR, {"run": run_id, "centre": centre_id})
        near = [pk for (pk,) in cursor.fetchall()]
        for first in range(0, len(near), CHUNK):
            clients = Client.objects.standing().only(*_COMPARED).filter(pk__in=near[first : first + CHUNK])
            execute_values(
                cursor.cursor, "INSERT INTO import_known VALUES %s", [_known(client) for client in clients]
            )
            tick()
        cursor.execute("ANALYZE import_known")
        cursor.execute(_STORED, {"run": run_id})
        cursor.execute("DROP TABLE import_known")


def _known(client: Client) -> tuple[Any, ...]:
    """Return a client as a row is compared with it; other names count as parts of the name."""
    person = Person.of({name: getattr(client, name) for name in _COMPARED})
    parts = [
        key for key in client.search_key.split() if key.startswith(SKELETON) and len(key) >= SHORTEST_SKELETON
    ]
    return client.pk, person.whole_key, parts, person.birth_date, person.phone


# Each row is held against the first one above it that is like it; the numbers of the grounds are those of the query.
_WITHIN = """
WITH named AS (
    SELECT id, line, whole_key, part_keys, birth_date, phone_key FROM counselling_importrow WHERE run_id = %(run)s AND facts IS NOT NULL
), alike AS (
    SELECT id, line, min(line) OVER (PARTITION BY phone_key) AS first, 'phone' AS ground FROM named WHERE phone_key <> ''
    UNION ALL
    SELECT id, line, min(line) OVER (PARTITION BY birth_date, part), 'birth' FROM named, unnest(part_keys) AS part
    WHERE birth_date IS NOT NULL
    UNION ALL
    SELECT id, line, min(line) OVER (PARTITION BY whole_key, birth_date), 'name' FROM named WHERE whole_key <> ''
    UNION ALL
    SELECT id, line, CASE WHEN birth_date IS NULL THEN min(line) OVER (PARTITION BY whole_key)
        ELSE min(line) FILTER (WHERE birth_date IS NULL) OVER (PARTITION BY whole_key) END, 'name'
    FROM named WHERE whole_key <> ''
), found AS (
    SELECT id, min(first) AS first, array_agg(DISTINCT ground) AS grounds FROM alike WHERE first < line GROUP BY id
)
UPDATE counselling_importrow AS row SET match_line = found.first, grounds = found.grounds
FROM found WHERE row.id = found.id AND row.match_id IS NULL AND row.grounds = '{}'
"""
_WITHIN_EQUAL = """
UPDATE counselling_importrow AS row SET match_line = found.first, grounds = '{equal}'
FROM (
    SELECT id, line, min(line) OVER (PARTITION BY whole_key) AS first FROM counselling_importrow
    WHERE run_id = %(run)s AND facts IS NOT NULL AND whole_key <> ''
) AS found
WHERE row.id = found.id AND found.first < found.line AND row.grounds = '{}'
"""


def match_people_within(run_id: int) -> None:
    """Write into the rows which row above each of them may be the same person."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, {"run": run_id})


def match_entries_within(run_id: int) -> None:
    """Write into the rows of consultations which row above each of them is the same entry."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN_EQUAL, {"run": run_id})


def entry_key(facts: dict[str, Any]) -> str:
    """Return by what two consultations are the same; empty for one without a person: many short contacts are alike."""
    if facts["client_id"] is None:
        return ""
    return f"{facts['client_id']} {facts['held_at']:%Y-%m-%d %H:%M} {facts['counsellor_id']}"


def match_stored_entries(rows: Sequence[ImportRow], facts: Sequence[dict[str, Any]], centre_id: int) -> None:
    """Mark the rows of consultations that are stored already, as when a file comes a second time."""
    times = {fact["held_at"] for fact in facts}
    stored = set(
        Consultation.objects.filter(centre_id=centre_id, held_at__in=times).values_list(
            "client_id", "counsellor_id", "held_at", "minutes"
        )
    )
    short = set(
        ShortContact.objects.filter(centre_id=centre_id, at__in=times).values_list(
            "topic_id", "language", "counsellor_id", "at", "minutes"
        )
    )
    for row, fact in zip(rows, facts, strict=True):
        minutes, at, counsellor = fact["minutes"], fact["held_at"], fact["counsellor_id"]
        if fact["is_short"]:
            known = (fact["main_topic_id"], fact["languages"][0], counsellor, at, minutes) in short
        else:
            known = (fact["client_id"], counsellor, at, minutes) in stored
        if known:
            row.match_id, row.grounds = fact["client_id"], [MatchGround.EQUAL.value]
