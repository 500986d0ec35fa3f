"""Rules of a participation: the age group at entry, the days on which is asked, what follows from the client's record. Pure.

Source: Regulation (EU) 2021/1057, Annex I. "On leaving" is up to four weeks after the last day (28 days); what is found out later says
nothing about the day it was asked for and counts as not known. The six-month question is open equally long from its day on.
"""

import calendar
import datetime as dt
from collections.abc import Mapping

from counselling.birth_dates import JalaliDate
from counselling.enums import (
    AgeBand,
    BirthPrecision,
    Calendar,
    EntryStatus,
    Gender,
    LabourMarketStatus,
    QuestionKind,
    ReportedGender,
    ResidenceStatus,
    SchoolLevel,
    Stated,
)

WINDOW = dt.timedelta(days=28)
# From so many hours of counselling on a person is asked to enter; shorter contacts need no questionnaire.
HOURS_BEFORE_ENTRY = 8
MINUTES_BEFORE_ENTRY = HOURS_BEFORE_ENTRY * 60

STATUS_OF: Mapping[str, EntryStatus] = {
    LabourMarketStatus.EMPLOYED: EntryStatus.EMPLOYED,
    LabourMarketStatus.MARGINAL: EntryStatus.EMPLOYED,
    LabourMarketStatus.SELF_EMPLOYED: EntryStatus.EMPLOYED,
    LabourMarketStatus.UNEMPLOYED_SHORT: EntryStatus.UNEMPLOYED,
    LabourMarketStatus.UNEMPLOYED_LONG: EntryStatus.LONG_TERM,
    LabourMarketStatus.NOT_SEEKING: EntryStatus.INACTIVE,
    LabourMarketStatus.IN_EDUCATION: EntryStatus.INACTIVE,
}
GENDER_OF: Mapping[str, ReportedGender] = {
    Gender.FEMALE: ReportedGender.WOMAN,
    Gender.MALE: ReportedGender.MAN,
    Gender.DIVERSE: ReportedGender.NON_BINARY,
    Gender.NONE_STATED: ReportedGender.NOT_STATED,
}
# Citizens of a member state are no third-country nationals; German citizens and those with free movement are told by their status.
WITH_EU_CITIZENSHIP = (ResidenceStatus.GERMAN, ResidenceStatus.EU)
LOW = (SchoolLevel.NONE, SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY)
MIDDLE = (SchoolLevel.UPPER_SECONDARY, SchoolLevel.POST_SECONDARY)
HIGH = (SchoolLevel.SHORT_TERTIARY, SchoolLevel.BACHELOR, SchoolLevel.MASTER, SchoolLevel.DOCTORAL)
ISCED_GROUPS: Mapping[str, tuple[SchoolLevel, ...]] = {"0-2": LOW, "3-4": MIDDLE, "5-8": HIGH}


def age_on(day: dt.date, born: dt.date) -> int:
    """Return the age in whole years.

    >>> age_on(dt.date(2027, 2, 28), dt.date(2009, 2, 28))
    18
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band_of(age: int) -> AgeBand:
    """Return the age group of an age in years."""
    if age < 18:
        return AgeBand.UNDER_18
    if age < 30:
        return AgeBand.FROM_18
    return AgeBand.FROM_30 if age < 55 else AgeBand.FROM_55


def last_possible_birth(born: dt.date, precision: str, of_calendar: str) -> dt.date:
    """Return the last day on which somebody can be born of whom only the month or the year is known; ``born`` is the first one."""
    if precision == BirthPrecision.DAY:
        return born
    if of_calendar == Calendar.PERSIAN:
        said = JalaliDate(born)
        year, month = (said.year + 1, 1) if precision == BirthPrecision.YEAR else (said.year, said.month + 1)
        year, month = (year + 1, 1) if month > 12 else (year, month)
        first_after: dt.date = JalaliDate(year, month, 1).to_gregorian()
        return first_after - dt.timedelta(days=1)
    if precision == BirthPrecision.YEAR:
        return dt.date(born.year, 12, 31)
    return born.replace(day=calendar.monthrange(born.year, born.month)[1])


def age_band_at(
    day: dt.date, born: dt.date | None, precision: str = BirthPrecision.DAY, of_calendar: str = Calendar.GREGORIAN
) -> str:  # fmt: skip
    """Return the age group on a day; empty where the birth date is not known well enough to tell between two groups.

    >>> age_band_at(dt.date(2026, 6, 1), dt.date(2008, 1, 1), "year")
    ''
    >>> age_band_at(dt.date(2026, 6, 1), dt.date(1990, 1, 1), "year").value
    'from_30'
    """
    if born is None or born > day:
        return ""
    latest = min(last_possible_birth(born, precision, of_calendar), day)
    oldest, youngest = band_of(age_on(day, born)), band_of(age_on(day, latest))
    return oldest if oldest == youngest else ""


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later; a day that the month lacks becomes its last one.

    >>> months_after(dt.date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def days_asked(left_on: dt.date) -> dict[QuestionKind, dt.date]:
    """Return from which day on each question can be asked; it is open for 28 days."""
    return {QuestionKind.LEAVING: left_on, QuestionKind.SIX_MONTHS: months_after(left_on, 6)}


def third_country(residence_status: str) -> str:
    """Return what the residence status says about third-country nationality; empty where it says nothing."""
    if not residence_status or residence_status == ResidenceStatus.OTHER:
        return ""
    return Stated.NO if residence_status in WITH_EU_CITIZENSHIP else Stated.YES
