"""Jobs and training, worked by hand."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.analysis import jobs
from businesses.analysis.errors import ImpossibleFiguresError
from businesses.analysis.jobs import (
    Ladder,
    Potential,
    Staff,
    Step,
    Total,
    TrainingRatio,
    Weights,
    training_step,
)

BAKERY = Staff(heads=9, full=3, part=2, marginal=3, trainees=1, vacancies=1, hires=2)
KIOSK = Staff(heads=1, full=0, part=0, marginal=0, trainees=0, vacancies=0, hires=0)
SALON = Staff(heads=4, full=1, part=2, marginal=None, trainees=2, vacancies=1)
SILENT = Staff()
STREET = [BAKERY, KIOSK, SALON, SILENT]


def test_heads_and_full_time_jobs() -> None:
    assert jobs.heads(STREET) == Total(14, 3, 1)
    assert jobs.full_time_equivalent(BAKERY) == 5.75  # 1 + 3 + .5 x 2 + .25 x 3
    assert jobs.full_time_equivalent(KIOSK) == 1
    assert jobs.full_time_equivalent(SALON) is None
    assert jobs.full_time_equivalents(STREET) == Total(6.75, 2, 2)
    assert jobs.full_time_equivalents(
        [BAKERY], Weights(owner=0, part=0.6, marginal=0.2)
    ).value == pytest.approx(4.8)
    assert jobs.heads([]) == Total(0, 0, 0)


def test_the_largest_five() -> None:
    sizes = [10, 1, 8, 2, 6, 4, 1, 3, 5]  # 40 in all; 10 + 8 + 6 + 5 + 4 = 33
    street = [Staff(heads=size) for size in sizes]
    assert jobs.top_share([*street, SILENT]) == 33 / 40
    assert jobs.top_share(street, top=1) == 0.25
    assert jobs.top_share([SILENT]) is None
    assert jobs.top_share([KIOSK]) == 1


@given(st.lists(st.integers(0, 50), max_size=20), st.integers(1, 9))
def test_the_largest_five_whatever_order_and_scale(sizes: list[int], scale: int) -> None:
    share = jobs.top_share([Staff(heads=size) for size in sizes])
    assert jobs.top_share([Staff(heads=size * scale) for size in reversed(sizes)]) == share
    assert share is None or min(1, 5 / len(sizes)) <= share + 1e-12 <= 1 + 1e-12


def test_employment_potential() -> None:
    """The bakery 1 + 2, the kiosk nothing: three places beside ten persons; the salon did not tell all three."""
    potential = jobs.employment_potential(STREET)
    assert potential == Potential(vacancies=1, hires=2, heads=10, n=2, missing=2)
    assert potential.ratio == 0.3
    assert jobs.employment_potential([SILENT]).ratio is None


@pytest.mark.parametrize(
    ("trains", "eligible", "willing", "step"),
    [
        (True, None, False, Step.TRAINS),
        (False, True, True, Step.READY),
        (False, False, True, Step.WILLING),
        (False, True, False, Step.ABLE),
        (False, False, False, Step.NEITHER),
        (False, None, True, None),
        (False, True, None, None),
    ],
)
def test_the_steps(*, trains: bool, eligible: bool | None, willing: bool | None, step: Step | None) -> None:
    assert training_step(trains=trains, eligible=eligible, willing=willing) is step


def test_the_ladder_holds_everybody() -> None:
    told = [
        training_step(trains=a, eligible=b, willing=c)
        for a, b, c in product((True, False), (True, False, None), (True, False, None))
    ]
    ladder = Ladder.of(told)
    assert ladder.steps == {Step.TRAINS: 9, Step.READY: 1, Step.WILLING: 1, Step.ABLE: 1, Step.NEITHER: 1}
    assert (ladder.n, ladder.missing, ladder.potential) == (13, 5, 2)
    assert list(Ladder.of([]).steps) == list(Step)


def test_the_training_ratio() -> None:
    """Bakery 1 of 5, kiosk 0 of 0, salon 2 of 3: 3/8. Four trainees among two insured contradict each other."""
    odd = Staff(full=1, part=1, trainees=4)
    assert jobs.training_ratio([*STREET, odd]) == TrainingRatio(
        trainees=3, insured=8, n=3, missing=1, contradictory=1
    )
    assert jobs.training_ratio(STREET).ratio == 0.375
    assert jobs.training_ratio([KIOSK]).ratio is None


def test_negative_numbers_are_refused() -> None:
    for field in ("heads", "full", "part", "marginal", "owners", "trainees", "vacancies", "hires"):
        with pytest.raises(ImpossibleFiguresError):
            Staff(**{field: -1})
