"""Who meets what around the calendar."""

from typing import Any

from counselling import services
from counselling.models import AbsenceCover, CalendarFeed
from tests.access.counselling import COUNSEL, by_appointment, client
from tests.access.table import C, K, Route
from tests.counselling.factories import AbsenceFactory, FollowUpFactory

WRITE = ("GET", "POST")
POST = ("POST",)


def by_follow_up(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": FollowUpFactory(client=client(users)).pk}


def by_address(users: dict[str, Any]) -> dict[str, Any]:
    assert not CalendarFeed.objects.filter(user=users[C]).exists()
    return {"token": services.open_calendar_feed(by=users[C])}


ROUTES = [
    Route("counselling:week", roles=COUNSEL, other_centre=0),
    Route("counselling:reminders", roles=COUNSEL, other_centre=0),
    Route("counselling:reminder_note", roles=COUNSEL, methods=POST, kwargs=by_appointment),
    Route("counselling:appointment_cancel", roles=COUNSEL, methods=POST, kwargs=by_appointment),
    Route("counselling:appointment_restore", roles=COUNSEL, methods=POST, kwargs=by_appointment),
    Route("counselling:appointment_slip", roles=COUNSEL, kwargs=by_appointment),
    Route("counselling:calendar_feed", roles=COUNSEL, methods=WRITE, other_centre=0),
    Route("counselling:calendar_feed_close", roles=COUNSEL, methods=POST, other_centre=0),
    Route("counselling:calendar_file", public=True, kwargs=by_address, other_centre=0),
    Route("counselling:follow_up_edit", roles=COUNSEL, methods=WRITE, kwargs=by_follow_up),
    Route("counselling:follow_up_postpone", roles=COUNSEL, methods=POST, kwargs=by_follow_up),
    Route("counselling:follow_up_bulk", roles=COUNSEL, methods=POST, other_centre=0),
]


def by_absence(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": AbsenceFactory(counsellor=users[C]).pk}


def by_cover(users: dict[str, Any]) -> dict[str, Any]:
    absence = AbsenceFactory(counsellor=users[C])
    return {
        "pk": AbsenceCover.objects.create(absence=absence, client=client(users), deputy=absence.deputy).pk
    }


SEE, COORDINATE = frozenset({C, K}), frozenset({K})
ROUTES += [
    Route("counselling:absence_list", roles=SEE, other_centre=0),
    Route("counselling:absence_create", roles=SEE, methods=WRITE, other_centre=0),
    Route("counselling:absence_detail", roles=SEE, kwargs=by_absence),
    Route("counselling:absence_edit", roles=SEE, methods=WRITE, kwargs=by_absence),
    Route("counselling:absence_end", roles=SEE, methods=POST, kwargs=by_absence, post_statuses=(302, 404)),
    Route("counselling:cover_add", roles=SEE, methods=POST, kwargs=by_absence),
    Route("counselling:cover_remove", roles=SEE, methods=POST, kwargs=by_cover, post_statuses=(302, 404)),
    Route("counselling:hand_over", roles=COORDINATE, methods=WRITE, other_centre=0),
]
