"""Needs: what answers name, one of a topic at a time, every step kept, nothing ends by itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from businesses import errors, services
from businesses.enums import NeedState, NeedTopic, Urgency
from businesses.models import Interview, Need, NeedStep, Unit
from businesses.naming import TOPIC_KEYS, needs_denied, needs_named
from businesses.signals import interview_finished
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.businesses.factories import BusinessFactory, UnitFactory


def test_the_seven_topics_are_read_from_question_31() -> None:
    named = needs_named({"v31_german": "some", "v31_tax": "urgent", "v31_law": "none", "v31_staff": None})
    assert [(one.topic, one.urgency) for one in named] == [("german", "some"), ("tax", "urgent")]
    assert needs_denied({"v31_german": "some", "v31_law": "none"}) == {NeedTopic.LAW}


@pytest.mark.parametrize(
    ("right", "willing", "obstacles", "is_named"),
    [
        (["none"], "yes", [], True), (["none"], "rather_yes", [], True), (["premises"], "yes", [], True),
        (["none"], "rather_no", [], False), (["none"], None, [], False), (["trainer"], "yes", ["no_trainer"], False),
        (["master", "premises"], "yes", [], False), (["trains"], "yes", [], False), (["unknown"], "yes", [], False),
        (["unknown"], "yes", ["no_trainer"], True), ([], "yes", [], False), ([], "yes", ["no_trainer"], True),
        (["none"], "no", ["no_trainer"], False),
    ],
)  # fmt: skip
def test_willing_but_not_eligible_is_a_need_of_its_own(
    right: list[str], willing: str | None, obstacles: list[str], is_named: bool
) -> None:
    values = {"v24_right": right, "v25_willing": willing, "v26_obstacles": obstacles}
    assert [one.topic for one in needs_named(values)] == ([NeedTopic.TRAINER] if is_named else [])


_answers = st.fixed_dictionaries(
    {},
    optional={key: st.sampled_from(["none", "some", "urgent", None, "nonsense"]) for key in TOPIC_KEYS}
    | {
        "v24_right": st.lists(
            st.sampled_from(["trainer", "master", "premises", "trains", "none", "unknown"])
        ),
        "v25_willing": st.sampled_from(["no", "rather_no", "rather_yes", "yes", None]),
        "v26_obstacles": st.lists(st.sampled_from(["no_trainer", "cost"])),
    },
)


@given(_answers)
def test_a_topic_is_named_once_and_never_also_denied(values: dict[str, Any]) -> None:
    topics = [one.topic for one in needs_named(values)]
    assert len(topics) == len(set(topics))
    assert not set(topics) & needs_denied(values)


def _recorded(unit: Unit, by: User, answers: dict[str, Any]) -> Interview:
    now = timezone.now()
    return services.record_interview(unit=unit, answers=answers, by=by, started_at=now, completed_at=now)


def _next_wave(unit: Unit, by: User) -> Unit:
    later: Unit = UnitFactory(wave__centre=by.centre, wave__version=unit.wave.version, business=unit.business)
    return later


def _of(topic: str) -> Need:
    return Need.objects.get(topic=topic)


@pytest.mark.django_db
def test_an_interview_makes_needs_and_a_later_one_confirms_or_proposes_the_end(
    unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    core |= {"v31_law": {"choices": ["none"]}}
    interview = _recorded(unit, surveyor, core)
    topics = {"german", "tax", "marketing", "financing", "staff", "succession", "trainer"}
    assert set(Need.objects.values_list("topic", flat=True)) == topics
    assert _of("tax").interview == interview
    core |= {"v31_tax": {"choices": ["urgent"]}, "v31_german": {"choices": ["none"]}}
    second = _recorded(_next_wave(unit, surveyor), surveyor, core)
    assert Need.objects.count() == len(topics)
    assert (_of("tax").urgency, _of("tax").interview) == (Urgency.URGENT, second)
    german = _of("german")
    assert (german.state, german.closing_proposed_on) == (NeedState.OPEN, timezone.localdate())
    # "Some" after "urgent" does not make it less pressing, and whoever names it again wants it after all.
    core |= {"v31_tax": {"choices": ["some"]}, "v31_german": {"choices": ["some"]}}
    _recorded(_next_wave(unit, surveyor), surveyor, core)
    assert (_of("tax").urgency, _of("german").closing_proposed_on) == (Urgency.URGENT, None)


@pytest.mark.django_db
def test_a_need_that_had_ended_is_opened_again(
    unit: Unit, surveyor: User, counsellor: User, core: dict[str, Any]
) -> None:
    _recorded(unit, surveyor, core)
    need = _of("tax")
    services.change_need(
        need=need,
        state=NeedState.DONE,
        revision=need.revision,
        in_charge=None,
        by=counsellor,
        note="erledigt",
    )
    assert (_of("tax").closed_by, _of("tax").closed_on) == (counsellor, timezone.localdate())
    _recorded(_next_wave(unit, surveyor), surveyor, core)
    again = _of("tax")
    assert (again.pk, again.state, again.closed_on, again.closed_by) == (need.pk, NeedState.OPEN, None, None)
    assert [(s.from_state, s.to_state, s.note) for s in again.steps.all()] == [
        ("", "open", ""), ("open", "done", "erledigt"), ("done", "open", ""),
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_listens_and_fails_takes_the_handing_in_back(
    unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    def fails(**sent: Any) -> None:
        raise RuntimeError(str(sent["interview"].pk))

    interview_finished.connect(fails)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            _recorded(unit, surveyor, core)
    finally:
        interview_finished.disconnect(fails)
    assert not Interview.objects.exists()
    assert not Need.objects.exists()


@pytest.mark.django_db
def test_a_need_by_hand_once_taken_moved_and_overtaken(counsellor: User) -> None:
    business, submission = BusinessFactory(centre=counsellor.centre), uuid4()
    sent: dict[str, Any] = {"business": business, "topic": "tax", "by": counsellor}
    need = services.open_need(**sent, submission=submission)
    assert services.open_need(**sent, submission=submission) == need
    with pytest.raises(errors.NeedAlreadyRunsError) as caught:
        services.open_need(**sent, submission=uuid4())
    assert caught.value.need == need
    taken = services.take_need(need=need, by=counsellor)
    assert services.take_need(need=need, by=counsellor).revision == taken.revision == 2
    with pytest.raises(errors.RecordChangedError):
        services.change_need(need=need, state="done", revision=1, in_charge=need.in_charge, by=counsellor)
    ended = services.change_need(need=need, state="done", revision=2, in_charge=need.in_charge, by=counsellor)
    services.open_need(**sent)
    with pytest.raises(errors.NeedAlreadyRunsError):
        services.change_need(
            need=ended, state="open", revision=ended.revision, in_charge=ended.in_charge, by=counsellor
        )
    assert Entry.objects.filter(object_type="businesses.need", object_id=need.pk).count() == 3


@pytest.mark.django_db
def test_a_talk_moves_its_own_need_only(counsellor: User) -> None:
    business, other = BusinessFactory.create_batch(2, centre=counsellor.centre)
    need, foreign = (
        services.open_need(business=one, topic="tax", by=counsellor) for one in (business, other)
    )
    talk: dict[str, Any] = {
        "business": business, "held_at": timezone.now(), "minutes": 30, "topic": "tax", "by": counsellor, "need_state": "in_advice",
    }  # fmt: skip
    assert services.log_business_consultation(**talk, need=need).need == need
    assert services.log_business_consultation(**talk, need=foreign).need is None
    need.refresh_from_db()
    foreign.refresh_from_db()
    assert (need.state, need.in_charge, foreign.state) == ("in_advice", counsellor, "open")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"}, {"closed_on": timezone.localdate()}, {"topic": "x"}, {"urgency": "x"}, {"source": "x"}, {"state": "gone"},
    ],
)  # fmt: skip
def test_the_database_refuses_half_facts(wrong: dict[str, Any], counsellor: User) -> None:
    need = services.open_need(business=BusinessFactory(centre=counsellor.centre), topic="tax", by=counsellor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**wrong)


@pytest.mark.django_db
def test_steps_are_not_rewritten_but_for_their_note(counsellor: User) -> None:
    services.open_need(business=BusinessFactory(centre=counsellor.centre), topic="tax", by=counsellor)
    assert NeedStep.objects.update(note="") == 1
    with pytest.raises(InternalError), transaction.atomic():
        NeedStep.objects.update(to_state="done")
    with pytest.raises(InternalError), transaction.atomic():
        NeedStep.objects.all().delete()
