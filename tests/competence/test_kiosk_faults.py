"""More than two thousand faults of the network between the page's own queue and the real view: nothing lost, nothing doubled."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from competence.models import KioskOperation, ParadataEvent
from iqquadrat.questionnaires.models import Answer
from tests.competence.kiosk import Pc, sit_down

pytestmark = pytest.mark.django_db

HERE = Path(__file__).resolve().parent
QUEUE = HERE.parents[1] / "competence" / "static" / "competence" / "kiosk" / "queue.js"
FAULTS = 2100
VALUES: dict[str, list[dict[str, Any]]] = {
    "start_mood": [{"choices": ["good"]}, {"choices": ["bad"]}],
    "sch_years": [{"value": str(years)} for years in range(12)],
    "prk_cook": [{"choices": [key]} for key in ("none", "little", "good", "very_good")],
    "lng_other": [{"choices": keys} for keys in (["ar"], ["tr"], ["ar", "tr"], ["none"])],
    "avl_from": [{"year": "2027", "month": str(month), "day": ""} for month in range(1, 13)],
    "wsh_learn": [{"value": f"Schweißen {number}"} for number in range(20)],
    "wrk_ever": [{"status": "skipped"}, {"status": "dont_know"}, {"choices": ["yes"]}, {"choices": ["no"]}],
}


class Page:
    """The page of one PC: what was typed into it, what it noted, and the requests it is waiting for."""

    def __init__(self, pc: Pc) -> None:
        node = shutil.which("node")
        assert node, "Node.js is missing; it comes with npm (make setup)"
        self.pc = pc
        self.process = subprocess.Popen(
            [node, HERE / "queue_driver.mjs", QUEUE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.waiting: list[dict[str, Any]] = []
        self.typed: dict[str, dict[str, Any]] = {}
        self.noted: list[str] = []
        self.drained: bool | None = None

    def order(self, *orders: dict[str, Any]) -> None:
        """Give orders and take in everything that follows from them."""
        assert self.process.stdin
        assert self.process.stdout
        for entry in [*orders, {"order": "rest"}]:
            self.process.stdin.write(json.dumps(entry) + "\n")
        self.process.stdin.flush()
        while not (said := json.loads(self.process.stdout.readline())).get("rested"):
            assert "fault" not in said, said
            if "request" in said:
                self.waiting.append(said)
            else:
                self.drained = said["drained"]

    def type(self, chance: random.Random, mark: str) -> None:
        """Answer or change one question, as the page does it: a note in the log, then the value."""
        question = chance.choice(list(VALUES))
        value = chance.choice(VALUES[question])
        self.typed[question] = value
        self.noted.append(mark)
        self.order(
            {"order": "log", "event": "change", "item": question, "state": mark},
            {"order": "put", "question": question, "value": value},
        )

    def close(self) -> None:
        """The tab is gone."""
        self.process.kill()
        self.process.communicate()


class Network:
    """Between page and server: loses, doubles, delays and reorders, by a seeded die; counts what it did."""

    def __init__(self, pc: Pc, chance: random.Random) -> None:
        self.pc, self.chance = pc, chance
        self.late: list[dict[str, Any]] = []
        self.held: list[tuple[int, Any]] = []
        self.done = dict.fromkeys(("lost", "reply lost", "doubled", "late", "delayed", "late copy"), 0)

    def _serve(self, request: dict[str, Any]) -> Any:
        return self.pc.post_json(request["address"].strip("/"), request["body"])

    def seat(self, page: Page) -> None:
        """Let a page begin, until it may write; what older pages sent and was held up comes later."""
        page.order({"order": "start"})
        while page.waiting or self.held:
            self.carry(page, late=False)

    def carry(self, page: Page, *, peaceful: bool = False, late: bool = True) -> None:
        """Do something to each request that is on its way."""
        if self.held:
            number, reply = self.held.pop()
            page.order(self._reply(number, reply))
        for request in page.waiting[:]:
            page.waiting.remove(request)
            self._carry(page, request, "" if peaceful else self._fault())
        if late and self.late and (peaceful or self.chance.random() < 0.4):
            self._deliver_late()

    def _fault(self) -> str:
        faults = ["lost"] * 6 + ["reply lost"] * 5 + ["doubled"] * 2 + ["late"] * 3 + ["delayed"] * 2
        return self.chance.choice(faults) if self.chance.random() < 0.8 else ""

    def _carry(self, page: Page, request: dict[str, Any], fault: str) -> None:
        number = request["request"]
        if fault:
            self.done[fault] += 1
        if fault in ("lost", "late"):
            if fault == "late":
                self.late.append(request)
            page.order({"order": "lose", "number": number})
            return
        reply = self._serve(request)
        if fault == "doubled":
            again = self._serve(request)
            if "save" in request["address"]:
                assert again.content == reply.content
            reply = self.chance.choice([reply, again]) if "save" in request["address"] else again
        if fault == "reply lost":
            page.order({"order": "lose", "number": number})
        elif fault == "delayed":
            self.held.append((number, reply))
        else:
            page.order(self._reply(number, reply))

    def _deliver_late(self) -> None:
        """A copy that everybody had given up arrives after all, perhaps after newer ones."""
        request = self.late.pop(self.chance.randrange(len(self.late)))
        if "claim" in request["address"]:
            return  # a late claim takes the session over, which is another test's matter
        self.done["late copy"] += 1
        assert self._serve(request).status_code in (200, 409)

    @staticmethod
    def _reply(number: int, reply: Any) -> dict[str, Any]:
        return {
            "order": "reply",
            "number": number,
            "status": reply.status_code,
            "body": reply.content.decode(),
        }

    @property
    def faults(self) -> int:
        return sum(self.done.values())


def stored(pc: Pc) -> dict[str, dict[str, Any]]:
    """What the database holds, in the shape of what was typed."""
    found: dict[str, dict[str, Any]] = {}
    for answer in Answer.objects.filter(response=pc.assessment.response).select_related("item"):
        assert answer.item.key not in found, "doubled"
        if answer.status != "answered":
            value: dict[str, Any] = {"status": answer.status}
        elif answer.choices:
            value = {"choices": answer.choices}
        elif answer.date:
            value = {"year": str(answer.date.year), "month": str(answer.date.month), "day": ""}
        else:
            value = {"value": answer.text or str(answer.number)}
        found[answer.item.key] = value
    return found


def noted() -> list[str]:
    return list(ParadataEvent.objects.filter(event="change").order_by("seq").values_list("state", flat=True))


@pytest.fixture
def pc() -> Pc:
    return sit_down()


@pytest.fixture
def pages(pc: Pc) -> Iterator[list[Page]]:
    opened: list[Page] = []
    yield opened
    for page in opened:
        page.close()


def test_two_thousand_faults_lose_and_double_nothing(pc: Pc, pages: list[Page]) -> None:
    chance = random.Random(20261126)
    network = Network(pc, chance)
    kept: list[str] = []
    typed: dict[str, dict[str, Any]] = {}
    count = 0
    while network.faults < FAULTS:
        page = Page(pc)
        pages.append(page)
        network.seat(page)
        target = network.faults + FAULTS // 6
        while network.faults < target:
            for _key in range(chance.choice([0, 1, 1, 2])):
                count += 1
                page.type(chance, f"m{count}")
            network.carry(page)
        if chance.random() < 0.5:
            # Quietly to the end: what was typed last stands, everything noted stands once, in order.
            page.order({"order": "drained"})
            while page.drained is None:
                network.carry(page, peaceful=True)
            assert page.drained is True
            typed |= page.typed
            assert stored(pc) == typed
            assert noted() == kept + page.noted
        else:
            # The tab is closed in the middle: each answer is one that was typed, nothing else has changed.
            network.held.clear()
            now = stored(pc)
            for question, value in now.items():
                assert value in [typed.get(question), *VALUES[question]]
            assert {key: now.get(key) for key in typed if key not in page.typed} == {
                key: value for key, value in typed.items() if key not in page.typed
            }
            typed = now
            assert noted() == kept + [mark for mark in page.noted if mark in set(noted())]
        kept = noted()
    while network.late:
        network._deliver_late()
    assert stored(pc) == typed
    assert noted() == kept
    assert len(set(kept)) == len(kept)
    assert network.faults > 2000
    assert all(network.done.values()), network.done
    operations = KioskOperation.objects.filter(session__assessment=pc.assessment)
    assert operations.count() < network.faults + count
