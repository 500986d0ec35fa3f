"""Every form that the pages of the access table show: sent twice it makes one record, sent too late it shows both versions, and
whatever nonsense stands in it is answered in words.

The forms are read from the pages (``tests/fixtures/typed_forms.py``), the pages come from the access table, so a new form is tested
without being named here. A new POST route says in ``SHIELD`` what keeps it from writing twice where it has neither ``submission``
nor ``revision``; a form that cannot be filled by guessing gets its facts in ``FACTS``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse, SimpleCookie
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from iqquadrat.questionnaires.models import Questionnaire, Version
from tests.access.table import Route
from tests.fixtures.people import PASSWORD
from tests.fixtures.stages import Stage, stages_of
from tests.fixtures.typed_forms import Input, ShownForm, forms_of
from tests.rows import registry
from tests.test_access import ROWS

pytestmark = pytest.mark.django_db

registry.gather()
STAFF = [row for row in ROWS if not row.kiosk and not row.public]
POSTS = {row.name for row in STAFF if "POST" in row.methods}

# What keeps a route without submission and revision from writing twice.
SHIELD: dict[str, str] = {
    **dict.fromkeys(("accounts:set_theme", "competence:discussed", "counselling:follow_up_done", "counselling:referral_arrival",
        "placements:vacancy_state", "reporting:programme_use"), "sets one fact; the same again changes nothing"),
    **dict.fromkeys(("administration:user_close", "counselling:institution_retire", "counselling:topic_retire", "counselling:consent_withdraw",
        "counselling:draft_discard", "counselling:draft_restore"), "a state that is there already is left alone"),
    **dict.fromkeys(("counselling:appointment_delete", "counselling:referral_delete", "counselling:topic_delete", "businesses:section_remove"),
        "what is gone is a 404"),
    **dict.fromkeys(("accounts:sign_out", "accounts:confirm", "accounts:password_change"), "about the session and the own password only"),
    "accounts:account": "the own account: the same person, the last word counts",
    "administration:user_password_link": "sends a letter; more than a few an hour are refused",
    "businesses:section_assign": "a section is given once (unique in the database)",
    "competence:set_aside": "one that stands is left alone (unique in the database)",
    "counselling:client_reassign": "who is in charge already stays in charge",
    "counselling:consent_give": "one in force is left alone (unique in the database)",
    "counselling:merge_undo": "what is undone is undone",
    "counselling:topic_move": "moves one place; no record is made",
    "interviews:interview_finish": "an interview is handed in once",
    "kiosk:code": "a newer code puts an end to the older one",
    "kiosk:hand_over": "ends the staff session; the second one has none",
    "placements:placement_detail": "a step follows on the step it was seen at",
    "placements:placement_undo": "a step is undone once",
    "questionnaires:import": "a workbook with the same content is the same version",
}  # fmt: skip
# What guessing cannot fill in.
FACTS: dict[str, dict[str, list[str]]] = {
    "administration:centre": {"website": ["ort.example"]},
    "accounts:confirm": {"password": [PASSWORD]},
    "accounts:password_change": {
        "old_password": [PASSWORD],
        "new_password1": ["noch-ein-Kennwort-2"],
        "new_password2": ["noch-ein-Kennwort-2"],
    },
    "businesses:business_create": {"number": ["52a"]},
    "counselling:institution_create": {"website": ["ort.example"], "name_de": ["Wegweiser"]},
    "counselling:institution_edit": {"website": ["ort.example"]},
    "counselling:client_edit": {"birth": ["1991"], "residence_until": []},
    "counselling:client_create": {"birth": ["1991"], "residence_until": []},
    "placements:vacancy_create": {"field_of_work": ["kitchen"], "business": []},
    "placements:vacancy_edit": {"employer_name": []},
    "reporting:programme_create": {"code": ["neu"]},
    "reporting:programme_edit": {},
}
# Forms with the mark of an edit that make something new; the same German name is the same topic.
NEW = {"counselling:topic_create", "reporting:programme_create"}
# Buttons that a page shows only for a record in another state (closed, retired, done, undone), and what scripts send: the facts. They
# are sent all the same; what they do with the right record is in the tests of their rooms.
ELSEWHERE: dict[str, dict[str, list[str]]] = {
    "administration:user_reopen": {},
    "competence:take_back": {},
    "counselling:charge_end": {},
    "counselling:client_ask": {},
    "counselling:draft_keep": {"concern": ["sucht Arbeit"], "client": [""]},
    "counselling:emergency_file": {"reason": ["Anruf der Klinik von heute"]},
    "counselling:follow_up_reopen": {},
    "counselling:institution_restore": {},
    "counselling:short_contact_undo": {},
    "interviews:question": {"value": ["yes"]},
    "kiosk:end": {},
    "questionnaires:publish": {},
    "reporting:programme_rest": {},
}


@dataclass
class Sent:
    """A form, who may send it, and from which stage."""

    stage: Stage
    role: str
    form: ShownForm

    @property
    def facts(self) -> dict[str, list[str]]:
        facts = self.form.filled() | FACTS.get(self.form.route, {})
        return {name: values for name, values in facts.items() if values}

    def post(self, facts: dict[str, Any]) -> HttpResponse:
        body = urlencode(facts, doseq=True)
        return self.send(body, "application/x-www-form-urlencoded")

    def send(self, body: str | bytes, kind: str) -> HttpResponse:
        """Send it with the cookies that the page was opened with: some forms end the session."""
        browser = Client()
        browser.cookies = SimpleCookie(self.stage.browser(self.role).cookies.output(header="", sep=";"))
        answer: HttpResponse = browser.generic("POST", self.form.action, body, content_type=kind)
        return answer


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _pages(stage: Stage, row: Route) -> Iterator[tuple[str, str, HttpResponse]]:
    address = reverse(row.name, kwargs=stage.arguments)
    headers = {"HX-Request": "true"} if row.get_status == 302 else {}
    for role in sorted(row.roles):
        yield role, address, stage.browser(role).get(address, headers=headers)


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: Any
) -> Iterator[tuple[dict[str, Sent], dict[str, tuple[Sent, set[str]]]]]:
    """Open every page once, with a row of everything, and collect the forms: those that write, and the filters."""
    writing: dict[str, Sent] = {}
    reading: dict[str, tuple[Sent, set[str]]] = {}
    with django_db_blocker.unblock(), undone():
        survey = Questionnaire.objects.create(key="business_survey", title_de="Befragung")
        Version.objects.create(
            questionnaire=survey,
            number=1,
            title_de="Befragung",
            state="published",
            published_at=timezone.now(),
        )
        for stage in stages_of(STAFF):
            registry.fill(stage.record + stage.around, stage.users, range(2))
            for row in stage.routes:
                if "GET" not in row.methods:
                    continue
                for role, address, answer in _pages(stage, row):
                    names: set[str] = set()
                    if answer.get("Content-Type", "").startswith("text/html"):
                        for form in forms_of(answer.content.decode(), address):
                            names |= form.inputs.keys() if form.method == "get" else set()
                            known = writing.get(form.route)
                            if (
                                form.method == "post"
                                and form.route in POSTS
                                and (known is None or len(form.inputs) > len(known.form.inputs))
                            ):
                                writing[form.route] = Sent(stage, role, form)
                    reading.setdefault(row.name, (Sent(stage, role, ShownForm("get", address)), names))
            for row in stage.routes:
                if row.name in ELSEWHERE and row.name not in writing:
                    form = ShownForm("post", reverse(row.name, kwargs=stage.arguments))
                    form.inputs = {
                        name: Input("text", values) for name, values in ELSEWHERE[row.name].items()
                    }
                    writing[row.name] = Sent(stage, min(row.roles), form)
        yield writing, reading


def _sizes() -> dict[str, int]:
    """The number of rows of every table but the log, in one query."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label not in ("accesslog", "sessions")
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables))  # noqa: S608
        return dict(cursor.fetchall())


