"""The page of downloads in a browser: axe, both widths, and a file that arrives."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import Unit
from businesses.services import record_interview
from iqquadrat.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_data_and_reports(
    width: int,
    new_context: Any,
    sign_in: Any,
    unit: Unit,
    surveyor: User,
    coordinator: User,
    core: dict[str, Any],
    assert_readable: Any,
) -> None:
    now = timezone.now()
    record_interview(unit=unit, answers=core, by=surveyor, started_at=now, completed_at=now)
    page = new_context(width=width, height=900).new_page()
    sign_in(page, coordinator)
    page.goto(reverse("businesses:wave_detail", kwargs={"public_id": unit.wave.public_id}))
    page.get_by_role("link", name="Daten und Berichte").click()
    assert_readable(page)
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Antworten herunterladen").click()
    assert arriving.value.suggested_filename.startswith("survey-internal-")
    page.locator("label[for=id_scope_1]").click()
    page.get_by_role("button", name="Antworten herunterladen").click()
    page.wait_for_url("**/answers/**")
    assert_readable(page)
