"""Who may open what of needs, events and their papers."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from businesses.enums import Presence
from businesses.models import Event
from businesses.services import Came, enrol, hold_event, invite, note_attendance, open_need, plan_event
from tests.access.table import C, K, Route
from tests.businesses.factories import BusinessFactory

OFFICE = frozenset({C, K})
PLAN = frozenset({K})
BOTH = ("GET", "POST")


def _need(users: dict[str, Any]) -> dict[str, Any]:
    business = BusinessFactory(centre=users[C].centre)
    return {"public_id": open_need(business=business, topic="tax", by=users[C]).public_id}


def _business(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": BusinessFactory(centre=users[C].centre).public_id}


def _planned(users: dict[str, Any]) -> Event:
    start = timezone.now() + timedelta(weeks=1)
    return plan_event(
        centre=users[C].centre, kind="course", title="Deutsch im Laden", at=start, further=[start + timedelta(weeks=1)],
        topic="german", by=users[C],
    )  # fmt: skip


def _event(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": _planned(users).public_id}


def _series(users: dict[str, Any]) -> dict[str, Any]:
    series = _planned(users).series
    assert series is not None
    return {"public_id": series.public_id}


def _certified(users: dict[str, Any]) -> dict[str, Any]:
    """A course of which one date was held, and one business was there."""
    start, business = timezone.now() - timedelta(days=1), BusinessFactory(centre=users[C].centre)
    event = plan_event(
        centre=users[C].centre, kind="course", title="Deutsch im Laden", at=start, further=[start + timedelta(weeks=1)], by=users[C]
    )  # fmt: skip
    enrol(event=event, business=business, by=users[C])
    note_attendance(
        event=event, came={business: Came(Presence.PRESENT, 1)}, unnamed=0, revision=1, by=users[C]
    )
    assert event.series is not None
    return {"public_id": event.series.public_id}


def _held(users: dict[str, Any]) -> dict[str, Any]:
    held = hold_event(
        centre=users[C].centre, kind="regulars_table", title="Stammtisch", at=timezone.now() - timedelta(days=1), by=users[C],
    )  # fmt: skip
    return {"public_id": held.public_id}


def _invited(users: dict[str, Any]) -> dict[str, Any]:
    event, business = _planned(users), BusinessFactory(centre=users[C].centre)
    invite(event=event, letters={business: "vi"}, by=users[C])
    return {"public_id": event.public_id}


def _seat(users: dict[str, Any]) -> dict[str, Any]:
    event = _planned(users)
    seat = enrol(event=event, business=BusinessFactory(centre=users[C].centre), by=users[C])
    return {"public_id": event.public_id, "pk": seat.pk}


ROUTES = [
    Route("businesses:need_list", OFFICE, other_centre=0),
    Route("businesses:need_export", PLAN, other_centre=0),
    Route("businesses:needs_panel", OFFICE, other_centre=0),
    Route("businesses:need_detail", OFFICE, BOTH, kwargs=_need),
    Route("businesses:need_take", OFFICE, ("POST",), kwargs=_need),
    Route("businesses:business_needs", OFFICE, kwargs=_business),
    Route("businesses:need_create", OFFICE, BOTH, kwargs=_business),
    Route("businesses:event_list", OFFICE, other_centre=0),
    Route("businesses:event_plan", OFFICE, BOTH, other_centre=0),
    Route("businesses:event_create", OFFICE, BOTH, other_centre=0),
    Route("businesses:event_detail", OFFICE, kwargs=_event),
    Route("businesses:event_edit", OFFICE, BOTH, kwargs=_event),
    Route("businesses:event_minutes", OFFICE, BOTH, kwargs=_event),
    Route("businesses:event_cancel", OFFICE, BOTH, kwargs=_event),
    Route("businesses:event_replan", OFFICE, ("POST",), kwargs=_event),
    Route("businesses:event_file", OFFICE, kwargs=_event),
    Route("businesses:series_detail", OFFICE, kwargs=_series),
    Route("businesses:series_date", OFFICE, BOTH, kwargs=_series),
    Route("businesses:series_file", OFFICE, kwargs=_series),
    Route("businesses:event_enrol", OFFICE, ("POST",), kwargs=_event),
    Route("businesses:event_withdraw", OFFICE, ("POST",), kwargs=_seat),
    Route("businesses:event_attendance", OFFICE, BOTH, kwargs=_held),
    Route("businesses:attendance_paper", OFFICE, kwargs=_event),
    Route("businesses:minutes_paper", OFFICE, kwargs=_held),
    Route("businesses:invitations", OFFICE, BOTH, kwargs=_event),
    Route("businesses:invitations_paper", OFFICE, kwargs=_invited),
    Route("businesses:certificates", OFFICE, kwargs=_certified),
]
