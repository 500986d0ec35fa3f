"""Reads that are used twice or are longer than a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When

from businesses.enums import INTERVIEWED, ConsentPurpose, Disposition, Presence, Side, Status
from businesses.models import (
    Business,
    ContactAttempt,
    EventAttendance,
    Interview,
    ReallyTwo,
    Unit,
    UnitPhoto,
    Wave,
)
from businesses.models.survey import UnitQuerySet
from iqquadrat.accounts.models import User


def named_totals(by_status: dict[str, int]) -> list[tuple[str, str, int]]:
    """Return code, word and number of every status that occurs, in the order of the list."""
    return [
        (status.value, str(status.label), by_status[status]) for status in Status if by_status.get(status)
    ]


def kept_business(reader: User, public_id: UUID) -> UUID | None:
    """Return the address of the business that the record of this address became part of, if the reader may see that one."""
    kept = Business.objects.visible_to(reader).at_address(public_id)
    return kept.public_id if kept and kept.public_id != public_id else None


def history_of(business: Business) -> list[Business]:
    """Return the other businesses in the same premises, newest first: what was here before, what came after."""
    if not business.premises_id:
        return []
    return list(
        Business.objects.filter(premises=business.premises_id, centre=business.centre_id)
        .exclude(pk=business.pk)
        .select_related("branch")
        .order_by("-created_at")
    )


def said_apart(user: User, business: Business) -> dict[int, ReallyTwo]:
    """Return what was said about this one and others that really are others, by the key of the other one."""
    pairs = ReallyTwo.objects.visible_to(user).filter(Q(first=business) | Q(second=business))
    return {pair.second_id if pair.first_id == business.pk else pair.first_id: pair for pair in pairs}


@dataclass(frozen=True)
class Seen:
    """In which waves a business was on the list, first and last; None in the register of a shop that no wave has seen."""

    first: Wave | None
    last: Wave | None


def waves_of(business: Business) -> Seen:
    """Return the first and the last wave that had this business on its list."""
    waves = list(Wave.objects.filter(units__business=business).order_by("starts_on", "pk"))
    return Seen(waves[0], waves[-1]) if waves else Seen(None, None)


def visits_of(business: Business) -> QuerySet[ContactAttempt]:
    """Return every visit in every wave."""
    return ContactAttempt.objects.filter(unit__business=business).select_related(
        "surveyor", "unit__wave", "doorstep"
    )


def interviews_of(business: Business) -> QuerySet[Interview]:
    """Return the interviews, newest first."""
    return business.interviews.select_related("wave", "surveyor")


def came_to(business: Business) -> QuerySet[EventAttendance]:
    """Return the dates to which somebody of the business came, newest first."""
    return business.attendances.filter(presence=Presence.PRESENT).select_related("event")


def number_to_call(business: Business) -> str:
    """Return its number where it agreed to being contacted; else nothing."""
    agreed = business.consents.filter(purpose=ConsentPurpose.CONTACT, withdrawn_at__isnull=True)
    return business.phone if business.phone and agreed.exists() else ""


def photo_of(business: Business) -> UnitPhoto | None:
    """Return the newest photo of its sign."""
    found = UnitPhoto.objects.filter(unit__business=business).select_related("unit__wave", "by")
    return found.order_by("-taken_at", "-pk").first()


def differences(stored: Any, form: Any, *, theirs: Any = None) -> list[tuple[str, str, str]]:
    """Return label, stored and typed text of every field in which the two versions differ. ``theirs`` is the form as stored."""
    theirs = theirs or type(form)(business=stored)
    rows = []
    for name, field in form.fields.items():
        if name in ("submission", "revision", "confirmed"):
            continue
        there, here = _words(field, theirs.initial.get(name)), _words(field, form[name].value())
        if there != here:
            rows.append((str(field.label), there, here))
    return rows


def _words(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    flat: dict[str, str] = {}
    for key, label in getattr(field, "choices", ()):
        flat |= (
            {str(k): str(v) for k, v in label} if isinstance(label, list | tuple) else {str(key): str(label)}
        )
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(flat.get(str(part), str(part)) for part in values)


@dataclass(frozen=True)
class WaveProgress:
    """How a wave stands. ``response_rate`` is AAPOR's RR2 without estimating eligibility: interviews, also partial ones,
    over all units but those that turned out to be no business."""

    units: int
    by_disposition: dict[str, int]

    @property
    def untouched(self) -> int:
        """Units where nobody has been yet."""
        return self.by_disposition.get("", 0)

    @property
    def interviews(self) -> int:
        """Complete and partial interviews."""
        return sum(self.by_disposition.get(choice, 0) for choice in INTERVIEWED)

    @property
    def eligible(self) -> int:
        """Units that could be asked, as far as is known."""
        return self.units - self.by_disposition.get(Disposition.INELIGIBLE, 0)

    @property
    def response_rate(self) -> int | None:
        """Per cent, rounded; None when there is nothing to divide by."""
        return round(100 * self.interviews / self.eligible) if self.eligible else None

    @property
    def rows(self) -> list[tuple[str, str, int]]:
        """Code, word and number of each result that occurs."""
        return [
            (d.value, str(d.label), self.by_disposition[d]) for d in Disposition if self.by_disposition.get(d)
        ]


# Which results a unit has for counting: an empty or closed shop that nobody was at is no business to ask, as the register says.
STANDING = Case(
    When(
        disposition="",
        status__in=[Status.VACANT, Status.CLOSED, Status.MOVED],
        then=Value(Disposition.INELIGIBLE),
    ),
    default=F("disposition"),
)


def progress_of(units: UnitQuerySet) -> WaveProgress:
    """Count units by result."""
    counted = dict(units.order_by().annotate(standing=STANDING).values_list("standing").annotate(Count("pk")))
    return WaveProgress(units=sum(counted.values()), by_disposition=counted)


def progress_by_wave(units: UnitQuerySet, waves: Iterable[Wave]) -> dict[int, WaveProgress]:
    """Count units by result, for several waves in one query."""
    counted: dict[int, dict[str, int]] = {wave.pk: {} for wave in waves}
    found = units.filter(wave__in=counted).order_by().annotate(standing=STANDING)
    rows: Any = found.values_list("wave", "standing").annotate(Count("pk"))
    for wave, disposition, number in rows:
        counted[wave][disposition] = number
    return {wave: WaveProgress(units=sum(by.values()), by_disposition=by) for wave, by in counted.items()}


_EMPTY = Q(units__disposition="", units__status__in=[Status.VACANT, Status.CLOSED, Status.MOVED])


def waves_with_counts(user: User) -> Any:
    """Return the visible waves with the number of their units, of units done and of interviews."""
    return (
        Wave.objects.visible_to(user)
        .annotate(
            unit_count=Count("units"),
            eligible_count=Count("units", filter=~Q(units__disposition=Disposition.INELIGIBLE) & ~_EMPTY),
            interview_count=Count("units", filter=Q(units__disposition__in=INTERVIEWED)),
            touched_count=Count("units", filter=~Q(units__disposition="")),
        )
        .order_by("-starts_on", "-pk")
    )


def with_door(units: UnitQuerySet) -> UnitQuerySet:
    """Bring along what a row shows: the door, the branch, the number of visits, the reader's own running interview."""
    interview = Interview.objects.filter(wave=OuterRef("wave"), business=OuterRef("business"))
    return (
        units.select_related("wave", "business__premises__street", "business__branch")
        .annotate(
            visit_count=Count("attempts"),
            interview_public_id=Subquery(interview.values("public_id")[:1]),
            interview_surveyor=Subquery(interview.values("surveyor")[:1]),
            interview_given_name=Subquery(interview.values("surveyor__given_name")[:1]),
            interview_family_name=Subquery(interview.values("surveyor__family_name")[:1]),
            interview_started_at=Subquery(interview.values("started_at")[:1]),
            interview_completed_at=Subquery(interview.values("completed_at")[:1]),
        )
        .by_door()
    )


