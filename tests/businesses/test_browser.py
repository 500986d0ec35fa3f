"""A phone on the street: an interview at 390 px, the network gone in the middle; and axe."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from businesses.models import Interview, Unit
from businesses.services import draw_call_backs, record_interview
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_interview_on_a_phone_survives_a_lost_connection(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User, assert_accessible: Any
) -> None:
    context = new_context(width=390, height=844)
    page = context.new_page()
    sign_in(page, surveyor)
    page.goto(reverse("businesses:field_home"))
    assert_accessible(page)
    page.get_by_text("Imbiss Hoa Sen").click()
    assert_accessible(page)
    page.locator("form.bz-start button[type=submit]").click()
    expect(page.locator(".fd-count")).to_contain_text("1")
    assert_accessible(page)
    page.get_by_text("Inhaber/in", exact=True).click()
    context.set_offline(True)
    page.locator(".fd-nav button[type=submit]").click()
    expect(page.locator("[data-net]")).to_be_visible()
    expect(page.locator("input[value=owner]")).to_be_checked()
    assert not Answer.objects.exists()
    context.set_offline(False)
    page.wait_for_url("**/q/v02_founded/")
    answer = Answer.objects.get()
    assert (answer.item.key, answer.choices, answer.seq) == ("v01_role", ["owner"], 1)
    page.locator(".fd-nav button[type=submit]").click()
    expect(page.locator(".fld-error")).to_be_visible()
    page.fill("input[name=v02_founded]", "1998")
    page.locator(".fd-nav button[type=submit]").click()
    page.wait_for_url("**/q/v03_start/")
    interview = Interview.objects.get()
    page.goto(reverse("interviews:question", kwargs={"public_id": interview.public_id, "key": "v31_german"}))
    assert_accessible(page)
    page.goto(reverse("interviews:interview_finish", kwargs={"public_id": interview.public_id}))
    assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_the_office_reads(
    page: Any,
    sign_in: Any,
    unit: Unit,
    surveyor: User,
    coordinator: User,
    core: dict,
    assert_readable: Any,
) -> None:
    interview = record_interview(
        unit=unit, answers=core, by=surveyor, started_at=timezone.now(), completed_at=timezone.now()
    )
    draw_call_backs(wave=unit.wave, seed=1, by=coordinator)
    sign_in(page, coordinator)
    page.goto(reverse("businesses:call_backs", kwargs={"public_id": unit.wave.public_id}))
    expect(page.locator(".bz-compared dd").first).to_have_text("Inhaber/in")
    for address in (
        reverse("businesses:call_backs", kwargs={"public_id": unit.wave.public_id}),
        reverse("businesses:wave_board", kwargs={"public_id": unit.wave.public_id}),
        reverse("businesses:business_list"),
        reverse("businesses:business_create"),
        reverse("businesses:business_detail", kwargs={"public_id": unit.business.public_id}),
        reverse("businesses:wave_list"),
        reverse("businesses:wave_detail", kwargs={"public_id": unit.wave.public_id}),
        reverse("businesses:event_list"),
        reverse("interviews:interview_detail", kwargs={"public_id": interview.public_id}),
    ):
        page.goto(address)
        assert_readable(page)
