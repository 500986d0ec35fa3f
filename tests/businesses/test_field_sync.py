"""What a surveyor's device sends is applied once, in its order, and refused in words where it is not theirs."""

import datetime as dt
import json
from typing import Any
from unittest import mock

import psycopg2
import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from businesses.field_operations import HIGHEST_SEQ
from businesses.field_words import WORDS
from businesses.models import (
    BusinessConsent,
    ContactAttempt,
    Doorstep,
    FieldOperation,
    Interview,
    Observation,
    Unit,
)
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.businesses.factories import InterviewFactory, UnitFactory
from tests.businesses.field_helpers import Device, number, results, send
from tests.fixtures.people import UserFactory

URL = "businesses:field_sync"


@pytest.fixture
def client(as_user: Any, surveyor: User) -> Any:
    return as_user(surveyor)


@pytest.fixture
def device() -> Device:
    return Device()


def test_a_whole_interview(client: Any, device: Device, unit: Unit, core: Any) -> None:
    begin = device.note("begin", unit, language="vi", with_interpreter=True)
    parts = [
        device.note("answers", unit, begin=begin["uuid"], answers={key: raw}) for key, raw in core.items()
    ]
    finish = device.note("finish", unit, begin=begin["uuid"], note="Bitte\nwiederkommen")
    assert set(results(client, begin, *parts, finish)) == {("applied", "")}
    talk = Interview.objects.get()
    assert (talk.submission, talk.language, talk.with_interpreter) == (number(begin), "vi", True)
    assert (talk.disposition, talk.note) == ("complete", "Bitte\nwiederkommen")
    assert talk.started_at.isoformat() == dt.datetime.fromisoformat(begin["at"]).isoformat()
    assert talk.completed_at is not None
    assert talk.completed_at.isoformat() == dt.datetime.fromisoformat(finish["at"]).isoformat()
    assert Answer.objects.count() == len(core)
    assert [consent.purpose for consent in BusinessConsent.objects.all()] == ["contact"]
    unit.refresh_from_db()
    assert unit.disposition == "complete"


def test_answers_by_the_unit(client: Any, device: Device, unit: Unit) -> None:
    answers = {"v09_heads": {"value": 4}, "v20_now": {"choices": ["good"]}}
    assert (
        results(client, device.note("begin", unit), device.note("answers", unit, answers=answers))
        == [("applied", "")] * 2
    )
    assert Answer.objects.get(item__key="v09_heads").number == 4


def test_a_refusal_with_what_was_told(client: Any, device: Device, unit: Unit) -> None:
    told = {"trains": "no", "since_year": 1998, "languages": ["vi", "de"], "contact": "Frau Linh"}
    visit = device.note(
        "attempt", unit, disposition="refusal", reason="no_time", note=" am  Abend ", doorstep=told
    )
    assert results(client, visit) == [("applied", "")]
    attempt, form = ContactAttempt.objects.get(), Doorstep.objects.get()
    assert (attempt.disposition, attempt.reason, attempt.note) == ("refusal", "no_time", "am Abend")
    assert (form.trains, form.since_year, set(form.languages), form.contact) == (
        "no",
        1998,
        {"vi", "de"},
        "Frau Linh",
    )
    assert Unit.objects.get(pk=unit.pk).disposition == "refusal"


def test_what_was_seen(client: Any, device: Device, unit: Unit) -> None:
    assert results(client, device.note("observe", unit, status="vacant")) == [("applied", "")]
    unit.refresh_from_db()
    assert (unit.status, unit.business.status) == ("vacant", "vacant")
    assert Observation.objects.get().wave == unit.wave
    older = device.note("observe", unit, status="closed") | {
        "at": (timezone.now() - dt.timedelta(days=3)).isoformat()
    }
    assert results(client, older) == [("applied", "")]
    unit.refresh_from_db()
    assert (unit.status, unit.business.status, Observation.objects.count()) == ("vacant", "vacant", 2)


