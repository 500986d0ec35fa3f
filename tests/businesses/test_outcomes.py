"""Worked by hand: the result of a unit, what is still wanted, the response rates."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.enums import WITHOUT_INTERVIEW, Disposition
from businesses.outcomes import CODES, Code, DayTime, Rates, Wanted, day_time, final_disposition, still_wanted

START = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)  # a Monday


def visits(*results: str) -> list[tuple[dt.datetime, str]]:
    """One visit a day, in this order."""
    return [(START + dt.timedelta(days=n), result) for n, result in enumerate(results)]


@pytest.mark.parametrize(
    ("results", "interview", "final"),
    [
        ([], "", ""),
        ([], "complete", "complete"),
        (["refusal", "ineligible"], "partial", "partial"),
        (["refusal", "no_contact"], "", "refusal"),
        (["language_barrier", "owner_absent"], "", "language_barrier"),
        (["language_barrier", "refusal"], "", "refusal"),
        (["refusal", "language_barrier"], "", "refusal"),
        (["owner_absent", "no_contact"], "", "owner_absent"),
        (["no_contact", "unknown"], "", "no_contact"),
        (["unknown"], "", "unknown"),
        (["refusal", "ineligible"], "", "ineligible"),
        (["ineligible", "owner_absent"], "", "owner_absent"),
        (["ineligible", "unknown"], "", "unknown"),
    ],
)
def test_how_a_unit_stands(results: list[str], interview: str, final: str) -> None:
    assert final_disposition(visits(*results), interview) == final


@given(st.lists(st.sampled_from(WITHOUT_INTERVIEW), min_size=1, max_size=4))
def test_the_order_of_the_rows_does_not_matter(results: list[str]) -> None:
    made = visits(*results)
    assert len({final_disposition(list(rows)) for rows in permutations(made)}) == 1
    assert final_disposition(made) in results


def at(day: int, hour: int) -> dt.datetime:
    """A day of November 2026; the 7th is a Saturday, the 8th a Sunday."""
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def test_kinds_of_time() -> None:
    found = [day_time(moment) for moment in (at(2, 11), at(2, 12), at(2, 16), at(2, 17), at(7, 9), at(8, 9))]
    assert found == [
        DayTime.MORNING, DayTime.AFTERNOON, DayTime.AFTERNOON, DayTime.EVENING, DayTime.SATURDAY, None,
    ]  # fmt: skip


def test_what_is_still_wanted() -> None:
    assert still_wanted([]) == Wanted(4, tuple(DayTime))
    assert still_wanted([at(2, 10), at(2, 18)]) == Wanted(3, (DayTime.AFTERNOON, DayTime.SATURDAY))
    assert still_wanted([at(2, 10), at(3, 14), at(4, 18)]) == Wanted(1, (DayTime.SATURDAY,))
    assert still_wanted([at(2, 10), at(3, 10), at(4, 10), at(5, 10)]) == Wanted(
        3, (DayTime.AFTERNOON, DayTime.EVENING, DayTime.SATURDAY)
    )
    assert still_wanted([at(2, 10), at(3, 14), at(4, 18), at(7, 10)]) == Wanted(0, ())


def test_every_result_has_a_letter() -> None:
    assert set(CODES) == {"", *Disposition.values}


def test_rates_worked_by_hand() -> None:
    """100 units: 40 I, 5 P, 20 R, 10 NC, 5 O, 8 + 2 + 2 unknown, 8 no business. Known 80, unknown 12, e = 80/88."""
    rates = Rates.of({
        "complete": 40, "partial": 5, "refusal": 20, "owner_absent": 10, "language_barrier": 5, "no_contact": 8, "unknown": 2,
        "": 2, "ineligible": 8,
    })  # fmt: skip
    assert rates.counts[Code.UNKNOWN] == 12
    assert rates.rr1 == pytest.approx(40 / 92)
    assert rates.rr2 == pytest.approx(45 / 92)
    assert rates.e == pytest.approx(80 / 88)
    assert rates.rr3 == pytest.approx(40 / (80 + 80 / 88 * 12))
    assert rates.coop == pytest.approx(45 / 70)
    assert rates.ref == pytest.approx(20 / 92)


def test_nothing_to_divide_by() -> None:
    rates = Rates.of({"ineligible": 3})
    assert (rates.rr1, rates.rr2, rates.rr3, rates.coop, rates.ref) == (None,) * 5
    assert rates.e == 0
    assert Rates.of({"": 3}).rr3 is None


@given(st.dictionaries(st.sampled_from(["", *Disposition.values]), st.integers(0, 500)))
def test_rates_keep_their_order(counted: dict[str, int]) -> None:
    rates = Rates.of(counted)
    assert sum(rates.counts.values()) == sum(counted.values())
    if rates.rr1 is not None and rates.rr2 is not None:
        assert 0 <= rates.rr1 <= rates.rr2 <= 1
    if rates.rr1 is not None and rates.rr3 is not None:
        assert rates.rr1 <= rates.rr3 + 1e-12 <= 1 + 1e-9