def test_every_route_that_writes_has_a_form_on_a_page(walk: Any) -> None:
    writing, _reading = walk
    assert len(writing) > 40
    missing = POSTS - writing.keys()
    assert not missing, f"no page shows a form for {sorted(missing)}; see ELSEWHERE"


def test_every_form_says_what_keeps_it_from_writing_twice(walk: Any) -> None:
    bare = (
        {
            route
            for route, sent in walk[0].items()
            if not sent.form.inputs.keys() & {"submission", "revision", "seen"}
        }
        - SHIELD.keys()
        - ELSEWHERE.keys()
    )
    assert not bare, f"neither submission nor revision: {sorted(bare)}; see SHIELD"


def test_a_form_sent_twice_makes_one_record(walk: Any) -> None:
    problems = []
    for route, sent in sorted(walk[0].items()):
        with undone():
            before = _sizes()
            first = sent.post(sent.facts)
            once = _sizes()
            sent.post(sent.facts)
            twice = _sizes()
        if (
            first.status_code not in (200, 204, 302) and route not in ELSEWHERE
        ) or "/account/sign-in/" in first.get("Location", ""):
            problems.append(f"{route}: the first answer was {first.status_code}; see FACTS. {_errors(first)}")
        grown = {
            table: (before[table], once[table], count)
            for table, count in twice.items()
            if count > once[table]
        }
        if grown:
            problems.append(f"{route}: written twice, {grown}")
    assert not problems, "\n".join(problems)


