"""What an erased client leaves behind: a number that leads nowhere, and a birth date that says only the age group.

The reports count people by the age groups of the ESF+ (under 18, 18 to 29, 30 to 54, 55 and over) at the day of entry: the
first talk ever, and the first one in each programme. ``date_in_group`` finds a date that falls into the same groups on all these
days, and tells nothing else.
"""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Min
from django.utils import timezone

if TYPE_CHECKING:
    from counselling.models import Client

# The ages at which a group begins.
AGE_GROUPS = (0, 18, 30, 55, 120)
# Letters and digits that nobody mistakes for others.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def erased_number(row: "Client") -> str:  # noqa: ARG001 - a value of the row's column
    """Return a number that no client has had and that leads to none."""
    return "E-" + "".join(secrets.choice(_SIGNS) for _place in range(8))


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the day so many years earlier; 29 February becomes 1 March, on which people born then are a year older."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 3, 1)


def age_on(day: dt.date, born: dt.date) -> int:
    """Return the age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def group_on(day: dt.date, born: dt.date) -> int:
    """Return the number of the age group on a day, counted from 0."""
    age = age_on(day, born)
    return next(place for place, begins in enumerate(AGE_GROUPS[1:]) if age < begins or place == 3)


def date_in_group(born: dt.date, entries: Iterable[dt.date]) -> dt.date:
    """Return a date of birth that is in the same age group on every day of ``entries``: the middle of all such dates.

    A date less exact than its group: the first of a year where one fits.
    """
    earliest, latest = dt.date(1900, 1, 1), dt.date(2200, 1, 1)
    for day in entries:
        place = group_on(day, born)
        latest = min(latest, years_before(day, AGE_GROUPS[place]))
        if place + 1 < len(AGE_GROUPS) - 1:
            earliest = max(earliest, years_before(day, AGE_GROUPS[place + 1]) + dt.timedelta(days=1))
        else:
            earliest = max(earliest, years_before(day, 75))
    if not earliest <= latest:
        return born  # a birth date after the entry: no group to keep
    middle = earliest + (latest - earliest) / 2
    new_year = dt.date(middle.year, 1, 1)
    return next(
        (day for day in (new_year, dt.date(middle.year + 1, 1, 1)) if earliest <= day <= latest), middle
    )


def entries_of(client: "Client") -> list[dt.date]:
    """Return the days on which a report may say how old the client was: the first talk, and the first in each programme."""
    talks = client.consultations.contacts().order_by()
    by_programme = talks.values("programme_code").annotate(first=Min("held_at"))
    days = {timezone.localdate(row["first"]) for row in by_programme}
    return sorted(days) or [timezone.localdate(client.created_at)]


def birth_date_of_group(row: "Client") -> dt.date | None:
    """Return the date that stands for the client's age group."""
    return date_in_group(row.birth_date, entries_of(row)) if row.birth_date else None


def birth_precision_of_group(row: "Client") -> str:
    """A group is no more exact than a year."""
    return "year" if row.birth_date else ""


def month_of_charge(row: "Client") -> dt.date:
    """Return the first day of the month in which the client came into somebody's charge."""
    return row.in_charge_since.replace(day=1)
