"""Numbers that a law sets and changes: each with its first day and its source. A change is one more line here; old records keep theirs.

Before the first line of a table nothing is checked: what held then is not known here.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import TextChoices

from placements.enums import CloseReason, Funding
from placements.job_retention import months_after

SGB3_54A = "§ 54a SGB III"
SGB3_45_2012 = "§ 45 Abs. 2 SGB III, § 16 Abs. 3 SGB II"
SGB3_45 = "§ 45 Abs. 2 und 8 SGB III, § 16 Abs. 3 SGB II"


@dataclass(frozen=True)
class Ceiling:
    """What a marginal employment may pay, in euros a month, from ``first_day`` on."""

    first_day: dt.date
    euros: int
    source: str


@dataclass(frozen=True)
class Months:
    """How long something may last, in months, from ``first_day`` on."""

    first_day: dt.date
    least: int
    most: int
    source: str


@dataclass(frozen=True)
class Weeks:
    """How long something lasts as a rule and at most, in weeks, from ``first_day`` on."""

    first_day: dt.date
    as_a_rule: int
    at_most: int
    source: str


MINI_JOB: Sequence[Ceiling] = (
    Ceiling(dt.date(2003, 4, 1), 400, "§ 8 Abs. 1 SGB IV"),
    Ceiling(dt.date(2013, 1, 1), 450, "§ 8 Abs. 1 SGB IV"),
    Ceiling(dt.date(2022, 10, 1), 520, "§ 8 Abs. 1a SGB IV"),
    Ceiling(dt.date(2024, 1, 1), 538, "§ 8 Abs. 1a SGB IV"),
    Ceiling(dt.date(2025, 1, 1), 556, "§ 8 Abs. 1a SGB IV"),
    Ceiling(dt.date(2026, 1, 1), 603, "§ 8 Abs. 1a SGB IV"),
)
# § 54a took over § 235b SGB III on 1 April 2012 (Act of 20 December 2011, BGBl. I S. 2854); six months became four with the act that
# strengthened further training (BT-Drs. 20/6518), on 1 April 2024: the rules of § 54a that it changed held until 31 March 2024
# (Sauer, SGB III § 54a, Rz. 14). What held under § 235b from 2007 on is not checked.
INTRODUCTORY_QUALIFICATION: Sequence[Months] = (
    Months(dt.date(2012, 4, 1), 6, 12, SGB3_54A),
    Months(dt.date(2024, 4, 1), 4, 12, SGB3_54A),
)
# Longer than as a rule for somebody who has been without work for long, or whom severe obstacles keep from it. The twelve weeks of
# § 45 Abs. 8 SGB III hold since 1 August 2016 (Sauer, SGB III § 45, Rz. 117). Before that day they rest on § 16 Abs. 3 SGB II alone, whose
# wording of 2012 was not checked: the first line may allow too much to somebody who got no benefit of the SGB II.
ACTIVATION: Sequence[Weeks] = (
    Weeks(dt.date(2012, 4, 1), 6, 12, SGB3_45_2012),
    Weeks(dt.date(2016, 8, 1), 6, 12, SGB3_45),
)

# Codes that are no longer offered, each with the day from which on. Old records keep and show them.
RETIRED: dict[type[TextChoices], dict[str, dt.date]] = {
    # The work opportunity with wages ended with the reform of the instruments of labour market policy.
    Funding: {Funding.SGB2_16D_WAGES: dt.date(2012, 4, 1)},
    CloseReason: {},
}

Dated = TypeVar("Dated", Ceiling, Months, Weeks)


def in_force(table: Sequence[Dated], day: dt.date) -> Dated | None:
    """Return the line of a table that holds on ``day``; None before the first one.

    >>> in_force(MINI_JOB, dt.date(2025, 12, 31)).euros
    556
    """
    lines = [line for line in table if line.first_day <= day]
    return lines[-1] if lines else None


def last_day_after(start: dt.date, months: int) -> dt.date:
    """Return the last day of something that begins on ``start`` and lasts so many months.

    >>> last_day_after(dt.date(2026, 9, 1), 12)
    datetime.date(2027, 8, 31)
    """
    return months_after(start, months) - dt.timedelta(days=1)


def last_day_of_weeks(start: dt.date, weeks: int) -> dt.date:
    """Return the last day of something that begins on ``start`` and lasts so many weeks."""
    return start + dt.timedelta(days=7 * weeks - 1)


def offered(choices: type[TextChoices], day: dt.date, *, keep: str = "") -> list[tuple[str, str]]:
    """Return the choices to choose from on ``day``: without retired codes, but with ``keep``, the one that a record has already."""
    retired = RETIRED.get(choices, {})
    return [
        (str(code), str(label))
        for code, label in choices.choices
        if code == keep or code not in retired or retired[code] > day
    ]
