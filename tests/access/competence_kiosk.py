"""Routes of the kiosk and of the pages that start it."""

from typing import Any

from tests.access.table import C, Route
from tests.competence.factories import AssessmentFactory
from tests.counselling.factories import ClientFactory


def _client(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def _assessment(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": AssessmentFactory(client=ClientFactory(counsellor=users[C])).public_id}


def _session(name: str, *methods: str) -> Route:
    return Route(f"kiosk:{name}", methods=methods or ("GET",), kiosk=True)


ROUTES = [
    Route("kiosk:welcome", methods=("GET", "POST"), public=True),
    Route("kiosk:ended", public=True),
    _session("resume"),
    _session("measuring", "GET", "POST"),
    _session("question", "GET", "POST"),
    _session("save", "POST"),
    _session("claim", "POST"),
    _session("here", "POST"),
    _session("pause", "GET", "POST"),
    _session("finish", "GET", "POST"),
    Route("kiosk:start", roles=frozenset({C}), methods=("GET", "POST"), kwargs=_client),
    Route("kiosk:board", roles=frozenset({C}), kwargs=_assessment),
    Route("kiosk:state", roles=frozenset({C}), kwargs=_assessment),
    Route("kiosk:code", roles=frozenset({C}), methods=("POST",), kwargs=_assessment),
    Route("kiosk:hand_over", roles=frozenset({C}), methods=("POST",), kwargs=_assessment),
    Route("kiosk:end", roles=frozenset({C}), methods=("POST",), kwargs=_assessment),
]
