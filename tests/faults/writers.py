"""Who writes while things break: clients at PCs, counsellors, surveyors. Each sends what it has until somebody has acknowledged it."""

import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE = 15
PAUSE = 0.08


@dataclass(frozen=True)
class Sending:
    """One thing to store, with the number by which a second sending is known again. ``value``: what an answer says."""

    number: str
    path: str
    kind: str
    body: bytes
    seat: str = ""
    seq: int = 0
    value: str = ""


@dataclass
class Ledger:
    """Kept outside the database: what was acknowledged, when, and everything else that was heard."""

    acknowledged: dict[str, Sending] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)
    last: float = 0.0
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def acknowledge(self, sending: Sending) -> None:
        with self.arrived:
            self.acknowledged[sending.number] = sending
            self.last = time.monotonic()
            self.arrived.notify_all()

    def wait(self, patience: float, more: int = 1) -> bool:
        """Wait until so many more are acknowledged; tell whether they were."""
        with self.arrived:
            wanted = len(self.acknowledged) + more
            return self.arrived.wait_for(lambda: len(self.acknowledged) >= wanted, patience)


class Writer(threading.Thread):
    """Writes one thing after the other, each until it is acknowledged."""

    def __init__(self, site: str, ledger: Ledger, cookies: str, csrf: str) -> None:
        super().__init__(daemon=True)
        parts = urlsplit(site)
        self.host, self.port = parts.hostname or "", parts.port or 80
        self.ledger = ledger
        self.headers = {"Cookie": cookies, "X-CSRFToken": csrf, "Host": "localhost", "Connection": "close"}
        self.ending = threading.Event()
        self.number = 0

    def make(self) -> Sending:
        """The next thing to store."""
        raise NotImplementedError

    def is_acknowledged(self, status: int, content: bytes) -> bool:
        """Whether this answer says that it is stored."""
        raise NotImplementedError

    def run(self) -> None:
        while not self.ending.is_set():
            self.number += 1
            sending = self.make()
            while not self._send(sending) and not self.ending.is_set():
                time.sleep(PAUSE)

    def _send(self, sending: Sending) -> bool:
        connection = HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            connection.request(
                "POST", sending.path, sending.body, self.headers | {"Content-Type": sending.kind}
            )
            answer = connection.getresponse()
            content = answer.read()
            stored = self.is_acknowledged(answer.status, content)
        except (OSError, HTTPException, ValueError, KeyError):  # no answer, or one that was cut off
            self.ledger.heard["nothing"] += 1
            return False
        finally:
            connection.close()
        if stored:
            self.ledger.acknowledge(sending)
        else:
            self.ledger.heard[str(answer.status)] += 1
        return stored


class AtThePc(Writer):
    """A client who answers one question again and again."""

    def __init__(self, *arguments: Any, token: str) -> None:
        super().__init__(*arguments)
        self.token, self.seq = token, 0

    def make(self) -> Sending:
        events = []
        for event in ("shown", "answer", "next"):
            self.seq += 1
            events.append(
                {
                    "seq": self.seq,
                    "item": "sch_years",
                    "event": event,
                    "state": "",
                    "texts": "",
                    "ms": self.seq * 1000,
                }
            )
        self.seq += 1
        number, value = str(uuid.uuid4()), str(self.number % 25)
        body = {
            "op_id": number, "epoch": 2, "seq": self.seq, "question": "sch_years", "value": {"value": value}, "language_shown": "de",
            "l1_mode": False, "events": events,
        }  # fmt: skip
        return Sending(
            number,
            f"/k/{self.token}/save/",
            "application/json",
            json.dumps(body).encode(),
            seat=self.token,
            seq=self.seq,
            value=value,
        )

    def is_acknowledged(self, status: int, content: bytes) -> bool:
        return status == 200 and json.loads(content).get("stored") is not None


class AtTheDesk(Writer):
    """A counsellor who logs talks with everything that goes with one."""

    def __init__(self, *arguments: Any, address: str, facts: dict[str, Any]) -> None:
        super().__init__(*arguments)
        self.address, self.facts = address, facts

    def make(self) -> Sending:
        number = str(uuid.uuid4())
        body = urlencode(self.facts | {"submission": number}, doseq=True).encode()
        return Sending(number, self.address, "application/x-www-form-urlencoded", body)

    def is_acknowledged(self, status: int, _content: bytes) -> bool:
        return status == 302


class InTheStreet(Writer):
    """A surveyor whose phone sends visits; now and then a packet of several."""

    def __init__(self, *arguments: Any, address: str, note: Callable[[], dict[str, Any]]) -> None:
        super().__init__(*arguments)
        self.address, self.note = address, note

    def make(self) -> Sending:
        operation = self.note()
        return Sending(
            operation["uuid"],
            self.address,
            "application/json",
            json.dumps({"operations": [operation]}).encode(),
        )

    def is_acknowledged(self, status: int, content: bytes) -> bool:
        if status != 200:
            return False
        [told] = json.loads(content)["results"]
        if told["result"] == "refused":
            self.ledger.heard[f"refused {told.get('code')}"] += 1
        return told["result"] in ("applied", "already")
