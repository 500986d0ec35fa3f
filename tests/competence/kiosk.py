"""What the kiosk's tests do as the page does: come in by a code, save, go on."""

import json
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from competence.kiosk_door import COOKIE
from competence.models import Assessment, KioskSession
from competence.services.assessments import issue_code
from tests.competence.factories import AssessmentFactory


class Pc:
    """A PC with a browser: its cookies, its address, its numbering."""

    def __init__(self, **facts: Any) -> None:
        self.browser = Client()
        self.assessment: Assessment = AssessmentFactory(measuring=facts.pop("measuring", "agreed"), **facts)
        self.epoch, self.seq = 1, 0
        self.token = ""

    def come_in(self, language: str = "ar") -> Any:
        code = issue_code(assessment=self.assessment, by=self.assessment.client.counsellor)
        answer = self.browser.post(reverse("kiosk:welcome"), {"code": code, "lang": language})
        if answer.status_code == 302:
            self.token = answer["Location"].split("/")[2]
        return answer

    def claim(self) -> "Pc":
        reply = self.post_json("claim", {}).json()
        self.epoch, self.seq = reply["epoch"], reply["seq"]
        return self

    def url(self, name: str, **kwargs: Any) -> str:
        return reverse(f"kiosk:{name}", kwargs={"token": self.token, **kwargs})

    def get(self, name: str, **kwargs: Any) -> Any:
        return self.browser.get(self.url(name, **kwargs))

    def post_json(self, name: str, content: Any) -> Any:
        body = content if isinstance(content, str | bytes) else json.dumps(content)
        return self.browser.post(self.url(name), body, content_type="application/json")

    def operation(self, question: str, value: Any, *events: str, **facts: Any) -> dict[str, Any]:
        noted = []
        for event in events:
            self.seq += 1
            noted.append(
                {
                    "seq": self.seq,
                    "item": question,
                    "event": event,
                    "state": "",
                    "texts": "",
                    "ms": self.seq * 1000,
                }
            )
        self.seq += 1
        return {
            "op_id": str(uuid.uuid4()), "epoch": self.epoch, "seq": self.seq, "question": question, "value": value,
            "language_shown": "de", "l1_mode": False, "events": noted,
        } | facts  # fmt: skip

    def save(self, question: str, value: Any, *events: str, **facts: Any) -> Any:
        return self.post_json("save", self.operation(question, value, *events, **facts))

    @property
    def session(self) -> KioskSession:
        found = self.assessment.sessions.first()
        assert found is not None
        return found

    @property
    def has_cookie(self) -> bool:
        return bool(self.browser.cookies.get(COOKIE) and self.browser.cookies[COOKIE].value)


def sit_down(**facts: Any) -> Pc:
    """A PC whose client has come in and whose page may write."""
    pc = Pc(**facts)
    assert pc.come_in().status_code == 302
    return pc.claim()
