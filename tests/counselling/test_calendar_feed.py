"""The calendar that other programs fetch: busy times and nothing about anybody, behind an address that can be closed."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from counselling import services
from counselling.errors import NotAllowedError
from counselling.feed import AHEAD, BACK, MOST
from counselling.models import CalendarFeed
from counselling.services.calendar_feeds import FETCHES
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.throttling import SECRET_TRIES
from tests.counselling.factories import AppointmentFactory, ClientFactory
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def fetch(token: str, **headers: str) -> Any:
    return Browser().get(reverse("counselling:calendar_file", args=[token]), headers=headers)


def events(token: str) -> list[Any]:
    answer = fetch(token)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_calendar_says_when_and_where_and_nothing_about_anybody(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    with time_machine.travel(NOON, tick=False):
        made = AppointmentFactory(
            client=client, starts_at=NOON + dt.timedelta(days=1), room="Raum 2", minutes=60
        )
        token = services.open_calendar_feed(by=counsellor)
        answer = fetch(token)
    text = answer.content.decode()
    for secret in (
        "Amal", "Haddad", "أمل", client.number, str(client.public_id), made.title, "Arab", "VATTENDEE", "ORGANIZER", counsellor.email,
    ):  # fmt: skip
        assert secret not in text
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "\r\n" in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    calendar = Calendar.from_ical(text)
    assert (calendar["VERSION"], str(calendar["REFRESH-INTERVAL"].dt)) == ("2.0", "1:00:00")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    (event,) = calendar.walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"], event["STATUS"]) == ("Termin", "Raum 2", "CONFIRMED")
    assert event["UID"] == f"{made.public_id}@iq-quadrat"
    assert event["DTSTART"].dt == NOON + dt.timedelta(days=1)
    assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(hours=1)
    assert "DTSTART:20261127T120000Z" in text
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"], alarm["TRIGGER"].dt) == (
        "DISPLAY",
        "Termin",
        -dt.timedelta(minutes=15),
    )


def test_a_cancelled_one_is_cancelled_and_a_moved_one_keeps_its_mark(counsellor: Any) -> None:
    made = AppointmentFactory(client=ClientFactory(counsellor=counsellor))
    token = services.open_calendar_feed(by=counsellor)
    (before,) = events(token)
    services.update_appointment(
        appointment=made,
        by=counsellor,
        revision=1,
        client=made.client,
        starts_at=made.starts_at + dt.timedelta(hours=2),
    )
    services.cancel_appointment(appointment=made, by=counsellor, cancelled="by_client")
    (after,) = events(token)
    assert before["UID"] == after["UID"]
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 2)
    assert (after["STATUS"], after["TRANSP"], after.walk("VALARM")) == ("CANCELLED", "TRANSPARENT", [])


def test_the_calendar_reaches_four_weeks_back_and_a_year_ahead(counsellor: Any) -> None:
    with time_machine.travel(NOON, tick=False):
        client = ClientFactory(counsellor=counsellor)
        for moment in (
            NOON - BACK,
            NOON - BACK - dt.timedelta(minutes=1),
            NOON + AHEAD,
            NOON + AHEAD - dt.timedelta(minutes=1),
        ):
            AppointmentFactory(client=client, starts_at=moment)
        token = services.open_calendar_feed(by=counsellor)
        begins = [event["DTSTART"].dt for event in events(token)]
    assert begins == [NOON - BACK, NOON + AHEAD - dt.timedelta(minutes=1)]
    assert MOST >= 1000


def test_the_hour_that_comes_twice_is_told_apart(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    with time_machine.travel(NOON, tick=False):
        for hour in (0, 1):  # half past two, and half past two again
            AppointmentFactory(client=client, starts_at=dt.datetime(2027, 10, 31, hour, 30, tzinfo=dt.UTC))
        token = services.open_calendar_feed(by=counsellor)
        first, second = events(token)
    assert second["DTSTART"].dt - first["DTSTART"].dt == dt.timedelta(hours=1)


def test_an_unchanged_calendar_need_not_travel_again(counsellor: Any) -> None:
    made = AppointmentFactory(client=ClientFactory(counsellor=counsellor))
    token = services.open_calendar_feed(by=counsellor)
    mark = fetch(token)["ETag"]
    again = fetch(token, **{"If-None-Match": f'"other", {mark}'})
    assert (again.status_code, again.content) == (304, b"")
    services.cancel_appointment(appointment=made, by=counsellor, cancelled="by_centre")
    assert fetch(token, **{"If-None-Match": mark}).status_code == 200


def test_only_the_address_in_force_of_somebody_who_still_works_here_opens(counsellor: Any) -> None:
    old = services.open_calendar_feed(by=counsellor)
    token = services.open_calendar_feed(by=counsellor)
    assert len(token) >= 40
    assert CalendarFeed.objects.get().token_hash != token
    assert fetch(old).status_code == 404
    assert fetch("x").status_code == 404
    assert fetch(token + "x").status_code == 404
    assert fetch(token).status_code == 200
    counsellor.is_active = False
    counsellor.save()
    assert fetch(token).status_code == 404
    counsellor.is_active, counsellor.roles = True, ["coordinator"]
    counsellor.save()
    assert fetch(token).status_code == 404
    counsellor.roles = ["counsellor"]
    counsellor.save()
    assert fetch(token).status_code == 200
    services.close_calendar_feed(by=counsellor)
    assert fetch(token).status_code == 404


def test_every_fetch_is_in_the_owner_s_log_and_too_many_are_refused(counsellor: Any, centre: Any) -> None:
    token = services.open_calendar_feed(by=counsellor)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _time in range(FETCHES):
            assert fetch(token).status_code == 200
        refused = fetch(token)
        assert (refused.status_code, refused["Retry-After"], refused.content) == (429, "3600", b"")
        clock.shift(dt.timedelta(hours=1, seconds=1))
        assert fetch(token).status_code == 200
    logged = Entry.objects.filter(object_type="counselling.calendarfeed", action="export")
    assert logged.count() == FETCHES + 1
    assert {(entry.user_id, entry.centre_id, str(entry.detail)) for entry in logged} == {
        (counsellor.pk, centre.pk, "{'format': 'ics'}")
    }


def test_wrong_addresses_are_throttled_by_where_they_come_from(counsellor: Any, as_user: Any) -> None:
    token = services.open_calendar_feed(by=counsellor)
    here, elsewhere = Browser(REMOTE_ADDR="192.0.2.7"), Browser(REMOTE_ADDR="192.0.2.8")

    def ask(browser: Browser, secret: str) -> Any:
        return browser.get(reverse("counselling:calendar_file", args=[secret]))

    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(SECRET_TRIES):
            browser = Browser(REMOTE_ADDR="192.0.2.7", headers={"User-Agent": f"guesser {number % 3}"})
            assert ask(browser, f"geraten-{number}").status_code == 404
        refused = ask(here, "geraten-zuletzt")
        assert (refused.status_code, refused["Retry-After"], refused.content) == (429, "900", b"")
        assert ask(here, token).status_code == 429, "else guessing would go on"
        assert ask(elsewhere, token).status_code == 200
        # Nobody's sign-in is shut by it, and what was tried is not kept.
        page = here.post("/account/sign-in/", {"username": counsellor.email, "password": PASSWORD})
        assert page.status_code == 302
        assert "geraten" not in str(list(AccessAttempt.objects.values_list()))
        clock.shift(dt.timedelta(minutes=16))
        assert ask(here, token).status_code == 200
        assert ask(here, "geraten").status_code == 404


def test_the_calendar_costs_the_same_at_one_and_three_rows(
    counsellor: Any, django_assert_num_queries: Any
) -> None:
    token = services.open_calendar_feed(by=counsellor)
    for more in (1, 2):
        for _row in range(more):
            AppointmentFactory(client=ClientFactory(counsellor=counsellor))
        with django_assert_num_queries(5):  # one of them: were too many wrong addresses tried from there
            assert fetch(token).status_code == 200


def test_the_address_is_shown_once(as_user: Any, counsellor: Any) -> None:
    desk, url = as_user(counsellor), reverse("counselling:calendar_feed")
    sent = {"submission": str(uuid.uuid4())}
    made = desk.post(url, sent)
    assert made["Cache-Control"] == "no-store, private"
    found = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", made.content.decode())
    assert found
    assert Browser().get(found.group(1)).status_code == 200
    # A double click makes no second address that nobody sees.
    again = desk.post(url, sent).content.decode()
    assert "zweimal gesendet" in again
    assert Browser().get(found.group(1)).status_code == 200
    page = desk.get(url).content.decode()
    assert found.group(1) not in page
    assert "Zuletzt abgerufen am" in page
    part = desk.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Zuletzt abgerufen am" in part
    assert "<main" not in part
    assert "Meine Termine in einem anderen Kalender" in desk.get("/account/").content.decode()
    desk.post(reverse("counselling:calendar_feed_close"))
    assert Browser().get(found.group(1)).status_code == 404


def test_who_has_no_appointments_has_no_calendar(coordinator: Any, as_user: Any) -> None:
    with pytest.raises(NotAllowedError):
        services.open_calendar_feed(by=coordinator)
    assert "anderen Kalender" not in as_user(coordinator).get("/account/").content.decode()
