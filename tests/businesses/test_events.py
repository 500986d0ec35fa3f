"""Planned dates: seats in order, who came, and that only what was held is counted."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from businesses import errors, services
from businesses.enums import Presence
from businesses.models import Business, Enrolment, Event, EventSeries, Invitation
from businesses.reports import business_events
from businesses.services import Came
from iqquadrat.accounts.models import User
from iqquadrat.core.figures import Period
from tests.businesses.factories import BusinessFactory, EventFactory

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(weeks=1)


def _planned(by: User, *, at: dt.datetime | None = None, **facts: Any) -> Event:
    return services.plan_event(
        centre=by.centre, kind="course", title="Deutsch", at=at or timezone.now() + WEEK, by=by, **facts
    )


def test_a_course_of_ten_evenings_is_planned_once(counsellor: User) -> None:
    start, submission = timezone.now() + WEEK, uuid4()
    facts: dict[str, Any] = {
        "at": start, "ends_at": start + dt.timedelta(minutes=90), "further": [start + WEEK * n for n in range(1, 10)],
        "submission": submission,
    }  # fmt: skip
    assert _planned(counsellor, **facts) == _planned(counsellor, **facts)
    dates = EventSeries.objects.get().dates.order_by("at")
    assert [event.at for event in dates] == [start + WEEK * n for n in range(10)]
    assert {event.ends_at - event.at for event in dates if event.ends_at} == {dt.timedelta(minutes=90)}


def test_only_what_was_held_is_counted(counsellor: User) -> None:
    centre, day = counsellor.centre, timezone.localdate()
    period = Period(starts_on=day - WEEK, ends_on=day + WEEK, centre_ids=(centre.pk,))
    now = timezone.now()
    EventFactory(centre=centre, at=now)
    for state in ("planned", "cancelled"):
        EventFactory(centre=centre, at=now, state=state, head_count=0)
    assert [event.state for event in business_events(period)] == ["held"]


def test_the_third_waits_and_moves_up(counsellor: User) -> None:
    event = _planned(counsellor, capacity=2, further=[timezone.now() + WEEK * 2])
    first, second, third, fourth = BusinessFactory.create_batch(4, centre=counsellor.centre)
    for business in (first, second, third, fourth):
        services.enrol(event=event, business=business, by=counsellor, person_name="Hoa")
    states = dict(event.enrolments.values_list("business", "state"))
    assert states == {first.pk: "enrolled", second.pk: "enrolled", third.pk: "waiting", fourth.pk: "waiting"}
    leaving = event.enrolments.get(business=first)
    for _twice in (1, 2):
        services.withdraw_enrolment(event=event, enrolment=leaving, by=counsellor)
    assert event.enrolments.get(business=third).state == "enrolled"
    assert event.enrolments.get(business=fourth).state == "waiting"
    services.enrol(event=event, business=first, by=counsellor)
    waiting = event.enrolments.filter(state="waiting").values_list("business", flat=True)
    assert list(waiting) == [fourth.pk, first.pk]
    assert Enrolment.objects.count() == 4


def test_who_waited_and_leaves_frees_no_seat(counsellor: User) -> None:
    event = _planned(counsellor, capacity=1)
    for business in BusinessFactory.create_batch(3, centre=counsellor.centre):
        services.enrol(event=event, business=business, by=counsellor)
    _seat, waits, last = event.enrolments
    services.withdraw_enrolment(event=event, enrolment=waits, by=counsellor)
    last.refresh_from_db()
    assert last.state == "waiting"


def test_attendance_makes_it_held_and_counts_heads(counsellor: User) -> None:
    event = _planned(counsellor, at=timezone.now() - dt.timedelta(hours=2))
    came, excused, absent = BusinessFactory.create_batch(3, centre=counsellor.centre)
    note: dict[Business, Came] = {
        came: Came(Presence.PRESENT, 2), excused: Came(Presence.EXCUSED, 4), absent: Came(Presence.ABSENT),
        BusinessFactory(): Came(Presence.PRESENT, 9),
    }  # fmt: skip
    held = services.note_attendance(event=event, came=note, unnamed=3, revision=1, by=counsellor)
    assert (held.state, held.head_count) == ("held", 5)
    assert dict(held.attendances.values_list("business", "heads")) == {
        came.pk: 2,
        excused.pk: 0,
        absent.pk: 0,
    }
    with pytest.raises(errors.RecordChangedError):
        services.note_attendance(event=event, came={}, unnamed=0, revision=1, by=counsellor)
    with pytest.raises(errors.NotPlannedError):
        services.cancel_event(event=held, by=counsellor)


def test_what_is_to_come_or_cancelled_has_not_been_held(counsellor: User) -> None:
    event = _planned(counsellor)
    with pytest.raises(errors.HeldInTheFutureError):
        services.note_attendance(event=event, came={}, unnamed=1, revision=1, by=counsellor)
    assert services.cancel_event(event=event, by=counsellor) == 1
    assert services.cancel_event(event=event, by=counsellor, reason="anders") == 0
    business = BusinessFactory(centre=counsellor.centre)
    with pytest.raises(errors.NotPlannedError):
        services.enrol(event=event, business=business, by=counsellor)
    with pytest.raises(errors.NotPlannedError):
        services.invite(event=event, letters={business: "vi"}, by=counsellor)
    with pytest.raises(errors.NotPlannedError):
        services.note_attendance(event=event, came={}, unnamed=1, revision=2, by=counsellor)
    assert services.replan_event(event=event, by=counsellor).state == "planned"


def test_letters_are_noted_once_and_never_for_another_centre(counsellor: User) -> None:
    event, business = _planned(counsellor), BusinessFactory(centre=counsellor.centre)
    services.invite(event=event, letters={business: "vi", BusinessFactory(): "ar"}, by=counsellor)
    services.invite(event=event, letters={business: "de"}, by=counsellor)
    assert [(one.business, one.language) for one in Invitation.objects.all()] == [(business, "de")]


def test_somebody_else_was_faster(counsellor: User) -> None:
    event = _planned(counsellor)
    changed = services.change_event(event=event, revision=1, by=counsellor, minutes="Protokoll")
    assert (changed.minutes, changed.revision) == ("Protokoll", 2)
    assert services.change_event(event=event, revision=2, by=counsellor, minutes="Protokoll").revision == 2
    with pytest.raises(errors.RecordChangedError):
        services.change_event(event=event, revision=1, by=counsellor, minutes="anderes")


@pytest.mark.parametrize(
    "wrong", [{"head_count": 3}, {"state": "gone"}, {"capacity": 0}, {"ends_at": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)}]
)  # fmt: skip
def test_the_database_refuses(wrong: dict[str, Any], counsellor: User) -> None:
    event = _planned(counsellor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**wrong)
