"""Every form that the pages of the access table show: sent twice it makes one record, sent too late it shows both versions, and
whatever nonsense stands in it is answered in words.

The forms are read from the pages (``tests/fixtures/typed_forms.py``), the pages come from the access table, so a new form is tested
without being named here. A new POST route says in ``shields.py`` what keeps it from writing twice where it has neither
``submission`` nor ``revision``; a form that cannot be filled by guessing gets its facts there.
"""

from collections.abc import Iterator
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse

from tests.fuzz.sending import Tally, run
from tests.fuzz.targets import ROLES, targets_of
from tests.walks.forms import POSTS, Sent, Walk, gather, undone
from tests.walks.shields import ELSEWHERE, FACTS, NEW, ROOMS_OWN, SHIELD, TWICE

# One worker takes them all (tests/fixtures/workers.py): the pages are opened once.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walk]:
    """All forms; what was made for them is taken back in the end."""
    with django_db_blocker.unblock(), undone():
        yield gather()


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


def test_every_route_that_writes_has_a_form_on_a_page(walk: Walk) -> None:
    assert len(walk.writing) > 40
    missing = POSTS - walk.writing.keys()
    assert not missing, f"no page shows a form for {sorted(missing)}; see ELSEWHERE"


def test_every_form_says_what_keeps_it_from_writing_twice(walk: Walk) -> None:
    bare = (
        {
            route
            for route, sent in walk.writing.items()
            if not sent.form.inputs.keys() & {"submission", "revision", "seen"}
        }
        - SHIELD.keys()
        - TWICE.keys()
        - ELSEWHERE.keys()
    )
    assert not bare, f"neither submission nor revision: {sorted(bare)}; see SHIELD"


def test_a_form_sent_twice_makes_one_record(walk: Walk) -> None:
    problems = []
    for route, sent in sorted(walk.writing.items()):
        with undone():
            before = _sizes()
            first = sent.post(sent.facts)
            once = _sizes()
            sent.post(sent.facts)
            twice = _sizes()
        refused = (
            first.status_code not in (200, 204, 302) and route not in ELSEWHERE.keys() | ROOMS_OWN.keys()
        )
        shut_out = "/account/sign-in/" in first.get("Location", "") and route != "accounts:sign_out"
        if refused or shut_out:
            problems.append(f"{route}: the first answer was {first.status_code}; see FACTS. {_errors(first)}")
        grown = {
            table: (before[table], once[table], count)
            for table, count in twice.items()
            if count > once[table]
        }
        if grown and route not in TWICE:
            problems.append(f"{route}: written twice, {grown}")
    assert not problems, "\n".join(problems)


def _errors(answer: HttpResponse) -> str:
    form = next(
        (context["form"] for context in getattr(answer, "context", None) or [] if "form" in context), None
    )
    return str(dict(form.errors)) if form is not None else ""


def test_who_comes_late_sees_both_versions(walk: Walk) -> None:
    problems, seen = [], 0
    for route, sent in sorted(walk.writing.items()):
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


def test_no_nonsense_breaks_a_form(walk: Walk) -> None:
    problems: list[str] = []
    for _route, sent in sorted(walk.writing.items()):
        for turn in range(
            0, len(TURNS), 4
        ):  # every field meets every fourth value; the next test gives it one more
            facts = {
                name: [TURNS[(turn + number) % len(TURNS)][1]] for number, name in enumerate(sent.form.inputs)
            }
            _quietly(sent, f"turn {turn}", facts, problems)
    assert not problems, "\n".join(problems)


def test_what_was_typed_comes_back(walk: Walk) -> None:
    problems: list[str] = []
    seen = 0
    for route, sent in sorted(walk.writing.items()):
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


def test_no_body_breaks_a_route(walk: Walk) -> None:
    problems = []
    for route, sent in sorted(walk.writing.items()):
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


def test_no_nonsense_in_the_address_breaks_a_page(walk: Walk) -> None:
    problems, seen = [], 0
    for route, (sent, names) in sorted(walk.reading.items()):
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
                    b"".join(answer)  # a stream may break on its way, and its file is closed at its end
            except Exception as error:  # noqa: BLE001 - any error is a 500
                problems.append(f"{route}, {what}: {type(error).__name__} {str(error)[:200]}")
            else:
                if answer.status_code >= 500:
                    problems.append(f"{route}, {what}: {answer.status_code}")
    assert seen > 200
    assert not problems, "\n".join(problems)


FUZZED, SEED = 2000, 20261128


def test_fuzzed_inputs_break_nothing(walk: Walk) -> None:
    """The long run is ``make fuzz``; it also draws the papers, which takes as long as all the rest."""
    tally = Tally()
    with undone(), mock.patch("iqquadrat.pdf.rendering.draw", return_value=b"%PDF-1.7"):
        targets = targets_of(walk)
        run(targets, inputs=FUZZED, number=SEED, tally=tally)
    assert not tally.failures, "\n".join(tally.failures.values())
    assert tally.count >= FUZZED
    assert tally.tried.keys() == set(ROLES)
    assert len(tally.routes) > len(targets) / 3
    # Most of it reaches the pages: a fuzzer that is turned away at the door finds nothing.
    assert sum(number for status, number in tally.answers.items() if status in (200, 302, 422)) > FUZZED / 3


def test_the_forms_are_those_of_the_table(walk: Walk) -> None:
    for route, sent in walk.writing.items():
        assert sent.form.route == route
