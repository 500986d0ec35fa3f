"""Who notes which business a client runs."""

from typing import Any

from placements.models import Ownership
from tests.access.counselling import COUNSEL, WRITE, by_client, client
from tests.access.table import Route
from tests.businesses.factories import BusinessFactory


def by_ownership(users: dict[str, Any]) -> dict[str, Any]:
    owner = client(users)
    return {"pk": Ownership.objects.create(client=owner, business=BusinessFactory(centre=owner.centre)).pk}


ROUTES = [
    Route("placements:client_businesses", COUNSEL, kwargs=by_client),
    Route("placements:ownership_add", COUNSEL, WRITE, kwargs=by_client, post_statuses=(404,)),
    Route("placements:ownership_remove", COUNSEL, ("POST",), kwargs=by_ownership),
]