def _errors(answer: HttpResponse) -> str:
    form = next(
        (context["form"] for context in getattr(answer, "context", None) or [] if "form" in context), None
    )
    return str(dict(form.errors)) if form is not None else ""


def test_who_comes_late_sees_both_versions(walk: Any) -> None:
    problems, seen = [], 0
    for route, sent in sorted(walk[0].items()):
        texts = [name for name in sent.form.typed() if name not in FACTS.get(route, {}) and name != "reason"]
        if (
            not sent.form.inputs.keys() & {"revision", "seen"}
            or "submission" in sent.form.inputs
            or not texts
            or route in NEW
        ):
            continue
        seen += 1
        with undone():
            first = sent.post(sent.facts | {texts[0]: ["Erste Fassung"]})
            late = sent.post(sent.facts | {texts[0]: ["Zweite Fassung"]})
        text = late.content.decode()
        if (
            first.status_code != 302
            or late.status_code != 409
            or "Erste Fassung" not in text
            or "Zweite Fassung" not in text
        ):
            problems.append(
                f"{route} ({texts[0]}): {first.status_code}, then {late.status_code} {_errors(first)}"
            )
    assert seen > 8
    assert not problems, "\n".join(problems)


NASTY: dict[str, bytes] = {
    "NUL": b"a\0b", "lone surrogate": b"a\xed\xa0\x80b", "broken UTF-8": b"\xff\xfe", "bidi override": "a\u202eb".encode(),
    "control": b"a\x1bb", "NaN": b"NaN", "1e400": b"1e400", "minus infinity": b"-Infinity", "5,000 digits": b"9" * 5000,
    "Arabic digits": "٣١".encode(), "long": b"x" * 20_000, "markup": b"<script>alert(1)</script>{{ 1 }}{% debug %}",
    "json": b'{"a": [' + b"[" * 500, "uuid": b"00000000-0000-0000-0000-000000000000", "negative": b"-1",
}  # fmt: skip
TURNS = list(NASTY.items())
MEANT = "So war es gemeint"


def _quietly(sent: Sent, what: str, facts: dict[str, Any], problems: list[str]) -> HttpResponse | None:
    try:
        with undone():
            answer = sent.post(facts)
    except Exception as error:  # noqa: BLE001 - any error is a 500
        problems.append(f"{sent.form.route}, {what}: {type(error).__name__} {str(error)[:120]}")
        return None
    if answer.status_code >= 500 or b"<script>alert(1)" in answer.content:
        problems.append(f"{sent.form.route}, {what}: {answer.status_code}")
    return answer


