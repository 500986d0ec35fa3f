"""The protocol of saving: replay, order, older tabs, bad bodies, few statements."""

import json
import random
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from competence.models import KioskSession, ParadataEvent
from iqquadrat.questionnaires.models import Answer
from tests.competence.kiosk import Pc, sit_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def pc() -> Pc:
    return sit_down()


def stored(pc: Pc, key: str = "wrk_ever") -> Answer:
    return Answer.objects.get(response=pc.assessment.response, item__key=key)


def test_an_answer_and_its_events_are_saved_together(pc: Pc) -> None:
    reply = pc.save("wrk_ever", {"choices": ["yes"]}, "shown", "to_l1", "answer")
    assert reply.status_code == 200
    assert reply.json() == {"stored": [pc.epoch, pc.seq]}
    assert stored(pc).choices == ["yes"]
    assert [event.event for event in ParadataEvent.objects.order_by("seq")] == ["shown", "to_l1", "answer"]


def test_saving_takes_two_statements(pc: Pc, django_assert_num_queries: Any) -> None:
    pc.save("wrk_ever", {"choices": ["yes"]}, "shown")  # the questionnaire is in memory now
    for question, value in (("prk_cook", {"choices": ["good"]}), ("sch_years", {"value": "8"}), ("wrk_ever", {"choices": ["no"]})):  # fmt: skip
        operation = pc.operation(question, value, "shown", "answer", "next")
        with django_assert_num_queries(4):  # savepoint, take, store, release
            assert pc.post_json("save", operation).status_code == 200


def test_the_same_operation_again_gets_the_same_reply(pc: Pc) -> None:
    operation = pc.operation("wrk_ever", {"choices": ["yes"]}, "shown")
    first = pc.post_json("save", operation)
    pc.save("wrk_ever", {"choices": ["no"]})
    again = pc.post_json("save", operation)
    assert (again.status_code, again.json()) == (200, first.json())
    assert stored(pc).choices == ["no"]
    assert ParadataEvent.objects.count() == 1


def test_the_same_operation_with_another_body_is_refused(pc: Pc) -> None:
    operation = pc.operation("wrk_ever", {"choices": ["yes"]})
    pc.post_json("save", operation)
    other = pc.post_json("save", operation | {"value": {"choices": ["no"]}})
    assert (other.status_code, other.json()["error"]) == (422, "other_body")
    assert stored(pc).choices == ["yes"]


def test_an_older_answer_that_comes_late_changes_nothing(pc: Pc) -> None:
    late = pc.operation("wrk_ever", {"choices": ["yes"]}, "shown")
    newest = pc.save("wrk_ever", {"choices": ["no"]}, "change")
    reply = pc.post_json("save", late)
    assert reply.json() == newest.json()
    assert stored(pc).choices == ["no"]
    assert ParadataEvent.objects.count() == 2  # what happened, happened


def test_an_older_tab_is_read_only(pc: Pc) -> None:
    older = pc.operation("wrk_ever", {"choices": ["yes"]})
    pc.claim()
    reply = pc.post_json("save", older)
    assert (reply.status_code, reply.json()["error"]) == (409, "other_window")
    assert not Answer.objects.exists()


def test_a_wrong_answer_is_named_in_every_language(pc: Pc) -> None:
    reply = pc.save("sch_years", {"value": "99"}, "answer")
    assert reply.status_code == 422
    assert reply.json()["error"] == "out_of_range"
    assert "25" in reply.json()["message"]["de"]
    assert "۲۵" in reply.json()["message"]["fa"]
    assert not ParadataEvent.objects.exists()


def test_digits_of_all_scripts(pc: Pc) -> None:
    assert pc.save("sch_years", {"value": "١٢"}).status_code == 200
    assert stored(pc, "sch_years").number == 12


def test_answers_that_depend_are_checked(pc: Pc) -> None:
    pc.save("wrk_ever", {"choices": ["yes"]})
    pc.save("wrk_main", {"choices": ["care"]})
    assert pc.save("wrk_tasks", {"choices": ["kitchen_cook"]}).json()["error"] == "unknown_choice"
    assert pc.save("wrk_tasks", {"choices": ["care_wash"]}).status_code == 200


def test_nothing_of_the_switching_is_kept_when_refused() -> None:
    pc = sit_down(measuring="refused")
    assert pc.save("wrk_ever", {"choices": ["yes"]}, "shown", "to_l1").status_code == 200
    assert stored(pc).choices == ["yes"]
    assert not ParadataEvent.objects.exists()


