"""When a question is asked: chosen line by line without a script, or typed as text, and never lost."""

import re
from typing import Any

import pytest

from tests.questionnaires.drafting import Desk, small_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_user: Any, coordinator: Any) -> Desk:
    return Desk(as_user(coordinator), small_draft(coordinator))


def _send(desk: Desk, key: str, **facts: str) -> Any:
    shown = desk.client.get(desk.url("condition", key=key)).context["form"]
    sent = {"seen": shown.seen if hasattr(shown, "seen") else shown["seen"].value()}
    return desk.client.post(
        desk.url("condition", key=key),
        sent | {name.replace("_", "-"): value for name, value in facts.items()},
    )


def _condition(desk: Desk, key: str) -> str:
    return desk.now.items_by_key[key].condition


def test_a_condition_is_chosen_step_by_step(desk: Desk) -> None:
    asked = _send(desk, "wish", question_0="tasks", do="more")
    assert asked.status_code == 200
    assert "backen" in asked.content.decode(), "the answers of the question are offered now"
    assert _condition(desk, "wish") == ""
    saved = _send(desk, "wish", question_0="tasks", operator_0="has", answer_0="bake", question_1="years", operator_1="least", answer_1="3", join="or")  # fmt: skip
    assert saved["Location"] == desk.url("question", key="wish")
    assert _condition(desk, "wish") == "selected(${tasks}, 'bake') or ${years} >= 3"
    page = desk.page("condition", key="wish")
    assert page.count("selected>") >= 4
    assert "„Welche Aufgaben?“ enthält „backen“ oder „Jahre?“ ist mindestens „3“" in desk.page("question", key="wish")  # fmt: skip
    less = _send(desk, "wish", question_0="tasks", operator_0="has", answer_0="bake", question_1="years", operator_1="least", answer_1="3", do="remove-0")  # fmt: skip
    assert [line.row.question for line in less.context["form"].lines] == ["years"]
    _send(desk, "wish")
    assert _condition(desk, "wish") == "", "no line, no condition"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"question_0": "years", "operator_0": "least", "answer_0": "viele"}, "ganze Zahl"), ({"question_0": "ever", "operator_0": "is"}, "nennen Sie die Antwort"),
        ({"question_0": "probe", "operator_0": "given"}, "weiter oben"), ({"question_0": "ever", "operator_0": "x", "answer_0": "yes"}, "verglichen"),
        ({"question_0": "ever", "operator_0": "is", "answer_0": "gone"}, "keine Antwort"),
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_keeps_what_was_chosen(desk: Desk, line: dict[str, str], words: str) -> None:
    answer = _send(desk, "wish", **line)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert answer.context["form"].lines[0].row.question == line["question_0"]
    assert _condition(desk, "wish") == ""


def test_what_lines_cannot_show_stays_as_text(desk: Desk) -> None:
    written = "${ever} = 'yes' and (${years} > 3 or ${since} != '')"
    assert _send(desk, "wish", **{"as": "text", "condition": written}).status_code == 302
    page = desk.page("condition", key="wish")
    assert "mehr, als die Zeilen" in page
    assert "${years} &gt; 3 or" in page
    assert "${years} &gt; 3 or" in desk.page("question", key="wish")
    wrong = _send(desk, "wish", **{"as": "text", "condition": "${ever} = 'yes' and ("})
    assert wrong.status_code == 422
    assert "Zeichen" in wrong.content.decode()
    assert "${ever} = &#x27;yes&#x27; and (" in wrong.content.decode()
    assert _condition(desk, "wish") == written
    later = _send(desk, "wish", **{"as": "text", "condition": "${probe} = 'open'"})
    assert "„Was steht da?“ ist keine frühere Frage" in later.content.decode()


def test_lines_can_be_edited_as_text_and_back(desk: Desk) -> None:
    text = desk.client.get(desk.url("condition", key="tasks") + "?as=text").content.decode()
    assert "${field} != &#x27;&#x27;" in text
    assert "Zurück zu den Zeilen" in text
    assert "?as=text" in desk.page("condition", key="tasks")
    assert "erste Frage" in desk.page("condition", key="ever")


def test_who_comes_late_sees_both_conditions(desk: Desk) -> None:
    seen = desk.client.get(desk.url("condition", key="wish")).context["form"].seen
    line = {"seen": seen, "question-0": "ever", "operator-0": "is"}
    assert desk.client.post(desk.url("condition", key="wish"), line | {"answer-0": "yes"}).status_code == 302
    late = desk.client.post(desk.url("condition", key="wish"), line | {"answer-0": "no"})
    assert late.status_code == 409
    text = late.content.decode()
    assert "ist „Ja“" in text
    assert "ist „Nein“" in text
    again = line | {"answer-0": "no", "seen": late.context["form"].seen}
    assert desk.client.post(desk.url("condition", key="wish"), again).status_code == 302
    assert _condition(desk, "wish") == "${ever} = 'no'"


def test_nonsense_is_answered_in_words(desk: Desk) -> None:
    for facts in (
        {"question_0": "\u202e", "operator_0": "is"}, {"question_0": "ever", "operator_0": "is", "answer_0": "a\x1bb"}, {"do": "remove-99"},
        {"do": "remove-٣"}, {"question_0": "wish" * 100, "join": "xor"},
    ):  # fmt: skip
        assert _send(desk, "wish", **facts).status_code in (200, 302, 422)
    assert _condition(desk, "wish") == ""


def test_a_condition_of_many_parts_stays_text_and_whole(desk: Desk) -> None:
    long = " or ".join(f"${{years}} = {number}" for number in range(13))
    seen = desk.client.get(desk.url("condition", key="wish") + "?as=text").context["form"]["seen"].value()
    desk.client.post(desk.url("condition", key="wish"), {"as": "text", "condition": long, "seen": seen})
    assert _condition(desk, "wish") == long
    page = desk.page("condition", key="wish")
    assert 'name="condition"' in page
    assert 'name="question-0"' not in page


def test_the_enter_key_saves(desk: Desk) -> None:
    _send(desk, "wish", question_0="years", operator_0="least", answer_0="3")
    form = desk.page("condition", key="wish").split('name="csrfmiddlewaretoken"')[-1]
    first = re.search(r"<button[^>]*submit[^>]*>", form)
    assert first is not None
    assert "name=" not in first[0]
