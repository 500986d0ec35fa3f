"""Rows of participations: a centre's, one client's, and the businesses that clients run."""

import datetime as dt

from django.utils import timezone

from counselling.models import Client, Participation, ParticipationQuestion, ParticipationSensitive
from iqquadrat.accounts.models import Centre
from placements.models import Ownership
from tests.counselling.participating import ParticipationFactory, QuestionFactory, SensitiveFactory
from tests.rows.businesses import businesses
from tests.rows.counselling import clients
from tests.rows.registry import Users, bulk, rows, store


@rows(Centre, makes=(Participation, ParticipationSensitive, ParticipationQuestion))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    found = clients(centre, users, numbers)
    today = timezone.localdate()
    made = bulk(
        ParticipationFactory,
        range(len(found)),
        client=lambda n: found[n],
        entered_on=today - dt.timedelta(days=60),
        left_on=today,
    )
    bulk(SensitiveFactory, range(len(made)), participation=lambda n: made[n])
    bulk(QuestionFactory, range(len(made)), participation=lambda n: made[n], due_on=today)


@rows(Client, makes=(Ownership,))
def _of_one_client(client: Client, users: Users, numbers: range) -> None:
    some = numbers[:30]  # a life has no hundred programmes
    days = {n: dt.date(2021, 1, 1) + dt.timedelta(days=n) for n in some}
    made = bulk(
        ParticipationFactory,
        some,
        client=client,
        programme_code="rows",
        entered_on=lambda n: days[n],
        left_on=lambda n: days[n],
    )
    bulk(
        QuestionFactory, range(len(made)), participation=lambda n: made[n], due_on=lambda n: made[n].left_on,
        answer=lambda n: "unknown" if n % 2 == 0 else "", asked_on=lambda n: made[n].left_on if n % 2 == 0 else None,
    )  # fmt: skip
    store([Ownership(client=client, business=shop) for shop in businesses(client.centre, some)])
