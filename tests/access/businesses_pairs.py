"""Who may say that two records of the register really are two."""

from typing import Any

from businesses.services import say_two
from tests.access.table import C, K, Route
from tests.businesses.factories import BusinessFactory

OFFICE = frozenset({C, K})


def _two(users: dict[str, Any]) -> dict[str, Any]:
    one, other = BusinessFactory.create_batch(2, centre=users[C].centre)
    return {"public_id": one.public_id, "other": other.public_id}


def _pair(users: dict[str, Any]) -> dict[str, Any]:
    one, other = BusinessFactory.create_batch(2, centre=users[C].centre)
    return {"pk": say_two(one=one, other=other, by=users[C]).pk}


ROUTES = [
    Route("businesses:really_two", OFFICE, ("GET", "POST"), kwargs=_two),
    # The second who may take it back finds it gone.
    Route("businesses:really_two_undo", OFFICE, ("POST",), kwargs=_pair, post_statuses=(302, 404)),
]
