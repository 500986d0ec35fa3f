"""Job searches of today's clients, gone through after the profile or in a talk, and the ways between the postal codes of the town."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from counselling.models import Client
from iqquadrat.accounts.models import Centre
from placements.enums import LegalPrerequisite
from placements.models import JobSearch, Placement, TravelTime
from placements.prefill import prefill_of
from placements.services.matching import store_match

FIELDS = [
    ("kitchen", "cleaning"), ("warehouse", "driving"), ("sales", "kitchen"), ("care", "cleaning"), ("construction", "garden"), ("sewing", "sales"),
    ("office", "sales"), ("repair", "construction"),
]  # fmt: skip
MORNINGS = [f"{day}_{part}" for day in ("mon", "tue", "wed", "thu", "fri") for part in ("am", "pm")]
WEEKS = [MORNINGS, [slot for slot in MORNINGS if slot.endswith("am")], [*MORNINGS, "sat_am", "sat_pm"], []]
CERTIFICATES = [[], ["none"], ["hygiene"], ["first_aid"], ["forklift"], ["care", "first_aid"]]
CODES = ["04103", "04155", "04177", "04315", "04317", "04318", "04347", "04357"]
# Minutes by tram between two neighbours of that list; further ones take longer.
A_STEP, FIRST = 7, 9


def make_searches(*, centre: Centre, clients: Sequence[Client], today: dt.date, random: Random) -> None:
    """Two of three clients have gone through their job search; of the others nothing is known, as it is in the first weeks."""
    TravelTime.objects.bulk_create(
        TravelTime(
            centre=centre,
            code_a=low,
            code_b=high,
            minutes=FIRST + A_STEP * (place + 1) + random.randint(-3, 4),
        )
        for number, low in enumerate(CODES)
        for place, high in enumerate(CODES[number + 1 :])
    )
    for client in clients:
        if random.random() < 0.67:
            _search(client, today, random)
    running = Placement.objects.filter(client__in=clients, started_on=None).select_related(
        "client", "vacancy__business", "client__counsellor"
    )
    for placement in running.order_by("pk"):
        store_match(placement, by=placement.client.counsellor)


def _search(client: Client, today: dt.date, random: Random) -> None:
    main, second = random.choice(FIELDS)
    years = random.randint(1, 9)
    low = random.choice([10, 15, 20])
    legal = LegalPrerequisite.ALLOWED if random.random() < 0.7 else ""
    day = today - dt.timedelta(days=random.randint(1, 30))
    said = {
        "fields_experienced": [main], "fields_wished": [second], "years_by_field": {main: years}, "hours_to": random.choice([25, 30, 40]),
        "slots": random.choice(WEEKS), "certificates": random.choice(CERTIFICATES), "minutes_limit": random.choice([30, 45, 60]),
    }  # fmt: skip
    JobSearch.objects.create(
        client=client, hours_from=low, legal=legal, legal_confirmed_on=day if legal else None,
        legal_confirmed_by=client.counsellor if legal else None, as_of=day, created_by=client.counsellor,
        **(said | _fitting(prefill_of(client).facts, low)),
    )  # fmt: skip


def _fitting(facts: dict[str, object], low: int) -> dict[str, object]:
    """What the profile says, but for hours below the lower end."""
    hours = facts.get("hours_to")
    return {
        name: value
        for name, value in facts.items()
        if name != "hours_to" or (isinstance(hours, int) and hours >= low)
    }
