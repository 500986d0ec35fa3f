"""Who meets what where somebody is recorded twice."""

from typing import Any

from counselling import services
from tests.access.table import C, Route
from tests.counselling.factories import ClientFactory

COUNSEL = frozenset({C})
WRITE = ("GET", "POST")


def by_client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def by_two(users: dict[str, Any]) -> dict[str, Any]:
    return by_client(users) | {"other": ClientFactory(counsellor=users[C]).public_id}


def by_merge(users: dict[str, Any]) -> dict[str, Any]:
    kept, absorbed = (ClientFactory(counsellor=users[C]) for _ in range(2))
    return {"pk": services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=users[C]).pk}


ROUTES = [
    Route("counselling:client_ask", roles=COUNSEL, methods=("POST",), kwargs=by_client),
    Route("counselling:merge_find", roles=COUNSEL, kwargs=by_client),
    Route("counselling:merge_compare", roles=COUNSEL, methods=WRITE, kwargs=by_two),
    Route("counselling:merge_undo", roles=COUNSEL, methods=WRITE, kwargs=by_merge),
]
