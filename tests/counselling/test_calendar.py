"""Appointments over the week: their states, what collides, series, reminders, and the two nights when the clocks are changed."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from counselling import services
from counselling.enums import AppointmentState
from counselling.errors import NotAllowedError
from counselling.models import Appointment
from counselling.moments import NoSuchMomentError, moment_of, weeks_later
from counselling.views.calendar import next_workday
from counselling.week import Block, block_of, week_of
from tests.counselling.factories import (
    AppointmentFactory,
    ClientFactory,
    ConsultationFactory,
    GroupEventFactory,
    NoShowFactory,
)
from tests.fixtures.people import UserFactory

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = dt.date(2026, 11, 30)


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    return as_user(counsellor)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=BERLIN)


def typed(client: Any = None, /, **other: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "client": str(client.public_id) if client else "", "day": f"{MONDAY:%Y-%m-%d}",
        "time": "10:00", "minutes": "45", "title": "", "channel": "person_planned", "language": "", "room": "", "times": "1",
        "every": "1",
    } | other  # fmt: skip


CREATE = "/appointments/new/"


# --- The clock on the wall --------------------------------------------------------------------------------
def test_half_past_two_does_not_exist_when_the_clocks_go_forward_and_comes_twice_when_they_go_back() -> None:
    with pytest.raises(NoSuchMomentError):
        moment_of(dt.date(2027, 3, 28), dt.time(2, 30))
    assert moment_of(dt.date(2026, 10, 25), dt.time(2, 30)) == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert moment_of(dt.date(2027, 3, 28), dt.time(3, 0)) == dt.datetime(2027, 3, 28, 1, 0, tzinfo=dt.UTC)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)), st.times(dt.time(4)), st.integers(1, 26))
def test_a_series_keeps_its_time_on_the_wall(day: dt.date, time: dt.time, weeks: int) -> None:
    shown = dt.datetime.combine(day, time)  # no clock is changed after four
    begin = moment_of(shown.date(), shown.time())
    later = weeks_later(begin, weeks).astimezone(BERLIN).replace(tzinfo=None)
    assert later == shown + dt.timedelta(weeks=weeks)


@pytest.mark.django_db
def test_the_form_says_that_a_time_does_not_exist_and_keeps_the_second_of_two(
    desk: Browser, counsellor: Any
) -> None:
    answer = desk.post(CREATE, typed(title="Nachtdienst", day="28.3.2027", time="02:30"))
    assert answer.status_code == 422
    assert "Uhren werden vorgestellt" in answer.content.decode()
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)  # half past two for the second time
    made = AppointmentFactory(client=None, counsellor=counsellor, title="Nachtdienst", starts_at=second)
    sent = typed(title="Nachtdienst", day="2026-10-25", time="02:30", room="2", revision="1")
    assert desk.post(f"/appointments/{made.public_id}/edit/", sent).status_code == 302
    made.refresh_from_db()
    assert (made.starts_at, made.room) == (second, "2")


# --- How it stands ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_was_logged_that_day_says_who_came(as_user: Any, counsellor: Any) -> None:
    day = MONDAY
    came, missed, nothing = (ClientFactory(counsellor=counsellor) for _ in range(3))
    for hour, client in enumerate((came, missed, nothing), start=9):
        AppointmentFactory(client=client, starts_at=at(day, hour))
    ConsultationFactory(client=came, held_at=at(day, 23, 30))
    NoShowFactory(client=missed, held_at=at(day, 0, 5))
    ConsultationFactory(client=nothing, held_at=at(day, 0, 0) - dt.timedelta(minutes=1))  # the evening before
    with time_machine.travel(at(day, 18), tick=False):
        slots = as_user(counsellor).get(f"/?day={day}").context["slots"]
    assert [state for _row, _look, state in slots] == [
        AppointmentState.CAME, AppointmentState.NO_SHOW, AppointmentState.UNLOGGED,
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_cancelled_one_stays_visible_and_can_be_taken_back(desk: Browser, counsellor: Any) -> None:
    made = AppointmentFactory(client=ClientFactory(counsellor=counsellor), starts_at=at(MONDAY, 9))
    url = reverse("counselling:appointment_cancel", args=[made.public_id])
    assert desk.post(url, {"cancelled": "by_nobody"}).status_code == 400
    for _again in range(2):
        assert desk.post(url, {"cancelled": "by_client"}).status_code == 302
    made.refresh_from_db()
    assert (made.cancelled, made.cancelled_by, made.revision) == ("by_client", counsellor, 2)
    for address in (f"/?day={MONDAY}", f"/appointments/week/?day={MONDAY}"):
        page = desk.get(address).content.decode()
        assert "Klient/in hat abgesagt" in page
        assert "Haddad" in page
    assert desk.get(f"/?day={MONDAY}").context["expected"] == 0
    desk.post(reverse("counselling:appointment_restore", args=[made.public_id]))
    made.refresh_from_db()
    assert (made.cancelled, made.cancelled_at, made.cancelled_by) == ("", None, None)


@pytest.mark.django_db
def test_the_database_knows_no_half_cancellation(counsellor: Any) -> None:
    made = AppointmentFactory(client=ClientFactory(counsellor=counsellor))
    for half in (
        {"cancelled": "by_client"},
        {"cancelled_at": timezone.now()},
        {"reminded_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.filter(pk=made.pk).update(**half)


# --- Series -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_series_is_entered_once_across_the_change_of_the_clocks(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    sent = typed(client, day="2026-10-19", times="4", every="2")
    for _again in range(2):
        assert desk.post(CREATE, sent).status_code == 302
    rows = list(Appointment.objects.order_by("starts_at"))
    local = [timezone.localtime(row.starts_at) for row in rows]
    assert [f"{moment:%d.%m. %H:%M}" for moment in local] == [
        "19.10. 10:00", "02.11. 10:00", "16.11. 10:00", "30.11. 10:00",
    ]  # fmt: skip
    assert rows[1].starts_at - rows[0].starts_at == dt.timedelta(days=14, hours=1)
    assert len({row.series for row in rows}) == 1
    services.cancel_appointment(appointment=rows[1], by=counsellor, cancelled="by_centre", following=True)
    assert [row.cancelled for row in Appointment.objects.order_by("starts_at")] == ["", *["by_centre"] * 3]


@pytest.mark.django_db
@pytest.mark.parametrize("times", ["0", "27", "-1", "viele", "9" * 30])
def test_nobody_enters_a_century_of_mondays(desk: Browser, counsellor: Any, times: str) -> None:
    answer = desk.post(CREATE, typed(ClientFactory(counsellor=counsellor), times=times))
    assert answer.status_code == 422
    assert not Appointment.objects.exists()


# --- What collides ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_two_at_once_is_a_warning_that_can_be_overruled(desk: Browser, counsellor: Any) -> None:
    first, second = (ClientFactory(counsellor=counsellor) for _ in range(2))
    AppointmentFactory(client=first, starts_at=at(MONDAY, 9, 30), minutes=45)
    answer = desk.post(CREATE, sent := typed(second))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Zu dieser Zeit steht schon etwas" in page
    assert 'name="anyway"' in page
    assert desk.post(CREATE, sent | {"anyway": "on"}).status_code == 302
    assert Appointment.objects.count() == 2
    # One that begins when the other ends collides with nothing; a cancelled one neither.
    assert desk.post(CREATE, typed(second, time="10:45")).status_code == 302
    Appointment.objects.filter(client=first).update(
        cancelled="by_client", cancelled_at=timezone.now(), cancelled_by=counsellor
    )
    assert desk.post(CREATE, typed(second, time="09:00", minutes="60")).status_code == 302


@pytest.mark.django_db
def test_a_room_is_taken_by_a_colleague_and_the_colleague_s_client_stays_unknown(
    desk: Browser, counsellor: Any
) -> None:
    colleague = UserFactory(centre=counsellor.centre, given_name="Lena", family_name="Wójcik")
    theirs = ClientFactory(counsellor=colleague, latin_family_name="Geheim", family_name="Geheim")
    AppointmentFactory(client=theirs, starts_at=at(MONDAY, 10), room="Raum 2", title="Heimlich")
    elsewhere = UserFactory()
    AppointmentFactory(client=ClientFactory(counsellor=elsewhere), starts_at=at(MONDAY, 10), room="Raum 3")
    answer = desk.post(CREATE, typed(ClientFactory(counsellor=counsellor), room="raum 2"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Raum 2 ist belegt von Lena Wójcik" in page
    week = desk.get(f"/appointments/week/?day={MONDAY}&show=rooms").content.decode()
    assert "Raum 2 belegt" in week
    assert "Raum 3" not in week
    for secret in ("Geheim", "Heimlich"):
        assert secret not in page
        assert secret not in week
    assert desk.post(CREATE, typed(ClientFactory(counsellor=counsellor), room="Raum 3")).status_code == 302


@pytest.mark.django_db
def test_an_unmoved_appointment_is_not_warned_about(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    one, _two = (AppointmentFactory(client=client, starts_at=at(MONDAY, 10), title="") for _ in range(2))
    sent = typed(client, title="anderes Thema", language="ar", revision="1")
    assert desk.post(f"/appointments/{one.public_id}/edit/", sent).status_code == 302
    assert (
        desk.post(
            f"/appointments/{one.public_id}/edit/", sent | {"revision": "2", "time": "10:15"}
        ).status_code
        == 422
    )


# --- For a colleague --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_deputy_enters_appointments_of_the_colleague_in_charge_and_of_nobody_else(
    as_user: Any, counsellor: Any
) -> None:
    deputy, third = UserFactory(centre=counsellor.centre), UserFactory(centre=counsellor.centre)
    client = ClientFactory(counsellor=counsellor, deputies=[deputy])
    browser = as_user(deputy)
    assert "Wer berät" in browser.get(CREATE).content.decode()
    assert browser.post(CREATE, typed(client, counsellor=str(third.pk))).status_code == 422
    assert browser.post(CREATE, typed(title="Sitzung", counsellor=str(counsellor.pk))).status_code == 422
    assert browser.post(CREATE, typed(client, counsellor=str(counsellor.pk))).status_code == 302
    assert Appointment.objects.get().counsellor == counsellor
    with pytest.raises(NotAllowedError):
        services.create_appointment(by=deputy, client=client, counsellor=third, starts_at=timezone.now())
    with pytest.raises(NotAllowedError):
        services.create_appointment(by=third, client=client, starts_at=timezone.now())


# --- The picture of the week ------------------------------------------------------------------------------
class Thing:
    def __init__(self, begin: dt.datetime) -> None:
        self.starts_at = begin


def blocks_at(*times: tuple[int, int, int], day: dt.date = MONDAY) -> list[Block]:
    return [
        block_of(Thing(at(day, hour, minute)), "own", "planned", minutes) for hour, minute, minutes in times
    ]


def test_what_overlaps_lies_side_by_side_and_what_follows_has_the_whole_width() -> None:
    blocks = blocks_at((9, 0, 60), (9, 30, 60), (10, 0, 30), (10, 30, 30))
    week_of(MONDAY, blocks, [])
    assert [(block.row, block.length, block.lane, block.lanes) for block in blocks] == [
        (5, 4, 1, 2), (7, 4, 2, 2), (9, 2, 1, 2), (11, 2, 1, 1),
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 23), st.sampled_from([0, 7, 15, 30, 59]), st.integers(1, 24 * 60)),
        max_size=12,
    )
)
def test_every_block_lies_inside_the_picture(times: list[tuple[int, int, int]]) -> None:
    blocks = blocks_at(*times)
    week = week_of(MONDAY, blocks, [])
    rows = len(week.hours) * 4
    assert len(week.days) == 5
    for block in blocks:
        assert 1 <= block.row <= rows
        assert block.row + block.length - 1 <= rows
        assert 1 <= block.lane <= block.lanes <= 4


def test_the_weekend_is_there_when_something_stands_there() -> None:
    saturday = MONDAY + dt.timedelta(days=5)
    assert len(week_of(MONDAY, blocks_at((9, 0, 45), day=saturday), []).days) == 7


def test_the_night_of_the_change_has_its_place() -> None:
    sunday = dt.date(2026, 10, 25)
    block = block_of(
        Thing(dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)), "own", "planned", 60
    )  # 2:30, then 2:30 again
    week = week_of(sunday - dt.timedelta(days=6), [block], [])
    assert (week.hours[0].time, block.row, block.length) == (dt.time(2), 3, 2)


@pytest.mark.django_db
def test_the_week_shows_own_ones_events_and_free_places(desk: Browser, counsellor: Any) -> None:
    AppointmentFactory(client=ClientFactory(counsellor=counsellor), starts_at=at(MONDAY, 10), room="Raum 2")
    colleague = UserFactory(centre=counsellor.centre)
    shared = ClientFactory(counsellor=colleague, deputies=[counsellor], latin_family_name="Yıldız")
    AppointmentFactory(client=shared, starts_at=at(MONDAY, 11))
    GroupEventFactory(centre=counsellor.centre, at=at(MONDAY, 14))
    page = desk.get(f"/appointments/week/?day={MONDAY + dt.timedelta(days=3)}").content.decode()
    for text in (
        "Haddad",
        "Raum 2",
        "Arbeitsrecht in einfachen Worten",
        f"day={MONDAY}&amp;time=08:00",
        "Kalenderwoche 49",
    ):
        assert text in page
    assert "Yıldız" not in page
    assert "Yıldız" in desk.get(f"/appointments/week/?day={MONDAY}&show=clients").content.decode()
    free = desk.get(CREATE, {"day": f"{MONDAY}", "time": "14:00"}).context["form"]
    assert (str(free["day"].value()), f"{free['time'].value():%H:%M}") == (str(MONDAY), "14:00")


@pytest.mark.django_db
@pytest.mark.parametrize("show", ["", "clients", "rooms"])
def test_the_week_costs_the_same_at_one_and_three_rows(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any, show: str
) -> None:
    for more in (1, 2):
        for number in range(more):
            own = ClientFactory(counsellor=counsellor)
            AppointmentFactory(client=own, starts_at=at(MONDAY, 9 + number), room="Raum 1")
            theirs = ClientFactory(counsellor=UserFactory(centre=counsellor.centre), deputies=[counsellor])
            AppointmentFactory(client=theirs, starts_at=at(MONDAY, 9 + number), room="Raum 2")
            GroupEventFactory(centre=counsellor.centre, at=at(MONDAY, 14))
        desk.get("/account/")
        with django_assert_num_queries(9 if show == "rooms" else 8):
            assert desk.get(f"/appointments/week/?day={MONDAY}&show={show}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?day=x",
        "?day=0001-01-01",
        "?day=9999-12-31",
        "?day=2199-12-31&show=evil",
        "?day=1900-01-01",
        "?day=" + "9" * 900,
    ],
)
def test_bad_addresses_never_break_the_calendar(desk: Browser, query: str) -> None:
    for address in ("/appointments/week/", "/appointments/reminders/", "/", "/follow-ups/", CREATE):
        assert desk.get(address + query).status_code == 200
    assert desk.get(f"{CREATE}?time=25:99").status_code == 200


# --- Reminders --------------------------------------------------------------------------------------------
def test_after_friday_comes_monday() -> None:
    friday = dt.date(2026, 11, 27)
    assert [next_workday(friday + dt.timedelta(days=n)).isoweekday() for n in range(7)] == [
        1,
        1,
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.django_db
def test_somebody_is_reminded_and_a_moved_appointment_needs_a_new_call(
    desk: Browser, counsellor: Any
) -> None:
    client = ClientFactory(counsellor=counsellor, phone="0151 5550")
    made = AppointmentFactory(client=client, starts_at=at(MONDAY, 9), language="ar")
    cancelled = AppointmentFactory(client=client, starts_at=at(MONDAY, 10))
    services.cancel_appointment(appointment=cancelled, by=counsellor, cancelled="by_client")
    page = desk.get(f"/appointments/reminders/?day={MONDAY}")
    assert [row.pk for row in page.context["rows"]] == [made.pk]
    for text in ("0151 5550", "Arabisch", "tel:01515550"):
        assert text in page.content.decode()
    url = reverse("counselling:reminder_note", args=[made.public_id])
    for _again in range(2):
        answer = desk.post(url, headers={"HX-Request": "true"})
        assert "Rückgängig" in answer.content.decode()
    made.refresh_from_db()
    assert (made.reminded_by, made.revision) == (counsellor, 2)
    desk.post(url, {"undo": "1"})
    made.refresh_from_db()
    assert made.reminded_at is None
    services.note_reminder(appointment=made, by=counsellor, reminded=True)
    made.refresh_from_db()
    moved = services.update_appointment(
        appointment=made, by=counsellor, revision=made.revision, client=client, starts_at=at(MONDAY, 15)
    )
    assert moved.reminded_at is None


@pytest.mark.django_db
def test_the_list_of_calls_costs_the_same_at_one_and_three_rows(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any
) -> None:
    for more in (1, 2):
        for number in range(more):
            AppointmentFactory(client=ClientFactory(counsellor=counsellor), starts_at=at(MONDAY, 9 + number))
        desk.get("/account/")
        with django_assert_num_queries(7):
            assert desk.get(f"/appointments/reminders/?day={MONDAY}").status_code == 200
