"""The kiosk in a real browser: switching, losing the connection, a second tab, leaving nothing, being accessible."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from competence.models import Assessment, KioskSession, ParadataEvent
from competence.services.assessments import issue_code
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import AssessmentFactory, small_version
from tests.counselling.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessment() -> Assessment:
    return AssessmentFactory()


def come_in(
    page: Page, assessment: Assessment, language: str = "ar", *, measuring: str = "yes", address: str = ""
) -> None:
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto(f"{address}/k/")
    page.locator(f".greet-pick[value={language}]").click()
    for digit in code:
        page.locator(f".pad [data-digit='{digit}']").click()
    page.locator(".pad-go").click()
    if language != "de":
        page.locator(f"button[name=action][value={measuring}]").click()
    expect(page.locator("#question")).to_be_visible()


def choose(page: Page, key: str) -> None:
    page.locator(f".pick:has(input[value='{key}'])").click()


def advance(page: Page, key: str) -> None:
    page.locator(".q-next").click()
    expect(page.locator(f"#question[data-key={key}]")).to_be_visible()


def events(assessment: Assessment) -> list[str]:
    return list(
        ParadataEvent.objects.filter(session__assessment=assessment)
        .exclude(event__in=["blur", "focus"])
        .order_by("seq")
        .values_list("event", flat=True)
    )


def test_answering_with_a_switch_to_arabic(page: Page, assessment: Assessment, assert_accessible: Callable[[Page], None]) -> None:  # fmt: skip
    come_in(page, assessment)
    assert_accessible(page)
    next_place = page.locator(".q-next").bounding_box()
    page.locator(".q-tab.mine").click()
    block = page.locator(".q-block")
    expect(block).to_have_attribute("dir", "rtl")
    expect(page.locator("#ask")).to_have_text("[ar] Frage zu start_mood?", use_inner_text=True)
    assert page.locator(".q-next").bounding_box() == next_place  # switching moves nothing
    assert_accessible(page)
    choose(page, "good")
    advance(page, "arr_year")
    expect(page.locator(".q-block")).to_have_attribute(
        "dir", "ltr"
    )  # the next question opens in German again
    page.locator("[name=number]").fill("۱۳۹۸")
    page.locator(".q-next").click()
    expect(page.locator("#converted")).to_contain_text("2019")  # shown back first
    advance(page, "sch_years")
    page.locator(".q-back").click()
    expect(page.locator("[name=number]")).to_have_value("2019")
    answers = {answer.item.key: answer for answer in Answer.objects.select_related("item")}
    assert answers["start_mood"].choices == ["good"]
    assert answers["start_mood"].language_shown == "ar"
    assert events(assessment)[:4] == ["shown", "to_l1", "answer", "next"]
    assert events(assessment)[4:7] == ["shown", "answer", "next"]


def test_switching_is_instant_and_asks_nobody(page: Page, assessment: Assessment) -> None:
    come_in(page, assessment)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    times = page.evaluate(
        """async () => {
          const found = [];
          for (const tab of [".mine", "[lang=de]", ".mine", "[lang=de]", ".mine"]) {
            const start = performance.now();
            document.querySelector(`.q-tab${tab}`).click();
            document.body.getBoundingClientRect();  // the layout belongs to it
            found.push(performance.now() - start);
            await new Promise(requestAnimationFrame);
          }
          return found;
        }"""
    )
    assert sorted(times)[2] < 30, times
    assert not asked


def test_everything_in_my_language_stays(page: Page, assessment: Assessment) -> None:
    come_in(page, assessment, "tr")
    page.locator(".q-all").click()
    advance(page, "arr_year")
    expect(page.locator(".q-block")).to_have_class(re.compile("is-mine"))
    page.reload()
    expect(page.locator(".q-block")).to_have_class(re.compile("is-mine"))
    assert "l1_mode_on" in events(assessment)


def test_persian_is_written_in_its_own_digits_and_sent_in_ours(page: Page, assessment: Assessment) -> None:
    come_in(page, assessment, "fa")
    page.locator(".q-all").click()
    advance(page, "arr_year")
    keys = page.locator(".pad-small [data-digit]")
    expect(keys.first).to_have_text("۱")
    for digit in "2019":
        page.locator(f".pad-small [data-digit='{digit}']").click()
    expect(page.locator("[name=number]")).to_have_value("۲۰۱۹")
    page.locator("[data-add='1']").click()
    expect(page.locator("[name=number]")).to_have_value("۲۰۲۰")
    page.locator(".q-tab[lang=de]").click()
    expect(page.locator("[name=number]")).to_have_value("2020")
    expect(keys.first).to_have_text("1")
    page.locator(".q-tab.mine").click()
    advance(page, "sch_years")
    page.locator("[name=number]").press_sequentially("12")
    expect(page.locator("[name=number]")).to_have_value("۱۲")
    advance(page, "wrk_ever")
    assert dict(Answer.objects.filter(number__gt=0).values_list("item__key", "number")) == {
        "arr_year": 2020, "sch_years": 12,
    }  # fmt: skip
    assert events(assessment).count("change") <= 1, "switching alone is no change of the answer"


def test_a_wrong_number_is_said_beside_the_question(page: Page, assessment: Assessment) -> None:
    come_in(page, assessment)
    page.locator(".q-soft[value=skip]").click()
    expect(
        page.locator("#question[data-key=arr_year]")
    ).to_be_visible()  # until then a second press does nothing
    page.wait_for_timeout(100)
    page.locator(".q-soft[value=dont_know]").click()
    expect(page.locator("#question[data-key=sch_years]")).to_be_visible()
    page.locator("[name=number]").fill("99")
    page.locator(".q-next").click()
    expect(page.locator("#error")).to_contain_text("25")
    expect(page.locator("[name=number]")).to_have_value("99")
    page.locator("[name=number]").fill("9")
    advance(page, "wrk_ever")
    states = dict(Answer.objects.values_list("item__key", "status"))
    assert states == {"start_mood": "skipped", "arr_year": "dont_know", "sch_years": "answered"}
    assert events(assessment).count("next") == 3


def test_a_lost_connection_loses_nothing(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    context = new_context()
    page = context.new_page()
    come_in(page, assessment)
    expect(page.locator("#question")).to_be_visible()
    page.wait_for_timeout(300)
    context.set_offline(True)
    choose(page, "bad")
    expect(page.locator("[data-notice=offline]")).to_be_visible()
    page.locator(".q-tab.mine").click()  # switching needs no connection
    expect(page.locator(".q-block")).to_have_attribute("dir", "rtl")
    choose(page, "good")
    page.locator(".q-next").click()
    page.wait_for_timeout(500)
    expect(page.locator("#question[data-key=start_mood]")).to_be_visible()
    assert not Answer.objects.exists()
    context.set_offline(False)
    expect(page.locator("#question[data-key=arr_year]")).to_be_visible(timeout=20_000)
    expect(page.locator("[data-notice=offline]")).to_be_hidden()
    assert Answer.objects.get().choices == ["good"]
    assert events(assessment) == ["shown", "answer", "to_l1", "change", "next"]


def test_the_older_of_two_tabs_only_reads(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    context = new_context()
    first = context.new_page()
    come_in(first, assessment)
    second = context.new_page()
    second.goto(first.url)
    expect(second.locator("#question")).to_be_visible()
    second.wait_for_timeout(500)
    choose(first, "bad")
    expect(first.locator("[data-notice=other_window]")).to_be_visible()
    expect(first.locator(".q-next")).to_be_disabled()
    choose(second, "good")
    advance(second, "arr_year")
    assert Answer.objects.get().choices == ["good"]


def test_a_break_leaves_nothing_behind(page: Page, assessment: Assessment) -> None:
    come_in(page, assessment)
    address = page.url
    choose(page, "good")
    advance(page, "arr_year")
    page.locator(".q-tool[value=pause]").click()
    page.locator("[data-pause]").click()
    page.wait_for_url("**/k/ended/**")
    assert page.context.cookies() == [] or all(
        "kiosk" not in cookie["name"] for cookie in page.context.cookies()
    )
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.go_back()
    page.wait_for_load_state()
    assert "Frage zu" not in page.content()
    assert page.goto(address).status == 404
    assert KioskSession.objects.get().ended_reason == "paused"
    assert Answer.objects.get(item__key="start_mood").choices == ["good"]
    come_in_again(page, assessment)


def come_in_again(page: Page, assessment: Assessment) -> None:
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto("/k/?lang=ar")
    page.locator("#code").fill(code)
    page.locator(".pad-go").click()
    expect(page.locator("#question[data-key=arr_year]")).to_be_visible()


def test_to_the_end_by_keyboard(
    page: Page, assessment: Assessment, assert_accessible: Callable[[Page], None]
) -> None:
    come_in(page, assessment)
    for _step in range(20):
        if page.locator("[data-last]").count():
            break
        key = page.locator("#question").get_attribute("data-key")
        page.locator(".q-soft[value=skip]").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("key => document.querySelector('#question')?.dataset.key !== key", arg=key)
    assert_accessible(page)
    page.locator("[data-last] button").click()
    page.wait_for_url("**/k/ended/**")
    expect(page.locator("h1")).to_contain_text("شكرًا")
    assert_accessible(page)
    assessment.refresh_from_db()
    assert assessment.state == "finished"
    assert events(assessment)[-1] == "end"


def test_without_javascript(new_context: Callable[..., BrowserContext], assessment: Assessment) -> None:
    page = new_context(java_script_enabled=False).new_page()
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto("/k/")
    page.locator(".greet-pick[value=ar]").click()
    page.locator("#code").fill(code)
    page.locator(".pad-go").click()
    page.locator("button[value=yes]").click()
    page.locator(".q-tab.mine").click()
    expect(page.locator(".q-block")).to_have_attribute("dir", "rtl")
    choose(page, "good")
    page.locator(".q-next").click()
    expect(page.locator("#question[data-key=arr_year]")).to_be_visible()
    page.locator(".q-back").click()
    expect(page.locator("input[value=good]")).to_be_checked()
    assert Answer.objects.get(item__key="start_mood").choices == ["good"]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_first_page_is_accessible(page: Page, language: str, assert_accessible: Callable[[Page], None], db: Any) -> None:  # fmt: skip
    page.goto(f"/k/?lang={language}")
    assert_accessible(page)


def test_the_counsellor_gets_a_code_and_sees_how_it_goes(
    new_context: Callable[..., BrowserContext], sign_in: Callable[..., None], counsellor: User
) -> None:
    small_version()
    client = ClientFactory(counsellor=counsellor, reading_language="ar")
    desk = new_context().new_page()
    sign_in(desk, counsellor)
    desk.goto(reverse("kiosk:start", kwargs={"public_id": client.public_id}))
    desk.locator("main form button").click()
    desk.get_by_text("Code zeigen").click()
    expect(desk.locator(".code-cells i")).to_have_count(8)
    code = desk.locator(".code-cells").get_attribute("aria-label") or ""
    pc = new_context().new_page()
    pc.goto("/k/?lang=ar")
    pc.locator("#code").fill(code)
    pc.locator(".pad-go").click()
    pc.locator("button[value=yes]").click()
    expect(pc.locator("#question")).to_be_visible()
    assert desk.locator(".start-pair use").first.get_attribute("href") == pc.locator(
        ".q-pair use"
    ).first.get_attribute("href")
    expect(desk.locator("#kiosk-live")).to_contain_text("Teil 1 von 3")


def test_a_connection_lost_on_the_last_question_loses_nothing(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    context = new_context()
    page = context.new_page()
    come_in(page, assessment)
    while page.locator("#question").get_attribute("data-key") != "wsh_learn":
        key = page.locator("#question").get_attribute("data-key")
        page.locator(".q-soft[value=skip]").click()
        page.wait_for_function("key => document.querySelector('#question')?.dataset.key !== key", arg=key)
    context.set_offline(True)
    page.locator("[name=text]").fill("Schweißen")
    page.locator(".q-next").click()
    expect(page.locator("[data-notice=offline]")).to_be_visible()
    expect(page.locator("[data-last]")).to_have_count(0)  # no way to finish before the answer arrived
    context.set_offline(False)
    expect(page.locator("[data-last]")).to_be_visible(timeout=20_000)
    page.locator("[data-last] button").click()
    page.wait_for_url("**/k/ended/**")
    assert Answer.objects.get(item__key="wsh_learn").text == "Schweißen"
    assessment.refresh_from_db()
    assert assessment.state == "finished"
