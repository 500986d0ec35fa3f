"""Signing in and out: equal answers, throttling, rotation, the end of sessions."""

import datetime as dt
import re
from typing import Any
from unittest import mock

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings as site
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Sitting, User
from iqquadrat.accounts.services import change_user, close_account, reopen_account, set_password
from tests.fixtures.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


def _try(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


def _is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_signing_in_leads_to_the_first_place_of_the_role(administrator: User, client: Client) -> None:
    response = _try(client, administrator.email)
    assert response.status_code == 302
    assert response["Location"] == reverse("home")
    assert _is_in(client)


def test_the_address_may_be_capitalised_as_one_likes(counsellor: User, client: Client) -> None:
    assert _try(client, counsellor.email.upper()).status_code == 302
    assert _is_in(client)


def test_signing_in_leads_back_to_where_one_was(counsellor: User, client: Client) -> None:
    assert _try(client, counsellor.email, next="/account/password/")["Location"] == "/account/password/"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "http:///x.example",
    ],
)
def test_signing_in_never_leads_to_another_site(address: str, counsellor: User, client: Client) -> None:
    location = _try(client, counsellor.email, next=address)["Location"]
    assert location.startswith("/")
    assert "example" not in location


def _answer(email: str, password: str) -> tuple[int, str]:
    response = _try(Client(), email, password)
    page = response.content.decode().replace(email, "NAME")
    return response.status_code, re.sub(
        r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", page
    )


def test_known_unknown_and_closed_names_get_the_same_answer(counsellor: User) -> None:
    closed = UserFactory(is_active=False)
    answers = {
        _answer(counsellor.email, "wrong-password-1"),
        _answer("nobody@example.org", PASSWORD),
        _answer(closed.email, PASSWORD),
        _answer(closed.email, "wrong-password-1"),
    }
    assert len(answers) == 1
    status, page = answers.pop()
    assert status == 422
    assert "passen nicht zusammen" in page


@pytest.mark.parametrize("case", ["known", "unknown", "closed", "without a password"])
def test_every_try_hashes_once(case: str, counsellor: User) -> None:
    """Equal time: the slow step is done exactly once, whoever it is."""
    emails = {
        "known": counsellor.email,
        "unknown": "nobody@example.org",
        "closed": UserFactory(is_active=False).email,
        "without a password": UserFactory(password=None).email,
    }
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    with mock.patch(f"{hasher}.encode", autospec=True, return_value="md5$x$y") as encode:
        _try(Client(), emails[case], "wrong-password-1")
    assert encode.call_count == 1


def test_passwords_are_kept_by_argon2(settings: Any) -> None:
    from iqquadrat import settings as real

    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    assert make_password("x").startswith("argon2$argon2id$")


def test_the_session_is_a_new_one_after_signing_in(counsellor: User, client: Client) -> None:
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies[site.SESSION_COOKIE_NAME] = session.session_key
    _try(client, counsellor.email)
    assert client.cookies[site.SESSION_COOKIE_NAME].value != session.session_key
    assert not Sitting.objects.filter(session_key=session.session_key).exists()


def test_signing_out_ends_the_session_on_the_server(counsellor: User, client: Client) -> None:
    _try(client, counsellor.email)
    key = client.cookies[site.SESSION_COOKIE_NAME].value
    response = client.post("/account/sign-out/")
    assert response.status_code == 302
    assert not Sitting.objects.filter(session_key=key).exists()
    client.cookies[site.SESSION_COOKIE_NAME] = key
    assert not _is_in(client)


def test_signing_out_says_so(counsellor: User, as_user: Any) -> None:
    assert (
        "Sie sind abgemeldet" in as_user(counsellor).post("/account/sign-out/", follow=True).content.decode()
    )


def test_a_link_cannot_sign_somebody_out(counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    assert client.get("/account/sign-out/").status_code == 405
    assert _is_in(client)


@pytest.mark.parametrize(
    "path", [SIGN_IN, "/account/sign-out/", "/account/language/", "/account/password/forgotten/"]
)
def test_a_post_from_elsewhere_is_refused(path: str, counsellor: User, strict_client: Client) -> None:
    strict_client.force_login(counsellor, backend="django.contrib.auth.backends.ModelBackend")
    assert strict_client.post(path, {}).status_code == 403


def test_five_wrong_tries_pause_sign_in(counsellor: User, client: Client) -> None:
    statuses = [_try(client, counsellor.email, "wrong-password-1").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    locked = _try(client, counsellor.email)
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "15 Minuten" in locked.content.decode()
    assert not _is_in(client)


def test_unknown_names_are_paused_in_the_same_way(client: Client) -> None:
    statuses = [_try(client, "nobody@example.org", "x").status_code for _ in range(6)]
    assert statuses == [422, 422, 422, 422, 429, 429]


def test_capitalising_differently_buys_no_tries(counsellor: User, client: Client) -> None:
    names = [
        counsellor.email,
        counsellor.email.upper(),
        counsellor.email.title(),
        f" {counsellor.email}",
        counsellor.email,
    ]
    assert [_try(client, name, "wrong").status_code for name in names][-1] == 429


def test_somebody_elses_tries_pause_nobody_else(counsellor: User, coordinator: User, client: Client) -> None:
    for _ in range(6):
        _try(client, counsellor.email, "wrong")
    assert _try(Client(), coordinator.email).status_code == 302


def test_the_pause_ends(counsellor: User, client: Client) -> None:
    for _ in range(6):
        _try(client, counsellor.email, "wrong")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=16)):
        assert _try(client, counsellor.email).status_code == 302


