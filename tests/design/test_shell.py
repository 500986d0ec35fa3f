"""The frame of every page, in a browser: keys, menus, the phone's navigation, theme; and what the server puts into it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from playwright.sync_api import BrowserContext, Page, expect

from iqquadrat import urls as site_urls
from iqquadrat.accounts.access import signed_in

handler404 = site_urls.handler404

PAGE = """{% extends "base.html" %}{% block title %}Heute{% endblock %}{% block page_title %}Heute{% endblock %}
{% block lede %}Fünf Termine.{% endblock %}{% block main %}<p>Inhalt</p>{% endblock %}"""


@signed_in()
def framed(request: HttpRequest) -> HttpResponse:
    """A page of staff with one message of each kind."""
    messages.success(request, "Gespeichert.")
    messages.error(request, "Das <b>ging</b> nicht.")
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


urlpatterns = [
    path("framed/", framed, name="framed"),
    *site_urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def _site_with_a_framed_page(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__


browser = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.django_db
def test_the_frame_names_the_centre_and_the_person_and_says_what_happened(
    as_user: Any, counsellor: Any
) -> None:
    body = as_user(counsellor).get("/framed/").content.decode()
    assert counsellor.centre.name in body
    assert counsellor.get_full_name() in body
    assert '<div class="msg ok">' in body
    assert '<div class="msg bad">' in body
    assert "Das &lt;b&gt;ging&lt;/b&gt; nicht." in body
    assert "Beratung erfassen" in body


@pytest.mark.django_db
def test_what_the_role_may_not_do_is_not_there(as_user: Any, surveyor: Any) -> None:
    body = as_user(surveyor).get("/framed/").content.decode()
    assert "Beratung erfassen" not in body
    assert 'role="search"' not in body


@pytest.mark.django_db
def test_the_frame_keeps_the_theme_of_the_account(as_user: Any, counsellor: Any) -> None:
    counsellor.theme = "dark"
    counsellor.save()
    assert 'data-bs-theme="dark"' in as_user(counsellor).get("/framed/").content.decode()


@pytest.mark.django_db
def test_strangers_are_sent_to_sign_in() -> None:
    assert Client().get("/framed/").status_code == 302


class TestBrowser:
    pytestmark = browser

    def test_keys_lead_to_search_and_to_a_new_consultation(
        self, page: Page, sign_in: Any, counsellor: Any
    ) -> None:
        sign_in(page, counsellor)
        page.goto("/framed/")
        field = page.get_by_role("combobox", name="Klient/in suchen")
        page.keyboard.press("/")
        expect(field).to_be_focused()
        page.keyboard.type("n/n")
        expect(field).to_have_value("n/n")
        page.keyboard.press("Escape")
        expect(field).not_to_be_focused()
        page.keyboard.press("n")
        page.wait_for_url("**/consultations/new/")

    def test_the_search_asks_by_the_address(self, page: Page, sign_in: Any, counsellor: Any) -> None:
        sign_in(page, counsellor)
        page.goto("/framed/")
        page.keyboard.press("/")
        page.keyboard.type("Олена")
        page.keyboard.press("Enter")
        page.wait_for_url("**/clients/search/?q=**")

    def test_the_menu_closes_by_escape_and_gives_the_focus_back(
        self, page: Page, sign_in: Any, counsellor: Any, assert_accessible: Callable[[Page], None]
    ) -> None:
        sign_in(page, counsellor)
        page.goto("/framed/")
        menu = page.locator("details.menu")
        menu.locator("summary").click()
        expect(menu).to_have_attribute("open", "")
        assert_accessible(page)
        page.keyboard.press("Escape")
        expect(menu).not_to_have_attribute("open", "")
        expect(menu.locator("summary")).to_be_focused()

    @pytest.mark.parametrize(("scheme", "theme"), [("dark", "dark"), ("light", "light")])
    def test_the_theme_follows_the_device(
        self, new_context: Callable[..., BrowserContext], sign_in: Any, counsellor: Any, scheme: str, theme: str,
        assert_accessible: Callable[[Page], None],
    ) -> None:  # fmt: skip
        page = new_context(color_scheme=scheme).new_page()
        sign_in(page, counsellor)
        page.goto("/framed/")
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        assert_accessible(page)

    def test_the_navigation_unfolds_on_a_phone(
        self, new_context: Callable[..., BrowserContext], sign_in: Any, counsellor: Any
    ) -> None:
        page = new_context(width=390, height=844).new_page()
        sign_in(page, counsellor)
        page.goto("/framed/")
        navigation = page.locator("#navigation")
        expect(navigation).to_be_hidden()
        opener = page.locator(".top-menu")
        opener.click()
        expect(navigation).to_be_visible()
        expect(opener).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(navigation).to_be_hidden()
        page.locator(".top-search").click()
        expect(page.get_by_role("combobox", name="Klient/in suchen")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    def test_without_a_script_the_phone_still_has_its_navigation(
        self, new_context: Callable[..., BrowserContext], sign_in: Any, counsellor: Any
    ) -> None:
        page = new_context(width=390, height=844, java_script_enabled=False).new_page()
        sign_in(page, counsellor)
        page.goto("/framed/")
        page.locator(".top-menu").click()
        expect(page.locator("#navigation")).to_be_visible()
