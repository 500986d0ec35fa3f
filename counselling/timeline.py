"""What this room tells the client's timeline: consultations, appointments nobody came to, referrals, goals."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counselling.enums import Channel, Direction
from counselling.models import Case, Client, Consultation, EventAttendance, Referral
from counselling.queries import consultations_for_list
from iqquadrat.accounts.models import User
from iqquadrat.core.registry import TimelineEntry

_ICONS = {
    Channel.PHONE: "telephone",
    Channel.VIDEO: "camera-video",
    Channel.MAIL: "envelope",
    Channel.CHAT: "chat-dots",
}


def entries(user: User, client_pk: int) -> Iterable[TimelineEntry]:
    """Return the consultations of an own client, with notes; nothing for those who may not read the file."""
    if not Client.objects.own(user).filter(pk=client_pk).exists():
        return
    for consultation in consultations_for_list(
        Consultation.objects.filter(client_id=client_pk).prefetch_related("addenda")
    ):
        yield _no_show(consultation) if consultation.is_no_show else _contact(consultation, user)
    with_others = Consultation.objects.filter(attendances__client_id=client_pk).exclude(client_id=client_pk)
    found = list(consultations_for_list(with_others))
    files = {row.client_id for row in found if row.client_id}
    readable = (
        set(Client.objects.own(user).filter(pk__in=files).values_list("pk", flat=True)) if files else set()
    )
    for consultation in found:
        yield _attended(consultation, consultation.client if consultation.client_id in readable else None)


def _attended(consultation: Consultation, file: Client | None) -> TimelineEntry:
    """A talk whose note lies in another person's file: the facts, and the way to that file for who may read it."""
    return TimelineEntry(
        at=consultation.held_at, kind="consultation", icon="people",
        title=_("Consultation with several persons, %(channel)s") % {"channel": consultation.get_channel_display()},
        meta=_meta(consultation),
        tags=[str(consultation.main_topic), *(str(topic) for topic in consultation.other_topics.all())],
        url=file.get_absolute_url() if file else "",
        lines=[_("The note lies in another file of yours.") if file else _("The note lies in another person's file.")],
    )  # fmt: skip


def event_entries(user: User, client_pk: int) -> Iterable[TimelineEntry]:
    """Return the events on whose lists an own client stands, unless it is known that the client was not there."""
    own = Client.objects.own(user).filter(pk=client_pk)
    rows = EventAttendance.objects.filter(client__in=own).exclude(came=False)
    for row in rows.select_related("event", "event__topic"):
        event = row.event
        yield TimelineEntry(
            at=event.at, kind="event", icon="people", title=f"{event.get_kind_display()}: {event.title}",
            meta=" · ".join(filter(None, (event.place, ", ".join(event.language_labels), "" if row.came else _("on the list")))),
            tags=[str(event.topic)] if event.topic else [], url=event.get_absolute_url(),
        )  # fmt: skip


def _no_show(consultation: Consultation) -> TimelineEntry:
    return TimelineEntry(
        at=consultation.held_at, kind="no_show", icon="calendar-x", title=_("Did not come to the appointment"),
        meta=_("does not count as a contact"), url=_url(consultation),
    )  # fmt: skip


def _contact(consultation: Consultation, user: User) -> TimelineEntry:
    note = [
        (_("Concern"), consultation.concern),
        (_("Done"), consultation.done),
        (_("Agreed"), consultation.agreed),
    ]
    if consultation.counsellor_id == user.pk:  # nobody else ever sees it
        note.append((_("Private"), consultation.private_note))
    note += [
        (
            _("Added on %(day)s")
            % {"day": date_format(timezone.localtime(addendum.at), "SHORT_DATE_FORMAT")},
            addendum.text,
        )
        for addendum in consultation.addenda.all()
    ]
    step = next(iter(consultation.follow_ups.all()), None)
    return TimelineEntry(
        at=consultation.held_at,
        kind="consultation",
        icon=_ICONS.get(Channel(consultation.channel), "chat-left-text"),
        title=_("Consultation, %(channel)s") % {"channel": consultation.get_channel_display()},
        meta=_meta(consultation),
        lines=[_("Goal: %(goal)s") % {"goal": consultation.case}] if consultation.case else [],
        tags=[str(consultation.main_topic), *(str(topic) for topic in consultation.other_topics.all())],
        url=_url(consultation) if consultation.counsellor_id == user.pk else "",
        note=[(label, text) for label, text in note if text],
        next_step=_("%(step)s Follow-up on %(date)s")
        % {"step": step.text, "date": date_format(step.due_on, "SHORT_DATE_FORMAT")}
        if step
        else "",
    )


def _meta(consultation: Consultation) -> str:
    """Length, languages, who advised, and how many persons; never who the others were."""
    minutes = ngettext("%(n)d min", "%(n)d min", consultation.minutes) % {"n": consultation.minutes}
    parts = [minutes, ", ".join(consultation.language_labels), consultation.counsellor.get_full_name()]
    if others := len(consultation.further_persons):
        parts.append(ngettext("%(n)d person", "%(n)d persons", others + 1) % {"n": others + 1})
    return " · ".join(parts)


def _url(consultation: Consultation) -> str:
    return reverse("counselling:consultation_edit", kwargs={"public_id": consultation.public_id})


def referral_entries(user: User, client_pk: int) -> Iterable[TimelineEntry]:
    """Return the referrals of an own client and what became of them."""
    referrals = Referral.objects.visible_to(user).filter(client_id=client_pk)
    for referral in referrals.select_related("client", "institution", "topic"):
        sent = referral.direction == Direction.TO
        title = _("Referred to %(name)s") if sent else _("Came from %(name)s")
        waits_until = None if referral.arrived else referral.ask_on
        yield TimelineEntry(
            at=_noon(referral.on),
            kind="referral",
            icon="signpost-split",
            title=title % {"name": referral.institution},
            meta=str(referral.get_arrived_display()),
            tags=[str(referral.topic)] if referral.topic else [],
            url=reverse("counselling:client_panel", args=[referral.client.public_id, "referrals"]),
            note=[(_("Passed on"), referral.passed_on)] if referral.passed_on else [],
            next_step=_("Ask on %(date)s whether it worked out")
            % {"date": date_format(waits_until, "SHORT_DATE_FORMAT")}
            if waits_until
            else "",
        )


def case_entries(user: User, client_pk: int) -> Iterable[TimelineEntry]:
    """Return when goals of an own client were set, and how they ended."""
    for case in Case.objects.visible_to(user).filter(client_id=client_pk):
        yield TimelineEntry(
            at=_noon(case.opened_on),
            kind="case",
            icon="flag",
            title=_("Goal: %(goal)s") % {"goal": case.goal},
        )
        if case.closed_on:
            yield TimelineEntry(
                at=_noon(case.closed_on),
                kind="case",
                icon="flag-fill",
                title=_("Goal ended: %(goal)s") % {"goal": case.goal},
                meta=case.outcome_note,
                tags=[str(case.get_outcome_display())],
            )


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
