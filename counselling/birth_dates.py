"""Dates as people type them: ``12.3.1990``, ``1990-03-12``, ``3/1990``, ``1990``, in the digits of any script."""

import datetime as dt
import re

from counselling.enums import BirthPrecision
from iqquadrat.core.text import latin_digits

_DAY_FIRST = re.compile(r"(\d{1,2})[./\-\s]+(\d{1,2})[./\-\s]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-\s](\d{1,2})[./\-\s](\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[./\-\s]+(\d{4})")
_YEAR = re.compile(r"(\d{4})")


def read_date(text: str) -> tuple[dt.date, BirthPrecision] | None:
    """Return the date and how exact it is, or None when ``text`` is no date.

    A month or a year alone is stored as its first day.
    """
    text = latin_digits(text.strip())
    for pattern, order, precision in (
        (_DAY_FIRST, "dmy", BirthPrecision.DAY), (_YEAR_FIRST, "ymd", BirthPrecision.DAY),
        (_MONTH, "my", BirthPrecision.MONTH), (_YEAR, "y", BirthPrecision.YEAR),
    ):  # fmt: skip
        if match := pattern.fullmatch(text):
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            try:
                return dt.date(parts["y"], parts.get("m", 1), parts.get("d", 1)), precision
            except ValueError:
                return None
    return None
