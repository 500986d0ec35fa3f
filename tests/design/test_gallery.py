"""The gallery of components, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("address", ["/gallery/", "/gallery/?mirrored"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_light_and_dark_left_and_right(
    new_context: Callable[..., BrowserContext],
    assert_accessible: Callable[[Page], None],
    address: str,
    width: int,
) -> None:
    page = new_context(width=width).new_page()
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if "mirrored" in address else "ltr")
    expect(page.locator("section.gal[data-bs-theme=dark]")).to_have_count(2)
    assert_accessible(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_pictograms_take_the_colours_of_their_surroundings(page: Page) -> None:
    page.goto("/gallery/")
    for theme in ("light", "dark"):
        picture = page.locator(f"section[data-bs-theme={theme}] .pick .pic").first
        ink, name = picture.evaluate(
            "element => [getComputedStyle(element).stroke, getComputedStyle(element).getPropertyValue('--iq-primary-line')]"
        )
        assert ink == {"light": "rgb(15, 88, 98)", "dark": "rgb(124, 198, 205)"}[theme]
        assert name.strip() == {"light": "#b5d0d0", "dark": "#2f5a60"}[theme]


def test_picture_or_table(page: Page) -> None:
    page.goto("/gallery/")
    expect(page.locator("#tab-de-light")).to_be_hidden()
    page.locator("[data-shows=tab-de-light]").click()
    expect(page.locator("#tab-de-light")).to_be_visible()
    expect(page.locator("#pic-de-light")).to_be_hidden()
    expect(page.locator("[data-shows=tab-de-light]")).to_have_attribute("aria-pressed", "true")


def test_a_destructive_step_asks_in_words_and_keeping_does_nothing(page: Page) -> None:
    page.goto("/gallery/")
    clicks: Any = page.evaluate_handle("() => { window.reached = 0; return null }")
    button = page.locator("#t-de-light ~ .gal-row [data-confirm]").first
    button.evaluate("button => button.addEventListener('click', () => { window.reached += 1 })")
    button.click()
    dialog = page.locator("dialog#confirm")
    expect(dialog).to_contain_text("Akte K-2024-0231 löschen?")
    expect(dialog).to_contain_text("Das kann niemand rückgängig machen.")
    dialog.get_by_role("button", name="Behalten").click()
    expect(dialog).to_be_hidden()
    assert page.evaluate("window.reached") == 0
    button.click()
    dialog.get_by_role("button", name="Akte löschen").click()
    page.wait_for_function("window.reached === 1")
    clicks.dispose()
