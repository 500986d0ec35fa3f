"""The own calendar as other programs read it (RFC 5545): busy times, and nothing about anybody.

Left out on purpose: client, subject, language, channel. Whoever sees the telephone of a counsellor, or the server of the calendar
program, learns that there is an appointment in a room of the centre and nothing more.
"""

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event
from icalendar.prop import vDuration

from counselling.models import Appointment
from iqquadrat.accounts.models import User

BACK, AHEAD = dt.timedelta(weeks=4), dt.timedelta(weeks=52)
MOST = 2000
REFRESH = dt.timedelta(hours=1)
WARNING = dt.timedelta(minutes=15)


def calendar_of(user: User) -> bytes:
    """Return the user's appointments from four weeks ago to a year ahead, in the user's language.

    The same appointments give the same bytes: an unchanged calendar need not travel again.
    """
    now = timezone.now()
    rows = (
        Appointment.objects.filter(counsellor=user, starts_at__gte=now - BACK, starts_at__lt=now + AHEAD)
        .only(
            "public_id",
            "starts_at",
            "minutes",
            "room",
            "cancelled_at",
            "changed_at",
            "created_at",
            "revision",
        )
        .order_by("starts_at", "pk")
    )
    with translation.override(user.language):
        calendar = Calendar()
        calendar.add("prodid", "-//IQ_QUADRAT//DE")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("name", _("Appointments"))
        calendar.add("x-wr-calname", _("Appointments"))
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
        for row in rows[:MOST]:
            calendar.add_component(_event(row))
        written: bytes = calendar.to_ical()
        return written


def _event(row: Appointment) -> Event:
    event = Event()
    event.add("uid", f"{row.public_id}@iq-quadrat")
    # No METHOD in the calendar: then DTSTAMP says when the entry was last changed, and it does not move with every fetch.
    event.add("dtstamp", _utc(row.changed_at))
    event.add("created", _utc(row.created_at))
    event.add("last-modified", _utc(row.changed_at))
    event.add("sequence", row.revision - 1)
    event.add("dtstart", _utc(row.starts_at))
    event.add("dtend", _utc(row.ends_at))
    event.add("summary", _("Appointment"))
    if row.room:
        event.add("location", row.room)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if row.cancelled_at else "OPAQUE")
    if not row.cancelled_at:
        event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Appointment"))
    alarm.add("trigger", -WARNING)
    return alarm


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)
