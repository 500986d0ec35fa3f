"""All forms that the pages of the access table show, gathered once, and how to send them as somebody who was shown them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iqquadrat.core.statistics import refresh_statistics
from iqquadrat.questionnaires.models import Questionnaire, Version
from tests.access.table import Route
from tests.fixtures.stages import Stage, stages_of
from tests.fixtures.typed_forms import Input, ShownForm, forms_of
from tests.rows import registry
from tests.test_access import ROWS
from tests.walks.shields import ELSEWHERE, FACTS, FIRST

registry.gather()
STAFF = [row for row in ROWS if not row.kiosk and not row.public]
POSTS = {row.name for row in STAFF if "POST" in row.methods}


@dataclass
class Sent:
    """A form, who may send it, and from which stage."""

    stage: Stage
    role: str
    form: ShownForm

    @property
    def facts(self) -> dict[str, Any]:
        facts = self.form.filled() | {
            name: self._meant(name, values) for name, values in FACTS.get(self.form.route, {}).items()
        }
        return {name: values for name, values in facts.items() if values}

    def _meant(self, name: str, values: list[str]) -> list[str]:
        if values != [FIRST]:
            return values
        return [option for option in self.form.inputs[name].options if option][:1]

    def post(self, facts: dict[str, Any]) -> HttpResponse:
        body = urlencode(facts, doseq=True)
        return self.send(body, "application/x-www-form-urlencoded")

    def send(self, body: str | bytes, kind: str) -> HttpResponse:
        """Send it with the cookies that the page was opened with: some forms end the session."""
        browser = Client()
        browser.cookies = SimpleCookie(self.stage.browser(self.role).cookies.output(header="", sep=";"))
        answer: HttpResponse = browser.generic("POST", self.form.action, body, content_type=kind)
        return answer


@dataclass
class Walk:
    """What the pages showed: the forms that write, and what the addresses of the pages take."""

    writing: dict[str, Sent] = field(default_factory=dict)
    reading: dict[str, tuple[Sent, set[str]]] = field(default_factory=dict)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _survey() -> None:
    """Without a published questionnaire for businesses there is no form for a wave."""
    survey = Questionnaire.objects.create(key="business_survey", title_de="Befragung")
    Version.objects.create(
        questionnaire=survey, number=1, title_de="Befragung", state="published", published_at=timezone.now()
    )


def _open(walk: Walk, stage: Stage, row: Route, role: str) -> None:
    """Open a page and keep its forms; of several for one route the one with most to fill in."""
    address = reverse(row.name, kwargs=stage.arguments)
    headers = {"HX-Request": "true"} if row.get_status == 302 else {}
    answer = stage.browser(role).get(address, headers=headers)
    names: set[str] = set()
    if answer.get("Content-Type", "").startswith("text/html"):
        for form in forms_of(answer.content.decode(), address):
            if form.method == "get":
                names |= form.inputs.keys()
            elif (route := form.route) in POSTS:
                known = walk.writing.get(route)
                if known is None or len(form.inputs) > len(known.form.inputs):
                    walk.writing[route] = Sent(stage, role, form)
    walk.reading.setdefault(row.name, (Sent(stage, role, ShownForm("get", address)), names))


def gather() -> Walk:
    """Open every page once as every role, with two rows of everything."""
    walk = Walk()
    _survey()
    stages = stages_of(STAFF)
    for stage in stages:
        registry.fill(stage.record + stage.around, stage.users, range(2))
    refresh_statistics()  # those of an earlier test would lead to plans that take minutes
    for stage in stages:
        for row in stage.routes:
            for role in sorted(row.roles) if "GET" in row.methods else ():
                _open(walk, stage, row, role)
        for row in stage.routes:
            if row.name in ELSEWHERE and row.name not in walk.writing:
                form = ShownForm("post", reverse(row.name, kwargs=stage.arguments))
                form.inputs = {name: Input("text", values) for name, values in ELSEWHERE[row.name].items()}
                walk.writing[row.name] = Sent(stage, min(row.roles), form)
                stage.browser(min(row.roles))  # signed in now: what a test does is undone, a session too
    return walk
