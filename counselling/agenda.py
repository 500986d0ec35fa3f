"""Reading appointments: of a day, of a week, what they collide with, how they stand."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from counselling.enums import AppointmentState
from counselling.models import Absence, Appointment, Client, GroupEvent
from counselling.models.absence import covered_by
from counselling.models.appointment import AppointmentQuerySet
from counselling.models.client import named_to
from counselling.moments import LONGEST
from counselling.queries import day_bounds
from iqquadrat.accounts.models import User

MOST_CLASHES = 6


def between(rows: AppointmentQuerySet, first: dt.date, last: dt.date) -> AppointmentQuerySet:
    """Return those that begin on one of the days, in their order, with what a row shows and how they stand."""
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    return (
        rows.filter(starts_at__gte=start, starts_at__lt=end)
        .select_related("client", "counsellor")
        .with_outcome()
        .order_by("starts_at", "pk")
    )


def agenda_of(user: User) -> AppointmentQuerySet:
    """Return what the user has to keep: the own appointments, and on the days on which somebody is away those with the clients
    whom the user looks after meanwhile."""
    covered = Client.objects.standing().filter(
        covered_by(user, timezone.localdate(), Client.objects.all()), centre_id=user.centre_id
    )
    away = Absence.objects.filter(
        counsellor_id=OuterRef("counsellor_id"), first_day__lte=OuterRef("day"), last_day__gte=OuterRef("day")
    )
    rows: AppointmentQuerySet = Appointment.objects.annotate(
        day=TruncDate("starts_at"), named=named_to(user)
    ).filter(
        Q(counsellor=user)
        | Q(Exists(away), client_id__in=covered.values("pk"), counsellor_id=F("client__counsellor_id"))
    )
    return rows


def wider_agenda_of(user: User) -> AppointmentQuerySet:
    """Return the own appointments, and those that own clients have with colleagues."""
    rows: AppointmentQuerySet = Appointment.objects.visible_to(user).annotate(named=named_to(user))
    return rows


def rooms_taken(user: User, first: dt.date, last: dt.date) -> QuerySet[Appointment]:
    """Return when rooms of the centre are taken by colleagues. Who is expected there is nobody's business but theirs: the
    page shows time and room of these rows and nothing else, so nothing else is read."""
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    return (
        Appointment.objects.standing()
        .filter(centre_id=user.centre_id, starts_at__gte=start, starts_at__lt=end)
        .exclude(room="")
        .exclude(counsellor=user)
        .only("pk", "starts_at", "minutes", "room")
        .order_by("starts_at", "pk")
    )


def events_between(user: User, first: dt.date, last: dt.date) -> QuerySet[GroupEvent]:
    """Return the centre's group events of these days: they name nobody."""
    start, end = day_bounds(first)[0], day_bounds(last)[1]
    return GroupEvent.objects.visible_to(user).filter(at__gte=start, at__lt=end).order_by("at", "pk")


def state_of(appointment: Appointment, now: dt.datetime) -> AppointmentState:
    """Say how an appointment stands; ``with_outcome`` must have been asked for."""
    if appointment.cancelled_at is not None:
        return AppointmentState.CANCELLED
    if getattr(appointment, "came", False):
        return AppointmentState.CAME
    if getattr(appointment, "missed", False):
        return AppointmentState.NO_SHOW
    if appointment.starts_at <= now < appointment.ends_at:
        return AppointmentState.NOW
    if appointment.client_id and appointment.ends_at <= now:
        return AppointmentState.UNLOGGED
    return AppointmentState.PLANNED


@dataclass(frozen=True)
class Clash:
    """An appointment at the same time: of the same counsellor, or in the same room. ``client`` only where the reader may know."""

    appointment: Appointment
    same_counsellor: bool
    client: Client | None


def clashes(
    user: User, *, counsellor: User, moments: Iterable[tuple[dt.datetime, int]], room: str = "", but: Appointment | None = None
) -> list[Clash]:  # fmt: skip
    """Return what stands at the same time as these (begin, minutes): a warning, because open hours and talks with two are real.

    Half-open: one that begins when another ends collides with nothing.
    """
    wanted = [(start, start + dt.timedelta(minutes=minutes)) for start, minutes in moments]
    if not wanted:
        return []
    whose = Q(counsellor=counsellor) | Q(room__iexact=room) if room else Q(counsellor=counsellor)
    near = Q()
    for start, end in wanted:
        near |= Q(starts_at__gt=start - LONGEST, starts_at__lt=end)
    rows = Appointment.objects.standing().filter(whose, near, centre_id=user.centre_id)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    rows = rows.order_by("starts_at", "pk").select_related("counsellor")
    hits = [row for row in rows if any(row.starts_at < end and start < row.ends_at for start, end in wanted)]
    hits = hits[:MOST_CLASHES]
    known = Client.objects.own(user).in_bulk([row.client_id for row in hits if row.client_id])
    return [
        Clash(row, row.counsellor_id == counsellor.pk, known.get(row.client_id) if row.client_id else None)
        for row in hits
    ]


def to_remind(user: User, day: dt.date) -> QuerySet[Appointment]:
    """Return the appointments of a day whose clients the user reminds: the own ones that stand, in their order. Whoever has got into
    other hands is not called from here any more."""
    start, end = day_bounds(day)
    rows = agenda_of(user).standing().filter(named_to(user), starts_at__gte=start, starts_at__lt=end)
    return rows.select_related("client", "counsellor", "reminded_by").order_by("starts_at", "pk")
