"""Writing: once, atomic, logged, and refused with a name."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from businesses import errors, services
from businesses.enums import Disposition, RefusalReason, Side
from businesses.models import (
    Assignment,
    Business,
    BusinessConsent,
    ContactAttempt,
    Event,
    Interview,
    Premises,
    TrainingPlace,
    Unit,
)
from businesses.services import BusinessFacts, Door
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.answers import AnswerValue, InvalidAnswer
from iqquadrat.questionnaires.models import Answer, Version
from tests.businesses.factories import BusinessFactory, StreetFactory, UnitFactory

pytestmark = pytest.mark.django_db
LEVANTE = BusinessFacts(
    door=Door(street="Eisenbahnstraße", house_number=61), sign_name="Restaurant Levante", languages=("ar",)
)


def _create(by: User, facts: BusinessFacts = LEVANTE, **more: Any) -> Business:
    return services.create_business(centre=by.centre, facts=facts, by=by, **more)


def test_a_business_is_created_with_its_door_and_logged(coordinator: User) -> None:
    business = _create(coordinator)
    assert str(business.premises) == "Eisenbahnstraße 61, " + business.premises.get_floor_display()
    assert (business.confirmed_by, business.confirmed_on) == (coordinator, timezone.localdate())
    assert "levante" in business.search_key
    assert (
        Entry.objects.filter(
            action="create", object_type="businesses.business", object_id=business.pk
        ).count()
        == 1
    )


def test_the_same_form_sent_twice_makes_one_business(coordinator: User) -> None:
    submission = uuid4()
    assert _create(coordinator, submission=submission) == _create(coordinator, submission=submission)
    assert Business.objects.count() == 1


def test_a_new_shop_moves_into_the_old_premises(coordinator: User) -> None:
    first, second = (
        _create(coordinator),
        _create(coordinator, BusinessFacts(door=LEVANTE.door, sign_name="Bäckerei")),
    )
    assert first.premises == second.premises
    assert Premises.objects.count() == 1


def test_changing_counts_the_revision_and_an_old_one_is_refused(coordinator: User) -> None:
    business = _create(coordinator)
    facts = BusinessFacts(door=LEVANTE.door, sign_name="Levante", languages=("ar",))
    changed = services.change_business(business=business, facts=facts, revision=1, by=coordinator)
    assert (changed.sign_name, changed.revision) == ("Levante", 2)
    with pytest.raises(errors.RecordChangedError) as caught:
        services.change_business(business=business, facts=LEVANTE, revision=1, by=coordinator)
    assert caught.value.stored.sign_name == "Levante"


def test_saving_without_a_change_writes_nothing(coordinator: User) -> None:
    business = _create(coordinator)
    entries = Entry.objects.count()
    assert (
        services.change_business(business=business, facts=LEVANTE, revision=1, by=coordinator).revision == 1
    )
    assert Entry.objects.count() == entries


def test_a_wave_lists_the_businesses_of_its_streets(survey: Version, coordinator: User) -> None:
    street = StreetFactory(centre=coordinator.centre)
    wanted = BusinessFactory(centre=coordinator.centre, premises__street=street)
    empty = BusinessFactory(centre=coordinator.centre, premises__street=street, status="vacant", sign_name="")
    BusinessFactory(centre=coordinator.centre, premises__street=street, status="moved")
    BusinessFactory(centre=coordinator.centre, premises__street__name="Torgauer Straße")
    wave = services.create_wave(
        centre=coordinator.centre, name="Juli 2007", starts_on=dt.date(2007, 7, 2), ends_on=dt.date(2007, 7, 31), by=coordinator,
        streets=[street],
    )  # fmt: skip
    assert {unit.business: unit.status for unit in wave.units.all()} == {wanted: "open", empty: "vacant"}
    assert wave.version == survey
    assert services.add_units(wave=wave, businesses=[wanted], by=coordinator) == 0


def test_no_wave_without_a_questionnaire(coordinator: User) -> None:
    with pytest.raises(errors.NoQuestionnaireError):
        services.create_wave(
            centre=coordinator.centre,
            name="x",
            starts_on=dt.date(2007, 7, 2),
            ends_on=dt.date(2007, 7, 31),
            by=coordinator,
        )


def test_a_section_is_given_once_and_taken_back(unit: Unit, surveyor: User, coordinator: User) -> None:
    given = {
        "wave": unit.wave,
        "surveyor": surveyor,
        "street": unit.business.premises.street,
        "by": coordinator,
    }
    section = services.assign_section(**given, side=Side.ODD)
    assert services.assign_section(**given, side=Side.ODD) == section
    services.remove_section(assignment=section, by=coordinator)
    assert not Assignment.objects.filter(side=Side.ODD).exists()


def test_visits_settle_the_unit(unit: Unit, surveyor: User) -> None:
    services.log_attempt(unit=unit, disposition=Disposition.NO_CONTACT, by=surveyor)
    submission = uuid4()
    for _twice in (1, 2):
        services.log_attempt(
            unit=unit,
            disposition=Disposition.REFUSAL,
            reason=RefusalReason.NO_TIME,
            by=surveyor,
            submission=submission,
        )
    unit.refresh_from_db()
    assert unit.disposition == Disposition.REFUSAL
    assert ContactAttempt.objects.count() == 2


def _saved(interview: Interview, by: User, key: str, *, seq: int, op_id: Any = None, **value: Any) -> bool:
    return services.record_answers(
        interview=interview, answers={key: AnswerValue(**value)}, seq=seq, op_id=op_id or uuid4(), by=by
    )


def test_a_page_sent_twice_arrives_once_and_a_late_one_overwrites_nothing(unit: Unit, surveyor: User) -> None:
    interview = services.begin_interview(unit=unit, by=surveyor)
    assert services.begin_interview(unit=unit, by=surveyor) == interview
    op_id = uuid4()
    assert _saved(interview, surveyor, "v09_heads", seq=1, op_id=op_id, number=4)
    assert _saved(interview, surveyor, "v09_heads", seq=1, op_id=op_id, number=4)
    assert not _saved(interview, surveyor, "v09_heads", seq=1, number=7)
    assert Answer.objects.get().number == 4
    assert _saved(interview, surveyor, "v09_heads", seq=2, number=5)
    assert Answer.objects.get().number == 5


def test_an_interview_with_too_little_is_not_handed_in(unit: Unit, surveyor: User) -> None:
    interview = services.begin_interview(unit=unit, by=surveyor)
    _saved(interview, surveyor, "v09_heads", seq=1, number=4)
    with pytest.raises(errors.TooFewAnswersError):
        services.finish_interview(interview=interview, by=surveyor)


def _recorded(unit: Unit, by: User, answers: dict[str, Any], **more: Any) -> Interview:
    start = dt.datetime(2026, 9, 10, 9, tzinfo=dt.UTC)
    return services.record_interview(
        unit=unit,
        answers=answers,
        by=by,
        started_at=start,
        completed_at=start + dt.timedelta(minutes=25),
        **more,
    )


def test_an_interview_entered_at_once(unit: Unit, surveyor: User, core: dict[str, Any]) -> None:
    interview = _recorded(unit, surveyor, core, language="vi")
    unit.refresh_from_db()
    assert interview.disposition == unit.disposition == Disposition.COMPLETE
    assert interview.response.completed_at == interview.completed_at
    assert interview.response.answers.count() == len(core)
    assert [(c.purpose, c.text_version) for c in BusinessConsent.objects.all()] == [
        ("contact", "business_survey 1")
    ]
    assert services.finish_interview(interview=interview, by=surveyor).revision == interview.revision
    with pytest.raises(errors.AlreadyInterviewedError):
        services.begin_interview(unit=unit, by=surveyor)
    with pytest.raises(errors.AlreadyInterviewedError):
        services.log_attempt(unit=unit, disposition=Disposition.NO_CONTACT, by=surveyor)
    with pytest.raises(errors.InterviewClosedError):
        _saved(interview, surveyor, "v09_heads", seq=9, number=9)


def test_half_of_the_core_is_partial(unit: Unit, surveyor: User, core: dict[str, Any]) -> None:
    skipped = {key: {"status": "skipped"} for key in core if key.startswith("v31_")}
    assert _recorded(unit, surveyor, core | skipped).disposition == Disposition.PARTIAL


def test_answers_to_questions_that_were_not_asked_are_left_out(
    unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    interview = _recorded(
        unit, surveyor, core | {"v06_country": {"choices": ["vn"]}, "v28_2_field": {"choices": ["care"]}}
    )
    keys = set(interview.response.answers.values_list("item__key", flat=True))
    assert not keys & {"v06_country", "v28_2_field"}


def test_a_wrong_answer_records_nothing(unit: Unit, surveyor: User, core: dict[str, Any]) -> None:
    from django.db import transaction

    with pytest.raises(InvalidAnswer), transaction.atomic():
        _recorded(unit, surveyor, core | {"v09_heads": {"value": "viele"}})
    assert not Interview.objects.exists()


def test_a_consent_is_replaced_by_a_later_one_and_withdrawn(
    unit: Unit, surveyor: User, coordinator: User, core: dict[str, Any]
) -> None:
    _recorded(unit, surveyor, core)
    later = UnitFactory(wave__centre=surveyor.centre, wave__version=unit.wave.version, business=unit.business)
    _recorded(later, surveyor, core)
    first, second = BusinessConsent.objects.order_by("pk")
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None
    withdrawn = services.withdraw_consent(consent=second, by=coordinator)
    assert services.withdraw_consent(consent=second, by=coordinator).withdrawn_at == withdrawn.withdrawn_at


def test_advice(counsellor: User) -> None:
    business = BusinessFactory(centre=counsellor.centre)
    submission = uuid4()
    for _twice in (1, 2):
        services.create_training_place(
            business=business, occupation="Verkäufer/in", created_on=dt.date(2008, 8, 1), reason="first_time", by=counsellor,
            submission=submission,
        )  # fmt: skip
        services.log_business_consultation(
            business=business,
            held_at=timezone.now(),
            minutes=30,
            topic="tax",
            by=counsellor,
            submission=submission,
        )
        event = services.hold_event(
            centre=counsellor.centre, kind="regulars_table", title="Stammtisch", at=timezone.now(), by=counsellor, head_count=1,
            attendance={business: 3, BusinessFactory(): 2}, submission=submission,
        )  # fmt: skip
    assert TrainingPlace.objects.count() == business.consultations.count() == Event.objects.count() == 1
    assert (event.head_count, event.attendances.get().heads) == (3, 3)
