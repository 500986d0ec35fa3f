"""The figures of this room, each with its records."""

from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from counselling.enums import Arrived, Channel, GroupEventKind, SpokenLanguage
from counselling.models import (
    Attendance,
    Client,
    Consultation,
    GroupEvent,
    Referral,
    ShortContact,
    Topic,
    VolunteerWork,
)
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice, Text

NOT_STATED, NOT_ASKED = _("not stated"), _("not asked yet")


def contacts(period: Period) -> QuerySet[Consultation]:
    """Consultations that took place in the period. A no-show is no contact."""
    rows = Consultation.objects.contacts().filter(period.place(), period.moments("held_at"))
    return rows.filter(counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def persons_advised(period: Period) -> QuerySet[Client]:
    """Clients with at least one contact in the period; each counts once, alone or with others, however many records there were."""
    held = contacts(period).order_by()
    alone = held.exclude(client=None).values("client")
    together = Attendance.objects.order_by().filter(consultation__in=held.values("pk")).values("client")
    # Who was in one talk with two records keeps the second place there; its record is part of the first.
    return Client.objects.filter(Q(pk__in=alone) | Q(pk__in=together), merged_into=None).order_by("pk")


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
    return contacts(period).annotate(persons=others + 1).filter(persons__gt=1).order_by("held_at", "pk")


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


# A report on the way down shows numbers and facts, never names.
_CONTACT_COLUMNS = (
    (_("Date"), lambda row: localdate(row.held_at)),
    (_("Client"), lambda row: row.client.number if row.client else "–"),
    (_("Topic"), lambda row: row.main_topic.name if row.main_topic else "–"),
    (_("Languages"), lambda row: ", ".join(row.language_labels)),
    (_("How"), lambda row: row.get_channel_display()),
    (_("Minutes"), lambda row: row.minutes),
)
_CLIENT_COLUMNS = (
    (_("Client"), lambda row: row.number),
    (
        _("Languages"),
        lambda row: ", ".join(str(SpokenLanguage(code).label) for code in row.spoken_languages) or "–",
    ),
)
_SHORT_COLUMNS = (
    (_("Date"), lambda row: localdate(row.at)),
    (_("Language"), lambda row: row.get_language_display()),
    (_("Topic"), lambda row: row.topic.name),
)
_REFERRAL_COLUMNS = (
    (_("Date"), lambda row: row.on),
    (_("Client"), lambda row: row.client.number),
    (_("Institution"), lambda row: row.institution.name),
    (_("Topic"), lambda row: row.topic.name if row.topic else "–"),
    (_("Arrived"), lambda row: row.get_arrived_display() or NOT_ASKED),
)
_SEVERAL_COLUMNS = (*_CONTACT_COLUMNS, (_("Persons"), lambda row: row.persons))
_EVENT_COLUMNS = (
    (_("Date"), lambda row: localdate(row.at)),
    (_("Title"), lambda row: row.title),
    (_("Kind"), lambda row: row.get_kind_display()),
    (_("Heads"), lambda row: row.head_count),
)


# Volunteers are no clients, but the funder needs no names of them either.
_VOLUNTEER_COLUMNS = (
    (_("Date"), lambda row: row.on),
    (_("Activity"), lambda row: row.get_activity_display()),
    (_("Hours"), lambda row: row.duration),
)


def _figure(
    code: str, name: Text, definition: Text, rows: Any, columns: Any, *, link: Any = None, total_of: str = "", per: int = 1
) -> Figure:  # fmt: skip
    return Figure(
        code=code, name=name, definition=definition, chapter="counselling", rows=rows, columns=columns, link=link,
        drill_permission=Permission.CONSULTATION_READ_FACTS, total_of=total_of, per=per,
    )  # fmt: skip


def _client_url(client: Client) -> str:
    return reverse("counselling:client_detail", kwargs={"public_id": client.public_id})


FIGURES = [
    _figure(
        "persons_advised", _("Persons advised"),
        _("Clients with at least one consultation in the period. Each person counts once, however often they came."),
        persons_advised, _CLIENT_COLUMNS, link=_client_url,
    ),
    _figure(
        "persons_new", _("of which for the first time"),
        _("Clients whose first consultation at the centre fell into the period."),
        new_persons, _CLIENT_COLUMNS, link=_client_url,
    ),
    _figure(
        "contacts", _("Consultations"),
        _("Consultations that took place in the period, in person, by phone or in writing. Missed appointments do not count."),
        lambda period: contacts(period).select_related("client", "main_topic").order_by("held_at", "pk"),
        _CONTACT_COLUMNS,
    ),
    _figure(
        "contacts_with_several", _("of which with several persons"),
        _("Consultations in which several clients took part. Each is one contact; all who took part count as persons."),
        lambda period: contacts_with_several(period).select_related("client", "main_topic"), _SEVERAL_COLUMNS,
    ),
    _figure(
        "short_contacts", _("Short contacts"),
        _("Anonymous questions at the counter, on the phone or on the way, without a person's record."),
        lambda period: short_contacts(period).select_related("topic").order_by("at", "pk"), _SHORT_COLUMNS,
    ),
    _figure(
        "no_shows", _("Missed appointments"), _("Appointments that the client did not come to. They are no contacts."),
        lambda period: no_shows(period).select_related("client", "main_topic").order_by("held_at", "pk"), _CONTACT_COLUMNS,
    ),
    _figure(
        "group_events", _("Information events"), _("Group and information events and outreach in the period."), group_events,
        _EVENT_COLUMNS,
    ),
    _figure(
        "event_reach", _("Reached by events"),
        _("Heads counted at group and information events and in outreach. Whoever came twice counts twice; they are no persons advised."),
        group_events, _EVENT_COLUMNS, total_of="head_count",
    ),
    _figure(
        "outreach_reach", _("of which in outreach"), _("Heads spoken to in the street, at festivals and in other places, without a record."),
        lambda period: group_events(period).filter(kind=GroupEventKind.OUTREACH), _EVENT_COLUMNS, total_of="head_count",
    ),
    _figure(
        "volunteer_hours", _("Volunteers' hours"), _("Full hours that volunteers gave in the period, as noted by the centre."),
        volunteers_work, _VOLUNTEER_COLUMNS, total_of="minutes", per=60,
    ),
    _figure(
        "referrals", _("Referrals"), _("Clients sent to another institution in the period. Each referral counts."), referrals,
        _REFERRAL_COLUMNS,
    ),
    _figure(
        "referrals_arrived", _("of which arrived"),
        _("Referrals of the period of which it is known that the client arrived, whenever it was asked."),
        lambda period: referrals(period).filter(arrived=Arrived.YES), _REFERRAL_COLUMNS,
    ),
]  # fmt: skip


def _by_language(period: Period) -> list[Slice]:
    """Contacts by each language used; a consultation in two languages counts in both."""
    rows = (
        contacts(period)
        .order_by()
        .annotate(language=Func(F("languages"), function="unnest"))
        .values("language")
    )
    counts = {row["language"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    used = [
        Slice(code, SpokenLanguage(code).label, count)
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return [*used, Slice("", NOT_STATED, contacts(period).filter(languages__len=0).count())]


def _by_topic(period: Period) -> list[Slice]:
    """Contacts by main topic."""
    counts = dict(contacts(period).order_by().values_list("main_topic").annotate(n=Count("pk")))
    topics = Topic.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("position")
    found = [Slice(topic.key, topic.name, counts[topic.pk]) for topic in topics]
    return [*sorted(found, key=lambda row: -row.count), Slice("", NOT_STATED, counts.get(None, 0))]


def _by_channel(period: Period) -> list[Slice]:
    """Contacts by the way they took place."""
    counts = dict(contacts(period).order_by().values_list("channel").annotate(n=Count("pk")))
    return [Slice(code, label, counts[code]) for code, label in Channel.choices if counts.get(code)]


def _short_by_language(period: Period) -> list[Slice]:
    """Short contacts by language."""
    rows = short_contacts(period).order_by().values_list("language").annotate(n=Count("pk")).order_by("-n")
    return [Slice(code, SpokenLanguage(code).label, count) for code, count in rows]


def _breakdown(code: str, name: Text, definition: Text, slices: Any, unit: Text) -> Breakdown:
    return Breakdown(
        code=code, name=name, definition=definition, chapter="counselling", slices=slices, unit=unit
    )


BREAKDOWNS = [
    _breakdown(
        "languages", _("Languages of the consultations"),
        _("Consultations by the languages used. A consultation in two languages counts in both."), _by_language, _("consultations"),
    ),
    _breakdown("topics", _("Main topics"), _("Consultations by their main topic."), _by_topic, _("consultations")),
    _breakdown("channels", _("How people were advised"), _("Consultations by the way they took place."), _by_channel, _("consultations")),
    _breakdown(
        "short_contact_languages", _("Languages of the short contacts"), _("Short contacts by language."), _short_by_language,
        _("short contacts"),
    ),
]  # fmt: skip
