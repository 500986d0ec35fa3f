"""The whole way with a phone and with a security key, in a browser, by keyboard where hands are at the keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from iqquadrat.accounts.models import SecurityKey, User
from tests.accounts.factors import code_of, give_app
from tests.fixtures.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _give_password(page: Page, user: User) -> None:
    page.goto("/account/sign-in/?next=/account/places/")
    page.get_by_label("E-Mail").fill(user.email)
    page.get_by_label("Kennwort").fill(PASSWORD)
    page.keyboard.press("Enter")


def _sign_out(page: Page) -> None:
    page.goto("/account/")
    page.locator("summary.me").click()
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_text("Sie sind abgemeldet.")).to_be_visible()


def test_from_setting_up_the_app_to_signing_in_with_it(
    page: Page, administrator: User, settings: Any, assert_readable: Callable[[Page], None]
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    _give_password(page, administrator)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ein Schritt noch")
    assert_readable(page)
    page.get_by_role("link", name="App einrichten").click()
    assert page.evaluate("document.querySelector('.factor-picture').naturalWidth") > 100
    page.get_by_text("Die Kamera geht nicht?").click()
    secret = page.locator(".factor-secret").inner_text().replace(" ", "")
    assert_readable(page)
    page.get_by_label("Code aus der App").fill(code_of(secret, seconds=-30))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Wiederherstellungscodes")
    expect(page.locator(".factor-codes code")).to_have_count(10)
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()
    assert_readable(page)
    paper = page.locator(".factor-codes code").first.inner_text()
    page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
    _sign_out(page)
    _give_password(page, administrator)
    expect(page.get_by_label("Code")).to_be_focused()
    assert_readable(page)
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Das passt nicht").first).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wo ich angemeldet bin")
    assert_readable(page)
    _sign_out(page)
    _give_password(page, administrator)
    page.get_by_role("link", name="Wiederherstellungscode verwenden").click()
    page.get_by_label("Wiederherstellungscode").fill(paper)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/account/places/$"))
    page.goto("/account/second-factor/")
    expect(page.get_by_text("9 Codes übrig")).to_be_visible()
    assert_readable(page)


@pytest.fixture
def key(page: Page) -> str:
    """A key in the port, which is touched as soon as it is asked."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    made: str = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return made


@pytest.mark.usefixtures("key")
def test_a_security_key_is_added_and_used(
    page: Page, counsellor: User, sign_in: Callable[..., None], assert_readable: Callable[[Page], None]
) -> None:
    sign_in(page, counsellor)
    page.goto("/account/second-factor/key/")
    expect(page.get_by_text("Der Schlüssel hat nicht geantwortet.")).to_be_hidden()
    assert_readable(page)
    page.get_by_label("Name des Schlüssels").fill("Blauer Schlüssel")
    page.get_by_role("button", name="Schlüssel hinzufügen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Wiederherstellungscodes")
    page.goto("/account/second-factor/")
    expect(page.get_by_text("Blauer Schlüssel")).to_be_visible()
    expect(page.get_by_text("noch nicht benutzt")).to_be_visible()
    _sign_out(page)
    _give_password(page, counsellor)
    expect(page.get_by_role("button", name="Sicherheitsschlüssel verwenden")).to_be_visible()
    assert_readable(page)
    page.get_by_role("button", name="Sicherheitsschlüssel verwenden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wo ich angemeldet bin")
    assert SecurityKey.objects.get().sign_count > 0
    page.goto("/account/second-factor/")
    page.get_by_role("button", name="Schlüssel Blauer Schlüssel entfernen").click()
    page.get_by_role("dialog").get_by_role("button", name="Entfernen").click()
    expect(page.get_by_text("Der Sicherheitsschlüssel ist entfernt.")).to_be_visible()
    assert not SecurityKey.objects.exists()


@pytest.mark.usefixtures("key")
def test_a_foreign_key_says_that_it_does_not_fit(page: Page, counsellor: User) -> None:
    secret, _codes = give_app(counsellor)
    SecurityKey.objects.create(user=counsellor, name="Anderer", credential_id="AAAA", public_key="AA")
    _give_password(page, counsellor)
    page.get_by_role("button", name="Sicherheitsschlüssel verwenden").click()
    expect(page.get_by_text("Der Schlüssel hat nicht geantwortet.")).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wo ich angemeldet bin")
