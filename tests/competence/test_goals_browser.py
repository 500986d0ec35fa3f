"""Agreed goals in the browser: written, ended and opened again without leaving the profile; with axe, also on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from competence.models import AgreedGoal, Assessment
from iqquadrat.accounts.models import User
from tests.competence.factories import AgreedGoalFactory, AssessmentFactory
from tests.competence.profiles import full_assessment, persian_client
from tests.competence.test_group import finished_profiles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    return full_assessment(persian_client(counsellor=counsellor))


def test_a_goal_is_agreed_ended_and_opened_again_in_place(
    assessment: Assessment, counsellor: User, page: Any, sign_in: Any, assert_readable: Any
) -> None:
    sign_in(page, counsellor)
    address = reverse("competence:profile", kwargs={"public_id": assessment.public_id})
    page.goto(address)
    page.get_by_role("link", name="Ziel vereinbaren").click()
    form = page.get_by_role("form", name="Ziel vereinbaren")
    form.get_by_label("Worum es geht").select_option("Deutschkurs")
    form.get_by_label("Ziel", exact=True).fill("Kurs B1 am Vormittag")
    form.get_by_label("Dasselbe auf Persisch").fill("دورهٔ B1")
    form.get_by_label("Wer es").select_option("beide gemeinsam")
    form.get_by_role("button", name="Speichern").click()  # "until when" is missing: what was typed stays
    form.get_by_text("Dieses Feld ist zwingend erforderlich.", exact=True).wait_for()
    assert form.get_by_label("Dasselbe auf Persisch").input_value() == "دورهٔ B1"
    assert_readable(page)
    form.get_by_label("Bis wann").fill("3/2031")
    form.get_by_role("button", name="Speichern").click()
    goals = page.locator("#goals")
    goals.get_by_text("bis März 2031").wait_for()
    assert page.url.endswith(address)

    goals.get_by_role("link", name="Was ist daraus geworden").click()
    goals.get_by_label("Was daraus geworden ist").select_option("erreicht")
    goals.get_by_role("button", name="Speichern").click()
    goals.get_by_text("1 abgeschlossenes Ziel").click()
    assert_readable(page)
    goals.get_by_role("button", name="Wieder öffnen").click()
    goals.get_by_text("Das Ziel ist wieder offen").wait_for()
    assert AgreedGoal.objects.get().is_open
    assert page.url.endswith(address)


def test_two_assessments_with_what_was_agreed(
    assessment: Assessment, counsellor: User, page: Any, sign_in: Any, assert_readable: Any
) -> None:
    AgreedGoalFactory(assessment=assessment)
    other = AssessmentFactory(finished=True, client=assessment.client)
    sign_in(page, counsellor)
    page.goto(reverse("competence:comparison", args=[assessment.public_id, other.public_id]))
    page.get_by_role("heading", name="Vereinbarte Ziele").wait_for()
    assert_readable(page)


def test_the_group_of_a_half_year(
    centre: Any, counsellor: User, coordinator: User, page: Any, sign_in: Any, assert_readable: Any
) -> None:
    finished_profiles(12, centre, counsellor, gender="female")
    finished_profiles(8, centre, counsellor, field="care", gender="male")
    finished_profiles(2, centre, counsellor, gender="diverse")
    sign_in(page, coordinator)
    page.goto(reverse("competence:group") + "?period=2026-1")
    page.get_by_role("heading", name="Arbeitsfelder").wait_for()
    assert_readable(page)
    page.get_by_label("Wer").select_option("weiblich (12)")
    page.get_by_text("nur: weiblich").wait_for()
    assert_readable(page)
