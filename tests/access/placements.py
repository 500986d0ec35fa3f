"""Who may open what in the room of vacancies and placements."""

from typing import Any

from tests.access.table import C, K, Route
from tests.businesses.factories import BusinessFactory
from tests.counselling.factories import ClientFactory
from tests.placements.factories import PlacementFactory, RetentionCheckFactory, VacancyFactory

COUNSEL, SEE = frozenset({C}), frozenset({C, K})
BOTH = ("GET", "POST")


def _vacancy(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": VacancyFactory(centre=users[C].centre).public_id}


def _client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def _placement(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": PlacementFactory(client__counsellor=users[C]).public_id}


def _business(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": BusinessFactory(centre=users[C].centre).public_id}


def _check(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": RetentionCheckFactory(placement__client__counsellor=users[C]).public_id}


ROUTES = [
    Route("placements:vacancy_list", SEE, other_centre=0),
    Route("placements:vacancy_create", COUNSEL, BOTH, other_centre=0),
    Route("placements:vacancy_detail", SEE, kwargs=_vacancy),
    Route("placements:vacancy_edit", COUNSEL, BOTH, kwargs=_vacancy),
    Route("placements:vacancy_state", COUNSEL, ("POST",), kwargs=_vacancy),
    Route("placements:board", SEE, other_centre=0),
    Route("placements:placement_list", SEE, other_centre=0),
    Route("placements:placement_create", COUNSEL, BOTH, other_centre=0),
    Route("placements:client_choices", COUNSEL, other_centre=0),
    # A coordinator reads a placement; taking a step is the counsellor's in charge (403, see the room's own tests).
    Route("placements:placement_detail", SEE, BOTH, kwargs=_placement, post_statuses=(200, 302, 403, 422)),
    Route("placements:placement_undo", COUNSEL, ("POST",), kwargs=_placement),
    Route("placements:retention_list", SEE, other_centre=0),
    Route("placements:retention_panel", COUNSEL, other_centre=0),
    Route("placements:retention_answer", COUNSEL, BOTH, kwargs=_check),
    Route("placements:retention_clear", COUNSEL, ("POST",), kwargs=_check),
    Route("placements:client_panel", COUNSEL, kwargs=_client),
    Route("placements:client_propose", COUNSEL, kwargs=_client, get_status=302),
    Route("placements:business_panel", SEE, kwargs=_business),
]
