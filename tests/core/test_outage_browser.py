"""The database goes away while a page is open: the page stays, a message says why; afterwards it works again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from playwright.sync_api import Browser, expect

from iqquadrat.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_stays_and_says_why(
    width: int, chromium: Browser, live_server: Any, counsellor: User, sign_in: Callable[..., None],
    assert_accessible: Any, monkeypatch: Any,
) -> None:  # fmt: skip
    # A context of its own: the browser writes the 503 that is wanted here into the console.
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, locale="de-DE", reduced_motion="reduce"
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, counsellor)
    page.goto("/account/")
    expect(page.get_by_role("cell", name="angemeldet")).to_be_visible()
    page.get_by_label("Vorname").fill("Halb getippt")
    away = True

    def find(*args: Any, **kwargs: Any) -> Any:
        if away:
            raise OperationalError("the server closed the connection unexpectedly")
        return original(*args, **kwargs)

    from iqquadrat.accesslog import views

    original = views.lines
    monkeypatch.setattr(views, "lines", find)
    again = "htmx.ajax('GET', '/account/log/', {target: '[hx-get=\"/account/log/\"]'})"
    page.evaluate(again)
    expect(page.locator("#messages")).to_contain_text("Die Datenbank ist gerade nicht erreichbar")
    expect(page.locator("#messages")).to_be_in_viewport()
    expect(page.get_by_label("Vorname")).to_have_value("Halb getippt")
    expect(page.get_by_role("cell", name="angemeldet")).to_be_visible()
    assert_accessible(page)
    away = False
    page.evaluate(again)
    expect(page.get_by_role("cell", name="angemeldet")).to_be_visible()
    context.close()


def test_the_page_of_the_outage_has_no_barrier(
    chromium: Browser, live_server: Any, assert_accessible: Any, monkeypatch: Any
) -> None:
    from iqquadrat.accounts.views import signing_in

    def away(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("away")

    monkeypatch.setattr(signing_in, "wished", away)
    for width in (1440, 390):
        context = chromium.new_context(base_url=live_server.url, viewport={"width": width, "height": 900})
        page = context.new_page()
        answer = page.goto("/account/sign-in/")
        assert answer is not None
        assert answer.status == 503
        expect(page.get_by_role("heading", level=1)).to_have_text("Einen Augenblick")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        context.close()
