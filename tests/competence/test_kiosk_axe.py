"""The client's pages in every language, with the real texts: axe finds nothing, and no word makes a small screen scroll sideways."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, expect

from competence.services.assessments import issue_code
from tests.competence.factories import AssessmentFactory
from tests.competence.test_kiosk_whole import FOLDER
from tests.fixtures.delivered import delivered

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# One of each kind: pictures, a year with its pad, several answers, a scale, steps, a probe, the week, a day, a text.
KINDS = (
    "start_mood", "arr_year", "home_langs", "prk_cook", "de_read", "prb_a2_1", "avl_times", "avl_from", "wsh_learn",
)  # fmt: skip
NARROW = 390


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_axe_finds_nothing_in_any_language(
    new_context: Callable[..., BrowserContext], assert_accessible: Callable[[Page], None], language: str
) -> None:
    delivered(FOLDER)
    assessment = AssessmentFactory()
    page = new_context(
        width=NARROW, height=1700
    ).new_page()  # so high that nothing lies below the bar at the foot

    def check() -> None:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW, page.url

    page.goto(f"/k/?lang={language}")
    check()
    page.locator("#code").fill(issue_code(assessment=assessment, by=assessment.client.counsellor))
    page.locator(".pad-go").click()
    if language != "de":
        expect(page.locator(".ask-answers")).to_be_visible()
        check()
        page.locator("[name=action][value=yes]").click()
    expect(page.locator("#question")).to_be_visible()
    base = page.url.split("/q/")[0].rstrip("/")
    for key in KINDS:
        page.goto(f"{base}/q/{key}/")
        if language != "de":
            page.locator(".q-tab.mine").click()
            expect(page.locator(".q-block")).to_have_attribute("lang", language)
        if key == "wsh_learn":
            page.locator("[data-keys]").click()
            expect(page.locator(".keys-rows")).to_be_visible()
        check()
    page.locator(".q-tool[popovertarget=help]").click()
    check()