@dataclass(frozen=True)
class StreetSide:
    """One side of a street with its units, in the order of the doors."""

    street: str
    side: str
    units: list[Unit]


def by_side(units: Iterable[Unit]) -> list[StreetSide]:
    """Return units with their door as one walks them: street by street, one side after the other."""
    grouped: dict[tuple[str, Side], list[Unit]] = {}
    for unit in units:
        premises = unit.business.premises
        if premises:
            grouped.setdefault((premises.street.name, premises.side), []).append(unit)
    order = sorted(grouped, key=lambda key: (key[0], key[1] == Side.ODD))
    return [StreetSide(street, str(side.label), grouped[street, side]) for street, side in order]


@dataclass(frozen=True)
class OwnSection:
    """What one surveyor walks in one wave."""

    wave: Wave
    progress: WaveProgress
    sides: list[StreetSide]


def own_sections(user: User, *, with_doors: bool) -> list[OwnSection]:
    """Return the reader's section of every running wave; the same number of queries however many there are."""
    waves, units = list(Wave.objects.visible_to(user)), Unit.objects.visible_to(user)
    progress = progress_by_wave(units, waves)
    doors: dict[int, list[Unit]] = {wave.pk: [] for wave in waves}
    if with_doors:
        for unit in with_door(units.filter(wave__in=waves)):
            doors[unit.wave_id].append(unit)
    return [OwnSection(wave, progress[wave.pk], by_side(doors[wave.pk])) for wave in waves]
