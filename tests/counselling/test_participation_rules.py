"""The pure rules of a participation: age groups, days, what follows from the record."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselling.enums import AgeBand, LabourMarketStatus
from counselling.participation import (
    STATUS_OF,
    WINDOW,
    age_band_at,
    age_on,
    days_asked,
    last_possible_birth,
    months_after,
    third_country,
)

DAY = dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("born", "precision", "calendar", "band"),
    [
        (dt.date(2008, 5, 5), "day", "gregorian", "under_18"),  # 18 tomorrow
        (dt.date(2008, 5, 4), "day", "gregorian", "from_18"),  # 18 today
        (dt.date(1996, 5, 5), "day", "gregorian", "from_18"),
        (dt.date(1996, 5, 4), "day", "gregorian", "from_30"),
        (dt.date(1971, 5, 5), "day", "gregorian", "from_30"),
        (dt.date(1971, 5, 4), "day", "gregorian", "from_55"),
        (dt.date(1996, 1, 1), "year", "gregorian", ""),  # 29 or 30
        (dt.date(1995, 1, 1), "year", "gregorian", "from_30"),
        (dt.date(1996, 4, 1), "month", "gregorian", "from_30"),
        (dt.date(1996, 5, 1), "month", "gregorian", ""),
        (dt.date(1996, 3, 20), "year", "persian", ""),  # 1375: March 1996 to March 1997
        (dt.date(1995, 3, 21), "year", "persian", "from_30"),  # 1374 ended in March 1996
        (dt.date(2026, 5, 5), "day", "gregorian", ""),  # not born yet
    ],
)
def test_the_age_group_at_entry(born: dt.date, precision: str, calendar: str, band: str) -> None:
    assert age_band_at(DAY, born, precision, calendar) == band


def test_without_a_birth_date_there_is_no_group() -> None:
    assert age_band_at(DAY, None) == ""


def test_a_persian_month_ends_inside_a_gregorian_one() -> None:
    assert last_possible_birth(dt.date(1991, 3, 21), "month", "persian") == dt.date(1991, 4, 20)
    assert last_possible_birth(dt.date(1992, 2, 20), "month", "persian") == dt.date(1992, 3, 20)


@given(
    born=st.dates(dt.date(1920, 1, 1), dt.date(2026, 5, 4)),
    precision=st.sampled_from(["day", "month", "year"]),
)
def test_a_group_is_said_only_where_every_possible_day_is_in_it(born: dt.date, precision: str) -> None:
    first = (
        born
        if precision == "day"
        else born.replace(day=1)
        if precision == "month"
        else born.replace(month=1, day=1)
    )
    band = age_band_at(DAY, first, precision)
    if band:
        assert age_band_at(DAY, born) == band


@given(st.dates(dt.date(1940, 1, 1), dt.date(2026, 5, 4)))
def test_every_exact_birth_date_has_exactly_one_group(born: dt.date) -> None:
    age = age_on(DAY, born)
    edges = {
        AgeBand.UNDER_18: (0, 17),
        AgeBand.FROM_18: (18, 29),
        AgeBand.FROM_30: (30, 54),
        AgeBand.FROM_55: (55, 200),
    }
    assert [band for band, (low, high) in edges.items() if low <= age <= high] == [age_band_at(DAY, born)]


def test_the_questions_have_their_days() -> None:
    assert days_asked(dt.date(2026, 8, 31)) == {
        "leaving": dt.date(2026, 8, 31),
        "six_months": dt.date(2027, 2, 28),
    }
    assert months_after(dt.date(2026, 12, 31), 6) == dt.date(2027, 6, 30)
    assert WINDOW.days == 28


def test_every_status_of_the_record_has_its_group() -> None:
    assert set(STATUS_OF) == set(LabourMarketStatus.values)


def test_nationality_follows_from_the_right_of_residence_where_it_can() -> None:
    assert [third_country(code) for code in ("german", "eu", "tolerated", "other", "")] == [
        "no",
        "no",
        "yes",
        "",
        "",
    ]
