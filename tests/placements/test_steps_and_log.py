"""The present step is what the log says: whatever is taken, undone, pressed twice or refused."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placements.categories import Category
from placements.enums import CloseReason, Stage, TrialBasis
from placements.errors import PlacementError, StepNotPossibleError
from placements.models import Placement, PlacementEvent, RetentionCheck
from placements.rules import next_stages, plain_next
from placements.services import placements as services
from tests.placements.factories import PlacementFactory, agree

pytestmark = pytest.mark.django_db
FACTS: dict[Stage, dict[str, Any]] = {
    Stage.TRIAL: {"trial_basis": TrialBasis.INTERNSHIP, "trial_until": dt.date(2031, 1, 1)},
    Stage.STARTED: {"category": Category.SV_FT, "started_on": dt.date(2026, 3, 2), "monthly_pay": 2100},
    Stage.ENDED: {"ended_on": dt.date(2026, 9, 1)},
    Stage.CLOSED: {"reason": CloseReason.NO_ANSWER},
}
EMPTY = {
    "trial_basis": "", "trial_from": None, "trial_until": None, "trial_longer": "", "category": "", "started_on": None, "ended_on": None,
    "monthly_pay": None, "hours_per_week": None, "contract_until": None, "funding": "",
}  # fmt: skip


@pytest.fixture
def placement(counsellor: Any) -> Placement:
    """A wish of a client who has agreed to the employer."""
    made = PlacementFactory(client__counsellor=counsellor, stage=Stage.WISH)
    agree(made.client, made.vacancy)
    return made


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # each example cleans up what the one before wrote
@given(moves=st.lists(st.one_of(st.just("undo"), st.integers(0, 6)), max_size=12))
def test_any_way_forward_and_back_leaves_the_step_that_the_log_tells(
    placement: Placement, counsellor: Any, moves: list[Any]
) -> None:
    _afresh(placement)
    way = [Stage.WISH]
    for move in moves:
        following = next_stages(way[-1])
        if move == "undo":
            if len(way) == 1:
                with pytest.raises(StepNotPossibleError):
                    services.undo_last_step(placement=placement, by=counsellor)
                continue
            services.undo_last_step(placement=placement, by=counsellor)
            way.pop()
        elif following:
            stage = following[move % len(following)]
            services.advance(placement=placement, stage=stage, by=counsellor, **FACTS.get(stage, {}))
            way.append(stage)
        _agrees_with(placement, way)


def _afresh(placement: Placement) -> None:
    RetentionCheck.objects.filter(placement=placement).delete()
    first = PlacementEvent.objects.filter(placement=placement).order_by("pk").first()
    assert first is not None
    PlacementEvent.objects.filter(placement=placement).exclude(pk=first.pk).delete()
    Placement.objects.filter(pk=placement.pk).update(**EMPTY)


def _agrees_with(placement: Placement, way: list[Stage]) -> None:
    """The log without what was undone is the way; the facts are those of its steps and no others."""
    events = PlacementEvent.objects.standing().filter(placement=placement).order_by("at", "pk")
    assert [event.stage for event in events] == way
    assert services.current_stage(placement) is way[-1]
    assert Placement.objects.with_stage().get(pk=placement.pk).stage == way[-1]
    stored = Placement.objects.get(pk=placement.pk)
    assert bool(stored.trial_basis) is (Stage.TRIAL in way)
    assert bool(stored.started_on) is bool(stored.category) is (Stage.STARTED in way)
    assert bool(stored.ended_on) is (Stage.ENDED in way)
    assert RetentionCheck.objects.filter(placement=placement).exists() is (Stage.STARTED in way)
    every = PlacementEvent.objects.filter(placement=placement).count()
    undone = PlacementEvent.objects.filter(placement=placement, undoes__isnull=False).count()
    assert every == len(way) + 2 * undone


def test_a_step_of_an_earlier_moment_would_not_be_the_present_one(
    placement: Placement, counsellor: Any
) -> None:
    with pytest.raises(StepNotPossibleError):
        services.advance(
            placement=placement, stage=Stage.PROPOSED, by=counsellor, at=timezone.now() - dt.timedelta(days=1)
        )
    assert services.current_stage(placement) is Stage.WISH


# --- From the board --------------------------------------------------------------------------------------
@pytest.mark.parametrize("stage", list(Stage))
def test_one_press_is_enough_only_where_no_fact_is_needed(stage: Stage) -> None:
    step = plain_next(stage)
    assert step is None or (step not in FACTS and step is next_stages(stage)[0])
    assert (step is None) is (stage not in (Stage.WISH, Stage.PROPOSED, Stage.APPLIED))


def test_a_press_on_the_board_takes_one_step_and_twice_is_once(
    placement: Placement, counsellor: Any, as_user: Any
) -> None:
    desk = as_user(counsellor)
    url = reverse("placements:placement_next", args=[placement.public_id])
    board = desk.get(reverse("placements:board")).content.decode()
    assert url in board
    typed = {"stage": "proposed", "revision": "1"}
    answer = desk.post(f"{url}?waiting=7", typed)
    assert answer["Location"] == f"/placements/?waiting=7#p-{placement.public_id}"
    desk.post(url, typed)
    desk.post(url, {"stage": "applied", "revision": "1"})  # from a page that is no longer true
    assert services.current_stage(placement) is Stage.PROPOSED
    desk.post(url, {"stage": "trial", "revision": "2"})  # needs facts: not by one press
    assert services.current_stage(placement) is Stage.PROPOSED
    desk.post(url, {"stage": "applied", "revision": "2"})
    assert services.current_stage(placement) is Stage.APPLIED


def test_the_board_needs_the_consent_too(counsellor: Any, as_user: Any) -> None:
    made = PlacementFactory(client__counsellor=counsellor)
    desk = as_user(counsellor)
    url = reverse("placements:placement_next", args=[made.public_id])
    answer = desk.post(url, {"stage": "applied", "revision": "1"}, follow=True)
    assert "Einwilligung für diesen Betrieb fehlt" in answer.content.decode()
    assert services.current_stage(made) is Stage.PROPOSED
    with pytest.raises(PlacementError):
        services.advance(placement=made, stage=Stage.APPLIED, by=counsellor)
