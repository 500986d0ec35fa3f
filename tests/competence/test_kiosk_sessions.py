"""From the code to the end: who gets in, who does not, what stays on the PC."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from competence.kiosk_door import COOKIE
from competence.models import Assessment, KioskCode, KioskSession, ParadataEvent
from competence.services.assessments import issue_code
from competence.signals import assessment_finished
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import ITEMS, AssessmentFactory, small_version
from tests.competence.kiosk import Pc, sit_down
from tests.counselling.factories import ClientFactory

pytestmark = pytest.mark.django_db
ANSWERS: dict[str, dict[str, Any]] = {
    "start_mood": {"choice": "good"}, "arr_year": {"number": "۱۳۹۸"}, "sch_years": {"number": "8"},
    "wrk_ever": {"choice": "yes"}, "wrk_main": {"choice": "kitchen"}, "wrk_tasks": {"choice": ["kitchen_cook"]},
    "prk_cook": {"choice": "good"}, "lng_other": {"choice": ["ar", "tr"]}, "de_read": {"choice": "a1"},
    "prb_a1_1": {"choice": "cup"}, "avl_times": {"choice": ["mon_am"]},
    "avl_from": {"year": "2026", "month": "9", "day": ""}, "wsh_learn": {"text": "کار با کامپیوتر"},
}  # fmt: skip


def redeem(code: str, browser: Client | None = None, language: str = "ar") -> Any:
    return (browser or Client()).post(reverse("kiosk:welcome"), {"code": code, "lang": language})


def new_code() -> str:
    assessment = AssessmentFactory()
    return issue_code(assessment=assessment, by=assessment.client.counsellor)


def hidden(page: Any) -> dict[str, str]:
    """The hidden fields of a question's form, and its address."""
    html = page.content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    return {name: found[name] for name in ("op_id", "epoch", "ms", "fresh", "shown")}


def test_a_code_opens_one_session_once() -> None:
    code = new_code()
    first = redeem(code)
    assert first.status_code == 302
    cookie = first.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    second = redeem(code)
    assert second.status_code == 422
    assert "سبق استخدام" in second.content.decode()
    assert KioskSession.objects.count() == 1


def test_the_code_is_stored_nowhere() -> None:
    code = new_code()
    assert code not in str(KioskCode.objects.values_list())
    assert code not in str(Entry.objects.values_list())


@pytest.mark.parametrize(
    ("typed", "german"), [("12345678", "stimmt nicht"), ("123", "acht Ziffern"), ("", "acht Ziffern"), ("abcd efgh", "acht Ziffern"), ("1\x00", "")]
)  # fmt: skip
def test_a_wrong_code_is_said_in_words(typed: str, german: str) -> None:
    answer = redeem(typed)
    assert answer.status_code == 422
    assert german in answer.content.decode()


def test_digits_of_all_scripts_and_spaces() -> None:
    code = new_code()
    typed = "".join("۰۱۲۳۴۵۶۷۸۹"[int(digit)] for digit in code)
    assert redeem(f"{typed[:4]} {typed[4:]}").status_code == 302


def test_a_code_expires() -> None:
    code = new_code()
    KioskCode.objects.update(expires_at=timezone.now())
    assert "gilt nicht mehr" in redeem(code).content.decode()


def test_a_new_code_ends_the_old_one() -> None:
    assessment = AssessmentFactory()
    old = issue_code(assessment=assessment, by=assessment.client.counsellor)
    issue_code(assessment=assessment, by=assessment.client.counsellor)
    assert redeem(old).status_code == 422


def test_five_wrong_tries_close_the_door_for_this_device() -> None:
    code = new_code()
    browser = Client()
    for _try in range(5):
        assert redeem("00000000", browser).status_code == 422
    assert redeem(code, browser).status_code == 429
    other = Client(headers={"user-agent": "another PC"})
    assert redeem(code, other).status_code == 302


def test_get_consumes_nothing() -> None:
    code = new_code()
    Client().get(reverse("kiosk:welcome"), {"code": code, "lang": "ar"})
    assert redeem(code).status_code == 302


def test_the_door_needs_a_csrf_token(strict_client: Client) -> None:
    assert redeem(new_code(), strict_client).status_code == 403


def test_while_the_session_lives_nothing_else_answers() -> None:
    pc = sit_down()
    for path in ("/", "/account/sign-in/", "/clients/", "/k/", "/k/ended/", "/k/" + "x" * 22 + "/"):
        answer = pc.browser.get(path)
        assert (path, answer.status_code) == (path, 404)
        assert "no-store" in answer["Cache-Control"]
    assert pc.get("resume").status_code == 302


def test_without_the_cookie_the_address_does_not_exist() -> None:
    pc = sit_down()
    assert Client().get(pc.url("question", key="start_mood")).status_code == 404
    pc.browser.cookies[COOKIE] = "forged:value"
    assert pc.get("question", key="start_mood").status_code == 404