def test_a_shop_without_a_name_is_not_open(client: Any, device: Device, unit: Unit) -> None:
    type(unit.business).objects.filter(pk=unit.business_id).update(status="vacant", sign_name="")
    assert results(client, device.note("observe", unit, status="open")) == [("refused", "name_needed")]
    assert not Observation.objects.exists()


def test_the_clock_of_the_device(client: Any, device: Device, unit: Unit) -> None:
    now = timezone.now()
    visits = [
        device.note("attempt", unit, disposition="no_contact") | {"at": at.isoformat()}
        for at in (now + dt.timedelta(days=3), now - dt.timedelta(hours=5), now + dt.timedelta(minutes=4))
    ]
    early = device.note("attempt", unit, disposition="no_contact") | {
        "at": (now - dt.timedelta(days=11)).isoformat()
    }
    first_day = device.note("attempt", unit, disposition="no_contact") | {
        "at": (now - dt.timedelta(days=10)).isoformat()
    }
    assert results(client, *visits, early, first_day) == [("applied", "")] * 3 + [
        ("refused", "too_early"),
        ("applied", ""),
    ]
    at = {attempt.submission: attempt.at for attempt in ContactAttempt.objects.all()}
    assert abs(at[number(visits[0])] - now) < dt.timedelta(minutes=1)
    assert at[number(visits[1])] == now - dt.timedelta(hours=5)
    assert at[number(visits[2])] == now + dt.timedelta(minutes=4)


def test_one_bad_operation_stops_only_what_depends_on_it(client: Any, device: Device, unit: Unit) -> None:
    other = UnitFactory(wave=unit.wave, business__premises__street=unit.business.premises.street)
    InterviewFactory(wave=unit.wave, business=unit.business)
    begin = device.note("begin", unit)
    answers = device.note("answers", unit, begin=begin["uuid"], answers={"v09_heads": {"value": 4}})
    finish = device.note("finish", unit, begin=begin["uuid"])
    visit = device.note("attempt", other, disposition="no_contact")
    expected = [("refused", "already_interviewed")] + [("refused", "begin_refused")] * 2
    assert results(client, begin, answers, finish, visit) == [*expected, ("applied", "")]
    assert results(client, begin, answers, finish, visit) == [*expected, ("already", "")]
    assert results(client, answers) == expected[1:2]
    assert not Answer.objects.exists()


def test_what_comes_before_its_beginning_waits(client: Any, device: Device, unit: Unit) -> None:
    begin = device.note("begin", unit)
    answers = device.note("answers", unit, begin=begin["uuid"], answers={"v09_heads": {"value": 4}})
    visit = device.note("attempt", unit, disposition="no_contact")
    [early, later] = send(client, [answers, visit])
    assert (early["code"], early["final"], later["code"], later["final"]) == (
        "begin_unknown", False, "earlier_missing", False,
    )  # fmt: skip
    assert results(client, visit, answers, begin) == [("applied", "")] * 3


def test_too_few_answers(client: Any, device: Device, unit: Unit, core: Any) -> None:
    begin = device.note("begin", unit)
    finish = device.note("finish", unit, begin=begin["uuid"])
    assert results(client, begin, finish) == [("applied", ""), ("refused", "too_few")]
    answers = device.note("answers", unit, begin=begin["uuid"], answers=core)
    again = device.note("finish", unit, begin=begin["uuid"])
    late = device.note("answers", unit, begin=begin["uuid"], answers={"v09_heads": {"value": 5}})
    assert results(client, finish, answers, again, late) == [
        ("refused", "too_few"), ("applied", ""), ("applied", ""), ("refused", "closed"),
    ]  # fmt: skip
    assert Answer.objects.get(item__key="v09_heads").number == 4


def test_older_answers_are_overtaken(client: Any, device: Device, unit: Unit) -> None:
    begin = device.note("begin", unit)
    old, new = (
        device.note("answers", unit, begin=begin["uuid"], answers={"v09_heads": {"value": heads}})
        for heads in (3, 4)
    )
    new["after"] = begin["uuid"]
    assert results(client, begin, new) == [("applied", "")] * 2
    assert results(client, old) == [("overtaken", "")]
    assert results(client, old) == [("overtaken", "")]
    assert Answer.objects.get(item__key="v09_heads").number == 4


