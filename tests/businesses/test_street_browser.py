"""The street and the map in a browser: axe, the keyboard, and that nobody else's server is asked."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from businesses.models import Street
from businesses.services import save_street
from iqquadrat.accounts.models import User
from tests.businesses.factories import BusinessFactory, StreetFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINE = [[12.3965, 51.3456], [12.4160, 51.3466]]


@pytest.fixture
def street(coordinator: User) -> Street:
    made = StreetFactory(centre=coordinator.centre)
    states = ["open", "vacant", "changed", "not_yet_open", "closed", "moved"]
    for number, status in enumerate(states * 2, start=1):
        BusinessFactory(
            centre=coordinator.centre, premises__street=made, premises__house_number=number, status=status,
            sign_name=f"Laden {number}",
        )  # fmt: skip
    return save_street(
        centre=coordinator.centre, street=made, name=made.name, by=coordinator, line=LINE, number_at_start=1, number_at_end=12
    )  # fmt: skip


def test_the_street_is_walked_with_the_keyboard(
    page: Any, sign_in: Any, street: Street, coordinator: User, assert_readable: Any
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, coordinator)
    page.goto(reverse("businesses:street_view"))
    assert_readable(page)
    page.locator("a.u").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#st-below .unit-name")).to_contain_text("Laden 4")
    assert "unit=" in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#st-below .unit-name")).to_contain_text("Laden 3")
    expect(page.locator("a.u.is-here")).to_have_count(1)
    page.reload()
    expect(page.locator("#st-below .unit-name")).to_contain_text("Laden 3")
    assert said == []


def test_the_map_asks_no_other_server(
    page: Any, sign_in: Any, street: Street, coordinator: User, assert_readable: Any
) -> None:
    said: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    sign_in(page, coordinator)
    page.goto(reverse("businesses:business_map"))
    expect(page.locator(".bz-pin")).to_have_count(12)
    assert_readable(page)
    page.locator(".bz-pin").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup bdi")).to_contain_text("Laden")
    assert asked - {""} == {urlsplit(page.url).netloc}
    assert said == []