def test_another_sessions_address_does_not_exist() -> None:
    mine, other = sit_down(), sit_down()
    assert mine.browser.get(other.url("question", key="start_mood")).status_code == 404


def test_staff_is_signed_out_at_this_pc(counsellor: User, as_user: Any) -> None:
    browser = as_user(counsellor)
    answer = redeem(new_code(), browser)
    assert answer.status_code == 302
    assert not browser.cookies[settings.SESSION_COOKIE_NAME].value


def test_pages_touch_no_session_and_no_user() -> None:
    pc = sit_down()
    pc.get("question", key="wrk_ever")
    with CaptureQueriesContext(connection, ) as queries:  # fmt: skip
        page = pc.get("question", key="wrk_ever")
    tables = " ".join(query["sql"] for query in queries)
    assert "accounts_sitting" not in tables
    assert "accounts_user" not in tables
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 2
    assert page["Cache-Control"] == "no-store"
    assert pc.assessment.client.latin_family_name not in page.content.decode()


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_every_kind_of_question_in_every_language(language: str) -> None:
    pc = sit_down()
    Assessment.objects.update(mother_tongue=language)
    for key, _kind, _list, facts in ITEMS:
        if "condition" in facts:
            continue
        html = pc.get("question", key=key).content.decode()
        assert f"Frage zu {key}?" in html
        assert (f"[{language}] Frage zu {key}?" in html) is (language != "de")


def walk(pc: Pc) -> Any:
    """Answer everything by plain forms, as a browser without JavaScript does."""
    page = pc.browser.get(pc.url("resume"), follow=True)
    before = ""
    for _step in range(40):
        key = page.request["PATH_INFO"].split("/")[4] if "/q/" in page.request["PATH_INFO"] else ""
        if not key:
            return page
        # The Persian year is shown back once, as a year of ours: this is what a second press sends.
        typed = {"number": "2019"} if key == before == "arr_year" else ANSWERS[key]
        before = key
        page = pc.browser.post(
            page.request["PATH_INFO"], hidden(page) | typed | {"action": "next"}, follow=True
        )
    return page


def test_all_questions_without_javascript() -> None:
    finished: list[Any] = []
    receiver = lambda assessment, **facts: finished.append(assessment)  # noqa: E731
    assessment_finished.connect(receiver)
    pc = Pc()
    pc.come_in()
    page = walk(pc)
    assert page.request["PATH_INFO"] == pc.url("finish")
    answer = pc.browser.post(pc.url("finish"))
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert not pc.has_cookie
    pc.assessment.refresh_from_db()
    assert pc.assessment.state == "finished"
    assert pc.assessment.response.completed_at is not None
    assert finished == [pc.assessment]
    assert Answer.objects.filter(status="answered").count() == len(ITEMS)
    assert Answer.objects.get(item__key="arr_year").number == 2019
    assert not KioskSession.objects.filter(ended_at__isnull=True).exists()
    thanks = pc.browser.get(answer["Location"])
    assert "شكرًا" in thanks.content.decode()
    assert pc.browser.get(pc.url("resume")).status_code == 404


def test_a_refused_form_keeps_what_was_typed() -> None:
    pc = sit_down()
    page = pc.get("question", key="sch_years")
    again = pc.browser.post(
        pc.url("question", key="sch_years"), hidden(page) | {"number": "400", "action": "next"}
    )
    assert again.status_code == 422
    html = again.content.decode()
    assert 'value="400"' in html
    assert "25" in html


def test_switching_without_javascript_keeps_the_answer() -> None:
    pc = sit_down()
    page = pc.get("question", key="prk_cook")
    page = pc.browser.post(
        pc.url("question", key="prk_cook"), hidden(page) | {"choice": "good", "action": "to_l1"}, follow=True
    )
    html = page.content.decode()
    assert 'class="q-block is-mine" lang="ar" dir="rtl"' in html
    assert 'value="good" checked' in html


def test_next_without_an_answer_is_a_skip() -> None:
    pc = sit_down()
    page = pc.get("question", key="prk_cook")
    pc.browser.post(pc.url("question", key="prk_cook"), hidden(page) | {"action": "next"})
    assert Answer.objects.get(item__key="prk_cook").status == "skipped"


@pytest.mark.parametrize(
    "bad",
    [
        {"op_id": "x"},
        {"epoch": "9" * 5000},
        {"epoch": "-1"},
        {"action": "drop"},
        {"number": "\x00"},
        {"ms": "NaN"},
    ],
)
def test_a_broken_form_is_a_400(bad: dict[str, str]) -> None:
    pc = sit_down()
    page = pc.get("question", key="sch_years")
    answer = pc.browser.post(pc.url("question", key="sch_years"), hidden(page) | {"action": "next"} | bad)
    assert answer.status_code in (400, 409)  # a number of 5,000 digits is cut to an epoch that is not ours
    assert not Answer.objects.exists()


