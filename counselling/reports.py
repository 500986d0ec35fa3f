"""The figures of this room, each with its records."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from counselling.counted import (
    appointments_kept_or_not,
    cases_closed,
    cases_opened,
    contacts,
    contacts_with_several,
    count_services,
    group_events,
    new_persons,
    no_shows,
    persons_advised,
    referrals,
    referrals_from,
    services,
    short_contacts,
    volunteers_work,
)
from counselling.enums import Arrived, GroupEventKind, SpokenLanguage
from counselling.models import Client
from counselling.movement import persons_gone, persons_present, persons_returned
from counselling.tables import BREAKDOWNS
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Figure, Text

__all__ = ["BREAKDOWNS", "FIGURES", "contacts", "no_shows", "persons_advised", "short_contacts"]

NOT_ASKED = _("not asked yet")


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
_SERVICE_COLUMNS = (*_CONTACT_COLUMNS, (_("Topics"), lambda row: row.topics))
_CASE_COLUMNS = (
    (_("Client"), lambda row: row.client.number),
    (_("Opened"), lambda row: row.opened_on),
    (_("Closed"), lambda row: row.closed_on),
    (_("Outcome"), lambda row: row.get_outcome_display()),
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


_BY_TALK = _("The local day of the consultation lies in the period.")
_BY_EVENT = _("The local day of the event lies in the period.")
_BY_REFERRAL = _("The day of the referral lies in the period.")
_COMPLETE = _("None: no such record can be kept without it.")
_WITHOUT_RECORD = _(
    "Consultations without a person's record belong to nobody here; they count as consultations."
)


def _figure(
    code: str, name: Text, definition: Text, rows: Any, columns: Any, *, rule: Text, unit: Text, missing: Text = _COMPLETE, **more: Any
) -> Figure:  # fmt: skip
    return Figure(
        code=code, name=name, definition=definition, chapter="counselling", rows=rows, columns=columns,
        drill_permission=Permission.CONSULTATION_READ_FACTS, rule=rule, unit=unit, missing=missing, **more,
    )  # fmt: skip


def _persons(code: str, name: Text, definition: Text, rows: Any, rule: Text, *, part_of: str = "") -> Figure:
    return _figure(
        code,
        name,
        definition,
        rows,
        _CLIENT_COLUMNS,
        link=_client_url,
        rule=rule,
        unit=_("persons"),
        missing=_WITHOUT_RECORD,
        part_of=part_of,
    )


def _client_url(client: Client) -> str:
    return reverse("counselling:client_detail", kwargs={"public_id": client.public_id})


_BY_THIS = _(
    "The day on which the last contact became 365 days old lies in the period, and not in the future."
)

FIGURES = [
    _persons(
        "persons_advised", _("Persons advised"),
        _("Clients with at least one consultation in the period. Each person counts once, however often they came."),
        persons_advised, _BY_TALK,
    ),
    _persons(
        "persons_new", _("of which for the first time"),
        _("Clients whose first consultation at the centre fell into the period."), new_persons, _BY_TALK,
        part_of="persons_advised",
    ),
    _persons(
        "persons_returned", _("of which came again after a year"),
        _("Clients who had no consultation at the centre for more than 365 days and came again in the period."), persons_returned, _BY_TALK,
        part_of="persons_advised",
    ),
    _persons(
        "persons_gone", _("Persons who left"),
        _("Clients of whose last consultation 365 days had passed in the period without another one. Nobody has to be signed off."),
        persons_gone, _BY_THIS,
    ),
    _persons(
        "persons_present", _("Persons in counselling at the end"),
        _("Clients whose last consultation lay no more than 365 days before the end of the period, or before today where it is not over."),
        persons_present, _("The last day of the period, or today where it is not over."),
    ),
    _figure(
        "contacts", _("Consultations"),
        _("Consultations that took place in the period, in person, by phone or in writing. Missed appointments do not count."),
        lambda period: contacts(period).select_related("client", "main_topic").order_by("held_at", "pk"), _CONTACT_COLUMNS,
        shared=appointments_kept_or_not, where=Q(is_no_show=False), rule=_BY_TALK, unit=_("consultations"),
    ),
    _figure(
        "contacts_with_several", _("of which with several persons"),
        _("Consultations in which several clients took part. Each is one contact; all who took part count as persons."),
        lambda period: contacts_with_several(period).select_related("client", "main_topic"), _SEVERAL_COLUMNS, part_of="contacts",
        rule=_BY_TALK, unit=_("consultations"),
    ),
    _figure(
        "services", _("Services given"),
        _("Topics of the consultations in the period, main and further ones. A consultation about three topics is three services."),
        lambda period: services(period).select_related("client", "main_topic"), _SERVICE_COLUMNS, total_of="topics", shortcut=count_services,
        rule=_BY_TALK, unit=_("services"),
    ),
    _figure(
        "short_contacts", _("Short contacts"),
        _("Anonymous questions at the counter, on the phone or on the way, without a person's record."),
        lambda period: short_contacts(period).select_related("topic").order_by("at", "pk"), _SHORT_COLUMNS,
        rule=_("The local day of the short contact lies in the period."), unit=_("short contacts"),
    ),
    _figure(
        "no_shows", _("Missed appointments"), _("Appointments that the client did not come to. They are no contacts."),
        lambda period: no_shows(period).select_related("client", "main_topic").order_by("held_at", "pk"), _CONTACT_COLUMNS,
        shared=appointments_kept_or_not, where=Q(is_no_show=True), rule=_("The local day of the appointment lies in the period."),
        unit=_("appointments"),
    ),
    _figure(
        "group_events", _("Information events"), _("Group and information events and outreach in the period."), group_events,
        _EVENT_COLUMNS, shared=group_events, rule=_BY_EVENT, unit=_("events"),
    ),
    _figure(
        "event_reach", _("Reached by events"),
        _("Heads counted at group and information events and in outreach. Whoever came twice counts twice; they are no persons advised."),
        group_events, _EVENT_COLUMNS, total_of="head_count", shared=group_events, rule=_BY_EVENT, unit=_("heads"),
    ),
    _figure(
        "outreach_reach", _("of which in outreach"), _("Heads spoken to in the street, at festivals and in other places, without a record."),
        lambda period: group_events(period).filter(kind=GroupEventKind.OUTREACH), _EVENT_COLUMNS, total_of="head_count",
        shared=group_events, where=Q(kind=GroupEventKind.OUTREACH), part_of="event_reach", rule=_BY_EVENT, unit=_("heads"),
    ),
    _figure(
        "volunteer_hours", _("Volunteers' hours"), _("Full hours that volunteers gave in the period, as noted by the centre."),
        volunteers_work, _VOLUNTEER_COLUMNS, total_of="minutes", per=60, rule=_("The day of the work lies in the period."), unit=_("hours"),
    ),
    _figure(
        "referrals", _("Referrals"), _("Clients sent to another institution in the period. Each referral counts."), referrals,
        _REFERRAL_COLUMNS, shared=referrals, rule=_BY_REFERRAL, unit=_("referrals"),
    ),
    _figure(
        "referrals_arrived", _("of which arrived"),
        _("Referrals of the period of which it is known that the client arrived, whenever it was asked."),
        lambda period: referrals(period).filter(arrived=Arrived.YES), _REFERRAL_COLUMNS, shared=referrals, where=Q(arrived=Arrived.YES), part_of="referrals",
        rule=_BY_REFERRAL, unit=_("referrals"), missing=_("Not asked yet and not known: rows of the table, not counted here."),
    ),
    _figure(
        "referrals_from", _("Sent by others"), _("Clients whom another institution sent to the centre in the period."), referrals_from,
        _REFERRAL_COLUMNS[:4], rule=_BY_REFERRAL, unit=_("referrals"),
    ),
    _figure(
        "cases_opened", _("Goals agreed"), _("Goals that client and counsellor began to work towards in the period."), cases_opened,
        _CASE_COLUMNS, rule=_("The day of opening lies in the period."), unit=_("goals"),
    ),
    _figure(
        "cases_closed", _("Goals closed"), _("Goals that were closed in the period, whatever came of them."), cases_closed,
        _CASE_COLUMNS, rule=_("The day of closing lies in the period."), unit=_("goals"),
    ),
]  # fmt: skip
