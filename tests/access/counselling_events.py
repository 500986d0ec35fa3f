"""Who meets what at events, and at volunteers' hours."""

from typing import Any

from tests.access.table import C, K, Route
from tests.counselling.factories import (
    ClientFactory,
    EventAttendanceFactory,
    GroupEventFactory,
    VolunteerWorkFactory,
)

KEEP, COUNSEL = frozenset({C, K}), frozenset({C})
WRITE = ("GET", "POST")


def by_event(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": GroupEventFactory(centre=users[C].centre).public_id}


def by_place_on_list(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": EventAttendanceFactory(client=ClientFactory(counsellor=users[C])).pk}


def by_work(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": VolunteerWorkFactory(centre=users[C].centre).pk}


ROUTES = [
    Route("counselling:consultation_people", roles=COUNSEL, other_centre=0),
    Route("counselling:event_list", roles=KEEP, other_centre=0),
    Route("counselling:event_create", roles=KEEP, methods=WRITE, other_centre=0),
    Route("counselling:event_detail", roles=KEEP, kwargs=by_event),
    Route("counselling:event_edit", roles=KEEP, methods=WRITE, kwargs=by_event),
    # Two roles delete the same record: the second finds it gone.
    Route(
        "counselling:event_delete", roles=KEEP, methods=("POST",), kwargs=by_event, post_statuses=(302, 404)
    ),
    Route("counselling:event_put_on_list", roles=COUNSEL, methods=("POST",), kwargs=by_event),
    Route("counselling:event_paper", roles=KEEP, kwargs=by_event),
    Route("counselling:event_attendance", roles=COUNSEL, methods=("POST",), kwargs=by_place_on_list),
    Route("counselling:volunteer_list", roles=KEEP, other_centre=0),
    Route("counselling:volunteer_create", roles=KEEP, methods=WRITE, other_centre=0),
    Route("counselling:volunteer_edit", roles=KEEP, methods=WRITE, kwargs=by_work),
    Route(
        "counselling:volunteer_delete",
        roles=KEEP,
        methods=("POST",),
        kwargs=by_work,
        post_statuses=(302, 404),
    ),
]
