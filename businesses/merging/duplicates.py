"""Finding two records of one business: the same house and a similar name; a founder without a shop by the name alone.

A pair of which somebody has said that it really is two is not proposed again.
"""

from dataclasses import dataclass

from django.db import connection

from businesses.models import Business
from iqquadrat.accounts.models import User

# Shared trigrams of the folded names (pg_trgm), from 0 to 1. Behind one house number less is needed than anywhere in the centre.
ALIKE_IN_A_HOUSE = 0.4
ALIKE_ANYWHERE = 0.6
MOST_PAIRS = 200

_PAIRS = """
SELECT one.id, other.id, similarity(one.name_key, other.name_key) AS alike
FROM businesses_business one
JOIN businesses_premises here ON here.id = one.premises_id
JOIN businesses_premises there
  ON there.street_id = here.street_id AND there.house_number = here.house_number AND there.addition = here.addition
JOIN businesses_business other ON other.premises_id = there.id AND other.id > one.id
WHERE one.centre_id = %(centre)s AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
  AND one.predecessor_id IS DISTINCT FROM other.id AND other.predecessor_id IS DISTINCT FROM one.id
  AND NOT EXISTS (SELECT FROM businesses_reallytwo two WHERE two.first_id = least(one.id, other.id) AND two.second_id = greatest(one.id, other.id))
  AND ((one.name_key <> '' AND similarity(one.name_key, other.name_key) >= %(house)s)
    OR (one.name_key = '' AND other.name_key = '' AND here.id = there.id))
UNION ALL
SELECT one.id, other.id, similarity(one.name_key, other.name_key)
FROM businesses_business one
JOIN businesses_business other
  ON other.centre_id = one.centre_id AND other.id <> one.id AND (other.premises_id IS NOT NULL OR other.id > one.id)
 AND other.name_key %% one.name_key
WHERE one.centre_id = %(centre)s AND one.premises_id IS NULL AND one.name_key <> ''
  AND one.merged_into_id IS NULL AND other.merged_into_id IS NULL
  AND one.predecessor_id IS DISTINCT FROM other.id AND other.predecessor_id IS DISTINCT FROM one.id
  AND NOT EXISTS (SELECT FROM businesses_reallytwo two WHERE two.first_id = least(one.id, other.id) AND two.second_id = greatest(one.id, other.id))
  AND similarity(one.name_key, other.name_key) >= %(anywhere)s
ORDER BY alike DESC, 1, 2 LIMIT %(most)s
"""


@dataclass(frozen=True)
class Pair:
    """Two records that could be one business. ``alike`` in per cent; two vacant shops behind one door are fully alike."""

    one: Business
    other: Business
    alike: int


def pairs_of(user: User, *, about: Business | None = None) -> list[Pair]:
    """Return the pairs of the centre, the most alike first; ``about`` keeps those that one business is part of. At most 200."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {
            "centre": user.centre_id, "house": ALIKE_IN_A_HOUSE, "anywhere": ALIKE_ANYWHERE, "most": MOST_PAIRS,
        })  # fmt: skip
        found = cursor.fetchall()
    if about is not None:
        found = [row for row in found if about.pk in row[:2]]
    visible = Business.objects.visible_to(user).listed()
    businesses = visible.in_bulk([pk for row in found for pk in row[:2]])
    return [
        Pair(businesses[one], businesses[other], round(alike * 100) if businesses[one].name_key else 100)
        for one, other, alike in found
        if one in businesses and other in businesses
    ]
