"""Where somebody is signed in: seen in plain words, ended from afar, the key of a session in no page."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.devices import kind_of, words_for
from iqquadrat.accounts.models import Sitting, User
from iqquadrat.accounts.queries import places_of
from iqquadrat.accounts.services import NotAllowedError, end_all_sittings, set_password
from tests.accounts.factors import give_app, give_password, is_in
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
PLACES = "/account/places/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
AGENTS = {
    WINDOWS: "Firefox unter Windows",
    PHONE: "Chrome unter Android",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1": "Safari unter iPhone",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0": "Microsoft Edge unter Windows",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Firefox unter Linux",
    "curl/8.5": "Unbekanntes Gerät", "": "Unbekanntes Gerät", "<script>" * 400: "Unbekanntes Gerät",
}  # fmt: skip


@pytest.mark.parametrize("agent", AGENTS)
def test_a_device_in_plain_words(agent: str) -> None:
    assert words_for(kind_of(agent)) == AGENTS[agent]
    assert len(kind_of(agent)) < 20


@pytest.fixture
def desk(counsellor: User) -> Client:
    return _signed_in(counsellor, WINDOWS)


@pytest.fixture
def phone(counsellor: User) -> Client:
    return _signed_in(counsellor, PHONE)


def _signed_in(user: User, agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    give_password(client, user)
    return client


def test_both_places_are_listed_this_one_first(desk: Client, phone: Client) -> None:
    page = desk.get(PLACES).content.decode()
    assert page.index("Firefox unter Windows") < page.index("dieser Ort") < page.index("Chrome unter Android")
    for client in (desk, phone):
        assert client.cookies[site.SESSION_COOKIE_NAME].value not in page


def test_ending_one_place_leaves_the_other(desk: Client, phone: Client, counsellor: User) -> None:
    here = desk.session.session_key
    (other,) = [place for place in places_of(counsellor) if place.sitting.pk != here]
    for _ in range(2):
        desk.post(f"{PLACES}{other.mark}/end/")
    assert is_in(desk)
    assert not is_in(phone)
    entry = Entry.objects.get(action=Action.SIGN_OUT)
    assert entry.detail == {"reason": "from_afar", "sittings": 1}
    assert (entry.user_id, entry.object_id) == (counsellor.pk, str(counsellor.pk))


def test_ending_all_others_leaves_this_one(desk: Client, phone: Client, counsellor: User) -> None:
    third = _signed_in(counsellor, PHONE)
    assert "2 anderen Orten" in desk.post(f"{PLACES}end-others/", follow=True).content.decode()
    assert is_in(desk)
    assert not is_in(phone)
    assert not is_in(third)


def test_this_place_and_those_of_others_are_not_ended_there(
    desk: Client, counsellor: User, coordinator: User
) -> None:
    theirs = _signed_in(coordinator, PHONE)
    for place in (*places_of(counsellor), *places_of(coordinator)):
        assert desk.post(f"{PLACES}{place.mark}/end/").status_code == 404
    assert is_in(desk)
    assert is_in(theirs)


def test_a_place_keeps_its_owner_when_its_key_changes(desk: Client, counsellor: User) -> None:
    before = desk.session.session_key
    desk.post("/account/confirm/", {"password": "ein-langes-Kennwort-1"})
    assert desk.session.session_key != before
    assert [sitting.pk for sitting in Sitting.objects.filter(user=counsellor)] == [desk.session.session_key]


def test_half_way_in_is_nobodys_place(counsellor: User) -> None:
    give_app(counsellor)
    client = _signed_in(counsellor, WINDOWS)
    assert not places_of(counsellor)
    assert Sitting.objects.get(pk=client.session.session_key).user is None


def test_what_has_ended_is_no_place(desk: Client, phone: Client, counsellor: User) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=site.STAFF_IDLE_SECONDS + 1)):
        assert places_of(counsellor) == []
    set_password(user=counsellor, by=counsellor, password="ein-anderes-Kennwort-2")
    counsellor.refresh_from_db()
    assert places_of(counsellor) == []


def test_last_seen_is_told_to_five_minutes(counsellor: User) -> None:
    start = dt.datetime(2026, 11, 23, 9, 7, 31, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = _signed_in(counsellor, WINDOWS)
        (place,) = places_of(counsellor)
        assert (place.since, place.seen) == (start, start), "never before it began"
        clock.shift(11 * 60)
        client.get("/account/")
        (place,) = places_of(counsellor)
    assert (place.since, place.seen) == (start, dt.datetime(2026, 11, 23, 9, 15, tzinfo=dt.UTC))


def test_an_administrator_signs_somebody_out_everywhere(
    desk: Client, phone: Client, counsellor: User, administrator: User, as_user: Any
) -> None:
    office = as_user(administrator)
    assert "An 2 Orten" in office.get(f"/administration/users/{counsellor.pk}/").content.decode()
    office.post(f"/administration/users/{counsellor.pk}/sign-out/")
    assert not is_in(desk)
    assert not is_in(phone)
    assert is_in(office)
    entry = Entry.objects.get(action=Action.SIGN_OUT)
    assert (entry.user_id, entry.object_id) == (administrator.pk, str(counsellor.pk))


def test_nobody_else_does(desk: Client, counsellor: User, coordinator: User) -> None:
    for other in (coordinator, UserFactory(roles=["administrator"])):
        with pytest.raises(NotAllowedError):
            end_all_sittings(user=counsellor, by=other)
    assert is_in(desk)
