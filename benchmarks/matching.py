"""Matching: the clients for a vacancy, against one plain pass of SQL over the same tables; memory must not grow with the clients.

The floor joins what our statement joins and sums a number over all rows: nobody could answer with less than looking at each client once.
"""

import resource
from functools import partial
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.measure import Row, in_turns
from counselling.models import Client
from iqquadrat.accounts.models import User
from placements.enums import FieldOfWork, WorkCertificate, WorkingSlot
from placements.match_facts import vacancy_facts
from placements.match_sql import candidates
from placements.matching.weights import weights_on
from placements.models import Vacancy

TIMES = 3.0  # the bar: so often the plain pass
GROWTH = 20  # and so many megabytes more than before, whatever the number of clients
FIELDS, SLOTS, CERTIFICATES = FieldOfWork.values, WorkingSlot.values, WorkCertificate.values
DEMANDS: dict[str, Any] = {
    "field_of_work": "kitchen", "hours_per_week": 25, "german_required": "A2", "languages": ["ar", "tr"], "postal_code": "04315",
    "working_slots": ["mon_am", "tue_am", "wed_am", "thu_am", "fri_am"], "experience_years": 2, "licences_desired": ["b"],
    "certificates_required": ["hygiene"], "certificates_desired": ["first_aid"],
}  # fmt: skip
SEARCHES = """
INSERT INTO placements_jobsearch (created_at, changed_at, revision, client_id, fields_experienced, fields_trained, fields_wished,
       years_by_field, hours_from, hours_to, slots, certificates, certificates_in_progress, licence_in_progress, minutes_limit, legal, as_of)
SELECT now(), now(), 1, id, ARRAY[(%(fields)s)[1 + id %% 11]]::varchar[], '{}', ARRAY[(%(fields)s)[1 + id %% 7]]::varchar[],
       jsonb_build_object((%(fields)s)[1 + id %% 11], id %% 9), 5 + id %% 20, 25 + id %% 16, (%(slots)s)[1 + id %% 5 : 8 + id %% 13]::varchar[],
       ARRAY[(%(certificates)s)[1 + id %% 8]]::varchar[], '{}', '', 20 + id %% 60, '', current_date
  FROM counselling_client ON CONFLICT DO NOTHING
"""
SKILLS = """
INSERT INTO counselling_languageskill (created_at, changed_at, revision, client_id, language, speaking, reading, source, noted_on)
SELECT now(), now(), 1, id, 'de', (ARRAY['none', 'a1', 'a2', 'b1', 'b2'])[1 + id %% 5], '', 'counsellor', current_date
  FROM counselling_client ON CONFLICT DO NOTHING
"""
PLACES = (
    "UPDATE counselling_client SET postal_code = (ARRAY['04315', '04317', '04318', '04347'])[1 + id %% 4]"
)
WAYS = """
INSERT INTO placements_traveltime (created_at, changed_at, revision, centre_id, code_a, code_b, minutes)
SELECT now(), now(), 1, %(centre)s, '04315', code, 20 FROM unnest(ARRAY['04317', '04347']) AS code ON CONFLICT DO NOTHING
"""
FLOOR = """
SELECT count(*), sum(j.hours_to), sum(length(s.speaking)), sum(cardinality(c.spoken_languages)), sum(t.minutes), count(k.client_id)
  FROM counselling_client c
  LEFT JOIN placements_jobsearch j ON j.client_id = c.id
  LEFT JOIN counselling_languageskill s ON s.client_id = c.id AND s.language = 'de'
  LEFT JOIN placements_traveltime t ON t.code_b = c.postal_code AND t.code_a = '04315' AND t.centre_id = %(centre)s
  LEFT JOIN counselling_consent k ON k.client_id = c.id AND k.purpose = 'share_with_employer' AND k.employer_name = 'Restaurant'
 WHERE c.centre_id = %(centre)s AND c.merged_into_id IS NULL AND c.erased_at IS NULL
"""


def fill(user: User) -> Vacancy:
    """Give every client a job search, a level of German and a postal code; return the vacancy they are compared with."""
    values = {"fields": FIELDS, "slots": SLOTS, "certificates": CERTIFICATES, "centre": user.centre_id}
    with connection.cursor() as cursor:
        for statement in (SEARCHES, SKILLS, PLACES, WAYS):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
    vacancy, _made = Vacancy.objects.get_or_create(
        centre_id=user.centre_id, employer_name="Restaurant", title="Küchenhilfe", defaults=DEMANDS
    )
    return vacancy


def rows(size: int, rounds: int) -> list[Row]:
    """Measure the first page and one in the middle."""
    user = User.objects.filter(roles__contains=["counsellor"]).order_by("pk")[0]
    vacancy = fill(user)
    facts, weights = vacancy_facts(vacancy), weights_on(timezone.localdate())
    everybody = Client.objects.standing().filter(centre_id=user.centre_id)

    def page(offset: int) -> None:
        candidates(
            clients=everybody,
            vacancy=facts,
            employer=vacancy.employer,
            centre_id=user.centre_id,
            weights=weights,
            offset=offset,
        )

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, {"centre": user.centre_id})
            cursor.fetchall()

    found = []
    for what, offset in (
        ("matching, first page", 0),
        ("matching, a page in the middle", Random(size).randrange(max(1, size // 2))),
    ):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ours, least = in_turns(partial(page, offset), floor, rounds)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        holds = ours.wall <= TIMES * least.wall and grown <= GROWTH
        found.append(
            Row(
                what, f"{size:,}", 1000 * ours.wall, 1000 * least.wall,
                f"{1000 * ours.application:.1f} + {1000 * ours.database:.1f}", f"{TIMES:g}x, +{grown:.0f} of {GROWTH} MB", holds,
            )
        )  # fmt: skip
    return found