def test_answers_that_cannot_be_taken_are_named(client: Any, device: Device, unit: Unit) -> None:
    begin = device.note("begin", unit)
    bad = device.note("answers", unit, begin=begin["uuid"], answers={
        "v09_heads": {"value": "viele"}, "v20_now": {"choices": ["splendid"]}, "v10_full": {"value": 1}})  # fmt: skip
    unknown = device.note("answers", unit, begin=begin["uuid"], answers={"v99": {"value": 1}})
    first = send(client, [begin, bad, unknown])
    assert [told.get("code") for told in first] == [None, "invalid_answer", "unknown_question"]
    assert set(first[1]["items"]) == {"v09_heads", "v20_now"}
    assert set(first[2]["items"]) == {"v99"}
    assert not Answer.objects.exists()
    assert send(client, [bad])[0] == first[1], "the answer that got lost is given again"


def test_a_hidden_yes_is_no_answer(client: Any, device: Device, unit: Unit, core: Any) -> None:
    begin = device.note("begin", unit)
    hidden = {"v06_consent": {"choices": ["no"]}, "v06_country": {"choices": ["VN"]}}
    version = unit.wave.version
    country = version.items.get(key="v06_country").all_choices[0].key
    hidden["v06_country"] = {"choices": [country]}
    parts = [device.note("answers", unit, begin=begin["uuid"], answers=core | hidden)]
    assert (
        results(client, begin, *parts, device.note("finish", unit, begin=begin["uuid"]))
        == [("applied", "")] * 3
    )
    assert Interview.objects.get().disposition == "complete"


