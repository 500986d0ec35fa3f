"""The app for the street on a phone: without connection, with a closed browser, sent twice, in two windows, by two persons."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Playwright, Request, expect

from businesses.models import FieldOperation, Interview, Unit
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.businesses.factories import UnitFactory
from tests.businesses.field_app import Answers, arrived, begin, hand_in, open_app, phone, walk
from tests.businesses.field_helpers import end_state

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def doors(unit: Unit) -> list[Unit]:
    """Three doors of the own section."""
    street = unit.business.premises.street
    return [unit] + [
        UnitFactory(wave=unit.wave, business__premises__street=street, business__premises__house_number=number, business__sign_name=name)
        for number, name in ((54, "Friseur Schick"), (56, "Gemüse Aras"))
    ]


def test_three_interviews_survive_everything_and_arrive_once(
    playwright: Playwright, live_server: Any, sign_in: Any, tmp_path: Path, doors: list[Unit], surveyor: User, core: Answers
) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith(reverse("businesses:field_sync")):
            sent.append(request.post_data or "")

    with phone(playwright, tmp_path, live_server.url) as first:
        page = first.new_page()
        page.on("request", note)
        sign_in(page, surveyor)
        open_app(page)
        begin(page, doors[0], "vi")
        walk(page, core, until=lambda pages: pages == 6)
        first.set_offline(True)
        walk(page, core)
        hand_in(page)
        expect(page.locator("#net")).to_contain_text("Keine Verbindung")
        begin(page, doors[1], "ar")
        walk(page, core, until=lambda pages: pages == 9)
        # In the middle of a page the browser is gone.
        page.locator(".bz-item input, .bz-item textarea").first.focus()
        page.locator("#main").evaluate("() => true")
    assert Interview.objects.get().completed_at is None

    with phone(playwright, tmp_path, live_server.url, offline=True) as second:
        page = second.new_page()
        page.on("request", note)
        page.goto(reverse("businesses:field_app"))
        expect(page.locator("#net")).to_contain_text("Einträge warten")
        page.locator(f"[data-unit='{doors[1].pk}']").click()
        page.get_by_role("button", name="Interview weiterführen").click()
        walk(page, core)
        hand_in(page)
        begin(page, doors[2])
        walk(page, core, until=lambda pages: pages == 12)
        second.set_offline(False)
        expect(page.locator("#net")).to_contain_text("Bitte melden Sie sich neu an")
        sign_in(page, surveyor)
        walk(page, core)
        hand_in(page)
        page.locator("#net [data-send]").or_(page.locator("#net [data-arrived]")).first.click()
        arrived(page)

    before = end_state(*doors)
    interviews = Interview.objects.filter(surveyor=surveyor)
    assert sorted(interviews.values_list("disposition", "language")) == [("complete", "ar"), ("complete", "de"), ("complete", "vi")]
    for interview in interviews:
        assert interview.completed_at is not None
        stored = {row.item.key: row for row in Answer.objects.filter(response=interview.response).select_related("item")}
        assert {key: stored[key].choices for key, raw in core.items() if "choices" in raw} == {
            key: [choice for choice in raw["choices"]] if len(raw["choices"]) == 1 else stored[key].choices
            for key, raw in core.items() if "choices" in raw
        }
        assert {key: stored[key].number for key in ("v02_founded", "v09_heads")} == {"v02_founded": 1998, "v09_heads": 4}
    operations = FieldOperation.objects.count()

    again = Client()
    again.force_login(surveyor, backend="django.contrib.auth.backends.ModelBackend")
    assert len(sent) >= 3
    for body in sent:
        answer = again.post(reverse("businesses:field_sync"), body, content_type="application/json")
        assert {told["result"] for told in answer.json()["results"]} <= {"already", "overtaken"}
    assert end_state(*doors) == before
    assert FieldOperation.objects.count() == operations
