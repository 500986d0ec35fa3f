"""Entering a programme, answers of free will, leaving, the questions afterwards; what the database and the services refuse."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from counselling import services
from counselling.consents import current_text
from counselling.doors import FundedProgramme, funded_programmes
from counselling.enums import Purpose
from counselling.errors import (
    AnswerContradictsError,
    ConsentMissingError,
    FutureDayError,
    NotAllowedError,
    ParticipationDatesError,
    ParticipationOverlapError,
    QuestionsAnsweredError,
    RecordChangedError,
    TooEarlyError,
    UnknownProgrammeError,
)
from counselling.models import Client, Consent, Participation, ParticipationQuestion, ParticipationSensitive
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.counselling.factories import ClientFactory
from tests.counselling.participating import (
    CODE,
    MAY,
    ParticipationFactory,
    QuestionFactory,
    SensitiveFactory,
    esf_programme,
    known,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 20, 9, tzinfo=dt.UTC)
FACTS: dict[str, Any] = {
    "programme_code": CODE,
    "entered_on": MAY,
    "gender": "woman",
    "status": "inactive",
    "isced": "2",
}


@pytest.fixture(autouse=True)
def june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme(counsellor: User) -> Any:
    return esf_programme(counsellor.centre)


@pytest.fixture
def client(counsellor: User, programme: Any) -> Client:
    return ClientFactory(counsellor=counsellor, birth_date=dt.date(2008, 5, 4), birth_precision="day")


def _enter(client: Client, by: User, **facts: Any) -> Participation:
    return services.enter_participation(client=client, by=by, **(FACTS | facts))


def _leave(row: Participation, by: User, day: dt.date) -> Participation:
    return services.leave_programme(participation=row, by=by, revision=row.revision, left_on=day)


# --- What the database says -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        {"programme_code": ""}, {"left_on": MAY - dt.timedelta(days=1)}, {"gender": "x"}, {"status": "x"}, {"age_band": "x"}, {"isced": "9"},
        {"entered_on": dt.date(1999, 12, 31)},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_participation(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipationFactory(**wrong)


def test_the_database_knows_one_participation_at_a_time() -> None:
    first = ParticipationFactory(left_on=MAY + dt.timedelta(days=10))
    for entered, left in ((MAY + dt.timedelta(days=10), None), (MAY - dt.timedelta(days=5), MAY), (MAY, MAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ParticipationFactory(client=first.client, entered_on=entered, left_on=left)
    ParticipationFactory(client=first.client, entered_on=MAY + dt.timedelta(days=11))
    ParticipationFactory(client=first.client, programme_code="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        ParticipationFactory(client=first.client, entered_on=MAY + dt.timedelta(days=60))


@pytest.mark.parametrize(
    "wrong",
    [
        {
            "answer": "known",
            "source": "client",
            "asked_on": MAY,
            "job_searching": True,
            "in_employment": True,
        },
        {"answer": "known", "source": "client"},
        {"answer": "known", "asked_on": MAY},
        {"asked_on": MAY},
        {"answer": "unknown", "asked_on": MAY, "source": "client"},
        {"answer": "unknown", "asked_on": MAY, "in_employment": True},
        {"in_education": True},
        {"answer": "known", "source": "client", "asked_on": MAY, "improved": True},
        {"kind": "six_months", "answer": "known", "source": "client", "asked_on": MAY, "qualification": True},
        {"kind": "x"},
    ],
    ids=str,
)
def test_the_database_refuses_an_answer(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(**wrong)


def test_voluntary_answers_are_codes_and_one_row() -> None:
    kept = SensitiveFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        SensitiveFactory(participation=kept.participation)
    with pytest.raises(IntegrityError), transaction.atomic():
        SensitiveFactory(minority="Roma")


# --- Entry ------------------------------------------------------------------------------------------------
def test_entering_works_the_age_group_out_and_is_logged(client: Client, counsellor: User) -> None:
    row = _enter(client, counsellor, age_band="from_55")
    assert (row.age_band, row.status, row.left_on) == ("from_18", "inactive", None)
    entry = Entry.objects.get(object_type="counselling.participation")
    assert entry.detail == {"client": client.pk}
    assert not ParticipationSensitive.objects.exists()


def test_where_the_birth_date_tells_no_group_the_stated_one_counts(client: Client, counsellor: User) -> None:
    Client.objects.update(birth_date=dt.date(2008, 1, 1), birth_precision="year")
    client.refresh_from_db()
    row = _enter(client, counsellor, age_band="under_18")
    assert row.age_band == "under_18"
    services.update_client(
        client=client, by=counsellor, revision=client.revision, birth_date=dt.date(1990, 1, 1)
    )
    row.refresh_from_db()
    assert row.age_band == "from_30"


def test_a_form_sent_twice_enters_once(client: Client, counsellor: User) -> None:
    mark = uuid.uuid4()
    assert _enter(client, counsellor, submission=mark) == _enter(client, counsellor, submission=mark)
    assert Participation.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"entered_on": dt.date(2026, 6, 21)}, FutureDayError),
        ({"entered_on": dt.date(2025, 12, 31)}, UnknownProgrammeError),
        ({"programme_code": "another"}, UnknownProgrammeError),
        ({"voluntary": {"disability": "no"}}, ConsentMissingError),
    ],
)
def test_what_cannot_be_entered(
    client: Client, counsellor: User, facts: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _enter(client, counsellor, **facts)
    assert not Participation.objects.exists()


def test_nobody_enters_twice_at_once_nor_by_a_stranger(client: Client, counsellor: User) -> None:
    row = _enter(client, counsellor)
    with pytest.raises(ParticipationOverlapError):
        _enter(client, counsellor, entered_on=dt.date(2026, 6, 1))
    with pytest.raises(NotAllowedError):
        _enter(client, UserFactory(centre=client.centre))
    _leave(row, counsellor, dt.date(2026, 5, 20))
    assert _enter(client, counsellor, entered_on=dt.date(2026, 6, 1)).pk != row.pk
    row.refresh_from_db()
    with pytest.raises(ParticipationOverlapError):
        services.take_leaving_back(participation=row, by=counsellor, revision=row.revision)


def test_only_programmes_that_report_are_offered(counsellor: User, programme: Any) -> None:
    esf_programme(counsellor.centre, code="plain", esf_plus=False)
    esf_programme(UserFactory().centre, code="elsewhere")
    assert funded_programmes(counsellor.centre_id) == [
        FundedProgramme(CODE, "Quartier Plus", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    ]


# --- Of free will -----------------------------------------------------------------------------------------
def test_voluntary_answers_live_as_long_as_the_consent(client: Client, counsellor: User) -> None:
    said = {"disability": "yes", "homeless": "not_stated"}
    row = _enter(client, counsellor, voluntary=said, explained_in="ar")
    consent = Consent.objects.get(purpose=Purpose.ESF_ANSWERS)
    assert (consent.explained_in, consent.text_version) == ("ar", current_text(Purpose.ESF_ANSWERS).version)
    kept = ParticipationSensitive.objects.get()
    assert (kept.disability, kept.homeless, kept.minority) == ("yes", "not_stated", "")
    assert "yes" not in str(list(Entry.objects.values_list("detail", flat=True)))
    services.withdraw_consent(consent=consent, by=counsellor)
    assert not ParticipationSensitive.objects.exists()
    row = Participation.objects.get()
    with pytest.raises(ConsentMissingError):
        services.correct_participation(
            participation=row, by=counsellor, revision=row.revision, entered_on=MAY, gender="woman", status="", isced="",
            voluntary=said,
        )  # fmt: skip


def test_a_new_text_keeps_the_answers(client: Client, counsellor: User, coordinator: User) -> None:
    _enter(client, counsellor, voluntary={"rural": "yes"}, explained_in="ar")
    texts = dict.fromkeys(("de", "ar"), "Neuer Text.")
    new = services.create_consent_version(purpose=Purpose.ESF_ANSWERS, texts=texts, by=coordinator)
    services.give_consent(
        client=client, purpose=Purpose.ESF_ANSWERS, text_version=new.version, explained_in="ar", by=counsellor
    )
    assert ParticipationSensitive.objects.get().rural == "yes"


def test_taking_all_answers_back_leaves_no_row(client: Client, counsellor: User) -> None:
    row = _enter(client, counsellor, voluntary={"rural": "yes"}, explained_in="ar")
    kept: dict[str, Any] = {"entered_on": MAY, "gender": "woman", "status": "inactive", "isced": "2"}
    row = services.correct_participation(
        participation=row, by=counsellor, revision=row.revision, voluntary={}, **kept
    )
    assert not ParticipationSensitive.objects.exists()
    assert row.revision == 2
    with pytest.raises(RecordChangedError):
        services.correct_participation(participation=row, by=counsellor, revision=1, **kept)


# --- Leaving ----------------------------------------------------------------------------------------------
def test_leaving_plans_both_questions_and_coming_back_takes_them_away(
    client: Client, counsellor: User
) -> None:
    row = _leave(_enter(client, counsellor), counsellor, dt.date(2026, 6, 1))
    assert list(row.questions.values_list("kind", "due_on")) == [
        ("leaving", dt.date(2026, 6, 1)), ("six_months", dt.date(2026, 12, 1)),
    ]  # fmt: skip
    row = _leave(row, counsellor, dt.date(2026, 6, 10))
    assert row.questions.get(kind="six_months").due_on == dt.date(2026, 12, 10)
    row = services.take_leaving_back(participation=row, by=counsellor, revision=row.revision)
    assert (row.left_on, row.questions.count()) == (None, 0)


def test_the_last_day_is_sound(client: Client, counsellor: User) -> None:
    row = _enter(client, counsellor)
    for day, error in (
        (MAY - dt.timedelta(days=1), ParticipationDatesError),
        (dt.date(2026, 6, 21), FutureDayError),
    ):
        with pytest.raises(error):
            _leave(row, counsellor, day)
    row = _leave(row, counsellor, dt.date(2026, 6, 1))
    question = row.questions.get(kind="leaving")
    services.answer_question(
        question=question, by=counsellor, revision=1, answer="unknown", asked_on=dt.date(2026, 6, 5)
    )
    for call in (
        lambda: _leave(row, counsellor, dt.date(2026, 6, 2)),
        lambda: services.take_leaving_back(participation=row, by=counsellor, revision=row.revision),
        lambda: services.delete_participation(participation=row, by=counsellor),
    ):
        with pytest.raises(QuestionsAnsweredError):
            call()


def test_an_entry_made_by_mistake_goes(client: Client, counsellor: User) -> None:
    row = _enter(client, counsellor, voluntary={"rural": "yes"}, explained_in="ar")
    services.delete_participation(participation=row, by=counsellor)
    assert (Participation.objects.count(), ParticipationSensitive.objects.count()) == (0, 0)


# --- What became of somebody ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "kind", "results", "fits"),
    [
        ("inactive", "leaving", {"job_searching", "qualification"}, True),
        ("long_term", "leaving", {"job_searching"}, False),
        ("inactive", "leaving", {"job_searching", "in_employment"}, False),
        ("employed", "six_months", {"in_employment", "improved"}, True),
        ("long_term", "six_months", {"improved"}, False),
        ("long_term", "six_months", {"in_education"}, False),
        ("long_term", "six_months", set(), True),
    ],
)
def test_results_belong_to_the_question_and_the_entry(
    counsellor: User, status: str, kind: str, results: set[str], fits: bool
) -> None:
    row = ParticipationFactory(client__counsellor=counsellor, status=status, left_on=MAY, entered_on=MAY)
    question = QuestionFactory(participation=row, kind=kind, due_on=MAY)
    facts: dict[str, Any] = {
        "question": question, "by": counsellor, "revision": 1, "answer": "known", "source": "client", "asked_on": MAY,
        "results": frozenset(results),
    }  # fmt: skip
    if not fits:
        with pytest.raises(AnswerContradictsError):
            services.answer_question(**facts)
        return
    answered = services.answer_question(**facts)
    assert {
        name
        for name in ("job_searching", "in_education", "qualification", "in_employment", "improved")
        if getattr(answered, name)
    } == results
    cleared = services.clear_question(question=answered, by=counsellor, revision=2)
    assert (cleared.answer, cleared.source, cleared.asked_on, cleared.in_employment) == ("", "", None, False)


def test_an_answer_has_its_time(counsellor: User) -> None:
    question = QuestionFactory(
        participation__client__counsellor=counsellor, participation__left_on=dt.date(2026, 5, 10)
    )
    facts: dict[str, Any] = {"question": question, "by": counsellor, "answer": "known", "source": "client"}
    for day, error in ((dt.date(2026, 5, 9), TooEarlyError), (dt.date(2026, 6, 21), FutureDayError)):
        with pytest.raises(error):
            services.answer_question(**facts, revision=1, asked_on=day)
    late = services.answer_question(**facts, revision=1, asked_on=dt.date(2026, 6, 8))
    assert late.came_too_late
    with pytest.raises(RecordChangedError):
        services.answer_question(**facts, revision=1, asked_on=dt.date(2026, 6, 7))
    again = services.answer_question(**facts, revision=2, asked_on=dt.date(2026, 6, 7))
    assert not again.came_too_late


def test_the_due_lists_part_the_questions(counsellor: User) -> None:
    today = NOW.date()
    days = {
        "now": today,
        "last": today - dt.timedelta(days=28),
        "late": today - dt.timedelta(days=29),
        "later": today + dt.timedelta(days=1),
    }
    made = {
        name: QuestionFactory(
            participation__client__counsellor=counsellor, participation__entered_on=dt.date(2026, 1, 5), participation__left_on=day
        )
        for name, day in days.items()
    }  # fmt: skip
    known(ParticipationFactory(client__counsellor=counsellor, entered_on=MAY, left_on=MAY))
    unknown = QuestionFactory(
        participation__client__counsellor=counsellor,
        participation__left_on=MAY,
        answer="unknown",
        asked_on=MAY,
    )
    mine = ParticipationQuestion.objects.visible_to(counsellor)
    assert list(mine.to_ask(today)) == [made["last"], made["now"]]
    assert (mine.missed(today).get(), mine.coming(today).get()) == (made["late"], made["later"])
    assert (mine.found_out().count(), mine.not_found_out().get()) == (1, unknown)
    assert not ParticipationQuestion.objects.visible_to(UserFactory(centre=counsellor.centre)).exists()
