"""Reading the log: filtered in the database, names put beside the numbers a page at a time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User


@dataclass(frozen=True)
class Line:
    """An entry as a reader sees it. ``record`` and ``facts`` are empty for who reads without content."""

    entry: Entry
    person: User | None
    record: str
    facts: str


def find_entries(
    reader: User, *, person: User | None = None, action: str = "",
    starts_on: dt.date | None = None, ends_on: dt.date | None = None,
) -> QuerySet[Entry]:  # fmt: skip
    """Return the entries that the reader may see, newest first. Both days of the period count whole."""
    entries = Entry.objects.visible_to(reader)
    if person is not None:
        entries = entries.filter(user_id=person.pk)
    if action:
        entries = entries.filter(action=action)
    if starts_on is not None:
        entries = entries.filter(at__gte=_midnight(starts_on))
    if ends_on is not None:
        entries = entries.filter(at__lt=_midnight(ends_on + dt.timedelta(days=1)))
    return entries


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def lines(entries: Iterable[Entry], *, with_content: bool) -> list[Line]:
    """Put names beside the entries of one page: one query for all of them."""
    entries = list(entries)
    people = User.objects.in_bulk({entry.user_id for entry in entries if entry.user_id is not None})
    return [
        Line(
            entry=entry,
            person=people.get(entry.user_id) if entry.user_id is not None else None,
            record=_record(entry) if with_content else "",
            facts=_facts(entry) if with_content else "",
        )
        for entry in entries
    ]


def _record(entry: Entry) -> str:
    """The kind of record in words, and its number."""
    if not entry.object_type:
        return ""
    try:
        kind = str(apps.get_model(entry.object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        kind = entry.object_type
    return f"{kind} {entry.object_id}".strip()


def _facts(entry: Entry) -> str:
    """The details in one line: they are codes and counts, never personal data."""
    parts = []
    for name, value in sorted(entry.detail.items()):
        shown = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        parts.append(f"{name}: {shown}")
    return " · ".join(parts)
