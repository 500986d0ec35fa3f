"""Take the pictures of README and handbook from a running demonstration.

    make demo PORT=8000        # in another terminal
    .venv/bin/python scripts/pictures.py http://127.0.0.1:8000

Needs Chromium. Every picture shows the German pages at the width of a desk, the survey also at that of a phone.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs/pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 780}


def main() -> None:
    """Walk through the rooms as each role."""
    site = sys.argv[1].rstrip("/")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = sign_in(browser, site, "jana", DESK)
        counsellor(page)
        guide(page)
        client(browser, page)
        page = sign_in(browser, site, "katrin", DESK)
        for path, name in [
            ("/figures/?programme=iq-quadrat", "coordinator-figures"), ("/businesses/", "coordinator-businesses"),
            ("/businesses/needs/", "coordinator-needs"),
            ("/questionnaires/", "coordinator-questionnaires"),
        ]:  # fmt: skip
            page.goto(path)
            shoot(page, name)
        page.goto("/figures/reports/")
        page.locator("main th a").last.click()
        shoot(page, "coordinator-report")
        text_desk(page)
        editor(page)
        page.goto("/businesses/duplicates/")
        page.locator("main a[href*='/merge/']").first.click()
        shoot(page, "coordinator-merge")
        page.goto("/businesses/waves/")
        page.locator("main a[href*='/businesses/waves/']", has_text="Nachbefragung").first.click()
        shoot(page, "coordinator-wave")
        page.goto("/businesses/events/?kind=course")
        page.locator("main th a").first.click()
        shoot(page, "coordinator-event")
        page.locator("main a[href$='/visits/']").click()
        shoot(page, "coordinator-revisits")
        page = sign_in(browser, site, "uwe", DESK)
        for path, name in [
            ("/administration/users/", "administrator-users"),
            ("/administration/log/", "administrator-log"),
        ]:
            page.goto(path)
            shoot(page, name)
        page = sign_in(browser, site, "tom", PHONE)
        page.goto("/businesses/field/")
        shoot(page, "surveyor-street")
        field_app(page)
        browser.close()


def field_app(page: Page) -> None:
    """The app for the street: the doors, and a question in two languages."""
    page.goto("/businesses/field/app/")
    page.locator(".bz-door").first.wait_for()
    page.wait_for_timeout(1000)
    shoot(page, "surveyor-doors")
    page.locator(".bz-door", has_text="noch nicht besucht").nth(1).click()
    page.select_option("#language", "ar")
    page.locator(".bz-start .btn-primary").click()
    page.locator("#next").wait_for()
    page.goto(f"{page.url.rsplit('/', 1)[0]}/v23_plan")
    page.locator("h1 .fa-own").wait_for()
    page.wait_for_timeout(1000)
    shoot(page, "surveyor-question")


def text_desk(page: Page) -> None:
    """A question on the translation desk."""
    page.goto("/questionnaires/")
    page.locator("main th a", has_text="Was ich kann").first.click()
    desk = page.locator("main a[href*='/texts/']").first.get_attribute("href") or ""
    page.goto(f"{desk.rsplit('/texts/', 1)[0]}/texts/ar/item.sch_cert.label/")
    shoot(page, "coordinator-texts")


def guide(page: Page) -> None:
    """The picture guide in Arabic, as it comes out of the printer."""
    sheet = PICTURES / "client-guide.pdf"
    sheet.write_bytes(page.request.get("/competence/guide/ar/").body())
    command = ["pdftoppm", "-png", "-r", "78", "-singlefile", str(sheet), str(PICTURES / "client-guide")]
    subprocess.run(command, check=True)
    sheet.unlink()


def editor(page: Page) -> None:
    """A draft in the editor, and the condition of a question."""
    page.goto("/questionnaires/")
    page.locator("main th a", has_text="Was ich kann").last.click()
    page.locator("form[action$='/copy/'] button, main a[href$='/edit/']").first.click()
    page.wait_for_url("**/edit/**")
    draft = page.url.split("#")[0]
    page.goto(f"{draft}#s-work")
    page.wait_for_timeout(200)
    shoot(page, "coordinator-editor")
    page.goto(f"{draft}question/wrk_main_years/condition/")
    shoot(page, "coordinator-condition")


def counsellor(page: Page) -> None:
    """A counsellor's day, a client, and what the client meets."""
    page.goto("/")
    shoot(page, "counsellor-day")
    page.goto("/clients/")
    shoot(page, "counsellor-clients")
    person = f"/clients/{somebody(page)}/"
    page.goto(person)
    shoot(page, "counsellor-client")
    page.goto(f"{person}data/")
    shoot(page, "counsellor-client-data")
    page.goto("/appointments/week/")
    shoot(page, "counsellor-week")
    page.goto(f"/consultations/new/?client={person.split('/')[2]}")
    shoot(page, "counsellor-consultation")
    checked_import(page)
    shoot(page, "counsellor-import")
    page.goto("/referrals/")
    shoot(page, "counsellor-referrals")
    page.goto("/institutions/")
    shoot(page, "counsellor-institutions")
    page.goto("/placements/")
    shoot(page, "counsellor-placements")
    page.goto("/vacancies/?state=open&field_of_work=sales")
    page.locator("main td a").first.click()
    shoot(page, "counsellor-vacancy")
    page.goto("/competence/")
    shoot(page, "counsellor-competence")


