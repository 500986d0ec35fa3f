"""The keyboard on the screen: letters of every language, Vietnamese tones, the joiner of Persian, at the caret, by every hand."""

import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from competence.models import Assessment
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import AssessmentFactory
from tests.competence.test_kiosk_browser import come_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What must be there beyond the plain letters.
OWN = {
    "de": "äöüß", "ru": "йёъы", "uk": "іїєґ’", "ar": "ءةىأإآؤئ", "fa": "پچژگکی", "tr": "ığüşöç", "vi": "đăâêôơư",
    "ku": "çêîşû", "en": "qwz", "fr": "éèêàçœù",
}  # fmt: skip
# Bases and tones as they are pressed, and what must stand there.
SYLLABLES = {
    ("tiêng", "\u0301"): "tiếng", ("Viêt", "\u0323"): "Việt", ("hoa", "\u0300"): "hoà", ("quy", "\u0301"): "quý",
    ("gia", "\u0300"): "già", ("gi", "\u0300"): "gì", ("mua", "\u0300"): "mùa", ("nươc", "\u0301"): "nước",
    ("toi hoan", "\u0300"): "toi hoàn", ("tiếng", "\u0301"): "tiêng", ("tiếng", "\u0300"): "tiềng", ("bcd", "\u0301"): "bcd",
    ("nga", "\u0303"): "ngã", ("hoi", "\u0309"): "hỏi", ("", "\u0301"): "",
}  # fmt: skip


@pytest.fixture
def assessment() -> Assessment:
    return AssessmentFactory()


def to_the_text(page: Page, assessment: Assessment, language: str) -> None:
    """Come in and stand at the question that asks for a text, in the mother tongue."""
    for item in assessment.response.version.items.exclude(key="wsh_learn"):
        Answer.objects.create(response=assessment.response, item=item, status="skipped", epoch=0, seq=0)
    come_in(page, assessment, language)
    if language != "de":
        page.locator(".q-tab.mine").click()
    page.locator("[data-keys]").click()
    expect(page.locator("#keys")).to_be_visible()


def press(page: Page, letters: str) -> None:
    for letter in letters:
        page.locator(f'.keys [data-text="{letter}"]').click()


def test_every_language_has_its_letters_and_vietnamese_its_tones(page: Page, assessment: Assessment) -> None:
    come_in(page, assessment, "vi")
    layouts = page.evaluate(
        """async syllables => {
          const { LAYOUTS, rowsOf, withTone } = await import("/static/competence/kiosk/layouts.js");
          const rows = Object.fromEntries(Object.keys(LAYOUTS).map(code => [code, [rowsOf(code, false), rowsOf(code, true)]]));
          return { rows, toned: syllables.map(([text, tone]) => withTone(text, tone)) };
        }""",
        list(SYLLABLES),
    )
    assert layouts["toned"] == list(SYLLABLES.values())
    assert set(layouts["rows"]) == set(OWN)
    for code, (letters, signs) in layouts["rows"].items():
        keys = [key for row in [*letters, *signs] for key in row]
        assert set(OWN[code]) <= set(keys), code
        flat = [key for row in letters for key in row]
        assert len(flat) == len(set(flat)), code
        assert all(len(key) == 1 and unicodedata.is_normalized("NFC", key) for key in keys), code
        assert {"0", "9"} <= set(keys) or {"۰", "۹"} <= set(keys), code


def test_vietnamese_is_composed_at_the_caret(page: Page, assessment: Assessment) -> None:
    to_the_text(page, assessment, "vi")
    field = page.locator("[name=text]")
    press(page, "T")  # the first letter is a capital
    press(page, "iêng")
    page.locator(".keys [data-tone='\u0301']").click()
    assert field.input_value() == "Tiếng"
    field.evaluate("field => field.setSelectionRange(0, 0)")
    press(page, "a ")
    assert field.input_value() == "a Tiếng"
    page.locator(".keys [data-act=delete]").click()
    page.locator(".keys [data-act=delete]").click()
    page.locator(".keys [data-act=signs]").click()
    press(page, "1")
    page.locator(".q-next").click()
    expect(page.locator("[data-last]")).to_be_visible()
    assert Answer.objects.get(item__key="wsh_learn").text == "1Tiếng"


def test_persian_from_right_to_left_with_its_joiner(
    page: Page, assessment: Assessment, assert_accessible: Callable[[Page], None]
) -> None:
    to_the_text(page, assessment, "fa")
    rows = page.locator(".keys-rows")
    expect(rows).to_have_attribute("dir", "rtl")
    first, second = (rows.locator("button").nth(place).bounding_box() for place in (0, 1))
    assert first
    assert second
    assert first["x"] > second["x"]
    press(page, "می\u200cروم")
    assert page.locator("[name=text]").input_value() == "می\u200cروم"
    assert_accessible(page)
    # German letters are one press away, and the question's own tab turns the keys as well.
    page.locator(".keys [data-code=de]").click()
    press(page, "ß")
    page.locator(".q-tab.mine").click()
    page.locator(".q-tab[lang=de]").click()
    expect(rows).to_have_attribute("lang", "de")
    assert page.locator("[name=text]").input_value() == "می\u200cرومß"


def test_by_touch_on_a_phone_each_key_is_as_large_as_a_finger(
    new_context: Callable[..., BrowserContext], assessment: Assessment
) -> None:
    page = new_context(width=390, height=844, has_touch=True).new_page()
    to_the_text(page, assessment, "tr")
    sizes = page.locator(".keys button").evaluate_all(
        "keys => keys.map(key => [key.getBoundingClientRect().width, key.getBoundingClientRect().height])"
    )
    assert min(min(size) for size in sizes) >= 48
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".keys [data-act=shift]").tap()  # the capital of the beginning taken back
    for letter in "ış":
        page.locator(f'.keys [data-text="{letter}"]').tap()
    page.locator(".keys [data-act=shift]").tap()
    page.locator('.keys [data-text="İ"]').tap()
    assert page.locator("[name=text]").input_value() == "ışİ"
    expect(page.locator("[name=text]")).to_have_attribute("inputmode", "none")
    page.locator("[data-keys]").tap()
    expect(page.locator("#keys")).to_be_hidden()
    assert page.locator("[name=text]").get_attribute("inputmode") is None


def test_by_keyboard_one_stop_and_arrows(page: Page, assessment: Assessment) -> None:
    to_the_text(page, assessment, "de")
    page.locator("[data-keys]").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".keys-rows button").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.locator("[name=text]").input_value() == "W"
    focused = page.evaluate("document.activeElement.dataset.text")
    assert focused == "w"  # still the same key, small now
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("[name=text]").input_value() in ("Ws", "Wd")
    page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('.keys'))")


def test_it_is_loaded_only_where_a_text_is_asked_for(page: Page, assessment: Assessment) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    come_in(page, assessment, "ar")
    page.wait_for_load_state("networkidle")
    assert not any("keyboard.js" in url or "layouts.js" in url for url in asked)
