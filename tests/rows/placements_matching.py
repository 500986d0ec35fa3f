"""Rows of matching."""

import datetime as dt

from django.utils import timezone

from iqquadrat.accounts.models import Centre
from placements.models import JobSearch, TravelTime, Vacancy
from tests.placements.factories import JobSearchFactory, TravelTimeFactory
from tests.rows.counselling import clients
from tests.rows.registry import Users, bulk, rows

WITHOUT: dict[str, str] = {"placements.StoredMatch": "one of a placement, shown on a page of its own"}


@rows(Centre, makes=(JobSearch, TravelTime))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    found = clients(centre, users, numbers)
    bulk(JobSearchFactory, range(len(found)), client=lambda n: found[n], as_of=dt.date(2026, 5, 4))
    known = TravelTime.objects.filter(centre=centre).count()
    bulk(
        TravelTimeFactory, range(known, numbers.stop), centre=centre, code_a=lambda n: f"{4000 + n:05d}", code_b=lambda n: f"{54000 + n:05d}",
    )  # fmt: skip


@rows(Vacancy)
def _of_a_vacancy(vacancy: Vacancy, users: Users, numbers: range) -> None:
    found = clients(vacancy.centre, users, numbers)
    bulk(JobSearchFactory, range(len(found)), client=lambda n: found[n], as_of=timezone.localdate())
