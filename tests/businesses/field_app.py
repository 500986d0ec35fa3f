"""A surveyor's phone in a browser: the app is opened, an interview is walked through, the connection comes and goes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.fixtures.browser import CHROMIUM, FLAGS, PATIENCE

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "locale": "de-DE",
    "timezone_id": "Europe/Berlin",
}
Answers = dict[str, dict[str, Any]]


@contextmanager
def phone(playwright: Playwright, folder: Path, address: str, **options: Any) -> Iterator[BrowserContext]:
    """A browser whose storage lies in ``folder`` and is found there again by the next one."""
    executable = CHROMIUM or playwright.chromium.executable_path
    context = playwright.chromium.launch_persistent_context(
        str(folder),
        executable_path=executable,
        args=FLAGS,
        base_url=address,
        reduced_motion="reduce",
        **(PHONE | options),
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


def open_app(page: Page) -> None:
    """Open the app, and wait until it can be opened without connection."""
    page.goto(reverse("businesses:field_app"))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator(".bz-door, .msg").first).to_be_visible()


def go(page: Page, place: str = "") -> None:
    """To a place of the app, by its address."""
    page.goto(f"{reverse('businesses:field_app')}#{place}")
    shown(page)


def begin(page: Page, unit: Any, language: str = "de") -> None:
    """Begin the interview at a door of the list."""
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.select_option("#language", language)
    page.get_by_role("button", name="Interview beginnen").click()
    expect(page.locator("#next")).to_be_visible()


_SHOWN = """() => new Promise((resolve, reject) => {
  const until = Date.now() + 15000;
  const look = () => {
    const shows = document.querySelector("#main")?.dataset.shows;
    if (shows === location.hash) resolve(shows);
    else if (Date.now() > until) reject(new Error(`${location.hash} is not shown, ${shows} is`));
    else setTimeout(look, 20);
  };
  look();
})"""


def shown(page: Page) -> str:
    """Wait until what the address names is shown, and return it: the app itself may name the question there meanwhile."""
    return str(page.evaluate(_SHOWN))


def answer_page(page: Page, answers: Answers) -> None:
    """Answer every question of the page that is shown, "no answer" where nothing is given, and go on."""
    expect(page.locator("#next")).to_be_visible()  # the door before it has no such button
    shown(page)
    before = page.url
    for item in page.locator(".bz-item").all():
        field = item.locator("input, textarea").first
        name = (field.get_attribute("name") or "").removesuffix("-")
        raw = answers.get(name)
        if field.get_attribute("type") in ("radio", "checkbox"):
            for choice in raw["choices"] if raw else ["-"]:
                box = item.locator(f"input[value='{choice}']")
                if not box.is_checked():
                    box.locator("xpath=..").click()
        elif raw:
            field.fill(str(raw["value"]))
        else:
            item.locator(".bz-none").click()
    page.locator("#next").click()
    expect(page).not_to_have_url(before)
    shown(page)


def walk(page: Page, answers: Answers, *, until: Callable[[int], bool] = lambda _n: False) -> None:
    """Answer page after page to the end, or until ``until`` says stop after so many."""
    pages = 0
    shown(page)
    while not page.locator("[data-hand-in]").count():
        answer_page(page, answers)
        pages += 1
        if until(pages):
            return
        assert pages < 90, "the interview does not end"


def hand_in(page: Page) -> None:
    """Hand in the interview that stands at its end."""
    page.locator("[data-hand-in]").click()
    expect(page.locator("#main h1")).to_have_text("Mein Straßenabschnitt")


_WAITING = """async () => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const [{ name }] = await indexedDB.databases();
  const until = Date.now() + 30000;
  for (;;) {
    const database = await answer(indexedDB.open(name));
    const tables = database.transaction(["operations", "photos"]);
    const all = await Promise.all(["operations", "photos"].map((table) => answer(tables.objectStore(table).getAll())));
    database.close();
    const waiting = all.flat().filter((one) => one.state === "waiting").length;
    if (!waiting || Date.now() > until) return waiting;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}"""


def arrived(page: Page) -> None:
    """Wait until nothing waits on the device any more, and the bar says so. The device is asked: the bar follows a moment later."""
    assert page.evaluate(_WAITING) == 0
    expect(page.locator("#net [data-arrived]")).to_be_visible(timeout=30_000)


_KEPT = """async (text) => {
  const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const [{ name }] = await indexedDB.databases();
  for (let turn = 0; turn < 100; turn += 1) {
    const database = await answer(indexedDB.open(name));
    const kept = await answer(database.transaction("interviews").objectStore("interviews").getAll());
    database.close();
    if (JSON.stringify(kept).includes(text)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}"""


def on_the_disk(page: Page, text: str) -> bool:
    """Whether what was typed lies on the device; what was typed a blink ago is given ten seconds on a busy machine."""
    return bool(page.evaluate(_KEPT, text))