def test_typed_names_are_not_kept(client: Client) -> None:
    _try(client, "my-secret-password@example.org", "another-secret")
    attempt = AccessAttempt.objects.get()
    stored = " ".join(str(getattr(attempt, field.name)) for field in attempt._meta.fields)
    entry = Entry.objects.get(action=Action.SIGN_IN_FAILED)
    assert "secret" not in stored
    assert "secret" not in str(entry.detail)
    assert (entry.user_id, entry.object_id, entry.detail) == (None, "", {"reason": "refused"})


def test_coming_and_going_is_logged(counsellor: User, client: Client) -> None:
    _try(client, counsellor.email)
    client.post("/account/sign-out/")
    entries = Entry.objects.filter(user_id=counsellor.pk).order_by("pk")
    assert [(entry.action, entry.centre_id) for entry in entries] == [
        (Action.SIGN_IN, counsellor.centre_id), (Action.SIGN_OUT, counsellor.centre_id),
    ]  # fmt: skip


def test_a_session_ends_when_nobody_is_there(counsellor: User) -> None:
    start = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = Client()
        _try(client, counsellor.email)
        for _ in range(3):  # working on keeps it alive beyond the limit
            clock.shift(site.STAFF_IDLE_SECONDS - 60)
            assert _is_in(client)
        clock.shift(site.STAFF_IDLE_SECONDS + 1)
        response = client.get("/account/")
        assert response.status_code == 302
        assert response["Location"] == f"{SIGN_IN}?next=/account/"
    assert Entry.objects.filter(action=Action.SIGN_OUT).get().detail == {"reason": "idle"}


def test_an_hour_of_signing_in_and_walking_away_ends_too(counsellor: User) -> None:
    """Also when no page was opened after signing in."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC), tick=False) as clock:
        client = Client()
        _try(client, counsellor.email)
        clock.shift(site.STAFF_IDLE_SECONDS + 1)
        assert not _is_in(client)


@pytest.mark.parametrize("change", ["roles", "close", "reopen", "password"])
def test_a_change_of_rights_ends_all_sessions(
    change: str, counsellor: User, administrator: User, as_user: Any
) -> None:
    first, second = as_user(counsellor), as_user(counsellor)
    if change == "roles":
        change_user(user=counsellor, by=administrator, roles=["counsellor", "coordinator"])
    elif change == "password":
        set_password(user=counsellor, by=counsellor, password="ein-anderes-Kennwort-2")
    else:
        close_account(user=counsellor, by=administrator)
        if change == "reopen":
            reopen_account(user=counsellor, by=administrator)
    assert not _is_in(first)
    assert not _is_in(second)


def test_going_back_to_the_old_roles_revives_no_session(
    counsellor: User, administrator: User, as_user: Any
) -> None:
    client = as_user(counsellor)
    change_user(user=counsellor, by=administrator, roles=["coordinator"])
    change_user(user=counsellor, by=administrator, roles=["counsellor"])
    assert not _is_in(client)


def test_a_change_that_forgets_the_epoch_ends_sessions_too(counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    User.objects.filter(pk=counsellor.pk).update(roles=["coordinator"])
    assert not _is_in(client)


def test_a_signed_in_person_is_led_on(administrator: User, as_user: Any) -> None:
    assert as_user(administrator).get(SIGN_IN)["Location"] == reverse("home")


def test_an_htmx_part_sends_the_whole_page_to_sign_in(client: Client) -> None:
    response = client.get(
        "/account/log/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/account/"}
    )
    assert response.status_code == 204
    assert response["HX-Redirect"] == f"{SIGN_IN}?next=/account/"


def test_a_post_after_the_session_ended_does_not_lead_back_to_a_post(client: Client) -> None:
    assert client.post("/account/sign-out/")["Location"] == f"{SIGN_IN}?next=/"
