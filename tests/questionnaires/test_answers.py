"""Reading answers, saving them in one statement, and which questions follow."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from iqquadrat.accesslog.models import Entry
from iqquadrat.questionnaires import flow, queries, services
from iqquadrat.questionnaires.answers import (
    DONT_KNOW,
    SKIPPED,
    AnswerValue,
    InvalidAnswer,
    parse_answer,
    value_of,
)
from iqquadrat.questionnaires.enums import AnswerStatus
from iqquadrat.questionnaires.models import Answer, Response, Version
from tests.questionnaires.factories import ResponseFactory, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> Version:
    return small_version()


@pytest.fixture
def response(version: Version) -> Response:
    return ResponseFactory(version=version)


@pytest.mark.parametrize(
    ("key", "raw", "expected"),
    [
        ("ever", {"choices": ["yes"]}, {"choices": ("yes",)}),
        ("ever", {"choices": "yes"}, {"choices": ("yes",)}),
        ("tasks", {"choices": ["bake", "cook", "bake"]}, {"choices": ("cook", "bake")}),
        ("tasks", {"choices": ["none"]}, {"choices": ("none",)}),
        ("years", {"value": " ٧٠ "}, {"number": 70}),
        ("years", {"value": 0}, {"number": 0}),
        ("since", {"value": "2019"}, {"number": 2019}),
        ("since", {"value": "۱۳۹۸"}, {"number": 2019, "converted_from": "1398"}),
        ("from_day", {"year": "2026", "month": "9", "day": "1"}, {"date": date(2026, 9, 1), "date_precision": "day"}),
        ("from_day", {"year": 2026, "month": "٩"}, {"date": date(2026, 9, 1), "date_precision": "month"}),
        ("from_day", {"year": "2026", "month": "", "day": ""}, {"date": date(2026, 1, 1), "date_precision": "year"}),
        ("from_day", {"year": "۱۴۰۵", "month": "۶", "day": "۱۰"}, {"date": date(2026, 9, 1), "date_precision": "day", "converted_from": "1405/6/10"}),
        ("from_day", {"year": "1405"}, {"date": date(2026, 1, 1), "date_precision": "year", "converted_from": "1405"}),
        ("wish", {"value": "  مرحبا\r\nوداعا "}, {"text": "مرحبا\nوداعا"}),
        ("wish", {"value": "=1+1"}, {"text": "=1+1"}),
        ("wish", {"status": "dont_know"}, {"status": AnswerStatus.DONT_KNOW}),
        ("ever", {"status": "skipped", "choices": ["yes"]}, {"status": AnswerStatus.SKIPPED}),
    ],
)  # fmt: skip
def test_reading(version: Version, key: str, raw: dict[str, Any], expected: dict[str, Any]) -> None:
    assert parse_answer(version.items_by_key[key], raw) == AnswerValue(**expected)


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("ever", {}, "answer_needed"),
        ("ever", {"choices": []}, "answer_needed"),
        ("ever", {"choices": ["maybe"]}, "unknown_choice"),
        ("ever", {"choices": ["yes", "no"]}, "one_only"),
        ("ever", {"choices": [1]}, "malformed"),
        ("ever", {"choices": {"yes": 1}}, "malformed"),
        ("tasks", {"choices": ["none", "cook"]}, "exclusive"),
        ("years", {"value": "71"}, "out_of_range"),
        ("years", {"value": "-1"}, "out_of_range"),
        ("years", {"value": "sieben"}, "number_needed"),
        ("years", {"value": "1e3"}, "number_needed"),
        ("years", {"value": "9" * 400}, "number_needed"),
        ("years", {"value": True}, "malformed"),
        ("years", {"value": ["7"]}, "malformed"),
        ("years", {"value": ""}, "number_needed"),
        ("since", {"value": "1899"}, "year_out_of_range"),
        ("since", {"value": "2999"}, "year_out_of_range"),
        ("since", {"value": "1445"}, "year_out_of_range"),  # the lunar calendar is not guessed
        ("from_day", {}, "answer_needed"),
        ("from_day", {"month": "9"}, "year_needed"),
        ("from_day", {"year": "2026", "day": "3"}, "date_unknown"),
        ("from_day", {"year": "2026", "month": "2", "day": "30"}, "date_unknown"),
        ("from_day", {"year": "2026", "month": "0"}, "date_unknown"),
        ("from_day", {"year": "2026", "month": "13"}, "date_unknown"),
        ("from_day", {"year": "1404", "month": "12", "day": "30"}, "date_unknown"),  # not a Persian leap year
        ("from_day", {"year": "26"}, "year_out_of_range"),
        ("from_day", {"year": "x"}, "date_unknown"),
        ("from_day", {"year": [2026]}, "malformed"),
        ("wish", {"value": "x" * 501}, "too_long"),
        ("wish", {"value": " \n "}, "answer_needed"),
        ("wish", {"value": "a\u202eb"}, "forbidden_character"),
        ("wish", {"value": "a\x00b"}, "forbidden_character"),
        ("wish", {"status": "whatever"}, "malformed"),
    ],
)  # fmt: skip
def test_refusals(version: Version, key: str, raw: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidAnswer) as raised:
        parse_answer(version.items_by_key[key], raw)
    assert raised.value.code == code
    assert raised.value.message


def test_offered_answers_only(version: Version) -> None:
    tasks = version.items_by_key["tasks"]
    offered = {choice.key for choice in flow.choices_for(tasks, {"field": "garden"})}
    assert offered == {"plant", "none"}
    with pytest.raises(InvalidAnswer):
        parse_answer(tasks, {"choices": ["cook"]}, offered=offered)


def test_messages_speak_to_the_client_in_their_digits(version: Version) -> None:
    error = InvalidAnswer("out_of_range", low=0, high=70)
    with translation.override("de"):
        assert "70" in error.message
    with translation.override("fa"):
        assert "۷۰" in error.message


def _save(
    response: Response, key: str, value: AnswerValue, epoch: int, seq: int, op_id: uuid.UUID | None = None
) -> services.Saved:
    item = response.version.items_by_key[key]
    return services.save_answer(
        response=response,
        item=item,
        value=value,
        epoch=epoch,
        seq=seq,
        op_id=op_id or uuid.uuid4(),
        language_shown="ar",
    )


def test_saving_takes_one_statement(response: Response, django_assert_num_queries: Any) -> None:
    response.version.items_by_key  # noqa: B018 - bring the content in
    for number in (1, 3):
        with django_assert_num_queries(1):
            _save(response, "years", AnswerValue(number=number), 1, number)
    assert Answer.objects.get().number == 3


def test_the_newest_wins_whatever_comes_last(response: Response) -> None:
    assert _save(response, "ever", AnswerValue(choices=("yes",)), 1, 5) == services.Saved(True, 1, 5)
    assert _save(response, "ever", AnswerValue(choices=("no",)), 1, 4) == services.Saved(False, 1, 5)
    assert _save(response, "ever", AnswerValue(choices=("no",)), 1, 5) == services.Saved(False, 1, 5)
    assert Answer.objects.get().choices == ["yes"]
    assert _save(response, "ever", DONT_KNOW, 2, 1) == services.Saved(True, 2, 1)
    assert Answer.objects.get().choices == []


def test_an_operation_sent_twice_is_applied_once(response: Response) -> None:
    op_id = uuid.uuid4()
    first = _save(response, "years", AnswerValue(number=7), 1, 1, op_id)
    assert _save(response, "years", AnswerValue(number=7), 1, 1, op_id) == first
    services.complete_response(response=response, by=None)
    assert _save(response, "years", AnswerValue(number=7), 1, 1, op_id) == first
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ever", AnswerValue(choices=("yes",))), ("tasks", AnswerValue(choices=("cook", "bake"))), ("years", AnswerValue(number=0)),
        ("from_day", AnswerValue(date=date(2026, 9, 1), date_precision="month")), ("wish", AnswerValue(text="=SUM(A1)")),
        ("wish", SKIPPED),
    ],
)  # fmt: skip
def test_every_kind_of_value_comes_back(response: Response, key: str, value: AnswerValue) -> None:
    _save(response, key, value, 1, 1)
    answer = queries.answers_by_key(response)[key]
    item = response.version.items_by_key[key]
    assert value_of(item.type, answer) == value_of(item.type, value)
    assert queries.values_of(response) == ({} if value is SKIPPED else {key: value_of(item.type, value)})


def test_a_completed_response_takes_no_answers(response: Response, coordinator: Any) -> None:
    services.complete_response(response=response, by=None)
    with pytest.raises(services.ResponseCompletedError):
        _save(response, "years", AnswerValue(number=7), 1, 1)
    item = response.version.items_by_key["years"]
    with pytest.raises(services.ResponseCompletedError):
        services.record_answer(response=response, item=item, value=AnswerValue(number=7), by=coordinator)
    services.record_answer(
        response=response, item=item, value=AnswerValue(number=8), by=coordinator, correction=True
    )
    assert Answer.objects.get().number == 8
    assert Entry.objects.filter(detail__correction=True).count() == 1


def test_a_question_of_another_version_is_refused(response: Response) -> None:
    other = small_version(key="other")
    with pytest.raises(services.ForeignItemError):
        services.save_answer(
            response=response,
            item=other.items_by_key["years"],
            value=SKIPPED,
            epoch=1,
            seq=1,
            op_id=None,
            language_shown="de",
        )
    assert not Answer.objects.exists()


def test_staff_overwrites_what_it_entered(response: Response, surveyor: Any) -> None:
    item = response.version.items_by_key["years"]
    for number in (1, 2):
        assert services.record_answer(
            response=response, item=item, value=AnswerValue(number=number), by=surveyor
        ).applied
    assert Answer.objects.get().number == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "answered"},
        {"status": "skipped", "number": 1},
        {"status": "answered", "number": 1, "text": "x"},
        {"status": "answered", "date": date(2026, 1, 1)},
        {"status": "answered", "number": 1, "date_precision": "day"},
    ],
)
def test_the_database_demands_exactly_one_value(response: Response, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(response=response, item=response.version.items_by_key["years"], **wrong)


def test_completing_twice_keeps_the_first_time(response: Response) -> None:
    first = services.complete_response(response=response, by=None).completed_at
    assert services.complete_response(response=response, by=None, at=timezone.now()).completed_at == first


def test_only_the_version_in_use_is_started(version: Version, counsellor: Any) -> None:
    response = services.start_response(version=version, language="ar", by=counsellor)
    assert (response.language, response.completed_at) == ("ar", None)
    with pytest.raises(ValueError, match="xx"):
        services.start_response(version=version, language="xx", by=counsellor)
    Version.objects.filter(pk=version.pk).update(state="retired")
    version.refresh_from_db(fields=["state"])
    with pytest.raises(services.VersionNotPublishedError):
        services.start_response(version=version, language="de", by=counsellor)
