"""What the database itself refuses, and the reference data."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from businesses.branches import load_branches
from businesses.enums import Disposition, RefusalReason, Side, Status
from businesses.models import Business, Interview, Unit, Wave, WzBranch
from iqquadrat.accounts.models import User
from tests.businesses.factories import (
    AssignmentFactory,
    BusinessFactory,
    ContactAttemptFactory,
    InterviewFactory,
    PremisesFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


def test_the_branches_are_there_and_loading_again_changes_nothing() -> None:
    count = WzBranch.objects.count()
    assert load_branches() == count > 90
    assert WzBranch.objects.count() == count
    assert WzBranch.objects.get(version=2008, code="56.1").kind == "gastronomy"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sign_name": ""}, "businesses_named_unless_vacant"),
        ({"status": "gone"}, "businesses_status_known"),
        ({"status": Status.VACANT, "premises": None}, "businesses_vacant_somewhere"),
        ({"size_is_estimated": True}, "businesses_estimate_of_something"),
        ({"size_band": "many"}, "businesses_size_known"),
        ({"confirmed_on": "2008-01-01"}, "businesses_confirmed_pair"),
    ],
)
def test_a_business_that_cannot_be(fields: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        BusinessFactory(**fields)


def test_the_same_door_once() -> None:
    door = PremisesFactory(house_number=52, position="left")
    with pytest.raises(IntegrityError, match="businesses_premises_once"):
        PremisesFactory(centre=door.centre, street=door.street, house_number=52, position="left")


def test_a_house_number_of_nothing() -> None:
    with pytest.raises(IntegrityError, match="businesses_premises_number"):
        PremisesFactory(house_number=0)


def _survey(surveyor: User, **assignment: object) -> dict[int, Unit]:
    wave = WaveFactory(centre=surveyor.centre)
    street = StreetFactory(centre=surveyor.centre)
    AssignmentFactory(wave=wave, surveyor=surveyor, street=street, **assignment)
    return {
        number: UnitFactory(
            wave=wave, business__premises__street=street, business__premises__house_number=number
        )
        for number in (47, 48, 61, 62)
    }


@pytest.mark.parametrize(
    ("assignment", "seen"),
    [
        ({}, {47, 48, 61, 62}),
        ({"side": Side.EVEN}, {48, 62}),
        ({"side": Side.ODD, "number_to": 50}, {47}),
        ({"number_from": 48, "number_to": 61}, {48, 61}),
        ({"number_from": 90}, set()),
    ],
)
def test_a_surveyor_sees_the_own_section(surveyor: User, assignment: dict, seen: set[int]) -> None:
    _survey(surveyor, **assignment)
    units = Unit.objects.visible_to(surveyor)
    assert {unit.business.premises.house_number for unit in units} == seen
    assert set(Business.objects.visible_to(surveyor)) == {unit.business for unit in units}


def test_a_section_closes_with_its_wave(surveyor: User) -> None:
    units = _survey(surveyor)
    wave = units[47].wave
    wave.starts_on, wave.ends_on = "2007-07-01", "2007-07-31"
    wave.save()
    assert not Unit.objects.visible_to(surveyor)
    assert not Business.objects.visible_to(surveyor)
    assert not Wave.objects.visible_to(surveyor)


def test_what_other_roles_and_centres_see(
    surveyor: User, coordinator: User, counsellor: User, administrator: User, stranger: User
) -> None:
    _survey(surveyor)
    for user, count in ((coordinator, 4), (counsellor, 4), (administrator, 0), (stranger, 0)):
        assert Business.objects.visible_to(user).count() == count
        assert Unit.objects.visible_to(user).count() == count


def test_an_interview_belongs_to_its_surveyor_until_it_is_handed_in(
    surveyor: User, coordinator: User
) -> None:
    unit = _survey(surveyor)[47]
    interview = InterviewFactory(wave=unit.wave, business=unit.business, surveyor=surveyor)
    other = UserFactory(centre=surveyor.centre, roles=["surveyor"])
    assert interview in Interview.objects.visible_to(surveyor)
    assert interview not in Interview.objects.visible_to(other)
    interview.completed_at, interview.disposition = timezone.now(), Disposition.COMPLETE
    interview.save()
    assert interview not in Interview.objects.visible_to(surveyor)
    assert interview in Interview.objects.visible_to(coordinator)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"disposition": Disposition.COMPLETE}, "businesses_interview_finished_pair"),
        (
            {"disposition": Disposition.REFUSAL, "completed_at": timezone.now()},
            "businesses_interview_finished_pair",
        ),
    ],
)
def test_an_interview_that_cannot_be(fields: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        InterviewFactory(**fields)


def test_a_refusal_has_a_reason_and_nothing_else_has() -> None:
    with pytest.raises(IntegrityError, match="businesses_attempt_reason"), transaction.atomic():
        ContactAttemptFactory(disposition=Disposition.REFUSAL)
    with pytest.raises(IntegrityError, match="businesses_attempt_reason"):
        ContactAttemptFactory(reason=RefusalReason.NO_TIME)
