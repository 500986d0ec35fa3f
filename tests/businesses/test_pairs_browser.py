"""Pairs and lists in a browser: what is asked about rows and records that look alike; axe, both lights, wide and narrow, and the keyboard alone."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from businesses.exchange import services
from businesses.exchange.columns import COLUMNS
from businesses.models import Business, ReallyTwo, RegisterImport, ValueMeaning
from businesses.services import BusinessFacts, Door, create_business, say_two
from iqquadrat.accounts.models import User
from iqquadrat.core.importing.guessing import guess_columns
from tests.counselling.importing import as_csv, run_queue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADS = ["Name", "Straße", "Hausnummer", "Status", "Telefon"]


@pytest.fixture
def assert_readable_everywhere(assert_accessible: Callable[[Page], None]) -> Callable[[Page], None]:
    """Wide and narrow, each light and dark: axe finds nothing, nothing runs out of the page."""

    def check(page: Page) -> None:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for light in ("light", "dark"):
                page.emulate_media(color_scheme=light)
                assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, "runs out of the page"
        page.set_viewport_size({"width": 1440, "height": 900})

    return check


def brought(by: User, *rows: list[str]) -> RegisterImport:
    """Bring a list, its columns as they are guessed."""
    run = services.begin_import(file=io.BytesIO(as_csv([HEADS, *rows])), name="liste.csv", by=by)
    run_queue()
    run.refresh_from_db()
    return services.name_columns(run=run, columns=guess_columns(COLUMNS, run.headers, {}), by=by)


def tab_to(page: Page, target: Any) -> None:
    """Go on with the tab key until ``target`` has the focus."""
    for _step in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def test_two_that_are_two_are_said_and_taken_back_by_keyboard(
    page: Page, sign_in: Any, coordinator: User, assert_readable_everywhere: Any
) -> None:
    one, other = (
        create_business(centre=coordinator.centre, by=coordinator, facts=BusinessFacts(
            door=Door(street="Eisenbahnstraße", house_number=52), sign_name=name,
        ))
        for name in ("Imbiss Hoa Sen", "Imbiss Hoa-Sen")
    )  # fmt: skip
    sign_in(page, coordinator)
    page.goto(reverse("businesses:really_two", args=[one.public_id, other.public_id]))
    assert_readable_everywhere(page)
    tab_to(page, page.locator("#id_reason"))
    page.keyboard.type("zwei Cousins")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("businesses:duplicates"))
    assert ReallyTwo.objects.get().reason == "zwei Cousins"
    # From the page of one of them to what was said, and back.
    page.goto(reverse("businesses:business_detail", args=[one.public_id]))
    way = page.locator(f"a[href='{reverse('businesses:really_two', args=[one.public_id, other.public_id])}']")
    tab_to(page, way)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("zwei Cousins")
    assert_readable_everywhere(page)
    tab_to(page, page.locator("main form button[type=submit]"))
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("businesses:duplicates"))
    assert not ReallyTwo.objects.exists()


def test_values_are_explained_by_keyboard(
    page: Page, sign_in: Any, coordinator: User, assert_readable_everywhere: Any
) -> None:
    run = brought(
        coordinator,
        ["Laden A", "Konradstraße", "1", "geschl.", "1"],
        ["Laden B", "Konradstraße", "2", "läuft", "2"],
    )
    sign_in(page, coordinator)
    page.goto(reverse("businesses:import_values", args=[run.public_id]))
    assert_readable_everywhere(page)
    for place, letter in enumerate(("g", "o")):
        tab_to(page, page.locator("main form select").nth(place))
        page.keyboard.press(letter)
    tab_to(page, page.locator("main form[data-unsaved] button[type=submit]").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("businesses:import_detail", args=[run.public_id]))
    assert dict(ValueMeaning.objects.values_list("written", "code")) == {"geschl": "closed", "lauft": "open"}


def test_rows_that_are_alike_are_decided_by_keyboard(
    page: Page, sign_in: Any, coordinator: User, assert_readable_everywhere: Any
) -> None:
    run = brought(
        coordinator,
        *(["Imbiss Hoa Sen", "Eisenbahnstraße", "52", "offen", str(number)] for number in range(1, 9)),
    )
    run_queue()
    sign_in(page, coordinator)
    page.goto(reverse("businesses:import_doubts", args=[run.public_id]))
    assert_readable_everywhere(page)
    tab_to(page, page.locator("#line-4 button[name=same_line][value='3']"))
    page.keyboard.press("Enter")
    expect(page.locator("#line-4 button[aria-pressed=true]")).to_have_attribute("value", "3")
    # More rows above than buttons: by its number.
    tab_to(page, page.locator("#same-9"))
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator("#same-9")).to_have_value("2")
    assert dict(run.staged_rows.filter(chosen_line__isnull=False).values_list("line", "chosen_line")) == {
        4: 3,
        9: 2,
    }
    assert not Business.objects.exists()


def test_what_was_said_stays_readable(
    page: Page, sign_in: Any, coordinator: User, assert_readable_everywhere: Any
) -> None:
    one, other = (
        create_business(centre=coordinator.centre, by=coordinator, facts=BusinessFacts(sign_name=name))
        for name in ("Café Anh", "Café Ánh")
    )
    say_two(one=one, other=other, by=coordinator, reason="Donaudampfschifffahrtsgesellschaft" * 5)
    sign_in(page, coordinator)
    page.goto(reverse("businesses:duplicates"))
    assert_readable_everywhere(page)