def test_no_nonsense_breaks_a_form(walk: Any) -> None:
    problems: list[str] = []
    for _route, sent in sorted(walk[0].items()):
        for turn in range(
            0, len(TURNS), 4
        ):  # every field meets every fourth value; the next test gives it one more
            facts = {
                name: [TURNS[(turn + number) % len(TURNS)][1]] for number, name in enumerate(sent.form.inputs)
            }
            _quietly(sent, f"turn {turn}", facts, problems)
    assert not problems, "\n".join(problems)


def test_what_was_typed_comes_back(walk: Any) -> None:
    problems: list[str] = []
    seen = 0
    for route, sent in sorted(walk[0].items()):
        areas = [name for name in sent.form.typed() if sent.form.inputs[name].kind == "textarea"]
        for number, name in enumerate(sent.form.inputs if areas else ()):
            what, bad = TURNS[number % len(TURNS)]
            texts = [other for other in areas if other != name]
            facts = sent.facts | {other: [MEANT] for other in texts} | {name: [bad]}
            answer = _quietly(sent, f"{what} in {name}", facts, problems)
            if answer is not None and answer.status_code == 422 and texts:
                seen += 1
                if MEANT not in answer.content.decode():
                    problems.append(f"{route}, {what} in {name}: what was typed is lost")
    assert seen > 30
    assert not problems, "\n".join(problems)


BODIES = [b'{"a": "\\ud800", "b": NaN, "c": 1e400, "d": ' + b"9" * 5000 + b"}", b"[" * 100_000]


def test_no_body_breaks_a_route(walk: Any) -> None:
    problems = []
    for route, sent in sorted(walk[0].items()):
        for number, body in enumerate(BODIES):
            try:
                with undone():
                    answer = sent.send(body, "application/json")
            except Exception as error:  # noqa: BLE001 - any error is a 500
                problems.append(f"{route}, body {number}: {type(error).__name__} {error}")
            else:
                if answer.status_code >= 500:
                    problems.append(f"{route}, body {number}: {answer.status_code}")
    assert not problems, "\n".join(problems)


ALWAYS = {
    "page",
    "size",
    "sort",
    "more",
    "q",
    "day",
    "client",
    "show",
    "kind",
    "all",
    "institution",
    "consultation",
    "business",
    "vacancy",
}
# NUL and half characters in an address are refused before any page: tests/accounts/test_malformed_input.py.
IN_THE_ADDRESS = (
    "NaN",
    "1e400",
    "5,000 digits",
    "Arabic digits",
    "markup",
    "uuid",
    "negative",
    "minus infinity",
    "json",
)


def test_no_nonsense_in_the_address_breaks_a_page(walk: Any) -> None:
    problems, seen = [], 0
    for route, (sent, names) in sorted(walk[1].items()):
        for turn in range(0, len(IN_THE_ADDRESS), 3):
            seen += 1
            what = f"turn {turn}"
            wanted = {
                name: NASTY[IN_THE_ADDRESS[(turn + number) % len(IN_THE_ADDRESS)]][
                    : 3000 // (1 + len(names | ALWAYS))
                ]
                for number, name in enumerate(sorted(names | ALWAYS))
            }
            try:
                with undone():
                    answer = sent.stage.browser(sent.role).get(f"{sent.form.action}?{urlencode(wanted)}")
            except Exception as error:  # noqa: BLE001 - any error is a 500
                problems.append(f"{route}, {what}: {type(error).__name__} {str(error)[:200]}")
            else:
                if answer.status_code >= 500:
                    problems.append(f"{route}, {what}: {answer.status_code}")
    assert seen > 200
    assert not problems, "\n".join(problems)


def test_the_forms_are_those_of_the_table(walk: Any) -> None:
    for route, sent in walk[0].items():
        assert resolve(sent.form.action).view_name == route
