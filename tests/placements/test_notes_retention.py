"""Notes on placements go when their time is over; steps, answers and days stay, and nobody's file under a legal hold is touched."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from iqquadrat.core.retention import Scope, clocks
from placements.enums import AnswerOutcome, DeclineReason, Stage
from placements.models import EmployerAnswer, PlacementEvent
from tests.placements.factories import EmployerAnswerFactory, PlacementFactory

pytestmark = pytest.mark.django_db


def test_old_words_go_and_what_figures_count_stays(counsellor: Any) -> None:
    clock = next(clock for clock in clocks() if clock.key == "placement_notes")
    now = timezone.now()
    with time_machine.travel(now - dt.timedelta(days=400)):
        old, held = (PlacementFactory(client__counsellor=counsellor) for _each in range(2))
        for placement in (old, held):
            PlacementEvent.objects.create(
                placement=placement, stage=Stage.APPLIED, at=timezone.now(), note="Ruft morgen an."
            )
            EmployerAnswerFactory(
                placement=placement,
                outcome=AnswerOutcome.DECLINED,
                reason=DeclineReason.TIMES,
                words="Nur abends.",
            )
    EmployerAnswerFactory(placement=old, words="Neu.")
    EmployerAnswerFactory(words="Andere Beratungsstelle.")
    scope = Scope(counsellor.centre_id, now - dt.timedelta(days=300), frozenset({held.client_id}))
    assert clock.due(scope) == 2
    assert clock.clear(scope) == 2
    assert clock.due(scope) == 0
    assert set(PlacementEvent.objects.filter(placement=old).values_list("stage", "note")) == {
        ("proposed", ""), ("applied", ""),
    }  # fmt: skip
    words = EmployerAnswer.objects.filter(placement=old).order_by("pk").values_list("reason", "words")
    assert list(words) == [("times", ""), ("", "Neu.")]
    assert EmployerAnswer.objects.filter(placement=held, words="Nur abends.").exists()
    assert PlacementEvent.objects.filter(placement=held, note="Ruft morgen an.").exists()
