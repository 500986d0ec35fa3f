"""What a client's page weighs, after how long it can be used, how fast a question changes its language: in Chromium.

At full speed and at a fourth of it, as an old PC has it. Static files are packed as in production; the page itself is packed here as
nginx does it.
"""

import gzip
import os
import statistics
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

from django.urls import reverse

from benchmarks.kiosk import Seat
from benchmarks.measure import Row
from benchmarks.serving import server

FIRST, NEXT, INTERACTIVE, SWITCH, SWITCH_SLOW = 120_000, 4096, 700, 30, 60
# The page's code has run when this is over: from then on every button answers.
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def rows(seat: Seat, told: dict[str, str], rounds: int) -> Iterator[Row]:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in this thread

    from tests.fixtures.browser import CHROMIUM, FLAGS

    with server("iqquadrat.wsgi:application", told) as (port, _pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM or None, args=FLAGS)
        try:
            yield from _rows_of_pages(browser, f"http://localhost:{port}", seat, rounds)
        finally:
            browser.close()


def _rows_of_pages(browser: Any, site: str, seat: Seat, rounds: int) -> Iterator[Row]:
    from django.conf import settings

    from competence.models import Assessment, KioskSession

    assessment = KioskSession.objects.get(ended_at=None, token_hash=_hash(seat.token)).assessment
    weights: dict[str, int] = {}
    switches: dict[int, list[float]] = {1: [], 4: []}
    ready: list[float] = []
    heaviest = 0
    for language in settings.CLIENT_LANGUAGES:
        Assessment.objects.filter(pk=assessment.pk).update(mother_tongue=language)
        for throttle, times in switches.items():
            page = _page(browser, site, seat, throttle)
            weights[language] = _weigh(page, f"{site}/k/{seat.token}/")
            if throttle > 1:
                ready.append(page.evaluate(READY))
            if language != "de":
                times.extend(_switch(page, ".q-tab.mine", ".q-tab[lang=de]", rounds))
            page.context.close()
        heaviest = max(heaviest, _heaviest_part(site, seat, assessment.pk))
    bare = [_bare(browser, site, seat) for _round in range(rounds)]
    page = browser.new_page()
    page.set_content(PLAIN)
    plain = _switch(page, "#l1", "#de", rounds * len(settings.CLIENT_LANGUAGES))
    worst = max(weights, key=weights.__getitem__)
    count = f"{len(settings.CLIENT_LANGUAGES)} languages"
    yield _row10(
        f"kiosk: first question with its fonts, kB (heaviest: {worst})",
        count,
        weights[worst] / 1000,
        FIRST / 1000,
    )
    yield _row10("kiosk: next question, kB", count, heaviest / 1000, NEXT / 1000)
    yield _row10(
        f"kiosk: can be used after, a fourth of the speed (a page of one word: {statistics.median(bare):.0f} ms)",
        count,
        statistics.median(ready),
        INTERACTIVE,
    )
    for what, times, bar in (
        ("", switches[1], SWITCH),
        (", a fourth of the speed", switches[4], SWITCH_SLOW),
    ):
        median = statistics.median(times)
        yield Row(
            what=f"kiosk: switch the language of a question{what}", size=count, ours=median, floor=statistics.median(plain), ours_cpu="",
            bar=f"{bar} ms", holds=median < bar,
        )  # fmt: skip


PLAIN = """<style>.off{display:none}</style><button id="l1">1</button><button id="de">2</button><h1>Können Sie kochen?</h1><h1 class="off">?</h1>
<script>for (const one of document.querySelectorAll("button")) one.onclick = () => { for (const text of document.querySelectorAll("h1")) text.classList.toggle("off"); };</script>"""


def _row10(what: str, size: str, ours: float, bar: float) -> Row:
    return Row(
        what=what, size=size, ours=ours, floor=bar, ours_cpu="", bar=f"below {bar:g}", holds=ours < bar
    )


def _hash(token: str) -> str:
    from competence.kiosk_door import token_hash

    return token_hash(token)


def _page(browser: Any, site: str, seat: Seat, throttle: int) -> Any:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    cookies = dict(part.split("=", 1) for part in seat.cookies.split("; "))
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    page = context.new_page()
    if throttle > 1:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttle})
    return page


def _bare(browser: Any, site: str, seat: Seat) -> float:
    """Return after how long a page of one word from the same server can be used, at a fourth of the speed: the browser's own time."""
    page = _page(browser, site, seat, 4)
    page.goto(f"{site}{reverse('health')}", wait_until="networkidle")
    found = float(page.evaluate(READY))
    page.context.close()
    return found


def _weigh(page: Any, address: str) -> int:
    """Return the bytes of everything that a first page loads: static files as they were sent, the page itself as nginx packs it."""
    sent: list[float] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    reply = page.goto(address, wait_until="networkidle")
    body = reply.body()
    return int(sum(sent)) - len(body) + len(gzip.compress(body, 6))


def _switch(page: Any, there: str, back: str, rounds: int) -> list[float]:
    return list(
        page.evaluate(
            """async ([there, back, rounds]) => {
              const found = [];
              for (let round = 0; round < rounds; round += 1) {
                for (const tab of [there, back]) {
                  const begun = performance.now();
                  document.querySelector(tab).click();
                  document.body.getBoundingClientRect();
                  found.push(performance.now() - begun);
                  await new Promise(requestAnimationFrame);
                }
              }
              return found;
            }""",
            [there, back, rounds],
        )
    )


def _heaviest_part(site: str, seat: Seat, assessment_pk: int) -> int:
    from iqquadrat.questionnaires.models import Item

    heaviest = 0
    connection = HTTPConnection("127.0.0.1", int(site.rsplit(":", 1)[1]), timeout=30)
    for key in Item.objects.filter(
        version__responses__assessment__pk=assessment_pk, condition=""
    ).values_list("key", flat=True):
        connection.request(
            "GET", f"/k/{seat.token}/q/{key}/", headers={"Cookie": seat.cookies, "X-Part": "1"}
        )
        heaviest = max(heaviest, len(gzip.compress(connection.getresponse().read(), 6)))
        connection.close()
    return heaviest
