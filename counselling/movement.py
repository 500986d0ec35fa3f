"""Who is in counselling, who came back, who stayed away: told from the contacts alone, by one rule.

Somebody is in counselling for 365 days after each contact. Who was here, had none for longer and comes again has come back; who has had
none for longer has left. In any year: present at the end = present at the start + new + come back - left.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from counselling.counted import contacts, who_took_part
from counselling.models import Client
from iqquadrat.core.figures import Period

STAYS = timedelta(days=365)

# The days of every person's talks, alone or with others, beside the day before or the day after. ``counts``: the talk is one of the programme
# and the caseload that are counted. By days, as the rule says: the hour of a talk decides nothing. Of several talks on a day one that counts
# stands where the other day is seen.
_TALKS = """
    SELECT person, held_at, day, counts, lag(day) OVER (PARTITION BY person ORDER BY day {way}, counts DESC) AS {other}
      FROM (SELECT c.client_id AS person, c.held_at, {day} AS day, {counts} AS counts FROM counselling_consultation c
             WHERE c.client_id IS NOT NULL AND {held}
            UNION ALL
            SELECT a.client_id, c.held_at, {day}, {counts} FROM counselling_attendance a JOIN counselling_consultation c ON c.id = a.consultation_id
             WHERE {held}) AS place
"""
_PARTS = {
    "held": "NOT c.is_no_show AND c.centre_id = ANY(%(centres)s) AND c.held_at >= %(before)s AND c.held_at < %(end)s",
    "day": "(c.held_at AT TIME ZONE %(zone)s)::date",
    "counts": "(%(programme)s IN ('', c.programme_code) AND (%(counsellor)s = 0 OR c.counsellor_id = %(counsellor)s))",
}
_GONE = f"""
    SELECT person FROM ({_TALKS.format(way="DESC", other="after", **_PARTS)}) AS talk
     WHERE counts AND day < %(end_day)s - %(stays)s AND (after IS NULL OR after > day + %(stays)s)
"""
_RETURNED = f"""
    SELECT person FROM ({_TALKS.format(way="ASC", other="before", **_PARTS)}) AS talk
     WHERE counts AND held_at >= %(start)s
       AND CASE WHEN before IS NOT NULL THEN before < day - %(stays)s
                ELSE EXISTS (SELECT FROM counselling_consultation e WHERE e.client_id = person AND NOT e.is_no_show AND e.held_at < %(before)s)
                  OR EXISTS (SELECT FROM counselling_attendance f JOIN counselling_consultation e ON e.id = f.consultation_id
                              WHERE f.client_id = person AND NOT e.is_no_show AND e.held_at < %(before)s) END
"""


def last_moment(period: Period) -> datetime:
    """Return the end of the period, or of today where it is not over: nobody has left in the future."""
    tomorrow = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return min(period.ends_before, tomorrow)


def persons_present(period: Period) -> QuerySet[Client]:
    """Clients in counselling at the end of the period: the last contact lies no more than 365 days back."""
    end = last_moment(period)
    return who_took_part(contacts(period, between=(end - STAYS, end)))


def persons_returned(period: Period) -> QuerySet[Client]:
    """Clients who came again in the period after more than 365 days without a contact."""
    return _persons(_RETURNED, period)


def persons_gone(period: Period) -> QuerySet[Client]:
    """Clients whose last contact became older than 365 days in the period."""
    return _persons(_GONE, period)


def _persons(sql: str, period: Period) -> QuerySet[Client]:
    start, end = period.starts_at, last_moment(period)
    facts: dict[str, Any] = {
        "centres": list(period.centre_ids), "programme": period.programme_code, "counsellor": period.counsellor_id or 0,
        "start": start, "before": start - STAYS, "end": end, "end_day": end.date(), "stays": STAYS.days, "zone": timezone.get_current_timezone_name(),
    }  # fmt: skip
    # The names of the facts, in the order in which they stand in the statement.
    names = re.findall(r"%\((\w+)\)s", sql)
    chosen = RawSQL(re.sub(r"%\(\w+\)s", "%s", sql), [facts[name] for name in names])
    return Client.objects.filter(pk__in=chosen, merged_into=None).order_by("pk")
