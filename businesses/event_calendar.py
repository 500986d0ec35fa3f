"""Events for calendar programs (RFC 5545): one date, or all dates of a course."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from businesses.enums import EventState
from businesses.models import Event

USUAL = dt.timedelta(minutes=90)
STATUS = {EventState.PLANNED: "CONFIRMED", EventState.HELD: "CONFIRMED", EventState.CANCELLED: "CANCELLED"}


def calendar_of(events: Iterable[Event], *, name: str) -> bytes:
    """Return these dates in the centre's time zone, which the file describes itself. Lines are folded by octets, as they must be.

    A date keeps its UID and counts its ``SEQUENCE`` up, so that a program that reads it again moves the date instead of adding one.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    calendar = Calendar()
    calendar.add("prodid", "-//IQ_QUADRAT//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_entry(event, zone))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _entry(event: Event, zone: ZoneInfo) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.public_id}@iq-quadrat")
    entry.add("dtstamp", _utc(event.changed_at))
    entry.add("created", _utc(event.created_at))
    entry.add("last-modified", _utc(event.changed_at))
    entry.add("sequence", event.revision - 1)
    entry.add("dtstart", _local(event.at, zone))
    entry.add("dtend", _local(event.ends_at or event.at + USUAL, zone))
    entry.add("summary", event.title)
    if event.place:
        entry.add("location", event.place)
    if event.agenda:
        entry.add("description", event.agenda)
    entry.add("status", STATUS[EventState(event.state)])
    return entry


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _local(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return moment.astimezone(zone).replace(microsecond=0)
