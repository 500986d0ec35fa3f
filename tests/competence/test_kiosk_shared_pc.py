"""One PC, one person after the other, with the browser's back/forward cache on and a profile on the disk: nothing of A is left for B."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from competence.kiosk_door import COOKIE
from competence.models import Assessment
from competence.services.assessments import issue_code
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import AssessmentFactory
from tests.fixtures.browser import CHROMIUM, FLAGS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CANARY = "kanarienvogelzwitschern"
# The browser's own lists of the addresses it has been at: no page can take itself out of them. Such an address is dead, and even alive
# it opens nothing without the cookie (docs/operations.md says how a PC is told to keep no such lists).
ADDRESSES = (
    "Default/History",
    "Default/Sessions/",
    "Default/Favicons",
    "Default/Top Sites",
    "segmentation_platform/ukm_db",
)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def open_pc(
    playwright: Playwright, profile: Path, live_server: Any
) -> Iterator[Callable[[], BrowserContext]]:
    """A PC as it stands in the centre: its profile on the disk, nothing of the browser's memory switched off."""
    opened: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM or playwright.chromium.executable_path, args=FLAGS, locale="de-DE",
            base_url=live_server.url, ignore_default_args=["--disable-back-forward-cache"], viewport={"width": 1280, "height": 800},
        )  # fmt: skip
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield start
    for context in opened:
        context.close()


def sit_down(page: Page, assessment: Assessment, language: str) -> str:
    """Come in and answer something recognisable; return the address of the session."""
    for item in assessment.response.version.items.exclude(key="wsh_learn"):
        Answer.objects.create(response=assessment.response, item=item, status="skipped", epoch=0, seq=0)
    code = issue_code(assessment=assessment, by=assessment.client.counsellor)
    page.goto(f"/k/?lang={language}")
    page.locator("#code").fill(code)
    page.locator(".pad-go").click()
    if language != "de":
        page.locator("[name=action][value=yes]").click()
    expect(page.locator("#question")).to_be_visible()
    page.locator("[name=text]").fill(CANARY)
    page.locator(".q-next").click()
    expect(page.locator("[data-last]")).to_be_visible()
    return page.url


def get_up(page: Page, way: str) -> None:
    if way == "finish":
        page.locator("[data-last] button").click()
    else:
        page.locator("[data-go]").click()
        expect(page.locator("#question")).to_be_visible()
        page.locator(".q-tool[value=pause]").click()
        page.locator("[data-pause]").click()
    page.wait_for_url("**/k/ended/**")


def assert_nothing(page: Page) -> None:
    assert CANARY not in page.content()
    assert not page.locator("#question").count()
    for field in page.locator("input:not([type=hidden]), textarea").all():
        assert field.input_value() in ("", "yes")


def assert_nothing_is_stored(page: Page) -> None:
    kept = page.evaluate(
        """async () => [
          localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
          (await navigator.serviceWorker.getRegistrations()).length, document.cookie.length,
        ]"""
    )
    assert kept == [0] * 6
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names <= {settings.CSRF_COOKIE_NAME}


def walk_back(context: BrowserContext, page: Page, address: str) -> None:
    """What the next person may try: back and back again, forward, reload, a new tab, the old address."""
    for _step in range(3):
        page.go_back(wait_until="load")
        assert_nothing(page)
    for _step in range(2):
        page.go_forward(wait_until="load")
        assert_nothing(page)
    page.reload()
    assert_nothing(page)
    other = context.new_page()
    reply = other.goto(address)
    assert reply
    assert reply.status == 404
    assert_nothing(other)
    other.goto("/k/")
    assert_nothing(other)
    other.close()
    page.goto("/k/")
    assert_nothing_is_stored(page)


def test_the_next_person_finds_nothing(
    open_pc: Callable[[], BrowserContext], profile: Path, live_server: Any
) -> None:
    context = open_pc()
    page = context.pages[0]
    assert_the_cache_is_on(context.new_page(), live_server.url)
    tokens: list[str] = []
    secrets: list[str] = []
    for language in settings.CLIENT_LANGUAGES:
        address = sit_down(page, AssessmentFactory(), language)
        tokens.append(address.split("/k/")[1].split("/")[0])
        secrets += [
            cookie["value"].rsplit(":", 1)[1] for cookie in context.cookies() if cookie["name"] == COOKIE
        ]
        get_up(page, "pause" if language in ("ru", "fa") else "finish")
        walk_back(context, page, address)
    context.close()
    assert len(set(tokens)) == len(settings.CLIENT_LANGUAGES)
    assert len(set(secrets)) == len(tokens)
    assert not traces(profile, [CANARY, *secrets])
    assert not [trace for trace in traces(profile, tokens) if not trace.startswith(ADDRESSES)]
    # The same PC after a restart of the browser: A's address is not proposed and leads nowhere.
    again = open_pc()
    page = again.pages[0]
    reply = page.goto(address)
    assert reply
    assert reply.status == 404
    page.goto("/k/")
    assert_nothing_is_stored(page)


def assert_the_cache_is_on(page: Page, site: str) -> None:
    """Without this the test would prove nothing: a page that allows it does come back from the browser's memory."""
    page.route("**/control/*", lambda route: route.fulfill(body="<p>control</p>", content_type="text/html"))
    page.goto(f"{site}/control/1")
    page.evaluate("window.kept = 'alive'")
    page.goto(f"{site}/control/2")
    page.go_back(wait_until="commit")
    alive = page.evaluate("window.kept")
    page.close()
    assert alive == "alive"


def unpacked(raw: bytes) -> Iterator[bytes]:
    """The bytes themselves, as UTF-16 too, and what is packed in them where that begins recognisably."""
    yield raw
    for mark, unpack in ((b"\x1f\x8b\x08", gunzip), (b"\x78\x9c", inflate), (b"\x78\x01", inflate)):
        start = raw.find(mark)
        while start >= 0:
            yield unpack(raw[start:])
            start = raw.find(mark, start + 1)


def gunzip(raw: bytes) -> bytes:
    return inflate(raw, 31)


def inflate(raw: bytes, bits: int = 15) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(raw, 5_000_000)
    except zlib.error:
        return b""


def traces(profile: Path, words: list[str]) -> list[str]:
    """Return in which files of the profile one of the words stands."""
    wanted = [code for word in words for code in (word.encode(), word.encode("utf-16-le"))]
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 20, "this is no profile"
    return [
        f"{path.relative_to(profile)}: {word!r}"
        for path in files
        for text in unpacked(path.read_bytes())
        for word in wanted
        if word in text
    ]


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    for number in range(21):
        (tmp_path / f"file{number}").write_bytes(b"nothing")
    (tmp_path / "packed").write_bytes(b"head" + gzip.compress(b"so a " + CANARY.encode()))
    (tmp_path / "wide").write_bytes(CANARY.encode("utf-16-le"))
    assert {entry.split(":")[0] for entry in traces(tmp_path, [CANARY])} == {"packed", "wide"}
