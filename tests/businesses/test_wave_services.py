"""Waves through their life, sections from hand to hand, attempts put right, call-backs drawn."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from businesses import queries, services
from businesses.errors import WaveInUseError, WavesOverlapError
from businesses.models import Assignment, CallBack, ContactAttempt, Section, Unit, Wave
from businesses.services.call_backs import choose, wanted_sample
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Version
from tests.businesses.factories import (
    BusinessFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)
from tests.fixtures.people import UserFactory

TODAY = timezone.localdate()


def _plan(by: User, name: str, **facts: Any) -> Wave:
    return services.create_wave(
        centre=by.centre, name=name, by=by, **{"starts_on": TODAY, "ends_on": TODAY} | facts
    )


def test_a_wave_over_one_side_of_a_section(survey: Version, coordinator: User) -> None:
    street = StreetFactory(centre=coordinator.centre)
    shops = {
        number: BusinessFactory(
            centre=coordinator.centre, premises__street=street, premises__house_number=number
        )
        for number in (9, 11, 12, 13, 15)
    }
    odd = Section.objects.create(street=street, name="Oben", side="odd", number_from=11, number_to=14)
    wave = _plan(coordinator, "Oben", sections=[odd])
    assert {unit.business for unit in wave.units.all()} == {shops[11], shops[13]}
    even = Section.objects.create(street=street, name="Unten", side="even", number_from=1, number_to=14)
    assert {unit.business for unit in _plan(coordinator, "Unten", sections=[even]).units.all()} == {shops[12]}


def test_two_waves_do_not_ask_one_business_on_the_same_days(survey: Version, coordinator: User) -> None:
    street = StreetFactory(centre=coordinator.centre)
    BusinessFactory(centre=coordinator.centre, premises__street=street)
    first = _plan(coordinator, "Erste", streets=[street])
    with pytest.raises(WavesOverlapError) as caught, transaction.atomic():
        _plan(coordinator, "Zweite", streets=[street])
    assert caught.value.other == first
    assert Wave.objects.count() == 1
    tomorrow = TODAY + dt.timedelta(days=1)
    second = _plan(coordinator, "Zweite", streets=[street], starts_on=tomorrow, ends_on=tomorrow)
    with pytest.raises(WavesOverlapError):
        services.change_wave(wave=second, name="Zweite", starts_on=TODAY, ends_on=tomorrow, by=coordinator)
    services.close_wave(wave=first, by=coordinator)
    moved = services.change_wave(
        wave=second, name="Zweite", starts_on=TODAY, ends_on=tomorrow, by=coordinator
    )
    assert moved.starts_on == TODAY
    with pytest.raises(WavesOverlapError):
        services.reopen_wave(wave=first, by=coordinator)


def test_a_closed_wave_is_out_of_reach_and_comes_back(unit: Unit, surveyor: User, coordinator: User) -> None:
    before = Entry.objects.count()
    for _twice in (1, 2):
        assert services.close_wave(wave=unit.wave, by=coordinator).closed_at
    assert Entry.objects.count() == before + 1
    assert not Unit.objects.visible_to(surveyor).exists()
    assert not Wave.objects.visible_to(surveyor).exists()
    assert not type(unit.business).objects.visible_to(surveyor).exists()
    services.reopen_wave(wave=unit.wave, by=coordinator)
    assert Unit.objects.visible_to(surveyor).get() == unit


def test_only_a_wave_in_which_nothing_happened_is_deleted(
    unit: Unit, surveyor: User, coordinator: User
) -> None:
    attempt = services.log_attempt(unit=unit, by=surveyor, disposition="no_contact")
    with pytest.raises(WaveInUseError):
        services.delete_wave(wave=unit.wave, by=coordinator)
    services.delete_attempt(attempt=attempt, by=coordinator)
    services.delete_wave(wave=unit.wave, by=coordinator)
    assert not Wave.objects.exists()


def test_a_section_changes_hands(unit: Unit, surveyor: User, coordinator: User) -> None:
    other = UserFactory(centre=surveyor.centre, roles=["surveyor"])
    services.hand_over_section(assignment=Assignment.objects.get(), to=other, by=coordinator)
    assert Assignment.objects.get().surveyor == other
    assert not Unit.objects.visible_to(surveyor).exists()
    assert Unit.objects.visible_to(other).get() == unit
    services.hand_over_section(assignment=Assignment.objects.get(), to=other, by=coordinator)
    section = Section.objects.create(
        street=unit.business.premises.street, name="Mitte", side="odd", number_from=3, number_to=9
    )
    given_ = services.assign_named_section(wave=unit.wave, surveyor=surveyor, section=section, by=coordinator)
    assert (given_.side, given_.number_from, given_.number_to) == ("odd", 3, 9)


def test_an_attempt_is_put_right_and_the_unit_follows(unit: Unit, surveyor: User, coordinator: User) -> None:
    attempt = services.log_attempt(unit=unit, by=surveyor, disposition="refusal", reason="no_time")
    services.note_doorstep(attempt=attempt, by=surveyor, trains="no")
    facts = {"at": attempt.at, "disposition": "owner_absent", "channel": "phone", "reason": "no_time"}
    for _twice in (1, 2):
        stored = services.correct_attempt(attempt=attempt, by=coordinator, **facts)
    assert (stored.disposition, stored.reason, stored.channel) == ("owner_absent", "", "phone")
    assert not hasattr(ContactAttempt.objects.get(), "doorstep")
    unit.refresh_from_db()
    assert unit.disposition == "owner_absent"
    with pytest.raises(IntegrityError), transaction.atomic():
        services.correct_attempt(attempt=attempt, by=coordinator, **facts | {"channel": "video"})
    services.delete_attempt(attempt=attempt, by=coordinator)
    unit.refresh_from_db()
    assert unit.disposition == ""


def test_an_empty_shop_nobody_was_at_is_no_unit_to_ask(unit: Unit) -> None:
    for status in ("vacant", "closed"):
        UnitFactory(wave=unit.wave, business__premises__street=unit.business.premises.street, status=status)
    progress = queries.progress_of(Unit.objects.all())
    assert (progress.units, progress.eligible, progress.untouched) == (3, 1, 1)
    assert queries.progress_by_wave(Unit.objects.all(), [unit.wave])[unit.wave.pk] == progress


def _interviews(wave: Wave, surveyor: User, number: int) -> None:
    now = timezone.now()
    for _each in range(number):
        InterviewFactory(
            wave=wave, surveyor=surveyor, disposition="complete", started_at=now, completed_at=now
        )


def test_a_tenth_of_every_surveyor_is_drawn_once(coordinator: User) -> None:
    wave = WaveFactory(centre=coordinator.centre)
    one, two = (UserFactory(centre=coordinator.centre, roles=["surveyor"]) for _each in (1, 2))
    _interviews(wave, one, 11)
    _interviews(wave, two, 3)
    InterviewFactory(wave=wave, surveyor=two)  # still running
    first = services.draw_call_backs(wave=wave, seed=7, by=coordinator)
    assert sorted(row.interview.surveyor_id for row in first) == sorted([one.pk, one.pk, two.pk])
    assert services.draw_call_backs(wave=wave, seed=8, by=coordinator) == []
    _interviews(wave, one, 10)
    assert len(services.draw_call_backs(wave=wave, seed=9, by=coordinator)) == 1
    assert set(first) < set(CallBack.objects.all())
    assert {row.seed for row in CallBack.objects.all()} == {7, 9}


@given(st.sets(st.integers(1, 10_000), max_size=60), st.integers(0, 2**40))
def test_the_draw_can_be_repeated(candidates: set[int], seed: int) -> None:
    number = wanted_sample(len(candidates))
    chosen = choose(list(candidates), number, seed=seed, surveyor=1)
    assert choose(sorted(candidates, reverse=True), number, seed=seed, surveyor=1) == chosen
    assert set(chosen) <= candidates
    assert len(set(chosen)) == number
    assert number >= len(candidates) / 10
    assert (number == 0) == (not candidates)


def test_a_call_is_noted_with_who_and_when(coordinator: User) -> None:
    wave = WaveFactory(centre=coordinator.centre)
    _interviews(wave, coordinator, 1)
    [row] = services.draw_call_backs(wave=wave, seed=1, by=coordinator)
    before = Entry.objects.count()
    for _twice in (1, 2):
        stored = services.note_call_back(
            call_back=row, outcome="differs", minutes=20, note=" 3 statt 5 ", by=coordinator
        )
    assert (stored.outcome, stored.minutes, stored.note) == ("differs", 20, "3 statt 5")
    assert stored.called_by == coordinator
    assert stored.called_at
    assert Entry.objects.count() == before + 1
    for facts in ({"outcome": ""}, {"called_by": None}, {"minutes": 0}, {"outcome": "fine"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallBack.objects.filter(pk=row.pk).update(**facts)
    foreign = UserFactory(roles=["coordinator"])
    surveyor = UserFactory(centre=coordinator.centre, roles=["surveyor"])
    assert CallBack.objects.visible_to(coordinator).get() == row
    assert not CallBack.objects.visible_to(foreign).exists()
    assert not CallBack.objects.visible_to(surveyor).exists()
