"""The whole questionnaire to its end in a real browser: by keyboard, by touch, zoomed in, without JavaScript; in several languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from competence.models import Assessment
from competence.services.assessments import issue_code
from iqquadrat.questionnaires import content, flow
from iqquadrat.questionnaires.answers import value_of
from iqquadrat.questionnaires.models import Answer, Version
from tests.competence.factories import AssessmentFactory

FOLDER = Path(__file__).resolve().parents[2] / "competence" / "content"
pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True),
]  # fmt: skip
# So that every part of the questionnaire is asked.
WANTED = {"wrk_ever": "yes", "voc_way": "vocational", "wrk_main": "kitchen"}


@pytest.fixture
def assessment() -> Assessment:
    content.load(FOLDER)
    return AssessmentFactory()


def key_of(page: Page) -> str:
    return page.locator("#question").get_attribute("data-key") or ""


def first_question(page: Page) -> None:
    """Wait until its scripts are there: who is faster sends the plain form, which is right, and another test's matter."""
    expect(page.locator("#question")).to_be_visible()
    page.wait_for_load_state("load")


def gone(page: Page, key: str) -> bool:
    """Wait until the question has been left; tell whether it was the last one."""
    page.wait_for_function(
        "key => document.querySelector('[data-last]') || document.querySelector('#question')?.dataset.key !== key", arg=key
    )  # fmt: skip
    return page.locator("[data-last]").count() > 0


def assert_all_answered(page: Page, assessment: Assessment, least: int = 78) -> None:
    """The page says so, the database too: every question that is asked has an answer, none is skipped."""
    page.wait_for_url("**/k/ended/**")
    assessment.refresh_from_db()
    assert assessment.state == "finished"
    version = Version.objects.with_content().get(pk=assessment.response.version_id)
    answers = {answer.item.key: answer for answer in Answer.objects.select_related("item")}
    values = {key: value_of(answer.item.type, answer) for key, answer in answers.items()}
    asked = [item.key for item in flow.applicable_items(version, values)]
    assert len(asked) >= least
    assert set(asked) == set(answers)
    assert {answer.status for answer in answers.values()} == {"answered"}


# By keyboard, zoomed in, in Arabic ------------------------------------------------------------------------------------------


def tab_to(page: Page, selector: str) -> None:
    for _press in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way to {selector} by the Tab key")