def somebody(page: Page) -> str:
    """One of today's clients with a name in two scripts, a goal and notes: much is to be seen there."""
    page.goto("/")
    links = page.locator("main a[href^='/clients/']").evaluate_all(
        "found => found.map(link => link.getAttribute('href'))"
    )
    for address in links:
        page.goto(address)
        if all(page.locator(part).count() for part in ("h1 .alt", "#cases li", ".timeline .note")):
            break
    return page.url.split("/")[-2]


LIST = """Nr;Vorname;Name;Geboren;Geschlecht;Sprachen;PLZ;Aufnahme
A-1;Leila;Karimi;14.3.1991;w;Persisch, Deutsch;04315;3.2.2020
A-2;Omar;Saleh;3/1988;m;Arabisch;04317;12.5.2021
A-3;Swetlana;Kusnezowa;1990;w;Russisch;04318;1.6.2021
A-4;Ivan;Petrov;32.13.1985;m;Russisch;04315;1.1.2019
A-5;Fatma;Yılmaz;1983;w;Türkisch;04315;99.99.2020
"""


def checked_import(page: Page) -> None:
    """Bring a short list as far as its check; nothing is taken over."""
    page.goto("/clients/import/new/")
    page.set_input_files(
        "input[type=file]", {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/columns/")
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/values/")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(lambda address: not address.endswith("/values/"))
    page.locator(".import-stats").wait_for()


def client(browser: Browser, page: Page) -> None:
    """Start an assessment for an Arabic reader and show what stands on the client's own screen."""
    page.goto("/clients/?language=ar")
    address = page.locator("main table a[href^='/clients/']").first.get_attribute("href") or ""
    page.goto(f"/competence/start/{address.split('/')[2]}/")
    page.locator("main form [type=submit], main .start-steps a.btn").first.click()
    page.locator(".start-code [type=submit], .start-code button").first.click()
    code = page.locator(".code-cells").get_attribute("aria-label") or ""
    pc = browser.new_context(
        base_url=page.url[: page.url.index("/", 8)], viewport=DESK, locale="de-DE"
    ).new_page()
    pc.goto("/k/?lang=ar")
    shoot(pc, "client-welcome")
    pc.fill("[name=code]", code)
    pc.locator(".hello-code [type=submit]").click()
    pc.wait_for_url("**/k/*/**")
    if pc.url.endswith("/measuring/"):  # asked once; an assessment that goes on does not ask again
        pc.locator("main [type=submit]").first.click()
        pc.wait_for_url("**/q/**")
    shoot(pc, "client-question")


def sign_in(browser: Browser, site: str, who: str, size: dict[str, int]) -> Page:
    """Return a page of somebody who has signed in by the form, as everybody does."""
    from iqquadrat.demo.plan import PASSWORD, STAFF_DOMAIN

    page = browser.new_context(base_url=site, viewport=size, locale="de-DE").new_page()
    page.goto("/account/sign-in/")
    page.fill("[name=username]", f"{who}@{STAFF_DOMAIN}")
    page.fill("[name=password]", PASSWORD)
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"{site}/")
    return page


def shoot(page: Page, name: str) -> None:
    """Keep what is to be seen without scrolling, in few colours: a page of text needs no more."""
    page.wait_for_load_state("networkidle")
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(
        200, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE
    ).save(path, optimize=True)


if __name__ == "__main__":
    main()
