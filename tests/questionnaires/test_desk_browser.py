"""The desk in a real browser: keys, recording with a microphone that hums, accessible in both themes' widths."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from iqquadrat.questionnaires.models import Recording, TextState, Version
from tests.fixtures.people import PASSWORD, UserFactory
from tests.questionnaires.factories import small_version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A tone instead of a person: the browser of the tests has no microphone.
HUM = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const out = context.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  return out.stream;
};
"""


@pytest.fixture
def version(db: None) -> Version:
    return small_version()


def _sign_in(page: Page, user: Any) -> None:
    page.goto("/account/sign-in/")
    page.locator("[name=username]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_are_accessible(
    new_context: Callable[..., BrowserContext],
    version: Version,
    assert_accessible: Callable[[Page], None],
    width: int,
) -> None:
    page = new_context(width=width).new_page()
    _sign_in(page, UserFactory(roles=["coordinator"]))
    for address in (
        "texts/ar/",
        "texts/ar/?part=rest",
        "texts/de/",
        "texts/ar/item.ever.label/",
        "texts/vi/item.probe.label/",
        "languages/",
    ):
        page.goto(f"/questionnaires/{version.pk}/{address}")
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address
    page.goto(f"/competence/preview/{version.pk}/ar/ever/")
    assert_accessible(page)


def test_translating_by_keyboard(new_context: Callable[..., BrowserContext], version: Version) -> None:
    page = new_context().new_page()
    _sign_in(page, UserFactory(roles=["coordinator"]))
    page.goto(f"/questionnaires/{version.pk}/texts/vi/item.ever.label/?state=missing")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type("Bạn có việc làm không?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/choice.yes_no.yes.text/**")
    assert TextState.objects.get(language="vi", element_key="ever").state == "draft"
    _leave_the_field(page)
    page.keyboard.press("j")
    page.wait_for_url("**/choice.yes_no.no.text/**")
    _leave_the_field(page)
    page.keyboard.press("p")
    page.wait_for_url("**/choice.yes_no.yes.text/**")


def _leave_the_field(page: Page) -> None:
    """The page puts the cursor into its field once it is drawn, which may be after it is loaded: a key before that goes nowhere."""
    field = page.locator("textarea")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


def test_a_text_is_recorded_listened_to_and_kept(
    new_context: Callable[..., BrowserContext], version: Version
) -> None:
    context = new_context()
    context.add_init_script(HUM)
    page = context.new_page()
    _sign_in(page, UserFactory(roles=["counsellor"]))
    page.goto(f"/questionnaires/{version.pk}/texts/ar/item.ever.label/")
    page.locator("[data-record]").click()
    expect(page.locator("[data-seconds]")).to_have_text("0:01")
    page.locator("[data-stop]").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    page.locator("[data-listen]").click()
    page.locator("form[data-recorder] button[type=submit]").click()
    expect(page.locator("audio")).to_be_visible()
    recording = Recording.objects.get()
    assert (recording.kind, recording.size > 500) == ("webm", True)
    played = page.evaluate(
        """async () => {
          const audio = document.querySelector("audio");
          audio.preload = "auto";
          audio.load();
          return await new Promise((done) => { audio.oncanplay = () => done("plays"); audio.onerror = () => done(audio.error.message); });
        }"""
    )
    assert played == "plays"
