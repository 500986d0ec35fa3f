"""Reads about events: the calendar, the seats, who is proposed for them, who came often enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from businesses.enums import ConsentPurpose, EnrolmentState, EventState, Presence, Status
from businesses.models import (
    Business,
    BusinessConsent,
    Enrolment,
    Event,
    EventAttendance,
    EventSeries,
    Interview,
    Invitation,
    Need,
)
from businesses.models.events import EventQuerySet
from businesses.models.register import BusinessQuerySet
from iqquadrat.accounts.models import User
from iqquadrat.core.folding import search_key

GERMAN = "de"


def _number(rows: "QuerySet[Any]", key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_counts(events: EventQuerySet) -> EventQuerySet:
    """Bring along how many businesses came, how many have a seat and how many wait."""
    seats = {
        state: Enrolment.objects.filter(state=state)
        for state in (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
    }
    came = EventAttendance.objects.filter(presence=Presence.PRESENT, event=OuterRef("pk"))
    return events.annotate(
        business_count=_number(came, "event"),
        **{
            f"{state}_count": _number(rows.filter(event=OuterRef("pk")), "event")
            + _number(rows.filter(series=OuterRef("series")), "series")
            for state, rows in seats.items()
        },
    )


def seats_of(event: Event) -> "QuerySet[Enrolment]":
    """Who has a seat, then who waits, then who withdrew, each in the order in which they came."""
    return event.enrolments.select_related("business__premises__street", "need").order_by(
        "state", "created_at", "pk"
    )


def proposed(event: Event) -> BusinessQuerySet:
    """Businesses with a running need of the event's topic that have no seat yet, pressing ones first."""
    theirs = Business.objects.filter(centre=event.centre_id)
    if not event.topic:
        return theirs.none()
    needs = Need.objects.running().filter(business=OuterRef("pk"), topic=event.topic)
    return (
        with_consent(theirs)
        .filter(Exists(needs))
        .exclude(pk__in=_seated(event))
        .annotate(urgency=Subquery(needs.values("urgency")[:1]))
        .select_related("premises__street")
        .order_by("-urgency", "sign_name", "pk")
    )


def found(event: Event, text: str, limit: int) -> list[Business]:
    """Businesses of the register by name or trade that have no seat yet."""
    words = search_key(text).split()
    if not words:
        return []
    rows = (
        Business.objects.filter(centre=event.centre_id)
        .exclude(status=Status.VACANT)
        .exclude(pk__in=_seated(event))
    )
    for word in words:
        rows = rows.filter(search_key__contains=word)
    return list(with_consent(rows).select_related("premises__street").order_by("sign_name", "pk")[:limit])


def with_consent(businesses: BusinessQuerySet) -> BusinessQuerySet:
    """Bring along whether a business agreed to be contacted for advice."""
    given = BusinessConsent.objects.filter(
        business=OuterRef("pk"), purpose=ConsentPurpose.CONTACT, withdrawn_at__isnull=True
    )
    return businesses.annotate(may_be_contacted=Exists(given))


def _seated(event: Event) -> "QuerySet[Enrolment, int]":
    return event.enrolments.exclude(state=EnrolmentState.WITHDRAWN).values_list("business", flat=True)


def expected(event: Event) -> list[Business]:
    """The lines of the attendance sheet: who has a seat or waits, and of whom something is noted already."""
    noted = event.attendances.values_list("business", flat=True)
    return list(
        Business.objects.filter(Q(pk__in=_seated(event)) | Q(pk__in=noted))
        .select_related("premises__street")
        .order_by("sign_name", "legal_name", "pk")
    )


def names_of(event: Event) -> dict[int, str]:
    """Who comes, by business."""
    return dict(event.enrolments.exclude(person_name="").values_list("business", "person_name"))


def letter_languages(businesses: Iterable[Business]) -> dict[int, str]:
    """In which language beside German each is written to: that of its last interview, else one it shows on its sign."""
    known = {business.pk: business for business in businesses}
    spoken = dict(
        Interview.objects.filter(business__in=known, completed_at__isnull=False)
        .exclude(language=GERMAN)
        .order_by("completed_at")
        .values_list("business", "language")
    )
    return {pk: _first([spoken.get(pk, ""), *business.languages]) for pk, business in known.items()}


def _first(codes: Sequence[str]) -> str:
    written = [code for code in codes if code in settings.CLIENT_LANGUAGES and code != GERMAN]
    return written[0] if written else GERMAN


@dataclass(frozen=True)
class Share:
    """How often somebody of a business came to the dates that were held."""

    enrolment: Enrolment
    came: int
    held: int
    least: int
    minutes: int

    @property
    def per_cent(self) -> int:
        """Rounded down, so that nobody reaches a share by rounding."""
        return 100 * self.came // self.held if self.held else 0

    @property
    def is_enough(self) -> bool:
        """Whether this earns a certificate: ``came`` / ``held`` is at least ``least`` per cent."""
        return self.held > 0 and 100 * self.came >= self.least * self.held


def shares(series: EventSeries) -> list[Share]:
    """Return everybody who has or had a seat, with the dates they came to. Dates without a note count as not attended."""
    held = list(series.dates.filter(state=EventState.HELD))
    lengths = {
        event.pk: round((event.ends_at - event.at).total_seconds() / 60) if event.ends_at else 0
        for event in held
    }
    came: dict[int, list[int]] = {}
    rows = EventAttendance.objects.filter(event__in=held, presence=Presence.PRESENT)
    for business, event in rows.values_list("business", "event"):
        came.setdefault(business, []).append(lengths[event])
    seats = series.enrolments.exclude(state=EnrolmentState.WAITING).select_related("business")
    return [
        Share(seat, len(came.get(seat.business_id, [])), len(held), series.certificate_share, sum(came.get(seat.business_id, [])))
        for seat in seats.order_by("business__sign_name", "pk")
    ]  # fmt: skip


def series_visible_to(user: User) -> "QuerySet[EventSeries]":
    """The centre's courses for those who may read its events."""
    return EventSeries.objects.filter(pk__in=Event.objects.visible_to(user).values("series"))


def invited(event: Event) -> BusinessQuerySet:
    """To whom letters can go: who has a seat or waits, then who needs the topic; with the letter that was made."""
    seats = event.enrolments.exclude(state=EnrolmentState.WITHDRAWN).filter(business=OuterRef("pk"))
    needs = Need.objects.running().filter(business=OuterRef("pk"), topic=event.topic or "-")
    made = Invitation.objects.filter(event=event, business=OuterRef("pk"))
    return (
        with_consent(Business.objects.filter(centre=event.centre_id))
        .exclude(status=Status.VACANT)
        .filter(Exists(seats) | Exists(needs))
        .annotate(
            seat_state=Subquery(seats.values("state")[:1]),
            made_at=Subquery(made.values("made_at")[:1]),
            letter=Subquery(made.values("language")[:1]),
        )
        .select_related("premises__street")
        .order_by(F("seat_state").asc(nulls_last=True), "sign_name", "pk")
    )
