"""Every page of the access table, opened in a browser by each kind of reader who may: axe finds nothing, nothing runs out of the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext

from tests.access.table import EVERYBODY, Route
from tests.fixtures.people import UserFactory
from tests.test_access import ROWS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Fragments, files and pages without a frame of their own; the pages that hold them are looked at.
NO_PAGES = {
    "accounts:sign_out", "reporting:report_xlsx", "reporting:report_json", "reporting:report_pdf", "counselling:client_export",
    "questionnaires:workbook", "competence:paper", "competence:counsellor_paper", "placements:client_choices", "kiosk:state", "health", "counselling:consultation_aside", "businesses:field_panel", "placements:client_panel",
    "placements:business_panel", "counselling:referrals_today", "counselling:institution_slip", "counselling:appointment_slip", "counselling:calendar_file",
    "counselling:consent_text_part", "counselling:consent_paper", "counselling:event_paper", "counselling:import_template",
    "rights:hand_over_file", "rights:hand_over_paper", "counselling:import_problems_export",
    "counselling:import_progress", "counselling:consultation_people", "rights:client_rights", "rights:requests_today",
    "reporting:late_of_client", "reporting:late_of_consultation",
}  # fmt: skip
PAGES = [
    row
    for row in ROWS
    if not row.kiosk and "GET" in row.methods and row.get_status == 200 and row.name not in NO_PAGES
]


def test_there_are_pages_to_open() -> None:
    assert len(PAGES) > 50
    assert {row.name for row in ROWS} >= NO_PAGES


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_axe_finds_nothing(
    row: Route, centre: Any, new_context: Callable[..., BrowserContext], sign_in: Any, assert_accessible: Any
) -> None:
    users = {role: UserFactory(centre=centre, roles=[role]) for role in sorted(EVERYBODY)}
    address = reverse(row.name, kwargs=row.kwargs(users | {"me": users[min(row.roles)]}))
    page = new_context(width=1440).new_page()
    if not row.public:
        sign_in(page, users[min(row.roles)])
    response = page.goto(address)
    assert response is not None
    assert response.status == 200
    if not page.locator("main").count():
        pytest.fail("a fragment or a file: name it above")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "runs out of the page"