def test_pause_and_go_on_with_a_new_code() -> None:
    pc = sit_down()
    pc.save("start_mood", {"choices": ["good"]}, "shown", "answer", "next")
    before = pc.session
    assert pc.browser.post(pc.url("pause")).status_code == 302
    pc.assessment.refresh_from_db()
    assert pc.assessment.state == "paused"
    pc.come_in()
    assert pc.session.epoch > before.epoch
    assert pc.session.last_seq > 3
    assert pc.get("resume")["Location"] == pc.url("question", key="arr_year")


def test_idling_ends_the_session_on_the_server() -> None:
    pc = sit_down()
    KioskSession.objects.update(last_seen=timezone.now() - timedelta(minutes=5))
    answer = pc.get("question", key="start_mood")
    assert answer.status_code == 302
    assert not pc.has_cookie
    assert pc.session.ended_reason == "idle"
    assert pc.browser.get("/k/").status_code == 200


def test_measuring_is_asked_first() -> None:
    pc = Pc(measuring="not_asked")
    pc.come_in()
    assert pc.get("resume")["Location"] == pc.url("measuring")
    assert pc.get("measuring").status_code == 200
    pc.browser.post(pc.url("measuring"), {"action": "no"})
    pc.assessment.refresh_from_db()
    assert pc.assessment.measuring == "refused"
    assert "/q/start_mood/" in pc.get("resume")["Location"]


def test_the_counsellor_sees_code_progress_and_end(counsellor: User, as_user: Any) -> None:
    browser = as_user(counsellor)
    small_version()
    client = ClientFactory(counsellor=counsellor, reading_language="ar")
    start = reverse("kiosk:start", kwargs={"public_id": client.public_id})
    form = browser.get(start).context["form"]
    for _click in range(2):
        board = browser.post(start, {"submission": str(form["submission"].value())})
    assert client.assessments.count() == 1
    page = browser.post(board["Location"] + "code/")
    code = "".join(re.findall(r"<i>(\d)</i>", page.content.decode()))
    assert len(code) == 8
    pc = Pc(client=client)
    assert redeem(code, pc.browser).status_code == 302
    pc.assessment = client.assessments.get(mother_tongue="ar", state="running")
    assert "Teil 1 von 3" in browser.get(board["Location"] + "state/").content.decode()
    browser.post(board["Location"] + "end/")
    assert pc.assessment.sessions.get().ended_reason == "staff"


def test_handing_over_signs_the_counsellor_out(counsellor: User, as_user: Any) -> None:
    browser = as_user(counsellor)
    assessment = AssessmentFactory(client=ClientFactory(counsellor=counsellor))
    answer = browser.post(reverse("kiosk:hand_over", kwargs={"public_id": assessment.public_id}))
    assert answer["Location"].startswith("/k/")
    assert not browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.get(answer["Location"]).status_code == 302
    assert browser.get("/account/sign-in/").status_code == 404


def _hurry(pc: Pc, *answers: tuple[str, dict[str, str]]) -> bytes:
    """Answer one question after the other as fast as a program can, without the page's code; return the page that comes then."""
    page = pc.get("question", key=answers[0][0])
    for key, answer in answers:
        form = hidden(page) | {"pace": page.context["pace"], "action": "next"} | answer
        page = pc.browser.post(pc.url("question", key=key), form, follow=True)
    return bytes(page.content)


def test_who_is_too_fast_three_times_is_asked_to_take_their_time() -> None:
    pc = sit_down()
    friendly = b'<p class="q-notice" data-notice="no_rush">'
    squeezed = lambda page: b" ".join(page.split()).replace(b" >", b">")  # noqa: E731 - said once
    fast = [("sch_years", {"number": "8"}), ("wrk_ever", {"choice": "no"}), ("prk_cook", {"choice": "good"})]
    assert friendly not in squeezed(_hurry(pc, *fast[:2]))
    assert friendly in squeezed(_hurry(pc, *fast))
    assert list(ParadataEvent.objects.filter(event="prompt").values_list("item_key", flat=True)) == [
        "prk_cook"
    ]
    # A question that tells nothing of reading begins the count anew, and so does one that somebody took their time for.
    assert friendly not in squeezed(_hurry(pc, ("arr_year", {"number": "2019"}), *fast[:2]))
    Assessment.objects.update(started_at=timezone.now() - timedelta(minutes=2))
    slow = [(key, answer | {"ms": "1"} if key == "wrk_ever" else answer) for key, answer in fast]
    assert friendly not in squeezed(_hurry(pc, *slow))
