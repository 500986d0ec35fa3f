"""Signing in with a second factor: nothing before the code, each code once, wrong ones counted."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import AuthenticatorApp, RecoveryCode, User
from iqquadrat.accounts.services import accept_code, change_user, close_account, set_password
from tests.accounts.factors import SECOND_STEP, SIGN_IN, code_of, give_app, give_code, give_password, is_in
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(counsellor: User) -> str:
    return give_app(counsellor)[0]


@pytest.fixture
def half_way(counsellor: User, secret: str, client: Client) -> Client:
    """Somebody whose password was right."""
    give_password(client, counsellor)
    return client


def test_the_password_alone_opens_nothing(counsellor: User, secret: str, client: Client) -> None:
    answer = give_password(client, counsellor, next="/clients/")
    assert answer["Location"] == f"{SECOND_STEP}?next=%2Fclients%2F"
    assert not is_in(client)
    assert client.get(SECOND_STEP).status_code == 200
    assert client.get("/clients/")["Location"].startswith(SIGN_IN)
    assert not Entry.objects.filter(action=Action.SIGN_IN).exists()


def test_the_code_leads_in_and_on(half_way: Client, secret: str) -> None:
    before = half_way.session.session_key
    answer = give_code(half_way, code_of(secret), next="/account/password/")
    assert answer["Location"] == "/account/password/"
    assert half_way.session.session_key != before
    assert is_in(half_way)
    assert Entry.objects.filter(action=Action.SIGN_IN).count() == 1


def test_the_key_of_the_session_changes_with_the_password_too(
    counsellor: User, secret: str, client: Client
) -> None:
    client.session.save()
    first = client.session
    first["before"] = 1
    first.save()
    client.cookies[site.SESSION_COOKIE_NAME] = first.session_key
    give_password(client, counsellor)
    assert client.cookies[site.SESSION_COOKIE_NAME].value != first.session_key


def test_a_code_may_be_typed_in_groups(half_way: Client, secret: str) -> None:
    code = code_of(secret)
    assert give_code(half_way, f"{code[:3]} {code[3:]}").status_code == 302


@pytest.mark.parametrize(("seconds", "status"), [(-60, 422), (-30, 302), (0, 302), (30, 302), (60, 422)])
def test_a_clock_may_be_off_by_half_a_minute(
    seconds: int, status: int, half_way: Client, secret: str
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        assert give_code(half_way, code_of(secret, seconds=seconds)).status_code == status


def test_the_codes_are_those_of_rfc_6238() -> None:
    """Appendix B, SHA-1, the last six digits: the secret is ``12345678901234567890``."""
    known = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037"}
    for seconds, code in known.items():
        with time_machine.travel(dt.datetime.fromtimestamp(seconds, dt.UTC), tick=False):
            assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == code


def test_a_code_works_once_for_everybody_who_saw_it(counsellor: User, secret: str) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        code = code_of(secret)
        assert accept_code(user=counsellor, code=code)
        assert not accept_code(user=counsellor, code=code)
        # Nor does an older one that was not used: the half minute has passed.
        assert not accept_code(user=counsellor, code=code_of(secret, seconds=-30))


def test_a_recovery_code_works_once(counsellor: User, client: Client) -> None:
    _secret, codes = give_app(counsellor)
    give_password(client, counsellor)
    page = client.get(f"{SECOND_STEP}?recovery=1").content.decode()
    assert "Wiederherstellungscode" in page
    assert give_code(client, codes[3].lower().replace("-", " ")).status_code == 302
    assert is_in(client)
    assert RecoveryCode.objects.filter(user=counsellor, used_at=None).count() == 9
    other = Client()
    give_password(other, counsellor)
    assert give_code(other, codes[3]).status_code == 422
    assert Entry.objects.filter(detail={"fields": ["recovery_code_used"]}).count() == 1


@pytest.mark.parametrize(
    "typed", ["", "abcdef", "٣٤٥٦٧٨", "１２３４５６", "-----", "0" * 30, "'; --", "000000000000"]
)
def test_what_is_no_code_is_refused_in_words(typed: str, half_way: Client) -> None:
    answer = give_code(half_way, typed)
    assert answer.status_code == 422
    assert not is_in(half_way)


def test_after_five_minutes_one_starts_again(half_way: Client, secret: str) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=site.SECOND_STEP_SECONDS + 1)):
        answer = give_code(half_way, code_of(secret))
        assert answer["Location"].startswith(SIGN_IN)
        assert "einige Minuten" in half_way.get(answer["Location"]).content.decode()
        assert not is_in(half_way)


@pytest.mark.parametrize("change", ["password", "roles", "closed"])
def test_what_ends_sessions_ends_the_way_in_too(
    change: str, half_way: Client, secret: str, counsellor: User, administrator: User
) -> None:
    if change == "password":
        set_password(user=counsellor, by=counsellor, password="ein-anderes-Kennwort-2")
    elif change == "roles":
        change_user(user=counsellor, by=administrator, roles=["counsellor", "coordinator"])
    else:
        close_account(user=counsellor, by=administrator)
    assert give_code(half_way, code_of(secret))["Location"].startswith(SIGN_IN)
    assert not is_in(half_way)


def test_without_a_password_there_is_no_second_step(client: Client, secret: str) -> None:
    assert client.get(SECOND_STEP)["Location"].startswith(SIGN_IN)
    assert give_code(client, code_of(secret))["Location"].startswith(SIGN_IN)
    assert not is_in(client)


def test_five_wrong_codes_shut_the_door_from_everywhere(counsellor: User, secret: str) -> None:
    """Each from another address: whoever has the password cannot guess the code from many places."""
    statuses = []
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        give_password(client, counsellor)
        statuses.append(give_code(client, "000000").status_code)
    assert statuses == [422, 422, 422, 422, 429]
    other = Client(REMOTE_ADDR="198.51.100.7")
    give_password(other, counsellor)
    assert give_code(other, code_of(secret)).status_code == 429
    assert not is_in(other)
    failed = Entry.objects.filter(action=Action.SIGN_IN_FAILED).order_by("pk")
    assert [entry.detail["reason"] for entry in failed] == [*["wrong_code"] * 4, "locked_out"]
    assert {(entry.user_id, entry.object_id) for entry in failed} == {(None, str(counsellor.pk))}
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        late = Client()
        give_password(late, counsellor)
        assert give_code(late, code_of(secret)).status_code == 302


def test_behind_a_proxy_they_are_counted_as_well(counsellor: User, secret: str, settings: Any) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = 1
    statuses = []
    for number in range(5):
        client = Client(headers={"X-Forwarded-For": f"192.0.2.{number}"})
        give_password(client, counsellor)
        statuses.append(give_code(client, "000000").status_code)
    assert statuses[-1] == 429


def test_the_right_code_clears_the_count(counsellor: User, secret: str) -> None:
    for minutes in (1, 2):
        client = Client()
        give_password(client, counsellor)
        for _ in range(3):
            assert give_code(client, "000000").status_code == 422
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
            assert give_code(client, code_of(secret)).status_code == 302


def test_wrong_codes_pause_nobody_else(counsellor: User, coordinator: User, secret: str) -> None:
    others, _codes = give_app(coordinator)
    for _ in range(5):
        client = Client()
        give_password(client, counsellor)
        give_code(client, "000000")
    client = Client()
    give_password(client, coordinator)
    assert give_code(client, code_of(others)).status_code == 302


def test_a_new_password_by_mail_leaves_the_factor(counsellor: User, secret: str, client: Client) -> None:
    set_password(user=counsellor, by=counsellor, password="ein-anderes-Kennwort-2")
    answer = client.post(SIGN_IN, {"username": counsellor.email, "password": "ein-anderes-Kennwort-2"})
    assert answer["Location"] == SECOND_STEP
    assert give_code(client, code_of(secret)).status_code == 302


def test_a_fresh_sign_in_asks_for_it_too(coordinator: User, as_user: Any) -> None:
    secret, _codes = give_app(coordinator)
    client, export = as_user(coordinator), "/figures/report.json"
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=20)):
        assert client.get(export).status_code == 302
        answer = client.post("/account/confirm/", {"password": PASSWORD, "next": export})
        assert answer["Location"] == f"{SECOND_STEP}?next=%2Ffigures%2Freport.json"
        assert client.get(export).status_code == 302, "the password alone makes nothing fresh"
        before = client.session.session_key
        assert give_code(client, code_of(secret), next=export)["Location"] == export
        assert client.session.session_key != before
        assert client.get(export).status_code == 200


def test_the_way_in_of_one_signs_in_nobody_else(counsellor: User, coordinator: User, as_user: Any) -> None:
    secret, _codes = give_app(coordinator)
    client = as_user(counsellor)
    session = client.session
    other = Client()
    give_password(other, coordinator)
    session["half_way"] = other.session["half_way"]
    session.save()
    assert give_code(client, code_of(secret))["Location"] == "/account/confirm/?late=1"


def test_the_secret_lies_sealed(secret: str, settings: Any, counsellor: User) -> None:
    app = AuthenticatorApp.objects.get()
    assert secret not in app.secret
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
    assert not accept_code(user=counsellor, code=code_of(secret))
    settings.SECRET_KEY_FALLBACKS = [old]
    assert accept_code(user=counsellor, code=code_of(secret))


def test_recovery_codes_lie_hashed_and_outlive_a_new_key_of_the_site(counsellor: User, settings: Any) -> None:
    _secret, codes = give_app(counsellor)
    stored = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert len(stored) == 10
    assert not stored & {code.replace("-", "") for code in codes}
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
    assert not accept_code(user=counsellor, code=codes[0])
    settings.SECRET_KEY_FALLBACKS = [old]
    assert accept_code(user=counsellor, code=codes[0])


def test_signed_in_without_a_way_one_is_led_to_the_password(counsellor: User, as_user: Any) -> None:
    assert as_user(counsellor).get(SECOND_STEP)["Location"] == reverse("accounts:confirm") + "?late=1"
