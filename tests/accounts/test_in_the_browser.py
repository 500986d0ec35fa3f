"""Signing in, switching the language and signing out by keyboard; no page of this room has a barrier."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from iqquadrat.accounts.models import User
from tests.fixtures.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


def test_in_and_out_by_keyboard(page: Page, administrator: User) -> None:
    page.goto("/account/sign-in/?next=/administration/users/")
    expect(page.get_by_label("E-Mail")).to_be_focused()
    page.keyboard.type(administrator.email)
    page.keyboard.press("Tab")
    page.keyboard.type("falsch")
    page.keyboard.press("Enter")
    expect(page.get_by_text("passen nicht zusammen")).to_be_visible()
    expect(page.get_by_label("E-Mail")).to_have_value(administrator.email)
    _tab_to(page, "input[type=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Konten")
    _tab_to(page, "summary.me")
    page.keyboard.press("Enter")
    _tab_to(page, "button[name=language][value=en]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accounts")
    _tab_to(page, "summary.me")
    page.keyboard.press("Enter")
    _tab_to(page, "form[action='/account/sign-out/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto("/administration/users/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_account_page_fetches_the_own_entries(
    page: Page, counsellor: User, sign_in: Callable[..., None]
) -> None:
    sign_in(page, counsellor)
    page.goto("/account/")
    expect(page.get_by_role("cell", name="angemeldet")).to_be_visible()


def test_no_page_has_a_barrier(
    centre: Any, page: Page, sign_in: Callable[..., None], assert_readable: Any
) -> None:
    both = UserFactory(centre=centre, roles=["coordinator", "administrator"])
    UserFactory(centre=centre, is_active=False)
    for path in ("/account/password/sent/", "/account/password/choose/a/b/"):
        page.goto(path)
        assert_readable(page)
    sign_in(page, both)
    for path in ("/account/", "/administration/users/", f"/administration/users/{both.pk}/", "/administration/log/?action=export"):  # fmt: skip
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert_readable(page)
