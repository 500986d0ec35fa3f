"""The pages of papers in the browser: axe in both directions, by keyboard, on a phone; the file really comes."""

from typing import Any

import pytest
from django.urls import reverse

from competence import tasks
from competence.models import Assessment, PaperBatch, ProfileRelease
from iqquadrat.accounts.models import User
from tests.competence.profiles import full_assessment, persian_client, well_known

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    return well_known(counsellor)


def _fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_release_by_keyboard_and_take_it_back(
    assessment: Assessment, counsellor: User, page: Any, sign_in: Any, assert_readable: Any
) -> None:
    sign_in(page, counsellor)
    page.goto(reverse("competence:release", args=[assessment.public_id]))
    assert_readable(page)
    page.get_by_label("Reza Karimi").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Das gibt die Person frei").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Zurzeit freigegeben").wait_for()
    assert ProfileRelease.objects.get().items == ["name"]
    assert_readable(page)
    page.get_by_role("button", name="Die Person nimmt alles zurück").click()
    page.locator("dialog[open]").get_by_role("button", name="Widerrufen").click()
    page.get_by_role("heading", name="Frühere Freigaben").wait_for()
    assert ProfileRelease.objects.get().ended_how == "withdrawn"


def test_all_of_the_page_then_the_file(
    assessment: Assessment, counsellor: User, page: Any, sign_in: Any, assert_readable: Any
) -> None:
    full_assessment(persian_client(counsellor=counsellor, number="K-2026-0200"))
    sign_in(page, counsellor)
    page.goto(reverse("competence:batch_create"))
    assert_readable(page)
    page.get_by_label("Alle dieser Seite auswählen").check()
    assert page.locator("input[name=chosen]:checked").count() == 2
    page.get_by_role("button", name="Papiere erstellen").click()
    page.locator("#progress").wait_for()
    assert_readable(page)
    batch = PaperBatch.objects.get()
    tasks.make_papers.func(batch.pk, batch.attempt)
    page.get_by_role("heading", name="2 Papiere sind fertig").wait_for()
    assert_readable(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Als ZIP-Datei abholen").click()
    assert coming.value.suggested_filename.endswith(".zip")


@pytest.mark.parametrize("width", [390, 768])
def test_on_a_phone_nothing_is_wider_than_the_window(
    assessment: Assessment,
    counsellor: User,
    new_context: Any,
    sign_in: Any,
    assert_accessible: Any,
    width: int,
) -> None:
    page = new_context(width=width, height=844).new_page()
    sign_in(page, counsellor)
    for url in (
        reverse("competence:release", args=[assessment.public_id]),
        reverse("competence:batch_create"),
    ):
        page.goto(url)
        page.get_by_role("heading", level=1).wait_for()
        assert _fits(page), url
        assert_accessible(page)
