"""Who may open what of matching."""

from typing import Any

from tests.access.table import C, K, Route
from tests.counselling.factories import ClientFactory
from tests.placements.factories import StoredMatchFactory, TravelTimeFactory, VacancyFactory

COUNSEL, SEE, COORDINATE = frozenset({C}), frozenset({C, K}), frozenset({K})
BOTH = ("GET", "POST")


def _vacancy(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": VacancyFactory(centre=users[C].centre).public_id}


def _client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def _pair(users: dict[str, Any]) -> dict[str, Any]:
    return _client(users) | {"vacancy_id": VacancyFactory(centre=users[C].centre).public_id}


def _stored(users: dict[str, Any]) -> dict[str, Any]:
    stored = StoredMatchFactory(placement__client__counsellor=users[C])
    return {"public_id": stored.placement.public_id}


def _way(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": TravelTimeFactory(centre=users[K].centre).pk}


ROUTES = [
    Route("placements:matching_for_vacancy", SEE, kwargs=_vacancy),
    Route("placements:matching_for_client", COUNSEL, kwargs=_client),
    # A coordinator sees how far it fits, under the number; what the client offers is the counsellor's.
    Route("placements:match_detail", SEE, kwargs=_pair),
    Route("placements:match_show", COUNSEL, kwargs=_pair),
    Route("placements:match_paper", COUNSEL, kwargs=_pair),
    Route("placements:stored_match", SEE, kwargs=_stored),
    Route("placements:job_search_edit", COUNSEL, BOTH, kwargs=_client),
    Route("placements:job_search_panel", COUNSEL, kwargs=_client),
    Route("placements:matching_audit", COORDINATE, other_centre=0),
    Route("placements:travel_times", COORDINATE, BOTH, other_centre=0),
    Route("placements:travel_time_delete", COORDINATE, ("POST",), kwargs=_way),
]
