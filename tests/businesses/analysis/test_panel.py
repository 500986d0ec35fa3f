"""Two waves beside each other: by hand, against scipy and statsmodels, as laws."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.analysis.errors import ImpossibleFiguresError
from businesses.analysis.panel import Decomposition, Dynamics, Pairs, Signs, decompose, even_odds, successors

COUNT = st.integers(0, 120)
UNITS = st.sets(st.sampled_from("abcdefgh"))


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [
        (0, 0, 1),
        (1, 0, 1),  # 2 x 1/2
        (6, 0, 0.03125),  # 2 x 1/64
        (8, 2, 0.109375),  # 2 x (1 + 10 + 45) / 1024
        (5, 5, 1),  # more than 1 by the formula
    ],
)
def test_odds_by_hand(first: int, second: int, p: float) -> None:
    assert even_odds(first, second) == even_odds(second, first) == p


@given(COUNT, COUNT)
def test_the_odds_are_scipys(first: int, second: int) -> None:
    from scipy.stats import binomtest

    expected = float(binomtest(first, first + second).pvalue) if first + second else 1.0
    assert even_odds(first, second) == pytest.approx(expected, rel=1e-9)
    assert 0 < even_odds(first, second) <= 1


def test_p_is_never_nought() -> None:
    assert 0 < even_odds(3000, 0) < 1e-300
    with pytest.raises(ImpossibleFiguresError):
        even_odds(-1, 3)


@given(COUNT, COUNT, COUNT, COUNT)
def test_mcnemar_is_statsmodels(stayed: int, gained: int, lost: int, never: int) -> None:
    from statsmodels.stats.contingency_tables import mcnemar

    pairs = Pairs(stayed, gained, lost, never)
    if gained + lost:
        expected = mcnemar([[stayed, lost], [gained, never]], exact=True).pvalue
        assert pairs.p == pytest.approx(float(expected), rel=1e-9)
    else:
        assert pairs.p == 1


def test_pairs_by_hand() -> None:
    given = [(True, True)] * 5 + [(False, True)] * 8 + [(True, False)] * 2 + [(False, False)] * 5
    pairs = Pairs.of([*given, (None, True), (False, None)])
    assert (pairs, pairs.n) == (Pairs(5, 8, 2, 5), 20)
    assert (pairs.change, pairs.p) == (0.3, 0.109375)
    assert Pairs(0, 0, 0, 0).change is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40))
def test_the_sign_test_is_statsmodels(pairs: list[tuple[int, int]]) -> None:
    from statsmodels.stats.descriptivestats import sign_test

    signs = Signs.of(pairs)
    assert signs.up + signs.down + signs.same == len(pairs)
    if signs.up + signs.down:
        _statistic, expected = sign_test([after - before for before, after in pairs])
        assert signs.p == pytest.approx(float(expected), rel=1e-9)


def test_signs_by_hand() -> None:
    signs = Signs.of([(1, 2), (1, 3), (2, 4), (5, 6), (1, 9), (2, 3), (4, 4), (None, 3), (3, None)])
    assert (signs, signs.p) == (Signs(6, 0, 1), 0.03125)


def test_a_takeover_is_neither_birth_nor_death() -> None:
    """Six before: a and b stay, c is taken over by x, d by way of y by z, e and f close. New are n and a second heir of c."""
    before, after = set("abcdef"), {"a", "b", "x", "xx", "z", "n"}
    takeovers = {"x": "c", "xx": "c", "z": "y", "y": "d"}
    assert successors(before, after, takeovers) == {"a": "a", "b": "b", "c": "x", "d": "z"}
    street = Dynamics.of(before, after, takeovers)
    assert (street.stayed, street.taken_over, street.births, street.deaths) == (2, 2, 2, 2)
    assert (street.birth_rate, street.death_rate, street.survival) == (2 / 6, 2 / 6, 4 / 6)
    assert Dynamics.of(before, after).deaths == 4


def test_dynamics_at_the_edges() -> None:
    nothing = Dynamics.of([], [])
    assert (nothing.birth_rate, nothing.death_rate, nothing.survival) == (None, None, None)
    # A branch of a business that is still there is new.
    assert Dynamics.of(["a"], ["a", "b"], {"b": "a"}).births == 1
    with pytest.raises(ImpossibleFiguresError):
        successors(["a"], ["b"], {"b": "c", "c": "b"})


@st.composite
def waves(draw: st.DrawFn) -> tuple[set[str], set[str], dict[str, str]]:
    """Two waves; a business only ever takes over one that stands before it in the alphabet."""
    takeovers = {}
    for unit in draw(st.sets(st.sampled_from("bcdefgh"))):
        takeovers[unit] = draw(st.sampled_from("abcdefgh"[: "abcdefgh".index(unit)]))
    return draw(UNITS), draw(UNITS), takeovers


@given(waves())
def test_businesses_add_up(street: tuple[set[str], set[str], dict[str, str]]) -> None:
    before, after, takeovers = street
    found = Dynamics.of(before, after, takeovers)
    assert len(after) == len(before) + found.births - found.deaths
    assert min(found.births, found.deaths, found.stayed, found.taken_over) >= 0
    assert found.stayed == len(before & after)
    assert found.births <= Dynamics.of(before, after).births


def test_a_decomposition_by_hand() -> None:
    """a 3 to 5, c 4 by its heir x 2, b did not tell again, d 6 gone, n 1 and m silent new: 13 to 8 = 0 + 1 - 6."""
    before = {"a": 3, "b": 7, "c": 4, "d": 6}
    after = {"a": 5, "b": None, "x": 2, "n": 1, "m": None}
    assert decompose(before, after, {"x": "c"}) == Decomposition(
        before=13, after=8, continuing=0, entries=1, exits=6, missing=2
    )


NUMBERS = st.none() | st.integers(0, 50) | st.fractions(0, 50, max_denominator=4)


@given(waves(), st.data())
def test_a_decomposition_adds_up_exactly(
    street: tuple[set[str], set[str], dict[str, str]], data: st.DataObject
) -> None:
    before = {unit: data.draw(NUMBERS) for unit in sorted(street[0])}
    after = {unit: data.draw(NUMBERS) for unit in sorted(street[1])}
    parts = decompose(before, after, street[2])
    assert parts.after - parts.before == parts.continuing + parts.entries - parts.exits
    assert parts.entries >= 0
    assert parts.exits >= 0
    if None not in [*before.values(), *after.values()]:
        assert (parts.before, parts.after, parts.missing) == (sum(before.values()), sum(after.values()), 0)
    scaled = decompose(
        {unit: None if value is None else value * 3 for unit, value in before.items()},
        {unit: None if value is None else value * 3 for unit, value in reversed(after.items())},
        street[2],
    )
    assert (scaled.continuing, scaled.entries, scaled.exits) == tuple(
        Fraction(part) * 3 for part in (parts.continuing, parts.entries, parts.exits)
    )
