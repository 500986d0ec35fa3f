"""Who meets what about the rights of clients."""

from typing import Any

from django.utils import timezone

from iqquadrat.rights.models import LegalHold, PersonRequest
from tests.access.table import C, K, Route
from tests.counselling.factories import ClientFactory

COUNSEL, COORDINATE, BOTH = frozenset({C}), frozenset({K}), frozenset({C, K})
WRITE = ("GET", "POST")


def by_client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def by_paper(users: dict[str, Any]) -> dict[str, Any]:
    return by_client(users) | {"language": "de"}


def by_hold(users: dict[str, Any]) -> dict[str, Any]:
    held = LegalHold.objects.create(
        client=ClientFactory(counsellor=users[C]), reason="Klage am Sozialgericht", set_by=users[K]
    )
    return {"pk": held.pk}


def by_request(users: dict[str, Any], kind: str = "access") -> dict[str, Any]:
    client = ClientFactory(counsellor=users[C])
    today = timezone.localdate()
    asked = PersonRequest.objects.create(
        client=client, centre=client.centre, kind=kind, received_on=today, due_on=today
    )
    return {"pk": asked.pk}


def by_wish(users: dict[str, Any]) -> dict[str, Any]:
    return by_request(users, kind="erase")


ROUTES = [
    Route("rights:client_rights", COUNSEL, kwargs=by_client),
    Route("rights:hand_over_file", COUNSEL, kwargs=by_client),
    Route("rights:hand_over_paper", COUNSEL, kwargs=by_paper),
    Route("rights:request_create", BOTH, WRITE, kwargs=by_client),
    Route("rights:client_erase", COORDINATE, WRITE, kwargs=by_client),
    Route("rights:client_hold", COORDINATE, WRITE, kwargs=by_client),
    Route("rights:hold_lift", COORDINATE, ("POST",), kwargs=by_hold),
    Route("rights:request_list", BOTH, other_centre=0),
    Route("rights:requests_today", BOTH, other_centre=0),
    Route("rights:request_answer", BOTH, WRITE, kwargs=by_request),
    Route("rights:erasing_propose", BOTH, ("POST",), kwargs=by_wish),
    Route("rights:erasing_take_back", BOTH, ("POST",), kwargs=by_wish),
]
