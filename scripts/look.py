"""Take pictures of everything a person can meet, to be looked at: all pages of the staff, every question of the client's PC.

    make demo PORT=8000        # in another terminal
    .venv/bin/python scripts/look.py http://127.0.0.1:8000 /tmp/look kiosk fa
    .venv/bin/python scripts/look.py http://127.0.0.1:8000 /tmp/look staff de dark

The pictures lie in the folder named, and beside them *sheets* that show twelve at a time. Needs Chromium. It changes the
demonstration: the questions are answered.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WIDTHS = {"desk": (1440, 900), "tablet": (768, 1024), "phone": (390, 844)}
# What a question is answered with so that every other question appears.
PREFERRED = {
    "wrk_ever": "yes", "sch_attended": "long", "voc_way": "vocational", "wrk_main": "kitchen", "wrk_fields": "kitchen",
    "wsh_field": "kitchen",
}  # fmt: skip
# Pages that each role walks through; what lies below is found by following the page's own links once.
STAFF = {
    "jana": ["/", "/clients/", "/consultations/", "/competence/", "/businesses/", "/vacancies/", "/placements/", "/figures/"],
    "katrin": ["/", "/clients/", "/figures/", "/programmes/", "/questionnaires/", "/businesses/", "/businesses/waves/"],
    "tom": ["/", "/businesses/field/"],
    "uwe": ["/", "/administration/users/", "/administration/log/", "/administration/centre/"],
}  # fmt: skip


def main() -> None:
    """Do what was asked for."""
    site, folder, what, *rest = sys.argv[1:]
    target = Path(folder) / "-".join([what, *rest])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        if what == "kiosk":
            kiosk(browser, site.rstrip("/"), target, rest[0])
        else:
            staff(browser, site.rstrip("/"), target, *rest)
        browser.close()


def kiosk(browser: Browser, site: str, target: Path, language: str) -> None:
    """Every question, in the client's language, on a PC and on a phone."""
    booth = browser.new_context(
        base_url=site, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    ).new_page()
    come_in(booth, code_for(browser, site), language)
    if booth.locator(".q-all").count():
        booth.locator(".q-all").click()
    for number in range(1, 120):
        question = booth.locator("#question, [data-last]").first
        expect(question).to_be_visible()
        key = question.get_attribute("data-key") or "last"
        for kind, size in {"pc": (1280, 800), "phone": (390, 844)}.items():
            booth.set_viewport_size({"width": size[0], "height": size[1]})
            booth.screenshot(path=target / f"{kind}-{number:03}-{key}.png")
        booth.set_viewport_size({"width": 1280, "height": 800})
        if key == "last":
            break
        answer(booth, key, question.get_attribute("data-type") or "")
        booth.locator(".q-next").click()
        expect(booth.locator(f"#question[data-key='{key}']")).to_have_count(0)
    sheets(target, "pc", across=3, down=4, width=620)
    sheets(target, "phone", across=7, down=2, width=270)


def code_for(browser: Browser, site: str) -> str:
    """A new client's assessment is started; return its code."""
    desk = sign_in(browser, site, "jana").new_page()
    desk.goto("/clients/new/details/?name=Probe")
    desk.fill("[name=given_name]", "Probe")
    desk.locator("main form.panel .actions [type=submit]").click()
    desk.wait_for_url("**/clients/*-*/")
    desk.goto(f"/competence/start/{desk.url.split('/')[-2]}/")
    desk.locator("main form button[type=submit]").last.click()
    desk.wait_for_url("**/kiosk/")
    if not desk.locator(".code-cells").count():
        desk.locator("form[action$='/code/'] button").click()
    return desk.locator(".code-cells").get_attribute("aria-label") or ""


def come_in(booth: Page, code: str, language: str) -> None:
    """Type the code as a client does."""
    booth.goto("/k/")
    booth.locator(f".greet-pick[value={language}]").click()
    for digit in code:
        booth.locator(f".pad [data-digit='{digit}']").click()
    booth.locator(".pad-go").click()
    if language != "de":
        booth.locator("button[name=action][value=yes]").click()


