"""Choosing the current programme by keyboard, without a barrier."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from iqquadrat.accounts.models import User
from iqquadrat.reporting.models import Programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_current_programme_is_chosen(
    width: int, coordinator: User, new_context: Any, sign_in: Callable[..., None], assert_accessible: Any
) -> None:
    for code in ("iq-eins", "iq-zwei"):
        programme = Programme.objects.create(
            code=code, name=f"Programm {code}", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
        )
        programme.centres.add(coordinator.centre)
    page = new_context(width=width).new_page()
    sign_in(page, coordinator)
    page.goto("/figures/programmes/")
    button = page.get_by_role(
        "button", name=re.compile("Als laufendes Programm verwenden ?: Programm iq-zwei")
    )
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("gehören ab jetzt zum Programm")).to_be_visible()
    expect(
        page.get_by_role("button", name=re.compile("Nicht mehr verwenden ?: Programm iq-zwei"))
    ).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