def test_by_keyboard_alone_at_twice_the_size_in_arabic(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    """1440 by 900 at 200 per cent is a page of 720 by 450 points: everything is reached, nothing runs out sideways."""
    page = new_context(width=720, height=450, device_scale_factor=2).new_page()
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto("/k/")
    tab_to(page, ".greet-pick[value=ar]")
    page.keyboard.press("Enter")
    page.keyboard.type(code)  # the caret is in the field already
    page.keyboard.press("Enter")
    expect(page.locator(".ask-answers")).to_be_visible()
    tab_to(page, "[name=action][value=yes]")
    page.keyboard.press("Enter")
    first_question(page)
    tab_to(page, ".q-all")
    page.keyboard.press("Space")
    while True:
        key = key_of(page)
        answer_by_keyboard(page, key)
        if gone(page, key):
            break
        assert page.evaluate("document.activeElement.id") == "ask", key
        assert page.evaluate("document.documentElement.scrollWidth") <= 720, key
    tab_to(page, "[data-last] button")
    page.keyboard.press("Enter")
    assert_all_answered(page, assessment)
    texts = Answer.objects.get(item__key="wsh_learn")
    assert texts.text == "لغة"
    assert texts.language_shown == "ar"


def answer_by_keyboard(page: Page, key: str) -> None:
    kind = page.locator("#question").get_attribute("data-type")
    if kind in ("single", "multiple"):
        wanted = WANTED.get(key)
        tab_to(page, "#question [name=choice]")
        page.keyboard.press("Space")
        for _press in range(12):
            if not wanted or page.evaluate("document.activeElement.value") == wanted:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    elif kind == "text":
        tab_to(page, "[data-keys]")
        page.keyboard.press("Enter")
        tab_to(page, ".keys-rows button")
        for letter in "لغة":
            press_letter(page, letter)
        tab_to(page, ".q-next")
        page.keyboard.press("Enter")
    else:
        tab_to(page, f"[name={'year' if kind == 'date' else 'number'}]")
        page.keyboard.type("2025" if kind in ("date", "year") else "5")
        page.keyboard.press("Enter")


def press_letter(page: Page, letter: str) -> None:
    """Go to a key of the keyboard on the screen by the arrows, and press it."""
    for _press in range(60):
        if page.evaluate("document.activeElement.dataset.text") == letter:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowLeft")  # onward, from right to left
    pytest.fail(f"no way to {letter} by the arrows")


# By touch on a small screen, in Persian ---------------------------------------------------------------------------


def test_by_touch_alone_on_a_small_screen_in_persian(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context(width=390, height=844, has_touch=True).new_page()
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto("/k/")
    page.locator(".greet-pick[value=fa]").tap()
    for digit in code:
        page.locator(f".pad [data-digit='{digit}']").tap()
    page.locator(".pad-go").tap()
    page.locator("[name=action][value=yes]").tap()
    first_question(page)
    page.locator(".q-all").tap()
    while True:
        key = key_of(page)
        answer_by_touch(page, key)
        page.locator(".q-next").tap()
        if key == "arr_year":
            # A year of the Persian calendar is shown back in ours before it goes on.
            expect(page.locator("#converted")).to_contain_text("۲۰۱۹")
            expect(page.locator("[name=number]")).to_have_value("۲۰۱۹")
            page.locator(".q-next").tap()
        if gone(page, key):
            break
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, key
    page.locator("[data-last] button").tap()
    assert_all_answered(page, assessment)
    assert Answer.objects.get(item__key="arr_year").number == 2019
    assert Answer.objects.get(item__key="wsh_learn").text == "می\u200cشوم"


def answer_by_touch(page: Page, key: str) -> None:
    kind = page.locator("#question").get_attribute("data-type")
    if kind in ("single", "multiple"):
        wanted = WANTED.get(key)
        page.locator(f".pick:has([value={wanted}])" if wanted else "#question .pick").first.tap()
    elif kind == "text":
        page.locator("[data-keys]").tap()
        for letter in "می\u200cشوم":
            page.locator(f'.keys [data-text="{letter}"]').tap()
    else:
        typed = {"arr_year": "1398", "wrk_last": "2024", "avl_from": "2027"}.get(key, "5")
        for digit in typed:
            page.locator(f".pad-small [data-digit='{digit}']").tap()


# Without JavaScript, in Turkish ----------------------------------------------------------------------------------


def test_without_javascript_in_turkish(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto("/k/?lang=tr")
    page.locator("#code").fill(code)
    page.locator(".pad-go").click()
    page.locator("[name=action][value=yes]").click()
    page.locator(".q-all").click()
    for _question in range(81):
        key = key_of(page)
        answer_plainly(page, key, WANTED.get(key))
        page.locator(".q-next").click()
        page.wait_for_url(re.compile(rf"/k/[^/]+/(?!q/{key}/)"))
        if page.locator("[data-last]").count():
            break
    page.locator("[data-last] button").click()
    assert_all_answered(page, assessment)
    assert Answer.objects.get(item__key="wsh_learn").language_shown == "tr"


def answer_plainly(page: Page, key: str, wanted: str | None) -> None:
    kind = page.locator("#question").get_attribute("data-type")
    if kind in ("single", "multiple"):
        page.locator(f".pick:has([value={wanted}])" if wanted else "#question .pick").first.click()
    elif kind == "text":
        page.locator("[name=text]").fill("Сварка")
    else:
        page.locator("[name=year]" if kind == "date" else "[name=number]").fill(
            {"avl_from": "2027", "arr_year": "2019", "wrk_last": "2024"}.get(key, "5")
        )
