"""Dates as people type them: ``12.3.1990``, ``1990-03-12``, ``3/1990``, ``1990``, in the digits of any script; birth dates also
in the Persian calendar (``2.5.1370``, ``۱۳۷۰/۵/۲``), known by its year.

Stored is the day of the Gregorian calendar, and the calendar it was given in: a month or a year of the Persian calendar begins
inside one of the Gregorian, and is shown again as it was said.
"""

import datetime as dt
import re
from typing import Any, NamedTuple

from django.utils.formats import date_format
from persiantools.jdatetime import JalaliDate as _JalaliDate

from counselling.enums import BirthPrecision, Calendar
from iqquadrat.core.text import latin_digits

_DAY_FIRST = re.compile(r"(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-\s](\d{1,2})[./\-\s](\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[./\-\s]+(\d{4})")
_YEAR_AND_MONTH = re.compile(r"(\d{4})[./\-](\d{1,2})")
_YEAR = re.compile(r"(\d{4})")
JalaliDate: Any = _JalaliDate  # the library has no types
# Nobody alive was born in these Gregorian years, everybody alive in these Persian ones (1871 to 2071).
_PERSIAN_YEARS = range(1250, 1451)
_PERSIAN_MONTHS = (
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
)  # fmt: skip


class Birth(NamedTuple):
    """A birth date as far as it is known, and the calendar it was given in."""

    date: dt.date
    precision: BirthPrecision
    calendar: Calendar = Calendar.GREGORIAN


def _parts(text: str) -> tuple[dict[str, int], BirthPrecision] | None:
    text = latin_digits(text.strip())
    for pattern, order, precision in (
        (_DAY_FIRST, "dmy", BirthPrecision.DAY), (_YEAR_FIRST, "ymd", BirthPrecision.DAY),
        (_MONTH, "my", BirthPrecision.MONTH), (_YEAR, "y", BirthPrecision.YEAR),
    ):  # fmt: skip
        if match := pattern.fullmatch(text):
            return dict(zip(order, map(int, match.groups()), strict=True)), precision
    return None


def read_date(text: str) -> tuple[dt.date, BirthPrecision] | None:
    """Return the date and how exact it is, or None when ``text`` is no date.

    A month or a year alone is stored as its first day.
    """
    if not (found := _parts(text)):
        return None
    parts, precision = found
    try:
        return dt.date(parts["y"], parts.get("m", 1), parts.get("d", 1)), precision
    except ValueError:
        return None


def read_birth(text: str) -> Birth | None:
    """Return a birth date with its calendar, or None when ``text`` is none. ``1370/5`` is a month of the Persian calendar."""
    found = _parts(text)
    if found is None and (match := _YEAR_AND_MONTH.fullmatch(latin_digits(text.strip()))):
        found = {"y": int(match[1]), "m": int(match[2])}, BirthPrecision.MONTH
    if found is None:
        return None
    parts, precision = found
    year, month, day = parts["y"], parts.get("m", 1), parts.get("d", 1)
    try:
        if year in _PERSIAN_YEARS:
            return Birth(JalaliDate(year, month, day).to_gregorian(), precision, Calendar.PERSIAN)
        return Birth(dt.date(year, month, day), precision)
    except ValueError:
        return None


def typed_birth(date: dt.date | None, precision: str, calendar: str) -> str:
    """Return the birth date as it would be typed: in its own calendar, as exact as it is known."""
    if date is None:
        return ""
    day = JalaliDate(date) if calendar == Calendar.PERSIAN else date
    if precision == BirthPrecision.YEAR:
        return str(day.year)
    if precision == BirthPrecision.MONTH:
        return f"{day.month}/{day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def birth_in_words(date: dt.date | None, precision: str, calendar: str) -> str:
    """Return the birth date as people read it; for one of the Persian calendar the Gregorian date, and what was said."""
    if date is None:
        return ""
    if calendar != Calendar.PERSIAN:
        wanted = {BirthPrecision.DAY: "SHORT_DATE_FORMAT", BirthPrecision.MONTH: "F Y"}
        return date_format(date, wanted.get(BirthPrecision(precision), "Y"))
    said = JalaliDate(date)
    month = _PERSIAN_MONTHS[said.month - 1]
    if precision == BirthPrecision.DAY:
        return f"{date_format(date, 'SHORT_DATE_FORMAT')} ({said.day}. {month} {said.year})"
    # A Persian month ends about three weeks into the next Gregorian one, a Persian year in March.
    end = date + dt.timedelta(days=30)
    if precision == BirthPrecision.MONTH:
        return f"{date_format(date, 'F')}/{date_format(end, 'F Y')} ({month} {said.year})"
    return f"{date.year}/{date.year + 1} ({said.year})"