@pytest.mark.parametrize("moment", ["ended", "idle", "too_long"])
def test_a_session_that_is_over_takes_nothing(pc: Pc, moment: str) -> None:
    now = timezone.now()
    KioskSession.objects.filter(pk=pc.session.pk).update(**{
        "ended": {"ended_at": now, "ended_reason": "staff"},
        "idle": {"last_seen": now - timedelta(minutes=5)},
        "too_long": {"ends_at": now},
    }[moment])  # fmt: skip
    reply = pc.save("wrk_ever", {"choices": ["yes"]})
    assert reply.status_code == 410
    assert reply["Clear-Site-Data"] == '"cookies", "storage"'
    assert not pc.has_cookie
    assert not Answer.objects.exists()
    assert pc.session.ended_at is not None


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


BAD_BODIES = [
    b"", b"null", b"[]", b"3", b'"x"', b"{", b"\xff\xfe", b"{}", b"NaN", deep(100_000).encode(),
    json.dumps({"op_id": 1}).encode(), b'{"a":' + b"9" * 5000 + b"}", b'{"epoch":1e400}', b'{"epoch":Infinity}',
    b"x" * 60_000, ('{"x":' * 500 + "1" + "}" * 500).encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_a_body_that_is_no_operation_is_a_400(pc: Pc, body: bytes) -> None:
    assert pc.post_json("save", body).status_code == 400


BAD_PARTS: list[dict[str, Any]] = [
    {"op_id": "x"}, {"op_id": None}, {"epoch": "1"}, {"epoch": True}, {"epoch": 0}, {"epoch": 2**40}, {"seq": -1},
    {"seq": 1.0}, {"question": 5}, {"question": "nope"}, {"question": "x" * 500}, {"value": []}, {"value": "yes"},
    {"value": {"choices": [1]}}, {"value": {"choices": "\ud800"}}, {"value": {"choices": ["\u0000"]}},
    {"language_shown": "german"}, {"l1_mode": 1}, {"events": {}}, {"events": ["x"]}, {"events": [{}]},
    {"events": [{"seq": 1, "event": "end", "ms": 0}]}, {"events": [{"seq": 1, "event": "shown", "ms": -1}]},
    {"events": [{"seq": 10**9, "event": "shown", "ms": 1}]}, {"events": [{"seq": 1, "event": "shown", "ms": 1}] * 2},
    {"events": [{"seq": 1, "event": "shown", "ms": 1, "state": "</script>"}]},
]  # fmt: skip


@pytest.mark.parametrize("part", BAD_PARTS, ids=range(len(BAD_PARTS)))
def test_a_wrong_part_is_a_4xx_and_changes_nothing(pc: Pc, part: dict[str, Any]) -> None:
    operation = pc.operation("wrk_ever", {"choices": ["yes"]}) | part
    assert pc.post_json("save", operation).status_code in (400, 422)
    assert not Answer.objects.exists()
    assert not ParadataEvent.objects.exists()


@pytest.mark.parametrize("seed", range(12))
def test_no_acknowledged_answer_is_lost_and_the_last_one_wins(seed: int) -> None:
    """A page that sends one operation at a time over a network that drops, doubles and delays in both directions."""
    chance = random.Random(seed)
    pc = sit_down()
    given: dict[str, list[str]] = {}
    late: list[dict[str, Any]] = []
    acknowledged = 0
    for _turn in range(25):
        question, choices = chance.choice(
            [("wrk_ever", ["yes", "no"]), ("prk_cook", ["none", "little", "good"])]
        )
        value = {"choices": [chance.choice(choices)]}
        operation = pc.operation(question, value, "change")
        given[question] = value["choices"]
        while True:
            if chance.random() < 0.3:  # lost on the way there; a copy may turn up much later
                late.append(operation)
                continue
            reply = pc.post_json("save", operation)
            if late and chance.random() < 0.5:
                pc.post_json("save", late.pop(chance.randrange(len(late))))
            if chance.random() >= 0.3:  # else the reply is lost: the page sends the same again
                break
        assert reply.status_code == 200
        acknowledged += 1
    for operation in late:
        assert pc.post_json("save", operation).status_code == 200
    assert acknowledged == 25
    for question, choices in given.items():
        assert stored(pc, question).choices == choices
    assert ParadataEvent.objects.count() == 25
    assert uuid.UUID(str(stored(pc, question).op_id))
