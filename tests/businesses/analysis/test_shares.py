"""Shares, their bounds and intervals, balances: by hand, against statsmodels, as laws."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from businesses.analysis.errors import ImpossibleFiguresError
from businesses.analysis.shares import Balance, Range, Share, wilson_interval

COUNT = st.integers(0, 80)


def test_a_share_by_hand() -> None:
    """24 yes, 8 no, 8 silent: 75 %, between 24/40 and 32/40."""
    share = Share.of([True] * 24 + [False] * 8 + [None] * 8)
    assert (share, share.n, share.share) == (Share(24, 8, 8), 32, 0.75)
    assert share.bounds == Range(0.6, 0.8)
    # n/f² = 32 x 39/8 = 156; z² = 3.841459; (.75 + .012313) / 1.024625 = .743992;
    # half = 1.959964 x sqrt(.1875/156 + 3.841459/97344) / 1.024625 = 1.959964 x .035232 / 1.024625 = .067395
    interval = share.interval(population=40)
    assert interval is not None
    assert interval.low == pytest.approx(0.676597, abs=2e-5)
    assert interval.high == pytest.approx(0.811387, abs=2e-5)


def test_nobody_answered() -> None:
    silent = Share(0, 0, 3)
    assert (silent.share, silent.bounds, silent.interval(population=3)) == (None, Range(0, 1), None)
    assert Share.of([]).bounds is None
    with pytest.raises(ImpossibleFiguresError):
        Share(-1, 2)


@given(COUNT, COUNT, COUNT)
def test_the_bounds_hold_the_share(yes: int, no: int, missing: int) -> None:
    assume(yes + no)
    share = Share(yes, no, missing)
    assert share.bounds is not None
    assert share.share is not None
    assert 0 <= share.bounds.low <= share.share <= share.bounds.high <= 1
    assert share.bounds.high - share.bounds.low == pytest.approx(missing / (yes + no + missing))


@given(st.integers(1, 200), st.data(), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_without_a_population_it_is_statsmodels_wilson(n: int, data: st.DataObject, level: float) -> None:
    from statsmodels.stats.proportion import proportion_confint

    yes = data.draw(st.integers(0, n))
    low, high = proportion_confint(yes, n, alpha=1 - level, method="wilson")
    ours = wilson_interval(yes, n, level=level)
    assert ours.low == pytest.approx(float(low), abs=1e-9)
    assert ours.high == pytest.approx(float(high), abs=1e-9)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_correction_is_an_effective_number_of_answers(n: int, more: int, data: st.DataObject) -> None:
    from statsmodels.stats.proportion import proportion_confint

    yes, population = data.draw(st.integers(0, n)), n + more
    factor = n * (population - 1) / (population - n)
    low, high = proportion_confint(yes / n * factor, factor, method="wilson")
    ours, plain = wilson_interval(yes, n, population=population), wilson_interval(yes, n)
    assert ours.low == pytest.approx(float(low), abs=1e-9)
    assert ours.high == pytest.approx(float(high), abs=1e-9)
    assert 0 <= plain.low <= ours.low + 1e-12
    assert ours.high <= plain.high + 1e-12
    assert ours.low <= yes / n <= ours.high


def test_when_all_have_answered_there_is_no_doubt() -> None:
    assert wilson_interval(3, 4, population=4) == Range(0.75, 0.75)
    assert wilson_interval(1, 1, population=1) == Range(1, 1)


@pytest.mark.parametrize(
    ("yes", "n", "options"),
    [
        (0, 0, {}),
        (3, 2, {}),
        (-1, 2, {}),
        (1, 5, {"population": 4}),
        (1, 5, {"level": 1}),
        (1, 5, {"level": 0}),
    ],
)
def test_what_cannot_be_is_refused(yes: int, n: int, options: dict[str, float]) -> None:
    with pytest.raises(ImpossibleFiguresError):
        wilson_interval(yes, n, **options)  # type: ignore[arg-type]


def test_a_balance_by_hand() -> None:
    """Twelve good, five fair, three poor, five silent: 9/20; from (12-3-5)/25 to (12-3+5)/25."""
    balance = Balance(12, 5, 3, 5)
    assert (balance.n, balance.value, balance.bounds) == (20, 0.45, Range(0.16, 0.56))
    assert (Balance(0, 0, 0).value, Balance(0, 0, 0).bounds) == (None, None)
    assert (Balance(0, 4, 0).value, Balance(2, 0, 2).value) == (0, 0)
    with pytest.raises(ImpossibleFiguresError):
        Balance(1, -1, 1)


@given(COUNT, COUNT, COUNT, COUNT)
def test_a_balance_turns_round_with_its_answers(good: int, fair: int, poor: int, missing: int) -> None:
    assume(good + fair + poor)
    there, back = Balance(good, fair, poor, missing), Balance(poor, fair, good, missing)
    assert there.value is not None
    assert there.bounds is not None
    assert there.value == -back.value  # type: ignore[operator]
    assert -1 <= there.bounds.low <= there.value <= there.bounds.high <= 1
