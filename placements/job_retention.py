"""Whether a placement lasts: when it is asked, and what the answers say. Pure.

Asked 3, 6 and 12 months after the start, within 21 days before or after. What was found out later than that says nothing about the
day it was asked for, and counts as not known.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (3, 6, 12)
WINDOW = timedelta(days=21)
# Below this many placements a percentage says more than is known.
FEWEST_FOR_SHARES = 20


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; a day that the month lacks becomes its last one.

    >>> months_after(date(2008, 11, 30), 3)
    datetime.date(2009, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_asked(started_on: date) -> dict[int, date]:
    """Return on which day it is asked, by the months since the start."""
    return {months: months_after(started_on, months) for months in MONTHS}


@dataclass(frozen=True)
class Lasting:
    """How many placements last, of those that were due. Counts of placements.

    ``due``: the day has come   ``known``: found out in time   ``lasting``: at work or in training   ``same_job``: still there.
    The true share lies between ``of_all_percent`` (nobody of whom it is not known is at work) and ``at_most_percent`` (everybody is).
    """

    months: int
    due: int
    known: int
    lasting: int
    same_job: int

    @property
    def unknown(self) -> int:
        """Due, and not found out in time."""
        return self.due - self.known

    @property
    def may_show_shares(self) -> bool:
        """Whether there are enough, due and known, to speak of per cent."""
        return self.known >= FEWEST_FOR_SHARES

    @property
    def of_known_percent(self) -> int:
        """Share among those of whom it is known; needs ``may_show_shares``."""
        return _percent(self.lasting, self.known)

    @property
    def of_all_percent(self) -> int:
        """The lower bound, among all that were due; needs ``may_show_shares``."""
        return _percent(self.lasting, self.due)

    @property
    def at_most_percent(self) -> int:
        """The upper bound: as if everybody lasted of whom it is not known; needs ``may_show_shares``."""
        return _percent(self.lasting + self.unknown, self.due)


def _percent(part: int, whole: int) -> int:
    """In whole per cent, a half rounded up."""
    return (200 * part + whole) // (2 * whole)
