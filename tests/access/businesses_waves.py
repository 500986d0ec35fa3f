"""Who may open what of a wave's fieldwork: the photos of the signs."""

from typing import Any

from tests.access.businesses import OFFICE, STREET, _unit
from tests.access.table import Route, S
from tests.businesses.factories import UnitPhotoFactory


def _photo(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": UnitPhotoFactory(unit=_unit(users), by=users[S]).public_id}


ROUTES = [
    Route("businesses:field_photo", STREET, ("POST",), as_json=True, other_centre=0),
    Route("businesses:photo", OFFICE | STREET, kwargs=_photo),
    Route("businesses:photo_remove", OFFICE, ("POST",), kwargs=_photo),
]
