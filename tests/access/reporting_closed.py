"""Who meets what about closed periods."""

import datetime as dt
from typing import Any

from iqquadrat.reporting.models import ClosedPeriod
from tests.access.table import C, K, Route
from tests.counselling.factories import ClientFactory, ConsultationFactory

COORDINATE = frozenset({K})


def by_period(users: dict[str, Any]) -> dict[str, Any]:
    made = ClosedPeriod.objects.create(centre=users[K].centre, until=dt.date(2026, 6, 30), closed_by=users[K])
    return {"pk": made.pk}


def by_client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def by_talk(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ConsultationFactory(client=ClientFactory(counsellor=users[C])).public_id}


ROUTES = [
    Route("reporting:late_of_client", frozenset({C}), kwargs=by_client),
    Route("reporting:late_of_consultation", frozenset({C}), kwargs=by_talk),
    Route("reporting:closed_periods", COORDINATE, ("GET", "POST"), other_centre=0),
    Route("reporting:late_changes", COORDINATE, kwargs=by_period),
    Route("reporting:period_reopen", COORDINATE, ("POST",), kwargs=by_period),
]
