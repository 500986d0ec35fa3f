"""How a unit stands after its attempts, what is still wanted before it is given up, and the response rates. Pure rules.

Source: AAPOR, Standard Definitions, Final Dispositions of Case Codes and Outcome Rates for Surveys: temporary codes of single attempts
are not the final code of a case. An interview comes first; after it the strongest thing that was ever said by the business itself:
a refusal, then "no common language"; then what the last visit saw.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from businesses.enums import INTERVIEWED, Disposition

# A unit needs at least so many visits on different days before it is given up.
WANTED_ATTEMPTS = 4
# Stronger words of the business itself; they stay the result whatever a later, empty-handed visit saw.
_SAID = (Disposition.REFUSAL, Disposition.LANGUAGE_BARRIER)
_SATURDAY, _SUNDAY = 5, 6
_NOON, _EVENING = 12, 17


def final_disposition(attempts: Sequence[tuple[datetime, str]], interview: str = "") -> str:
    """Return how a unit stands; empty when nobody was there.

    ``attempts`` are (time, result) in any order. In this order: a finished interview; "closed or no business" when that was the *last*
    thing seen (a shop that is gone cannot refuse any more, and one seen open later is a shop again); a refusal, ever; no common
    language, ever; "owner absent" before "nobody reached" (somebody was there, so it is a business); else the last result.
    """
    if interview in INTERVIEWED:
        return str(interview)
    if not attempts:
        return ""
    results = [result for _at, result in sorted(attempts, key=lambda attempt: attempt[0])]
    if results[-1] == Disposition.INELIGIBLE:
        return Disposition.INELIGIBLE.value
    for strong in (*_SAID, Disposition.OWNER_ABSENT, Disposition.NO_CONTACT):
        if strong in results:
            return strong.value
    return results[-1]


class DayTime(TextChoices):
    """The times at which somebody may be met whom other times miss."""

    MORNING = "morning", _("a morning")
    AFTERNOON = "afternoon", _("an afternoon")
    EVENING = "evening", _("an evening")
    SATURDAY = "saturday", _("a Saturday")


def day_time(at: datetime) -> DayTime | None:
    """Return the kind of time of a visit, in the time zone ``at`` is given in; None on a Sunday."""
    if at.weekday() == _SUNDAY:
        return None
    if at.weekday() == _SATURDAY:
        return DayTime.SATURDAY
    if at.hour < _NOON:
        return DayTime.MORNING
    return DayTime.AFTERNOON if at.hour < _EVENING else DayTime.EVENING


@dataclass(frozen=True)
class Wanted:
    """What is still to be tried: so many visits on days of their own, at these times first."""

    visits: int
    times: tuple[DayTime, ...]


def still_wanted(visits: Iterable[datetime]) -> Wanted:
    """Return what is missing before a unit may be given up: four visits on different days, and at each of the four kinds of time.

    ``visits`` are local times. With four days but one kind of time never tried, one visit more is wanted.
    """
    seen = list(visits)
    days = {at.date() for at in seen}
    tried = {day_time(at) for at in seen}
    missing = tuple(time for time in DayTime if time not in tried)
    by_days = max(0, WANTED_ATTEMPTS - len(days))
    return Wanted(visits=max(by_days, len(missing)), times=missing)


class Code(StrEnum):
    """The letters of AAPOR's formulas. Unit non-contact of a business known to be one is ``NC``; what is not known is ``U``."""

    INTERVIEW = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    NON_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN = "U"
    OUT = "out"


# What counts as what. "Owner absent" met somebody in the business: a non-contact with the right person. "Nobody reached" and
# "not visited yet" never saw whether there is a business to ask: unknown eligibility (UH + UO of the formulas).
CODES: Mapping[str, Code] = {
    Disposition.COMPLETE: Code.INTERVIEW,
    Disposition.PARTIAL: Code.PARTIAL,
    Disposition.REFUSAL: Code.REFUSAL,
    Disposition.OWNER_ABSENT: Code.NON_CONTACT,
    Disposition.LANGUAGE_BARRIER: Code.OTHER,
    Disposition.NO_CONTACT: Code.UNKNOWN,
    Disposition.UNKNOWN: Code.UNKNOWN,
    "": Code.UNKNOWN,
    Disposition.INELIGIBLE: Code.OUT,
}


@dataclass(frozen=True)
class Rates:
    """The outcome rates of a set of units. Each is a share between 0 and 1, or None where there is nothing to divide by."""

    counts: Mapping[Code, int]

    @classmethod
    def of(cls, by_disposition: Mapping[str, int]) -> "Rates":
        """Sort units counted by disposition into AAPOR's letters."""
        counts = dict.fromkeys(Code, 0)
        for disposition, number in by_disposition.items():
            counts[CODES[disposition]] += number
        return cls(counts)

    def _sum(self, *codes: Code) -> int:
        return sum(self.counts[code] for code in codes)

    @property
    def known(self) -> int:
        """Units known to be a business: (I+P)+(R+NC+O)."""
        return self._sum(Code.INTERVIEW, Code.PARTIAL, Code.REFUSAL, Code.NON_CONTACT, Code.OTHER)

    @property
    def rr1(self) -> float | None:
        """RR1 = I / ((I+P) + (R+NC+O) + (UH+UO)): the least that can be claimed."""
        return _share(self.counts[Code.INTERVIEW], self.known + self.counts[Code.UNKNOWN])

    @property
    def rr2(self) -> float | None:
        """RR2 = (I+P) / ((I+P) + (R+NC+O) + (UH+UO)): partial interviews count as well."""
        return _share(self._sum(Code.INTERVIEW, Code.PARTIAL), self.known + self.counts[Code.UNKNOWN])

    @property
    def e(self) -> float | None:
        """The share of businesses among the units of which it is known: known / (known + out); AAPOR's proportional allocation (CASRO)."""
        return _share(self.known, self.known + self.counts[Code.OUT])

    @property
    def rr3(self) -> float | None:
        """RR3 = I / ((I+P) + (R+NC+O) + e(UH+UO)), with e from this very set of units."""
        return (
            None
            if self.e is None
            else _share(self.counts[Code.INTERVIEW], self.known + self.e * self.counts[Code.UNKNOWN])
        )

    @property
    def coop(self) -> float | None:
        """COOP2 = (I+P) / ((I+P)+R+O): of those who were spoken with."""
        return _share(
            self._sum(Code.INTERVIEW, Code.PARTIAL),
            self._sum(Code.INTERVIEW, Code.PARTIAL, Code.REFUSAL, Code.OTHER),
        )

    @property
    def ref(self) -> float | None:
        """REF1 = R / ((I+P) + (R+NC+O) + (UH+UO))."""
        return _share(self.counts[Code.REFUSAL], self.known + self.counts[Code.UNKNOWN])


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
