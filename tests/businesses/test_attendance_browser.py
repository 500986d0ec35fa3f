"""The attendance sheet and the pages around it in a browser: one key a line, the sum, axe, a phone's width."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from businesses import services
from businesses.models import Event
from iqquadrat.accounts.models import User
from tests.businesses.factories import BusinessFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evening(counsellor: User) -> Event:
    event = services.plan_event(
        centre=counsellor.centre, kind="information", title="Kassenbuch", at=timezone.now() - dt.timedelta(hours=3), topic="tax", by=counsellor,
    )  # fmt: skip
    for name in ("Asiamarkt", "Bäckerei", "Café"):
        business = BusinessFactory(centre=counsellor.centre, sign_name=name)
        services.enrol(event=event, business=business, by=counsellor, person_name="Hoa")
    return event


def test_the_sheet_is_filled_with_one_key_a_line(
    page: Any, sign_in: Any, evening: Event, counsellor: User, assert_readable: Any
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, counsellor)
    page.goto(reverse("businesses:event_attendance", args=[evening.public_id]))
    assert_readable(page)
    page.locator("[data-presence]").first.focus()
    for key in "aef":
        page.keyboard.press(key)
    expect(page.locator("[name=unnamed]")).to_be_focused()
    page.keyboard.type("2")
    page.locator("[data-heads]").first.fill("3")
    expect(page.locator("[data-sum]")).to_have_text("5")
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_url(f"**{reverse('businesses:event_detail', args=[evening.public_id])}")
    evening.refresh_from_db()
    assert evening.head_count == 5
    rows = evening.attendances.order_by("business__sign_name").values_list("presence", "heads")
    assert list(rows) == [("present", 3), ("excused", 0), ("absent", 0)]
    assert said == []


def test_all_present_leaves_alone_what_is_noted(
    page: Any, sign_in: Any, evening: Event, counsellor: User
) -> None:
    sign_in(page, counsellor)
    page.goto(reverse("businesses:event_attendance", args=[evening.public_id]))
    page.locator("[data-presence]").nth(1).select_option("absent")
    page.get_by_role("button", name="Alle anwesend").click()
    chosen = [choice.input_value() for choice in page.locator("[data-presence]").all()]
    assert chosen == ["present", "absent", "present"]


def test_the_pages_fit_a_phone(page: Any, sign_in: Any, evening: Event, counsellor: User) -> None:
    need = services.open_need(business=evening.enrolments[0].business, topic="tax", by=counsellor)
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, counsellor)
    for address in (
        reverse("businesses:need_list"), reverse("businesses:need_detail", args=[need.public_id]), reverse("businesses:event_list"),
        reverse("businesses:event_detail", args=[evening.public_id]), reverse("businesses:event_attendance", args=[evening.public_id]),
        reverse("businesses:event_plan"), reverse("businesses:invitations", args=[evening.public_id]),
    ):  # fmt: skip
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
