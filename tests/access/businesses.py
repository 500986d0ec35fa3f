"""Who may open what in the room of the businesses."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from businesses.models import Section
from businesses.services import draw_call_backs
from tests.access.table import C, K, Route, S
from tests.businesses.factories import (
    AssignmentFactory,
    BusinessFactory,
    ContactAttemptFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)

OFFICE = frozenset({C, K})
PLAN = frozenset({K})
STREET = frozenset({S})
BOTH = ("GET", "POST")


def _business(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": BusinessFactory(centre=users[C].centre).public_id}


def _wave(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": WaveFactory(centre=users[C].centre).public_id}


def _section(users: dict[str, Any]) -> dict[str, Any]:
    wave = WaveFactory(centre=users[C].centre)
    return {"public_id": wave.public_id, "pk": AssignmentFactory(wave=wave, surveyor=users[S]).pk}


def _call_back(users: dict[str, Any]) -> dict[str, Any]:
    wave = WaveFactory(centre=users[C].centre)
    interview = InterviewFactory(
        wave=wave,
        surveyor=users[S],
        disposition="complete",
        completed_at=timezone.now() + timedelta(minutes=9),
    )
    [made] = draw_call_backs(wave=wave, seed=1, by=users[K])
    assert made.interview == interview
    return {"public_id": wave.public_id, "pk": made.pk}


def _unit(users: dict[str, Any]) -> Any:
    wave = WaveFactory(centre=users[S].centre)
    street = StreetFactory(centre=users[S].centre)
    AssignmentFactory(wave=wave, surveyor=users[S], street=street)
    return UnitFactory(wave=wave, business__premises__street=street)


def _door(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": _unit(users).pk}


def _refusal(users: dict[str, Any]) -> dict[str, Any]:
    attempt = ContactAttemptFactory(
        unit=_unit(users), surveyor=users[S], disposition="refusal", reason="no_time"
    )
    return {"pk": attempt.pk}


def _running(users: dict[str, Any]) -> dict[str, Any]:
    unit = _unit(users)
    interview = InterviewFactory(wave=unit.wave, business=unit.business, surveyor=users[S])
    return {"public_id": interview.public_id}


def _question(users: dict[str, Any]) -> dict[str, Any]:
    return _running(users) | {"key": "v01_role"}


def _street(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": StreetFactory(centre=users[C].centre).pk}


def _street_section(users: dict[str, Any]) -> dict[str, Any]:
    street = StreetFactory(centre=users[C].centre)
    return {"pk": Section.objects.create(street=street, name="Abschnitt A").pk}


def _to_code(users: dict[str, Any]) -> Any:
    return BusinessFactory(centre=users[C].centre, branch=None, branch_words="Damenfriseur")


def _coded(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": _to_code(users).public_id}


ROUTES = [
    Route("businesses:business_list", OFFICE, other_centre=0),
    Route("businesses:business_create", OFFICE, BOTH, other_centre=0),
    Route("businesses:business_detail", OFFICE, kwargs=_business),
    Route("businesses:business_edit", OFFICE, BOTH, kwargs=_business),
    Route("businesses:coding", OFFICE, other_centre=0),
    Route("businesses:business_code", OFFICE, ("POST",), kwargs=_coded),
    Route("businesses:training_place_create", OFFICE, BOTH, kwargs=_business),
    Route("businesses:consultation_create", OFFICE, BOTH, kwargs=_business),
    Route("businesses:street_view", OFFICE, other_centre=0),
    Route("businesses:business_map", OFFICE, other_centre=0),
    Route("businesses:business_points", OFFICE, other_centre=0),
    Route("businesses:street_list", PLAN, other_centre=0),
    Route("businesses:street_create", PLAN, BOTH, other_centre=0),
    Route("businesses:street_edit", PLAN, BOTH, kwargs=_street),
    Route("businesses:street_section_create", PLAN, BOTH, kwargs=_street),
    Route("businesses:street_section_edit", PLAN, BOTH, kwargs=_street_section),
    Route("businesses:street_section_delete", PLAN, ("POST",), kwargs=_street_section),
    Route("businesses:wave_list", OFFICE, other_centre=0),
    Route("businesses:wave_create", PLAN, BOTH, other_centre=0),
    Route("businesses:wave_detail", OFFICE, kwargs=_wave),
    Route("businesses:section_assign", PLAN, ("POST",), kwargs=_wave),
    Route("businesses:section_remove", PLAN, ("POST",), kwargs=_section),
    Route("businesses:wave_board", OFFICE, kwargs=_wave),
    Route("businesses:wave_close", PLAN, ("POST",), kwargs=_wave),
    Route("businesses:wave_reopen", PLAN, ("POST",), kwargs=_wave),
    Route("businesses:wave_delete", PLAN, ("POST",), kwargs=_wave),
    Route("businesses:call_backs", PLAN, kwargs=_wave),
    Route("businesses:call_back_draw", PLAN, ("POST",), kwargs=_wave),
    Route("businesses:call_back_note", PLAN, ("POST",), kwargs=_call_back),
    Route("businesses:wave_data", PLAN, kwargs=_wave),
    # Without a choice of waves the page comes back and asks for one.
    Route("businesses:survey_data", PLAN, kwargs=_wave, get_status=422),
    Route("businesses:quarter_sheet", PLAN, kwargs=_wave),
    Route("businesses:quarter_sheet_geojson", PLAN, kwargs=_wave),
    Route("businesses:survey_form", PLAN, kwargs=_wave),
    Route("businesses:field_home", STREET, other_centre=0),
    Route("businesses:field_panel", STREET, other_centre=0),
    Route("businesses:field_data", STREET, as_json=True, other_centre=0),
    Route("businesses:field_sync", STREET, ("POST",), as_json=True, other_centre=0),
    Route("businesses:unit_detail", STREET, kwargs=_door),
    Route("businesses:attempt_create", STREET, ("POST",), kwargs=_door),
    Route("businesses:refusal", STREET, BOTH, kwargs=_door),
    Route("businesses:doorstep", STREET, BOTH, kwargs=_refusal),
    Route("businesses:interview_begin", STREET, ("POST",), kwargs=_door),
    Route("interviews:interview_detail", OFFICE, kwargs=_running),
    Route("interviews:interview_continue", STREET, kwargs=_running, get_status=302),
    Route("interviews:interview_finish", STREET, BOTH, kwargs=_running),
    # A question of a version without questions leads to the first open one.
    Route("interviews:question", STREET, BOTH, kwargs=_question, get_status=302),
]
