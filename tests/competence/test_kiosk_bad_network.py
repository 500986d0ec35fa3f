"""Answering in a real browser over a network that breaks more than a hundred times: the database holds what was typed."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from competence.models import ParadataEvent
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import AssessmentFactory
from tests.competence.faults import BadNetwork
from tests.competence.test_kiosk_browser import come_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Between two tries the page waits seconds; here it waits a fortieth.
HASTE = "const wait = setTimeout; window.setTimeout = (run, ms, ...rest) => wait(run, ms / 40, ...rest);"
FAULTS = 110
NOTES = ("Schweißen", "Köchin", "مهندس", "Làm bánh", "Şoför")


def answer(page: Page, chance: random.Random) -> Any:
    """Answer the question that is shown, twice at times, and return what stands in the end."""
    kind = page.locator("#question").get_attribute("data-type")
    given: Any = None
    for _turn in range(chance.choice([1, 1, 2])):
        if kind in ("single", "multiple"):
            box = page.locator("#question .pick").nth(0 if kind == "multiple" else chance.randrange(2))
            if kind == "single" or not box.locator("input").is_checked():
                box.click()
            given = page.evaluate(
                "[...document.querySelectorAll('[name=choice]:checked')].map(one => one.value)"
            )
        elif kind == "text":
            given = chance.choice(NOTES)
            page.locator("[name=text]").fill(given)
        elif kind == "date":
            given = f"202{chance.randrange(5, 9)}"
            page.locator("[name=year]").fill(given)
        else:
            given = f"20{chance.randrange(10, 25)}" if kind == "year" else str(chance.randrange(1, 20))
            page.locator("[name=number]").fill(given)
    return given


def stored() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in Answer.objects.select_related("item"):
        assert row.item.key not in found
        date = str(row.date.year) if row.date else None
        found[row.item.key] = row.choices or row.text or date or str(row.number)
    return found


def test_a_hundred_faults_of_the_network(
    new_context: Callable[..., BrowserContext], live_server: Any
) -> None:
    chance = random.Random(11)
    assessment = AssessmentFactory()
    typed: dict[str, Any] = {}
    with BadNetwork(live_server.url, seed=11) as network:
        context = new_context()
        context.add_init_script(HASTE)
        page = context.new_page()
        page.set_default_timeout(20_000)
        come_in(page, assessment, "tr", address=network.url)
        page.wait_for_timeout(200)
        network.is_bad = True
        while network.faults < FAULTS:
            key = page.locator("#question").get_attribute("data-key")
            assert key
            typed[key] = answer(page, chance)
            way = "back" if key == "wsh_learn" or (key != "start_mood" and chance.random() < 0.2) else "next"
            page.locator(f".q-{way}").click()
            page.wait_for_function("key => document.querySelector('#question')?.dataset.key !== key", arg=key)
        network.is_bad = False
        key = page.locator("#question").get_attribute("data-key")
        assert key
        typed[key] = answer(page, chance)
        page.locator(".q-back" if key == "wsh_learn" else ".q-next").click()
        page.wait_for_function("key => document.querySelector('#question')?.dataset.key !== key", arg=key)
        expect(page.locator("[data-notice=offline]")).to_be_hidden()
        network.settle()
        found = stored()
        assert {key: found[key] for key in typed} == typed
        numbers = list(ParadataEvent.objects.values_list("seq", flat=True))
        assert len(numbers) == len(set(numbers))
        moves = ParadataEvent.objects.filter(event__in=["next", "back"]).count()
        shown = ParadataEvent.objects.filter(event="shown").count()
        assert shown in (moves, moves + 1), "each question that was left was shown once before"
        assert len(network.done) == 5, network.done