def test_a_yes_to_a_consent_that_is_not_asked_is_none(
    client: Any, device: Device, unit: Unit, core: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from businesses.services import interviews
    from iqquadrat.questionnaires import flow

    asked_only_of_partners = flow.counted_values

    def hidden(version: Any, values: Any) -> Any:
        item = version.items_by_key["consent_contact"]
        monkeypatch.setattr(item, "condition", "${v01_role} = 'nobody'")
        return asked_only_of_partners(version, values)

    monkeypatch.setattr(interviews, "counted_values", hidden)
    begin = device.note("begin", unit)
    answers = device.note("answers", unit, begin=begin["uuid"], answers=core)
    results(client, begin, answers, device.note("finish", unit, begin=begin["uuid"]))
    assert Answer.objects.get(item__key="consent_contact").choices == ["yes"]
    assert Interview.objects.get().disposition == "complete"
    assert not BusinessConsent.objects.exists()


def test_the_same_number_with_other_content(client: Any, device: Device, unit: Unit) -> None:
    visit = device.note("attempt", unit, disposition="no_contact")
    other = visit | {"disposition": "owner_absent"}
    assert results(client, visit, other, visit) == [
        ("applied", ""),
        ("refused", "other_content"),
        ("already", ""),
    ]
    assert ContactAttempt.objects.get().disposition == "no_contact"


def test_a_number_of_somebody_else(client: Any, as_user: Any, device: Device, unit: Unit) -> None:
    colleague = UserFactory(centre=unit.wave.centre, roles=["surveyor"])
    unit.wave.assignments.create(surveyor=colleague, street=unit.business.premises.street)
    visit = device.note("attempt", unit, disposition="no_contact")
    assert results(as_user(colleague), visit) == [("applied", "")]
    assert results(client, visit) == [("refused", "number_used")]
    assert ContactAttempt.objects.count() == 1


KINDS: list[tuple[str, dict[str, Any]]] = [
    ("begin", {}), ("answers", {"answers": {"v09_heads": {"value": 4}}}), ("finish", {}),
    ("attempt", {"disposition": "no_contact"}),
    ("attempt", {"disposition": "refusal", "reason": "no_time", "doorstep": {"trains": "no"}}), ("observe", {"status": "closed"}),
]  # fmt: skip


def test_no_door_but_the_own(
    client: Any,
    device: Device,
    unit: Unit,
    probes: dict[str, Unit],
    surveyor: User,
) -> None:
    leaks, cells = [], 0
    for what, other in probes.items():
        for kind, facts in KINDS:
            cells += 1
            [told] = send(client, [device.note(kind, other, after=None, **facts)])
            if told.get("code") != "not_found" or other.business.sign_name in json.dumps(told):
                leaks.append((what, kind))
        data = client.get(reverse("businesses:field_data")).content.decode()
        if other.business.sign_name in data:
            leaks.append((what, "data"))
    assert leaks == []
    assert cells == 8 * 6
    assert unit.business.sign_name in data
    for model in (ContactAttempt, Interview, Observation, Answer, FieldOperation):
        assert not model.objects.exists()


def test_a_wave_that_ends_while_the_device_is_away(
    client: Any, device: Device, unit: Unit, core: Any
) -> None:
    begin = device.note("begin", unit)
    assert results(client, begin) == [("applied", "")]
    type(unit.wave).objects.update(closed_at=timezone.now())
    rest = [
        device.note("answers", unit, begin=begin["uuid"], answers=core), device.note("finish", unit, begin=begin["uuid"]),
    ]  # fmt: skip
    assert results(client, begin, *rest) == [("already", "")] + [("refused", "not_found")] * 2
    type(unit.wave).objects.update(closed_at=None)
    assert results(client, *rest) == [("applied", "")] * 2, "opened again, nothing was lost"


def test_a_colleagues_interview(client: Any, as_user: Any, device: Device, unit: Unit) -> None:
    colleague = UserFactory(centre=unit.wave.centre, roles=["surveyor"])
    unit.wave.assignments.create(surveyor=colleague, street=unit.business.premises.street)
    begin = device.note("begin", unit)
    assert results(as_user(colleague), begin) == [("applied", "")]
    facts = {"answers": {"v09_heads": {"value": 4}}, "after": None}
    assert results(client, device.note("answers", unit, begin=begin["uuid"], **facts)) == [
        ("refused", "begin_unknown")
    ]
    assert results(client, device.note("answers", unit, **facts)) == [("refused", "no_interview")]
    assert results(client, device.note("finish", unit, after=None)) == [("refused", "no_interview")]
    assert not Answer.objects.exists()


def test_who_is_not_signed_in_or_may_not(as_user: Any, counsellor: User, unit: Unit, surveyor: User) -> None:
    for name, method in (("businesses:field_data", "get"), (URL, "post")):
        stranger = getattr(Client(), method)(reverse(name))
        assert (stranger.status_code, stranger.json()) == (401, {"error": "signed_out"})
        other = getattr(as_user(counsellor), method)(reverse(name))
        assert (other.status_code, other.json()) == (403, {"error": "forbidden"})
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(surveyor, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"data": json.dumps({"operations": []}), "content_type": "application/json"}
    bare = strict.post(reverse(URL), **sent)
    assert (bare.status_code, bare.json()) == (403, {"error": "csrf"})
    token = strict.get(reverse("businesses:field_data"))["X-CSRF-Token"]
    assert strict.post(reverse(URL), headers={"X-CSRFToken": token}, **sent).status_code == 200
    assert strict.post(reverse(URL), {"operations": "x", "csrfmiddlewaretoken": token}).status_code == 400


def test_at_most_200_operations_and_one_megabyte(client: Any, device: Device, unit: Unit) -> None:
    visits = [device.note("attempt", unit, disposition="no_contact") for _n in range(201)]
    sent = {"content_type": "application/json"}
    many = client.post(reverse(URL), {"operations": visits}, **sent)
    assert (many.status_code, many.json()) == (413, {"error": "too_many"})
    assert not ContactAttempt.objects.exists()
    big = client.post(reverse(URL), {"operations": [], "x": "a" * 1024 * 1024}, **sent)
    assert (big.status_code, big.json()) == (413, {"error": "too_large"})


def test_faults_of_one_operation(client: Any, device: Device, unit: Unit) -> None:
    visit: dict[str, Any] = {"disposition": "no_contact"}
    refused = {"disposition": "refusal", "reason": "no_time"}
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("dance", {}, "unknown_kind"), ("attempt", {"disposition": "complete"}, "unknown_choice"),
        ("attempt", {"disposition": "refusal"}, "unknown_choice"), ("attempt", visit | {"reason": "no_time"}, "no_refusal"),
        ("attempt", visit | {"note": "x" * 501}, "too_long"), ("attempt", visit | {"note": "a\u202eb"}, "forbidden_character"),
        ("attempt", visit | {"note": 5}, "malformed"), ("attempt", visit | {"at": "gestern"}, "bad_time"),
        ("attempt", visit | {"at": "2026-10-05T10:00:00"}, "bad_time"), ("attempt", visit | {"at": None}, "bad_time"),
        ("attempt", visit | {"unit": "1"}, "malformed"), ("attempt", visit | {"unit": True}, "malformed"),
        ("attempt", refused | {"doorstep": {}}, "nothing_told"), ("attempt", refused | {"doorstep": [1]}, "malformed"),
        ("attempt", refused | {"doorstep": {"since_year": 3000}}, "malformed"),
        ("attempt", refused | {"doorstep": {"languages": ["klingon"]}}, "unknown_choice"),
        ("begin", {"language": "xx"}, "unknown_choice"), ("begin", {"with_interpreter": "yes"}, "malformed"),
        ("answers", {"answers": {}}, "malformed"), ("answers", {"answers": {"v09_heads": 4}}, "malformed"),
        ("finish", {"begin": "x"}, "malformed"), ("observe", {"status": "burnt"}, "unknown_choice"),
    ]  # fmt: skip
    sent = [device.note(kind, unit) | facts for kind, facts, _code in cases]
    found = results(client, *sent, device.note("attempt", unit, **visit))
    assert found == [*(("refused", code) for _kind, _facts, code in cases), ("applied", "")]
    assert ContactAttempt.objects.count() == 1


