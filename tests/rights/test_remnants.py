"""The birth date that is left says the age group on every day of entry, and nothing more."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from counselling.remnants import date_in_group, group_on

DAYS = st.dates(dt.date(2007, 1, 1), dt.date(2040, 12, 31))
BIRTHS = st.dates(dt.date(1935, 1, 1), dt.date(2006, 12, 31))


@given(born=BIRTHS, entries=st.lists(DAYS, min_size=1, max_size=4))
def test_the_group_is_the_same_on_every_day_of_entry(born: dt.date, entries: list[dt.date]) -> None:
    left = date_in_group(born, entries)
    assert [group_on(day, left) for day in entries] == [group_on(day, born) for day in entries]


@given(
    born=st.dates(dt.date(1982, 6, 1), dt.date(1996, 1, 1)),
    entry=st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 31)),
)
def test_one_entry_leaves_one_date_for_the_whole_group(born: dt.date, entry: dt.date) -> None:
    """Everybody between 30 and 54, or between 18 and 29, who came on a day gets the same date: it tells one from nobody."""
    twin = born + dt.timedelta(days=30)
    if group_on(entry, born) == group_on(entry, twin):
        assert date_in_group(born, [entry]) == date_in_group(twin, [entry])
