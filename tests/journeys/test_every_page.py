"""Every page of the access table, opened in a browser by each kind of reader who may: axe finds nothing, nothing runs out of the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from tests.access.table import EVERYBODY, Route
from tests.fixtures.people import CentreFactory, UserFactory
from tests.test_access import ROWS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Fragments, files and pages without a frame of their own; the pages that hold them are looked at. The gallery has tests of its own.
NO_PAGES = {
    "gallery", "accounts:sign_out", "reporting:report_xlsx", "reporting:report_json", "reporting:report_pdf",
    "counselling:client_export", "counselling:consultation_export", "questionnaires:workbook", "competence:paper", "competence:counsellor_paper",
    "placements:client_choices", "placements:retention_panel", "placements:due_panel", "placements:placement_export",
    "placements:proposal_letter", "placements:client_note", "kiosk:state", "health", "ready", "counselling:consultation_aside",
    "businesses:field_panel", "businesses:business_points", "placements:client_panel", "reporting:compare_xlsx",
    "businesses:quarter_sheet", "businesses:quarter_sheet_geojson", "businesses:survey_form", "placements:business_panel",
    "counselling:referrals_today", "counselling:institution_slip", "counselling:appointment_slip", "counselling:calendar_file",
    "placements:match_paper", "placements:job_search_panel",
    "businesses:field_data", "businesses:field_worker", "businesses:photo", "businesses:revisits_xlsx", "businesses:revisits_pdf", "counselling:consent_text_part", "counselling:consent_paper", "counselling:event_paper", "counselling:import_template",
    "businesses:analysis_report_progress", "businesses:analysis_report_file",
    "rights:hand_over_file", "rights:hand_over_paper", "counselling:import_problems_export",
    "counselling:import_progress", "counselling:consultation_people", "rights:client_rights", "rights:requests_today",
    "reporting:late_of_client", "reporting:late_of_consultation", "questionnaires:audio", "competence:batch_progress",
    "businesses:register_export", "businesses:import_template", "businesses:import_problems_export", "businesses:import_progress",
    "competence:goals_today", "competence:short_profile", "competence:guide", "competence:cv", "competence:cv_docx",
    "businesses:need_export", "businesses:needs_panel", "businesses:business_needs", "businesses:event_file", "businesses:series_file",
    "reporting:frozen_progress", "reporting:report_file_progress", "reporting:report_file_fetch", "reporting:public_csv", "reporting:public_json",
    "reporting:esf_xlsx", "reporting:esf_pdf", "counselling:questions_today", "placements:client_businesses",
    "businesses:attendance_paper", "businesses:minutes_paper", "businesses:invitations_paper", "businesses:certificates",
    "placements:vacancy_export", "placements:vacancy_panel", "placements:notice_paper", "placements:notice_wall_paper",
}  # fmt: skip
PAGES = [
    row
    for row in ROWS
    if not row.kiosk and "GET" in row.methods and row.get_status == 200 and row.name not in NO_PAGES
]

GROUP = 8
GROUPS = {PAGES[first].name: PAGES[first : first + GROUP] for first in range(0, len(PAGES), GROUP)}


def test_there_are_pages_to_open() -> None:
    assert len(PAGES) > 50
    assert {row.name for row in ROWS} >= NO_PAGES


@pytest.mark.parametrize("first", GROUPS)
def test_axe_finds_nothing(
    first: str, new_context: Callable[..., BrowserContext], sign_in: Any, assert_readable: Any
) -> None:
    """Some pages in one browser, each in a centre of its own."""
    page = new_context().new_page()
    problems = []
    for row in GROUPS[first]:
        try:
            _open(page, row, sign_in)
            assert_readable(page)
        except AssertionError as found:
            problems.append(f"{row.name}: {found}")
    assert not problems, "\n\n".join(problems)


def _open(page: Page, row: Route, sign_in: Any) -> None:
    centre = CentreFactory()
    users = {role: UserFactory(centre=centre, roles=[role]) for role in sorted(EVERYBODY)}
    address = reverse(row.name, kwargs=row.kwargs(users | {"me": users[min(row.roles)]}))
    page.context.clear_cookies()
    if not row.public:
        sign_in(page, users[min(row.roles)])
    response = page.goto(address)
    assert response is not None
    assert response.status == 200
    assert page.locator("main").count(), "a fragment or a file: name it above"
