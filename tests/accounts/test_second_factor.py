"""Setting a second factor up and taking it away; where the role demands one, nothing else is open before."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.checks import routes
from iqquadrat.accounts.models import AuthenticatorApp, RecoveryCode, User
from iqquadrat.accounts.sealing import seal
from iqquadrat.accounts.services import (
    LastFactorError,
    NoSecondFactorError,
    NotAllowedError,
    OwnFactorError,
    remove_app,
    renew_recovery_codes,
    take_second_factor_away,
)
from tests.accounts.factors import code_of, give_app, give_code, give_password, is_in
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
FACTORS, APP, CODES = (
    "/account/second-factor/",
    "/account/second-factor/app/",
    "/account/second-factor/recovery-codes/",
)


def _shown(page: str) -> tuple[str, str]:
    """The secret that a page shows, and what it has sealed."""
    secret = re.search(r'factor-secret" dir="ltr">([A-Z2-7 ]+)<', page)
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert secret
    assert sealed
    return secret[1].replace(" ", ""), sealed[1]


def test_the_app_is_set_up_with_its_first_code(counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    page = client.get(APP).content.decode()
    secret, sealed = _shown(page)
    assert "data:image/svg+xml" in page
    assert not AuthenticatorApp.objects.exists()
    wrong = client.post(APP, {"sealed": sealed, "code": "000000"})
    assert wrong.status_code == 422
    assert _shown(wrong.content.decode()) == (secret, sealed), "the picture that was scanned stays"
    done = client.post(APP, {"sealed": sealed, "code": code_of(secret)})
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", done.content.decode())
    assert len(set(codes)) == 10
    counsellor.refresh_from_db()
    assert counsellor.has_second_factor
    overview = client.get(FACTORS).content.decode()
    assert "10 Codes übrig" in overview
    assert not any(code in overview for code in codes)
    assert Entry.objects.filter(detail={"fields": ["authenticator_app"]}, user_id=counsellor.pk).count() == 1


def test_each_page_shows_another_secret(counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    assert _shown(client.get(APP).content.decode())[0] != _shown(client.get(APP).content.decode())[0]


@pytest.mark.parametrize("whose", ["another", "nobody", "old"])
def test_only_the_secret_of_the_own_page_counts(
    whose: str, counsellor: User, coordinator: User, as_user: Any
) -> None:
    client = as_user(counsellor)
    secret, sealed = _shown(
        as_user(coordinator if whose == "another" else counsellor).get(APP).content.decode()
    )
    if whose == "nobody":
        sealed = seal(secret, purpose="authenticator app")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31 if whose == "old" else 0)):
        session = client.session
        session["confirmed_at"] = session["last_seen"] = int(timezone.now().timestamp())
        session.save()
        answer = client.post(APP, {"sealed": sealed, "code": code_of(secret)})
    assert answer["Location"] == APP
    assert not AuthenticatorApp.objects.exists()


def test_a_new_phone_takes_the_place_of_the_old_one(counsellor: User, as_user: Any) -> None:
    old, codes = give_app(counsellor)
    client = as_user(counsellor)
    secret, sealed = _shown(client.get(APP).content.decode())
    assert client.post(APP, {"sealed": sealed, "code": code_of(secret)})["Location"] == FACTORS
    assert AuthenticatorApp.objects.count() == 1
    fresh = Client()
    give_password(fresh, counsellor)
    assert give_code(fresh, code_of(old)).status_code == 422
    assert give_code(fresh, codes[0]).status_code == 302, "the codes on paper stay good"


def test_changing_it_asks_for_a_fresh_sign_in(counsellor: User, as_user: Any) -> None:
    give_app(counsellor)
    client = as_user(counsellor)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=20)):
        assert client.get(APP)["Location"].startswith("/account/confirm/")
        for path in (f"{APP}remove/", CODES, f"{FACTORS}key/1/remove/"):
            assert client.post(path)["Location"] == "/account/confirm/?next=%2Faccount%2Fsecond-factor%2F"
    assert AuthenticatorApp.objects.count() == 1


def test_removing_the_only_one_takes_the_codes_along(counsellor: User, as_user: Any) -> None:
    give_app(counsellor)
    client = as_user(counsellor)
    for _ in range(2):
        assert client.post(f"{APP}remove/")["Location"] == FACTORS
    counsellor.refresh_from_db()
    assert not counsellor.has_second_factor
    assert not RecoveryCode.objects.exists()
    assert give_password(Client(), counsellor)["Location"] != "/account/second-step/"


def test_new_recovery_codes_replace_the_old_ones(counsellor: User, as_user: Any) -> None:
    _secret, old = give_app(counsellor)
    page = as_user(counsellor).post(CODES).content.decode()
    new = re.findall(r"<code>(\w{5}-\w{5})</code>", page)
    assert len(new) == 10
    assert not set(new) & set(old)
    client = Client()
    give_password(client, counsellor)
    assert give_code(client, old[0]).status_code == 422
    assert give_code(client, new[0]).status_code == 302


def test_without_a_factor_there_is_nothing_to_recover(counsellor: User) -> None:
    with pytest.raises(NoSecondFactorError):
        renew_recovery_codes(by=counsellor)


# --- Demanded ------------------------------------------------------------------------------------------------------


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_who_needs_one_reaches_nothing_before(role: str, as_user: Any, centre: Any) -> None:
    """Every route of the site without a record in its path, asked as somebody who has none yet."""
    client = as_user(UserFactory(centre=centre, roles=[role]))
    open_to_all = {"public", "kiosk"}
    reached, asked = set(), 0
    for route in routes():
        rule = route.view.access_rule
        if "<" in route.pattern or rule.kind in open_to_all or "GET" not in rule.methods:
            continue
        answer = client.get(f"/{route.pattern}")
        asked += 1
        if answer.status_code == 200:
            reached.add(route.name)
        else:
            assert answer.status_code in (302, 403), route.name
            assert answer.status_code == 403 or answer["Location"] == FACTORS, route.name
    assert asked > 60
    assert reached == {"accounts:factors", "accounts:factor_app", "accounts:key_add", "accounts:confirm"}


@pytest.mark.usefixtures("required")
def test_who_needs_one_is_led_there_and_then_on(coordinator: User, client: Client) -> None:
    give_password(client, coordinator)
    assert client.get("/", follow=True).redirect_chain[-1][0] == FACTORS
    page = client.get(FACTORS).content.decode()
    assert "Ein Schritt noch" in page
    secret, sealed = _shown(client.get(APP).content.decode())
    assert client.post(APP, {"sealed": sealed, "code": code_of(secret)}).status_code == 200
    assert client.get("/account/").status_code == 200
    client.post("/account/sign-out/")
    assert give_password(client, coordinator)["Location"] == "/account/second-step/"


@pytest.mark.usefixtures("required")
def test_scripts_and_parts_of_pages_are_told_too(coordinator: User, as_user: Any) -> None:
    client = as_user(coordinator)
    part = client.get("/account/log/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, FACTORS)
    assert client.post("/account/appearance/", {"theme": "dark"})["Location"] == FACTORS


@pytest.mark.usefixtures("required")
def test_who_needs_none_goes_in(counsellor: User, surveyor: User, as_user: Any) -> None:
    assert is_in(as_user(counsellor))
    assert is_in(as_user(surveyor))


@pytest.mark.usefixtures("required")
def test_who_becomes_a_coordinator_needs_one(counsellor: User, as_user: Any) -> None:
    User.objects.filter(pk=counsellor.pk).update(roles=["counsellor", "coordinator"])
    counsellor.refresh_from_db()
    assert as_user(counsellor).get("/account/")["Location"] == FACTORS


@pytest.mark.usefixtures("required")
def test_the_last_one_stays_where_it_is_needed(coordinator: User, as_user: Any) -> None:
    give_app(coordinator)
    with pytest.raises(LastFactorError):
        remove_app(by=coordinator)
    page = as_user(coordinator).post(f"{APP}remove/", follow=True).content.decode()
    assert "Ihre Rolle braucht" in page
    assert AuthenticatorApp.objects.count() == 1


@pytest.mark.parametrize(("value", "https", "required"), [
    ("required", False, True), ("offered", True, False), ("", True, True), (None, True, True), (None, False, False), ("no", False, True),
])  # fmt: skip
def test_only_one_word_leaves_it_free(value: str | None, https: bool, required: bool) -> None:
    import os
    import subprocess
    import sys

    environment = {**os.environ, "IQ_HTTPS": "1" if https else "0", "IQ_SECRET_KEY": "x" * 60}
    environment.pop("IQ_SECOND_FACTOR", None)
    if value is not None:
        environment["IQ_SECOND_FACTOR"] = value
    command = [
        sys.executable,
        "-c",
        "from iqquadrat.settings import SECOND_FACTOR_REQUIRED; print(SECOND_FACTOR_REQUIRED)",
    ]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    assert said == str(required)


# --- Lost ----------------------------------------------------------------------------------------------------------


def test_an_administrator_takes_a_lost_one_away(counsellor: User, administrator: User, as_user: Any) -> None:
    give_app(counsellor)
    theirs, desk = as_user(counsellor), as_user(administrator)
    page = desk.get(f"/administration/users/{counsellor.pk}/").content.decode()
    assert "10 Wiederherstellungscodes" in page
    desk.post(f"/administration/users/{counsellor.pk}/second-factor/remove/")
    from iqquadrat.accounts.mail import _post_office

    _post_office.submit(lambda: None).result()
    counsellor.refresh_from_db()
    assert not counsellor.has_second_factor
    assert not AuthenticatorApp.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert not is_in(theirs)
    (letter,) = mail.outbox
    assert letter.to == [counsellor.email]
    assert "zweiten Faktor" in letter.body
    entry = Entry.objects.get(detail={"fields": ["second_factor"]})
    assert (entry.user_id, entry.object_id) == (administrator.pk, str(counsellor.pk))
    give_password(theirs, counsellor)
    assert is_in(theirs)


def test_taking_it_away_asks_for_a_fresh_sign_in(counsellor: User, administrator: User, as_user: Any) -> None:
    give_app(counsellor)
    desk = as_user(administrator)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=20)):
        answer = desk.post(f"/administration/users/{counsellor.pk}/second-factor/remove/")
    assert answer["Location"] == f"/account/confirm/?next=%2Fadministration%2Fusers%2F{counsellor.pk}%2F"
    assert AuthenticatorApp.objects.exists()


def test_nobody_takes_the_own_one_away_there(administrator: User, as_user: Any) -> None:
    give_app(administrator)
    assert (
        as_user(administrator)
        .post(f"/administration/users/{administrator.pk}/second-factor/remove/")
        .status_code
        == 403
    )
    with pytest.raises(OwnFactorError):
        take_second_factor_away(user=administrator, by=administrator)


def test_only_administrators_of_the_centre_do(counsellor: User, coordinator: User) -> None:
    give_app(counsellor)
    for other in (coordinator, UserFactory(roles=["administrator"])):
        with pytest.raises(NotAllowedError):
            take_second_factor_away(user=counsellor, by=other)
    assert AuthenticatorApp.objects.exists()


def test_the_house_helps_the_only_administrator(administrator: User) -> None:
    give_app(administrator)
    call_command("remove_second_factor", administrator.email.upper())
    administrator.refresh_from_db()
    assert not administrator.has_second_factor
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "nobody@example.org")
