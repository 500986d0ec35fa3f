"""Strong contrast, sizes, pictures beside every answer, ten greetings, years of the Persian calendar shown back."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page, expect

from competence.calendars import is_persian
from competence.models import Assessment, KioskSession, ParadataEvent
from competence.question_page import kind_of
from competence.services import sessions
from iqquadrat.core import pictograms
from iqquadrat.questionnaires import content
from iqquadrat.questionnaires.models import Answer, Version
from tests.competence.factories import AssessmentFactory
from tests.competence.kiosk import Pc, sit_down
from tests.competence.test_kiosk_browser import advance, come_in

FOLDER = Path(__file__).resolve().parents[2] / "competence" / "content"
TEN = ("de", "ru", "vi", "ar", "fa", "tr", "uk", "ku", "en", "fr")


@pytest.fixture
def assessment(db: Any) -> Assessment:
    return AssessmentFactory()


# Pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_answer_has_a_picture_that_exists() -> None:
    """Scales have their squares, ladders their rungs. Words of a reading probe have none: a picture would give the answer away."""
    version = Version.objects.with_content().get(pk=content.load(FOLDER).pk)
    known = set(pictograms.names())
    seen = 0
    for item in version.ordered_items:
        if not item.has_choices or kind_of(item) in ("scale", "ladder"):
            continue
        icons = [choice.icon for choice in item.all_choices]
        if item.probe and item.level != "A1":
            assert not any(icons), item.key
            continue
        assert set(icons) <= known, (item.key, set(icons) - known)
        seen += len(icons)
    assert seen > 250


# Contrast and size -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_contrast_is_kept_for_the_session_and_the_next_one() -> None:
    pc = sit_down()
    assert pc.post_json("here", {"contrast": True}).status_code == 200
    assert pc.session.high_contrast
    assert b'data-contrast="high"' in pc.get("question", key="start_mood").content
    assert pc.post_json("here", {"size": 2}).status_code == 200  # one does not undo the other
    assert (pc.session.high_contrast, pc.session.text_size) == (True, 2)
    sessions.pause(session=pc.session)
    sessions.open_session(assessment=pc.assessment, language="ar")
    assert KioskSession.objects.filter(ended_at__isnull=True).get().high_contrast


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1, "true", [], {}])
def test_contrast_is_read_with_distrust(value: Any) -> None:
    pc = sit_down()
    assert pc.post_json("here", {"contrast": value}).status_code == 400
    assert not pc.session.high_contrast


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_contrast_with_and_without_javascript(
    new_context: Callable[..., BrowserContext], assessment: Assessment, assert_accessible: Callable[[Page], None]
) -> None:  # fmt: skip
    page = new_context().new_page()
    come_in(page, assessment)
    before = page.locator(".q-block").evaluate("block => getComputedStyle(block).borderTopColor")
    page.locator(".q-contrast").click()
    expect(page.locator("body")).to_have_attribute("data-contrast", "high")
    after = page.locator(".q-block").evaluate("block => getComputedStyle(block).borderTopColor")
    assert (before != after, after) == (True, "rgb(0, 0, 0)")
    page.locator(".pick").first.click()
    assert_accessible(page)
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-contrast", "high")
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(page.url)
    plain.locator(".q-contrast").click()
    expect(plain.locator("body")).to_have_attribute("data-contrast", "normal")
    expect(plain.locator("input[value=good]")).to_be_checked()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_computers_own_contrast_is_followed(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context(contrast="more").new_page()
    come_in(page, assessment)
    assert (
        page.locator(".q-block").evaluate("block => getComputedStyle(block).borderTopColor") == "rgb(0, 0, 0)"
    )
    page.emulate_media(contrast="no-preference", forced_colors="active")
    mark = ".pick-mark .bi"
    assert (
        page.locator(mark).first.evaluate("mark => getComputedStyle(mark).visibility") == "hidden"
    )  # not a tick everywhere
    page.locator(".pick").first.click()
    assert page.locator(mark).first.evaluate("mark => getComputedStyle(mark).visibility") == "visible"
    assert page.locator(".pick").first.evaluate("pick => getComputedStyle(pick).outlineStyle") != "none"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_size_and_contrast_on_a_phone(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context(width=390, height=844).new_page()
    come_in(page, assessment)
    page.wait_for_load_state("networkidle")  # before the page's code runs, a choice reloads it
    expect(page.locator(".q-size")).to_be_hidden()
    page.locator(".q-look-open").click()
    page.locator(".q-size .s3").click()
    expect(page.locator("body")).to_have_attribute("data-size", "3")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".q-contrast").click()
    expect(page.locator("body")).to_have_attribute("data-contrast", "high")


# The first page ----------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_ten_greetings_fit_on_every_screen(
    new_context: Callable[..., BrowserContext], assert_accessible: Callable[[Page], None]
) -> None:
    with override_settings(CLIENT_LANGUAGES=TEN):
        page = new_context().new_page()
        page.goto("/k/")
        expect(page.locator(".greet")).to_have_count(10)
        assert_accessible(page)
        for width, height in ((1440, 900), (1280, 800), (768, 1024), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for pick in page.locator(".greet-pick").all():
                box = pick.bounding_box()
                assert box
                assert box["height"] >= 48
                assert pick.evaluate("pick => pick.scrollWidth <= pick.clientWidth")
        page.set_viewport_size({"width": 1280, "height": 800})
        assert page.evaluate("document.documentElement.scrollHeight") <= 800, "nothing to scroll on a PC"


# Years of the Persian calendar -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("1398", True), ("۱۳۹۸", True), (" ١٣٩٨ ", True), ("2019", False), ("1199", False), ("1500", False), ("13", False), ("", False), ("۱۳x۸", False)],
)  # fmt: skip
def test_a_persian_year_is_known(typed: str, answer: bool) -> None:
    assert is_persian(typed) is answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "fields", "german"),
    [
        ({"year": "1403", "month": "", "day": ""}, {"year": "2024", "month": "", "day": ""}, "2024"),
        ({"year": "۱۴۰۳", "month": "7", "day": ""}, {"year": "2024", "month": "9", "day": ""}, "September 2024"),
        ({"year": "1403", "month": "7", "day": "15"}, {"year": "2024", "month": "10", "day": "6"}, "6. Oktober 2024"),
    ],
)  # fmt: skip
def test_the_reply_says_what_a_persian_date_is_here(
    value: dict[str, str], fields: dict[str, str], german: str
) -> None:
    pc = sit_down(mother_tongue="fa")
    Assessment.objects.update(mother_tongue="fa")
    converted = pc.save("avl_from", value).json()["converted"]
    assert converted["fields"] == fields
    assert german in converted["words"]["de"]
    assert set(converted["words"]) == {"de", "fa"}
    assert not re.search("[0-9]", converted["words"]["fa"])
    assert "converted" not in pc.save("avl_from", {"year": "2024", "month": "", "day": ""}).json()


@pytest.mark.django_db
def test_without_javascript_a_persian_year_is_shown_back_once() -> None:
    pc: Pc = sit_down()
    page = pc.get("question", key="arr_year")
    op_id = re.search(rb'name="op_id" value="([^"]+)"', page.content)
    assert op_id
    form = {"op_id": op_id[1].decode(), "epoch": pc.epoch, "ms": "1", "fresh": "1", "shown": "de", "number": "1398", "action": "next"}  # fmt: skip
    shown = pc.browser.post(pc.url("question", key="arr_year"), form)
    assert shown.status_code == 200
    assert b'value="2019"' in shown.content
    assert "1398" in shown.content.decode()
    assert list(ParadataEvent.objects.order_by("seq").values_list("event", flat=True)) == ["shown", "answer"]
    again = re.search(rb'name="op_id" value="([^"]+)"', shown.content)
    assert again
    on = pc.browser.post(
        pc.url("question", key="arr_year"),
        form | {"op_id": again[1].decode(), "number": "2019", "fresh": ""},
    )
    assert on.status_code == 302
    assert "sch_years" in on["Location"]
    assert Answer.objects.get().number == 2019


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_persian_date_is_shown_back_before_it_goes_on(page: Page, assessment: Assessment) -> None:
    for item in assessment.response.version.items.exclude(key__in=["avl_from", "wsh_learn"]):
        Answer.objects.create(response=assessment.response, item=item, status="skipped", epoch=0, seq=0)
    come_in(page, assessment, "fa")
    page.locator(".q-tab.mine").click()
    page.locator("[name=year]").press_sequentially("1403")
    expect(page.locator("[name=month] option").nth(7)).to_contain_text("مهر")  # the months of that calendar
    page.locator("[name=month]").select_option("7")
    page.locator("[name=day]").fill("۱۵")
    page.locator(".q-next").click()
    expect(page.locator("#converted")).to_contain_text("مهر")
    expect(page.locator("#converted small")).to_contain_text("6. Oktober 2024")
    expect(page.locator("[name=year]")).to_have_value("۲۰۲۴")
    expect(page.locator("[name=month]")).to_have_value("10")
    expect(page.locator("[name=month] option").nth(10)).to_contain_text("Oktober")
    advance(page, "wsh_learn")
    assert Answer.objects.get(item__key="avl_from").date == date(2024, 10, 6)
    assert ParadataEvent.objects.filter(event="next").count() == 1


# Help, and time ----------------------------------------------------------------------------------------------------


def noted() -> list[str]:
    return list(
        ParadataEvent.objects.exclude(event__in=["blur", "focus"])
        .order_by("seq")
        .values_list("event", flat=True)
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_who_answers_too_fast_is_told_once_that_there_is_time(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context().new_page()
    # The page's clock goes slowly, so that a busy machine is fast enough.
    page.add_init_script("const now = performance.now.bind(performance); performance.now = () => now() / 20;")
    come_in(page, assessment)
    page.locator(".q-soft[value=skip]").click()
    expect(page.locator("#question[data-key=arr_year]")).to_be_visible()
    page.locator(".q-soft[value=skip]").click()
    expect(page.locator("#question[data-key=sch_years]")).to_be_visible()
    page.locator("[name=number]").fill("9")
    advance(page, "wrk_ever")
    page.locator(".pick:has([value=no])").click()
    advance(page, "prk_cook")
    page.locator(".pick:has([value=good])").click()
    advance(page, "lng_other")
    expect(page.locator("[data-notice=no_rush]")).to_be_visible()
    assert page.locator(".q-next").is_enabled()  # a word, no hindrance
    page.locator(".q-soft[value=skip]").click()
    expect(page.locator("#question[data-key=de_read]")).to_be_visible()
    expect(page.locator("[data-notice=no_rush]")).to_be_hidden()
    assert noted().count("prompt") == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_help_with_the_question_and_with_the_computer_are_two_things(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context().new_page()
    come_in(page, assessment)
    for value in ("help", "help_pc"):
        page.locator("[popovertarget=help]").first.click()
        page.locator(f"#help [value={value}]").click()
        expect(page.locator("#help")).to_be_hidden()
    page.locator(".pick").first.click()
    advance(page, "arr_year")
    assert noted()[:3] == ["shown", "help", "help_pc"]
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(page.url)
    plain.locator("[popovertarget=help]").first.click()
    plain.locator("#help [value=help]").click()
    expect(plain.locator("#question[data-key=arr_year]")).to_be_visible()
    assert noted().count("help") == 2
