"""Who is still wanted in a wave: the list for the street and for the phone.

A unit is wanted while nobody was interviewed there, nobody refused for good and it is a business as far as is known, until the rule of
``outcomes.still_wanted`` lets it be given up: four visits on different days, and each kind of time tried once. A refusal that said at the door
that one may come again stays wanted. The number stands on the list only where the business agreed to being contacted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.enums import INTERVIEWED, ConsentPurpose, Disposition, Status, Told
from businesses.models import BusinessConsent, ContactAttempt, Doorstep, Unit, Wave
from businesses.models.survey import UnitQuerySet
from businesses.outcomes import WANTED_ATTEMPTS, DayTime, day_time, still_wanted
from businesses.queries import with_door

_GONE = (Status.VACANT, Status.CLOSED, Status.MOVED)
_SUNDAY, _SATURDAY = 1, 7  # as the database counts
_WORKDAY = ~Q(at__week_day__in=[_SUNDAY, _SATURDAY])
# The same kinds of time as ``outcomes.day_time``, in the time zone of the site.
_WHEN: Mapping[DayTime, Q] = {
    DayTime.MORNING: _WORKDAY & Q(at__hour__lt=12),
    DayTime.AFTERNOON: _WORKDAY & Q(at__hour__gte=12, at__hour__lt=17),
    DayTime.EVENING: _WORKDAY & Q(at__hour__gte=17),
    DayTime.SATURDAY: Q(at__week_day=_SATURDAY),
}


def tried(time: DayTime) -> Exists:
    """Whether somebody was at a unit at this kind of time."""
    return Exists(ContactAttempt.objects.filter(_WHEN[time], unit=OuterRef("pk")))


def wanted_units(wave: Wave, units: UnitQuerySet) -> UnitQuerySet:
    """Return those of ``units`` that are still wanted in the wave, in the order of the doors."""
    invited = Doorstep.objects.filter(attempt__unit=OuterRef("pk"), come_again=Told.YES)
    contact = BusinessConsent.objects.filter(
        business=OuterRef("business"), purpose=ConsentPurpose.CONTACT, withdrawn_at__isnull=True
    )
    left = ~Q(tried_days__gte=WANTED_ATTEMPTS)
    for time in DayTime:
        left |= ~Q(tried(time))
    found = (
        units.filter(wave=wave)
        .exclude(disposition__in=[*INTERVIEWED, Disposition.INELIGIBLE])
        .exclude(disposition="", status__in=_GONE)
        .filter(~Q(disposition=Disposition.REFUSAL) | Exists(invited))
        .annotate(may_call=Exists(contact), tried_days=Count(TruncDate("attempts__at"), distinct=True))
        .filter(left)
    )
    return with_door(found).prefetch_related(
        Prefetch("attempts", ContactAttempt.objects.order_by("at", "pk"))
    )


@dataclass(frozen=True)
class Line:
    """One unit on the list, as page, table and paper show it."""

    unit: Unit
    visits: list[ContactAttempt]
    tried: list[DayTime]
    still: list[DayTime]
    visits_wanted: int
    phone: str

    @property
    def last(self) -> ContactAttempt | None:
        """The last visit or call."""
        return self.visits[-1] if self.visits else None

    @property
    def tried_words(self) -> str:
        """The kinds of time at which somebody was there."""
        return ", ".join(str(time.label) for time in self.tried)

    @property
    def still_words(self) -> str:
        """The kinds of time at which nobody was there yet, in words."""
        if len(self.still) == len(DayTime):
            return _("any time")
        return ", ".join(str(time.label) for time in self.still) or _("another day")


def lines(units: Iterable[Unit]) -> Iterator[Line]:
    """Yield these units, as ``wanted_units`` found them, with what was tried."""
    for unit in units:
        visits = list(unit.attempts.all())
        times = [timezone.localtime(visit.at) for visit in visits]
        seen = {day_time(at) for at in times}
        wanted = still_wanted(times)
        yield Line(
            unit=unit, visits=visits, tried=[time for time in DayTime if time in seen], still=list(wanted.times),
            visits_wanted=wanted.visits, phone=unit.business.phone if getattr(unit, "may_call", False) else "",
        )  # fmt: skip
