"""The records that the figures of this room count, period by period."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from counselling.enums import Direction
from counselling.models import (
    Attendance,
    Case,
    Client,
    Consultation,
    GroupEvent,
    Referral,
    ShortContact,
    VolunteerWork,
)
from iqquadrat.core.figures import Period


def appointments_kept_or_not(period: Period) -> QuerySet[Consultation]:
    """Consultations of the period and appointments nobody came to, in no order."""
    rows = Consultation.objects.order_by().filter(period.place(), period.moments("held_at"))
    return rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def contacts(period: Period, *, between: tuple[datetime, datetime] | None = None) -> QuerySet[Consultation]:
    """Consultations that took place in the period, or ``between`` two moments. A no-show is no contact."""
    when = Q(held_at__gte=between[0], held_at__lt=between[1]) if between else period.moments("held_at")
    rows = Consultation.objects.contacts().filter(period.place(), when)
    return rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def who_took_part(held: QuerySet[Consultation]) -> QuerySet[Client]:
    """Clients with a place in these talks, alone or with others; each counts once."""
    held = held.order_by()
    alone = held.exclude(client=None).values("client")
    together = Attendance.objects.order_by().filter(consultation__in=held.values("pk")).values("client")
    # One list of both: of two that are joined by "or", PostgreSQL reads the longer one anew for each client once it is too long to keep.
    # Who was in one talk with two records keeps the second place there; its record is part of the first.
    return Client.objects.filter(pk__in=alone.union(together), merged_into=None).order_by("pk")


def persons_advised(period: Period) -> QuerySet[Client]:
    """Clients with at least one contact in the period; each counts once, alone or with others, however many records there were."""
    return who_took_part(contacts(period))


def new_persons(period: Period) -> QuerySet[Client]:
    """Clients whose very first contact at the centre fell into the period."""
    held = Consultation.objects.contacts().filter(held_at__lt=period.starts_at).order_by()
    before = held.filter(client=OuterRef("pk"))
    with_others = Attendance.objects.order_by().filter(
        client=OuterRef("pk"), consultation__is_no_show=False, consultation__held_at__lt=period.starts_at
    )
    return persons_advised(period).exclude(Exists(before)).exclude(Exists(with_others))


def contacts_with_several(period: Period) -> QuerySet[Consultation]:
    """Contacts that several clients took part in; each is one contact."""
    who = Coalesce("attendances__client__merged_into", "attendances__client")
    others = Count(
        who,
        distinct=True,
        filter=~Q(attendances__client=F("client")) & ~Q(attendances__client__merged_into=F("client")),
    )
    together = Attendance.objects.order_by().values("consultation")
    return (
        contacts(period)
        .filter(pk__in=together)
        .annotate(persons=others + 1)
        .filter(persons__gt=1)
        .order_by("held_at", "pk")
    )


def short_contacts(period: Period) -> QuerySet[ShortContact]:
    """Anonymous short contacts in the period."""
    rows = ShortContact.objects.filter(period.place(), period.moments("at"))
    return rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def no_shows(period: Period) -> QuerySet[Consultation]:
    """Appointments in the period that nobody came to."""
    rows = Consultation.objects.filter(period.place(), period.moments("held_at"), is_no_show=True)
    return rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def group_events(period: Period) -> QuerySet[GroupEvent]:
    """Information events and other group events in the period."""
    return GroupEvent.objects.filter(period.place(), period.moments("at")).order_by("at", "pk")


def volunteers_work(period: Period) -> QuerySet[VolunteerWork]:
    """Hours that volunteers gave in the period."""
    rows = VolunteerWork.objects.filter(period.place(), period.days("on"))
    return rows.select_related("user").order_by("on", "pk")


def referrals(period: Period) -> QuerySet[Referral]:
    """Referrals to an institution in the period."""
    rows = Referral.objects.sent().filter(period.place(), period.days("on"))
    rows = rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows
    return rows.select_related("client", "institution", "topic").order_by("on", "pk")


def services(period: Period) -> QuerySet[Consultation]:
    """Contacts with the number of topics each was about, ``topics``: every topic of a contact is a service."""
    others = Count("other_topics", filter=~Q(other_topics=F("main_topic")))
    return contacts(period).annotate(topics=others + 1).order_by("held_at", "pk")


def further_services(period: Period) -> QuerySet[Any]:
    """Return the topics of the contacts besides the main one, one row each."""
    rows = Consultation.other_topics.through.objects.filter(
        consultation__in=contacts(period).order_by().values("pk")
    )
    return rows.exclude(topic=F("consultation__main_topic"))


def count_services(period: Period) -> int:
    """Count the topics of all contacts: every contact has a main one."""
    return contacts(period).count() + further_services(period).count()


def referrals_from(period: Period) -> QuerySet[Referral]:
    """Clients whom an institution sent in the period."""
    rows = Referral.objects.filter(period.place(), period.days("on"), direction=Direction.FROM)
    rows = rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows
    return rows.select_related("client", "institution", "topic").order_by("on", "pk")


def cases(period: Period, day: str) -> QuerySet[Case]:
    """Cases of which a day, ``opened_on`` or ``closed_on``, lies in the period."""
    rows = Case.objects.filter(period.place(), period.days(day))
    rows = rows.filter(client__counsellor_id=period.counsellor_id) if period.counsellor_id else rows
    return rows.select_related("client").order_by(day, "pk")


def cases_opened(period: Period) -> QuerySet[Case]:
    """Cases opened in the period."""
    return cases(period, "opened_on")


def cases_closed(period: Period) -> QuerySet[Case]:
    """Cases closed in the period."""
    return cases(period, "closed_on")