def test_every_code_has_german_words(client: Any, device: Device, unit: Unit) -> None:
    [told] = send(client, [device.note("dance", unit)])
    assert told["words"].startswith("Das Gerät")
    assert len({str(words) for words in WORDS.values()}) == len(WORDS)


def test_the_counter_has_an_end(client: Any, device: Device, unit: Unit) -> None:
    last = device.note("attempt", unit, disposition="no_contact") | {"seq": HIGHEST_SEQ}
    assert results(client, last) == [("applied", "")]
    over = last | {"seq": HIGHEST_SEQ + 1}
    answer = client.post(reverse(URL), {"operations": [over]}, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(("code", "status"), [("53100", 503), ("08006", 503), ("40P01", 200)])
def test_what_cannot_be_stored_stays_on_the_device(
    code: str, status: int, as_user: Any, surveyor: User, device: Device, unit: Unit
) -> None:
    """A full disk or a database that is away is no answer about an operation; any other fault is one that may end."""

    class Cause(psycopg2.OperationalError):
        pgcode = code

    fault = OperationalError("x")
    fault.__cause__ = Cause("x")
    browser = as_user(surveyor)
    browser.raise_request_exception = False
    visit = device.note("attempt", unit, disposition="no_contact", note="zu")
    with mock.patch("businesses.services.field_operations._decide", side_effect=fault):
        answer = browser.post(reverse(URL), {"operations": [visit]}, content_type="application/json")
    assert answer.status_code == status
    if status == 200:
        [told] = answer.json()["results"]
        assert (told["result"], told["code"], told["final"]) == ("refused", "failed", False)
    assert results(browser, visit) == [("applied", "")]
    assert ContactAttempt.objects.count() == 1
