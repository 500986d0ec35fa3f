"""What somebody at the shared PC can try: others' addresses, old codes, forged operations, many requests at once."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competence.enums import AssessmentState
from competence.kiosk_door import COOKIE
from competence.models import Assessment, KioskCode, KioskOperation, KioskSession, ParadataEvent
from competence.operations import HIGHEST
from competence.services import sessions
from competence.services.assessments import end_from_afar, issue_code
from competence.services.saving import FURTHEST_AHEAD
from competence.services.sessions import SessionOverError
from counselling.enums import Purpose
from counselling.models import Consent
from iqquadrat.accounts.middleware import LAST_SEEN
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import ITEMS, AssessmentFactory
from tests.competence.kiosk import Pc, sit_down
from tests.competence.test_kiosk_sessions import hidden
from tests.counselling.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pc() -> Pc:
    return sit_down()


def answered(pc: Pc) -> set[str]:
    return set(Answer.objects.filter(response=pc.assessment.response).values_list("item__key", flat=True))


def skip_all(pc: Pc) -> None:
    for key, _kind, _list, facts in ITEMS:
        if "condition" not in facts:
            assert pc.save(key, {"status": "skipped"}).status_code == 200


# --- codes and addresses


def test_a_used_code_does_not_go_on_with_what_was_paused() -> None:
    pc = Pc()
    code = issue_code(assessment=pc.assessment, by=pc.assessment.client.counsellor)
    pc.browser.post(reverse("kiosk:welcome"), {"code": code, "lang": "ar"})
    end_from_afar(assessment=pc.assessment, by=pc.assessment.client.counsellor)
    assert Client().post(reverse("kiosk:welcome"), {"code": code, "lang": "ar"}).status_code == 422
    assert KioskSession.objects.filter(ended_at__isnull=True).count() == 0


def test_the_code_of_a_finished_questionnaire_opens_nothing() -> None:
    pc = Pc()
    code = issue_code(assessment=pc.assessment, by=pc.assessment.client.counsellor)
    Assessment.objects.update(
        state=AssessmentState.FINISHED, started_at=timezone.now(), finished_at=timezone.now()
    )
    assert pc.browser.post(reverse("kiosk:welcome"), {"code": code}).status_code == 422
    assert not KioskCode.objects.filter(used_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["save", "claim", "here", "pause", "finish", "measuring"])
def test_my_cookie_writes_nothing_at_anothers_address(name: str) -> None:
    mine, other = sit_down(), sit_down()
    before = KioskSession.objects.get(pk=other.session.pk)
    body = other.operation("wrk_ever", {"choices": ["yes"]})
    assert mine.browser.post(other.url(name), body, content_type="application/json").status_code == 404
    assert not answered(other)
    after = KioskSession.objects.get(pk=other.session.pk)
    assert (after.epoch, after.last_seq, after.ended_at) == (before.epoch, before.last_seq, None)


def test_staff_pages_are_not_there_even_with_a_session_of_staff(
    pc: Pc, counsellor: User, as_user: Any
) -> None:
    staff = as_user(counsellor)
    pc.browser.cookies[settings.SESSION_COOKIE_NAME] = staff.cookies[settings.SESSION_COOKIE_NAME].value
    for path in (
        "/",
        "/clients/",
        "/competence/",
        "/figures/",
        "/administration/",
        "//clients/",
        "/k/../clients/",
    ):
        assert (path, pc.browser.get(path).status_code) == (path, 404)


@pytest.mark.parametrize("name", ["save", "claim", "here", "pause", "finish", "measuring"])
def test_every_post_needs_a_csrf_token(name: str) -> None:
    pc = sit_down()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[COOKIE] = pc.browser.cookies[COOKIE].value
    reply = strict.post(
        pc.url(name), pc.operation("wrk_ever", {"choices": ["yes"]}), content_type="application/json"
    )
    assert reply.status_code == 403
    assert not answered(pc)
    assert pc.session.ended_at is None


def test_after_the_end_back_and_reload_lead_nowhere(pc: Pc) -> None:
    skip_all(pc)
    cookie = pc.browser.cookies[COOKIE].value
    assert pc.browser.post(pc.url("finish")).status_code == 302
    for name, kwargs in (
        ("question", {"key": "wrk_ever"}),
        ("finish", {}),
        ("resume", {}),
        ("measuring", {}),
    ):
        assert pc.get(name, **kwargs).status_code == 404
        pc.browser.cookies[COOKIE] = cookie  # somebody kept it
        answer = pc.get(name, **kwargs)
        assert (answer.status_code, answer["Location"]) == (302, reverse("kiosk:ended") + "?why=finished")
        assert not pc.has_cookie


# --- forged operations


def test_a_question_that_is_not_asked_takes_no_answer(pc: Pc) -> None:
    assert pc.save("wrk_main", {"choices": ["care"]}).status_code == 400
    pc.save("wrk_ever", {"choices": ["yes"]})
    assert pc.save("wrk_main", {"choices": ["care"]}).status_code == 200
    pc.save("wrk_ever", {"choices": ["no"]})
    assert pc.save("wrk_tasks", {"choices": ["care_wash"]}).status_code == 400
    assert answered(pc) == {"wrk_ever", "wrk_main"}


def test_a_form_of_a_question_that_is_not_asked_any_more_leads_on(pc: Pc) -> None:
    pc.save("wrk_ever", {"choices": ["yes"]})
    form = hidden(pc.get("question", key="wrk_main"))
    pc.save("wrk_ever", {"choices": ["no"]})
    answer = pc.browser.post(pc.url("question", key="wrk_main"), form | {"choice": "care", "action": "next"})
    assert (answer.status_code, answer["Location"]) == (302, pc.url("resume"))
    assert answered(pc) == {"wrk_ever"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("wrk_ever", {"choices": ["maybe"]}), ("wrk_ever", {"choices": ["yes", "no"]}), ("wrk_ever", {"choices": []}),
        ("wrk_ever", {"value": "yes"}), ("wrk_ever", {"status": "answered"}), ("wrk_ever", {"status": ["skipped"]}),
        ("lng_other", {"choices": ["none", "tr"]}), ("lng_other", {"choices": {"ar": 1}}), ("lng_other", {"choices": [["ar"]]}),
        ("sch_years", {"value": "9" * 5000}), ("sch_years", {"value": "-1"}), ("sch_years", {"value": "1e3"}),
        ("sch_years", {"value": True}), ("sch_years", {"value": {"x": 1}}), ("avl_from", {"year": "99999999"}),
        ("avl_from", {"year": "2026", "month": "13"}), ("avl_from", {"year": ["2026"]}), ("wsh_learn", {"value": "x" * 501}), ("wsh_learn", {"value": "a\u202eb"}), ("prb_a1_1", {"choices": ["sofa"]}),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(pc: Pc, question: str, value: Any) -> None:
    assert pc.save(question, value, "answer").status_code in (400, 422)
    assert not answered(pc)
    assert not ParadataEvent.objects.exists()
    assert not KioskOperation.objects.exists()


@pytest.mark.parametrize("shown", ["ru", "xx", "tr"])
def test_a_language_that_was_never_on_the_page_is_refused(pc: Pc, shown: str) -> None:
    assert pc.save("wrk_ever", {"choices": ["yes"]}, language_shown=shown).status_code == 400
    assert not answered(pc)


def test_an_epoch_of_the_future_writes_nothing(pc: Pc) -> None:
    for epoch in (pc.epoch + 1, HIGHEST):
        reply = pc.save("wrk_ever", {"choices": ["yes"]}, epoch=epoch)
        assert (reply.status_code, reply.json()["error"]) == (409, "other_window")
    assert not answered(pc)


def test_nobody_can_use_up_the_numbers(pc: Pc) -> None:
    for seq in (HIGHEST, pc.seq + FURTHEST_AHEAD + 2):
        assert pc.save("wrk_ever", {"choices": ["yes"]}, seq=seq).status_code == 400
    assert pc.save("wrk_ever", {"choices": ["no"]}).status_code == 200
    end_from_afar(assessment=pc.assessment, by=pc.assessment.client.counsellor)
    assert pc.session.ended_reason == "staff"


def test_an_operation_of_another_session_is_not_replayed() -> None:
    one, two = sit_down(), sit_down()
    operation = one.operation("wrk_ever", {"choices": ["yes"]})
    assert one.post_json("save", operation).status_code == 200
    other = two.post_json("save", operation | {"value": {"choices": ["no"]}})
    assert (other.status_code, other.json()["error"]) == (422, "other_body")
    assert not answered(two)


@pytest.mark.parametrize(
    "body",
    [b'{"size": 9}', b'{"size": "3"}', b'{"size": true}', b"[]", b"\xff", b'{"size":1e400}', b"[" * 50_000],
)
def test_the_small_message_is_read_with_distrust(pc: Pc, body: bytes) -> None:
    assert pc.post_json("here", body).status_code == 400
    assert pc.session.text_size == 1


@pytest.mark.parametrize("key", ["nope", "x" * 300, "%00", "..%2f..%2fclients", "%F0%9F%98%80"])
def test_unknown_questions_are_not_there(pc: Pc, key: str) -> None:
    assert pc.browser.get(f"/k/{pc.token}/q/{key}/").status_code == (400 if key == "%00" else 404)


@pytest.mark.parametrize("query", ["go=sideways", "lang=%00", "lang=xx", "go=next&go=back", "%FF=%FE"])
def test_odd_queries_never_break_the_page(pc: Pc, query: str) -> None:
    assert pc.browser.get(f"{pc.url('question', key='wrk_ever')}?{query}").status_code in (200, 302, 400)


# --- measuring


def test_nothing_is_measured_before_the_question_about_it() -> None:
    pc = sit_down(measuring="not_asked")
    assert pc.get("question", key="start_mood")["Location"] == pc.url("measuring")
    assert (
        pc.save("start_mood", {"choices": ["good"]}, "shown", "to_l1", language_shown="ar").status_code == 200
    )
    assert not ParadataEvent.objects.exists()
    assert Answer.objects.get().language_shown == ""


def test_refused_keeps_neither_events_nor_the_language_of_an_answer() -> None:
    pc = sit_down(measuring="refused")
    pc.save("wrk_ever", {"choices": ["yes"]}, "shown", "to_l1", "answer", language_shown="ar")
    page = pc.get("question", key="prk_cook")
    pc.browser.post(pc.url("question", key="prk_cook"), hidden(page) | {"action": "to_l1", "choice": "good"})
    assert not ParadataEvent.objects.exclude(event__in=("pause", "resume", "end")).exists()
    assert set(Answer.objects.values_list("language_shown", flat=True)) == {""}


def test_the_clients_answer_stands_among_the_consents() -> None:
    pc = Pc(measuring="not_asked")
    pc.come_in("fa")
    for _press in range(2):
        pc.browser.post(pc.url("measuring"), {"action": "yes"})
    consent = Consent.objects.get(client=pc.assessment.client)
    assert (consent.purpose, consent.explained_in, consent.created_by) == (
        Purpose.SWITCH_MEASURING,
        "fa",
        None,
    )
    pc.browser.post(pc.url("measuring"), {"action": "no"})
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert not Consent.objects.in_force().exists()


def test_refusing_leaves_no_consent() -> None:
    pc = Pc(measuring="not_asked")
    pc.come_in("fa")
    pc.browser.post(pc.url("measuring"), {"action": "no"})
    assert not Consent.objects.exists()


# --- two PCs, and much at once


def test_a_second_pc_takes_over_and_the_first_can_end_nothing(pc: Pc) -> None:
    pc.save("start_mood", {"choices": ["good"]})
    first, old = pc.session, pc.operation("wrk_ever", {"choices": ["yes"]})
    second = Pc()
    second.assessment = pc.assessment
    second.come_in()
    second.claim()
    assert second.save("wrk_ever", {"choices": ["no"]}).status_code == 200
    assert pc.post_json("save", old).status_code == 410
    for end in (sessions.pause, sessions.finish):  # begun while the first session still lived
        with pytest.raises(SessionOverError):
            end(session=first)
    pc.assessment.refresh_from_db()
    assert pc.assessment.state == AssessmentState.RUNNING
    assert second.session.ended_at is None
    assert Answer.objects.get(item__key="wrk_ever").choices == ["no"]


@pytest.mark.django_db(transaction=True)
def test_the_same_operation_fifty_times_at_once(pc: Pc) -> None:
    pc.save("start_mood", {"choices": ["good"]})
    operation = pc.operation("wrk_ever", {"choices": ["yes"]}, "shown", "answer")
    gate = threading.Barrier(10)

    def post(_number: int) -> tuple[int, Any]:
        try:
            gate.wait(timeout=20)
            browser = Client(raise_request_exception=False)
            browser.cookies[COOKIE] = pc.browser.cookies[COOKIE].value
            reply = browser.post(pc.url("save"), operation, content_type="application/json")
            return reply.status_code, reply.json() if reply.status_code == 200 else None
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(post, range(50)))
    assert replies == [(200, {"stored": [pc.epoch, pc.seq]})] * 50
    assert ParadataEvent.objects.count() == 2
    assert KioskOperation.objects.filter(op_id=uuid.UUID(operation["op_id"])).count() == 1


@pytest.mark.django_db(transaction=True)
def test_finishing_many_times_at_once_completes_once(pc: Pc) -> None:
    skip_all(pc)
    cookie = pc.browser.cookies[COOKIE].value
    gate = threading.Barrier(6)

    def post(_number: int) -> int:
        try:
            browser = Client(raise_request_exception=False)
            browser.cookies[COOKIE] = cookie
            gate.wait(timeout=20)
            return browser.post(pc.url("finish")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(post, range(6))) == {302}
    pc.assessment.refresh_from_db()
    assert pc.assessment.state == AssessmentState.FINISHED
    assert pc.session.ended_reason == "finished"
    assert ParadataEvent.objects.filter(event="end").count() == 1


# --- the counsellor's page that renews itself


def test_a_page_that_renews_itself_does_not_keep_the_counsellor_signed_in(
    counsellor: User, as_user: Any
) -> None:
    browser = as_user(counsellor)
    assessment = AssessmentFactory(client=ClientFactory(counsellor=counsellor))
    state = reverse("kiosk:state", kwargs={"public_id": assessment.public_id})
    assert "X-Polling" in browser.get(state).content.decode()
    session = browser.session
    session[LAST_SEEN] = seen = int(time.time()) - 120
    session.save()
    assert browser.get(state, headers={"X-Polling": "1"}).status_code == 200
    assert browser.session[LAST_SEEN] == seen
    browser.get(state)
    assert browser.session[LAST_SEEN] > seen
    session = browser.session
    session[LAST_SEEN] = int(time.time()) - settings.STAFF_IDLE_SECONDS - 1
    session.save()
    assert browser.get(state, headers={"X-Polling": "1"}).status_code == 302