def answer(booth: Page, key: str, kind: str) -> None:
    """Give one believable answer, in the way the type is answered."""
    picks = booth.locator("#question input[name=choice]")
    if picks.count():
        wanted = booth.locator(f"#question label.pick:has(input[value='{PREFERRED.get(key, '-')}'])")
        (wanted if wanted.count() else booth.locator("#question label.pick")).first.click()
    elif kind in ("integer", "year"):
        booth.locator("[name=number]").fill("2019" if kind == "year" else "8")
    elif kind == "date":
        booth.locator("[name=year]").fill("2027")
    else:
        booth.locator("[name=text]").fill("Brot backen wie hier")


def staff(browser: Browser, site: str, target: Path, language: str = "de", scheme: str = "light") -> None:
    """Every page that can be reached from the navigation and one step below it, whole, at three widths."""
    number = 0
    for who, starts in STAFF.items():
        context = sign_in(browser, site, who, scheme, language)
        page = context.new_page()
        for path in addresses(page, starts):
            number += 1
            name = path.strip("/").split("?")[0].replace("/", "_")[:60] or "today"
            page.goto(path)
            for kind, (width, height) in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                page.screenshot(path=target / f"{kind}-{number:03}-{who}-{name}.png", full_page=True)
        context.close()
    for kind in WIDTHS:
        sheets(
            target, kind, across=6 if kind == "phone" else 4, down=2, width=300 if kind == "phone" else 480
        )


def addresses(page: Page, starts: list[str]) -> Iterator[str]:
    """The starting pages, and from each the first link of every kind of page that was not met before."""
    met: set[str] = set()
    for start in starts:
        page.goto(start)
        links = page.locator("main a[href^='/']:not([download])").evaluate_all(
            "found => found.map(a => a.getAttribute('href'))"
        )
        for path in [start, *links]:
            kind = "/".join(
                "*" if any(c.isdigit() for c in part) else part for part in path.split("?")[0].split("/")
            )
            if kind not in met and not any(
                word in kind for word in ("export", "pdf", "xlsx", "json", "paper", "workbook", ".ics")
            ):
                met.add(kind)
                yield path


def sign_in(
    browser: Browser, site: str, who: str, scheme: str = "light", language: str = "de"
) -> BrowserContext:
    """Return somebody's browser, signed in by the form, in a colour scheme and a language."""
    from iqquadrat.demo.plan import PASSWORD, STAFF_DOMAIN

    context = browser.new_context(
        base_url=site,
        locale=language,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.fill("[name=username]", f"{who}@{STAFF_DOMAIN}")
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"{site}/")
    # The account remembers its language: whoever asks for another one gets it, and the next picture sets it back.
    page.locator("form.menu-choice button[name=language]").first.evaluate(
        "button => button.closest('details').open = true"
    )
    page.locator(f"form.menu-choice button[name=language][value={language}]").click()
    return context


def sheets(target: Path, kind: str, *, across: int, down: int, width: int) -> None:
    """Lay the pictures of one kind beside one another, so many on a sheet."""
    pictures = sorted(target.glob(f"{kind}-*.png"))
    for start in range(0, len(pictures), across * down):
        part = [Image.open(path).convert("RGB") for path in pictures[start : start + across * down]]
        small = [picture.resize((width, round(picture.height * width / picture.width))) for picture in part]
        small = [picture.crop((0, 0, width, min(picture.height, width * 3))) for picture in small]
        rows = [small[first : first + across] for first in range(0, len(small), across)]
        heights = [max(picture.height for picture in row) for row in rows]
        sheet = Image.new("RGB", ((width + 8) * across, sum(heights) + 8 * len(rows)), "white")
        top = 0
        for row, height in zip(rows, heights, strict=True):
            for place, picture in enumerate(row):
                sheet.paste(picture, (place * (width + 8), top))
            top += height + 8
        sheet.save(target / f"sheet-{kind}-{start // (across * down) + 1:02}.png")


if __name__ == "__main__":
    main()
