"""Worked by hand, against scipy, and as laws: concentration and diversity."""

from math import isclose, log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from businesses.analysis.concentration import Concentration
from businesses.analysis.errors import ImpossibleFiguresError

COUNTS = st.lists(st.integers(0, 60), max_size=12)


def test_a_street_by_hand() -> None:
    """Five, three and two of ten: shares .5, .3, .2; HHI .25 + .09 + .04 = .38."""
    street = Concentration.of([3, 0, 5, 2])
    assert (street.units, street.branches) == (10, 3)
    assert street.hhi == 0.38
    assert street.normalised_hhi == pytest.approx((0.38 - 1 / 3) / (2 / 3))  # 0.07
    assert street.normalised_hhi == pytest.approx(0.07)
    # .5 x .693147 + .3 x 1.203973 + .2 x 1.609438 = .346574 + .361192 + .321888
    assert street.entropy == pytest.approx(1.029653, abs=1e-6)
    assert street.evenness == pytest.approx(1.029653 / 1.098612, abs=1e-6)
    assert street.effective_branches == pytest.approx(2.800094, abs=1e-5)
    assert street.effective_large_branches == pytest.approx(2.631579, abs=1e-6)


def test_no_unit_and_one_branch() -> None:
    empty, single = Concentration.of([0, 0]), Concentration.of([7])
    assert (empty.hhi, empty.normalised_hhi, empty.entropy, empty.evenness) == (None,) * 4
    assert (empty.effective_branches, empty.effective_large_branches) == (None, None)
    assert (single.hhi, single.normalised_hhi, single.entropy, single.evenness) == (1, None, 0, None)
    assert (single.effective_branches, single.effective_large_branches) == (1, 1)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ImpossibleFiguresError):
        Concentration.of([3, -1])


@given(COUNTS)
def test_the_entropy_is_scipys(counts: list[int]) -> None:
    from scipy.stats import entropy

    assume(sum(counts))
    assert Concentration.of(counts).entropy == pytest.approx(float(entropy(counts)), abs=1e-12)


@given(st.integers(1, 30), st.integers(1, 50))
def test_equal_branches_are_all_effective(branches: int, units: int) -> None:
    street = Concentration.of([units] * branches)
    assert street.effective_branches == pytest.approx(branches)
    assert street.effective_large_branches == branches
    if branches > 1:
        assert street.normalised_hhi == 0
        assert street.evenness == pytest.approx(1)


@given(COUNTS)
def test_what_is_always_true(counts: list[int]) -> None:
    street = Concentration.of(counts)
    assume(street.branches > 1)
    assert street.hhi is not None
    assert street.normalised_hhi is not None
    assert street.evenness is not None
    assert street.effective_branches is not None
    assert street.effective_large_branches is not None
    assert 1 / street.branches <= street.hhi <= 1 or isclose(street.hhi, 1 / street.branches)
    assert 0 <= street.normalised_hhi <= 1
    assert 0 <= street.evenness <= 1
    assert street.effective_large_branches <= street.effective_branches * (1 + 1e-12)
    assert street.effective_branches <= street.branches * (1 + 1e-12)
    k = street.branches
    assert street.normalised_hhi == pytest.approx((street.hhi - 1 / k) / (1 - 1 / k), abs=1e-12)
    assert street.entropy == pytest.approx(street.evenness * log(k))


@given(st.lists(st.integers(1, 60), min_size=2, max_size=12))
def test_merging_two_branches_never_makes_it_more_mixed(counts: list[int]) -> None:
    apart, merged = Concentration.of(counts), Concentration.of([counts[0] + counts[1], *counts[2:]])
    assert merged.effective_branches is not None
    assert apart.effective_branches is not None
    assert merged.effective_branches <= apart.effective_branches * (1 + 1e-12)
    assert merged.effective_large_branches <= apart.effective_large_branches  # type: ignore[operator]


@given(COUNTS, st.randoms(use_true_random=False), st.integers(1, 9))
def test_neither_order_nor_scale_matters(counts: list[int], random: object, scale: int) -> None:
    shuffled = list(counts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    street, larger = Concentration.of(counts), Concentration.of([count * scale for count in counts])
    assert Concentration.of(shuffled) == street
    assert larger.hhi == street.hhi
    assert larger.normalised_hhi == street.normalised_hhi
    assert larger.effective_branches == pytest.approx(street.effective_branches)
    assert larger.evenness == pytest.approx(street.evenness)
