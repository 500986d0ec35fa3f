"""The pages around the profile in the browser: axe, no page wider than the window, the tab of the client page."""

from typing import Any

import pytest
from django.urls import reverse

from competence.models import Assessment
from competence.services import evidence as evidence_services
from iqquadrat.accounts.models import User
from tests.competence.profiles import full_assessment, persian_client, write_log

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    made = full_assessment(persian_client(counsellor=counsellor))
    write_log(made)
    evidence_services.store_result(made)
    return made


def _fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_list_answers_and_forms(
    assessment: Assessment,
    counsellor: User,
    page: Any,
    sign_in: Any,
    assert_readable: Any,
) -> None:
    sign_in(page, counsellor)
    own = {"public_id": assessment.public_id}
    for url, heading in (
        (reverse("competence:assessment_list"), "Kompetenzbilanzen"),
        (reverse("competence:answers", kwargs=own), "Antworten"),
        (reverse("competence:confirm_field", kwargs={**own, "row_key": "field:repair"}), "Reparieren"),
        (reverse("competence:set_aside", kwargs=own), "Angaben zum Deutschverstehen beiseitelegen"),
    ):
        page.goto(url)
        page.get_by_role("heading", level=1, name=heading).wait_for()
        assert_readable(page)


def test_sums_of_the_coordinator(
    assessment: Assessment,
    coordinator: User,
    page: Any,
    sign_in: Any,
    assert_readable: Any,
) -> None:
    sign_in(page, coordinator)
    page.goto(reverse("competence:assessment_list"))
    page.get_by_role("rowheader", name="Persisch").wait_for()
    assert_readable(page)


def test_the_tab_of_the_client_page(
    assessment: Assessment, counsellor: User, new_context: Any, sign_in: Any, assert_accessible: Any
) -> None:
    page = new_context().new_page()
    sign_in(page, counsellor)
    page.goto(reverse("counselling:client_detail", args=[assessment.client.public_id]))
    page.get_by_role("link", name="Kompetenz").or_(page.get_by_role("tab", name="Kompetenz")).last.click()
    page.get_by_role("heading", name="Deutsch verstehen in diesem Fragebogen").wait_for()
    assert _fits(page)
    assert_accessible(page)
    page.get_by_role("link", name="Antworten ansehen").click()
    page.get_by_role("heading", level=1, name="Antworten").wait_for()
