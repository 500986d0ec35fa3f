"""Who may open what of a wave's fieldwork: the photos of the signs, the plan, corrections, the list of those still wanted."""

from typing import Any

from tests.access.businesses import BOTH, OFFICE, PLAN, STREET, _running, _section, _unit, _wave
from tests.access.table import Route, S
from tests.businesses.factories import ContactAttemptFactory, UnitPhotoFactory


def _photo(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": UnitPhotoFactory(unit=_unit(users), by=users[S]).public_id}


def _attempt(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": ContactAttemptFactory(unit=_unit(users), surveyor=users[S]).pk}


def _walked(users: dict[str, Any]) -> dict[str, Any]:
    """A wave in which the surveyor has a section."""
    return {"public_id": _unit(users).wave.public_id}


ROUTES = [
    Route("businesses:wave_edit", PLAN, BOTH, kwargs=_wave),
    Route("businesses:sections_plan", PLAN, BOTH, kwargs=_wave),
    Route("businesses:section_hand_over", PLAN, BOTH, kwargs=_section),
    Route("businesses:attempt_edit", PLAN, BOTH, kwargs=_attempt),
    Route("businesses:attempt_delete", PLAN, ("POST",), kwargs=_attempt),
    Route("interviews:interview_hand_over", PLAN, ("POST",), kwargs=_running),
    Route("businesses:revisits", OFFICE | STREET, kwargs=_walked),
    Route("businesses:revisits_xlsx", PLAN, kwargs=_walked),
    Route("businesses:revisits_pdf", PLAN, kwargs=_walked),
    Route("businesses:field_photo", STREET, ("POST",), as_json=True, other_centre=0),
    Route("businesses:photo", OFFICE | STREET, kwargs=_photo),
    # The first of the roles removes it; for the second it is gone.
    Route("businesses:photo_remove", OFFICE, ("POST",), kwargs=_photo, post_statuses=(302, 404)),
]
