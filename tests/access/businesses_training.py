"""Who corrects a training place."""

from typing import Any

from tests.access.table import C, K, Route
from tests.businesses.factories import TrainingPlaceFactory


def _place(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": TrainingPlaceFactory(business__centre=users[K].centre).pk}


ROUTES = [Route("businesses:training_place_edit", frozenset({C, K}), ("GET", "POST"), kwargs=_place)]
