"""Reading the log: filtered in the database, names put beside the numbers a page at a time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.registry import record_names


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
    """Put names beside the entries of one page: one query for all people, and one for each kind of record that has names."""
    entries = list(entries)
    names = _record_names(entries) if with_content else {}
    people = User.objects.in_bulk({entry.user_id for entry in entries if entry.user_id is not None})
    return [
        Line(
            entry=entry,
            person=people.get(entry.user_id) if entry.user_id is not None else None,
            record=_record(entry, names) if with_content else "",
            facts=_facts(entry) if with_content else "",
        )
        for entry in entries
    ]


# What is looked at without being a record.
_KINDS = {"figure": _("figure"), "report": _("report")}


def _record_names(entries: list[Entry]) -> dict[tuple[str, str], str]:
    keys: dict[str, set[str]] = {}
    for entry in entries:
        keys.setdefault(entry.object_type, set()).add(entry.object_id)
    return {
        (kind, key): name
        for kind, found in keys.items()
        for key, name in record_names(kind, sorted(found)).items()
    }


def _record(entry: Entry, names: dict[tuple[str, str], str]) -> str:
    """The kind of record in words, and the number it has on paper, else its internal one."""
    if not entry.object_type:
        return ""
    try:
        kind = str(apps.get_model(entry.object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        kind = str(_KINDS.get(entry.object_type, entry.object_type))
    number = names.get((entry.object_type, entry.object_id), entry.object_id)
    return f"{kind} {number}".strip()


# The facts that services record most, in words; a code that stands not here is shown as it is.
_WORDS = {
    "reason": _("reason"), "refused": _("refused"), "locked_out": _("too many tries"), "idle": _("gone for too long"),
    "tab": _("part of the page"), "data": _("data and consents"), "profile": _("competence profile"),
    "placements": _("placement"), "by_hand": _("by the person"), "fields": _("changed"), "roles": _("roles"), "is_active": _("may sign in"),
    "part": _("part of the page"), "answers": _("answers"), "found": _("found"), "duplicate": _("search for duplicates"),
    "rows": _("rows"), "format": _("format"), "password": _("password"), "password_link": _("link to choose a password"),
    "listed": _("on the list"), "language": _("language"), "kind": _("kind"), "version": _("version"), "stage": _("stage"),
    "purpose": _("purpose"), "deputy": _("deputy"), "until": _("until"), "paper": _("on paper"),
    "wrong_code": _("wrong code"), "from_afar": _("from another place"), "sittings": _("places"),
    "authenticator_app": _("authenticator app"), "security_key": _("security key"), "recovery_codes": _("recovery codes"),
    "recovery_code_used": _("recovery code used"), "second_factor": _("second factor taken away"),
    "merge": _("merge of two records"), "merge_undone": _("merge of two records undone"),
}  # fmt: skip


def _facts(entry: Entry) -> str:
    """The details in one line: they are codes and counts, never personal data."""
    parts = []
    for name, value in sorted(entry.detail.items()):
        values = value if isinstance(value, list) else [value]
        shown = ", ".join(_in_words(part, entry.object_type) for part in values)
        parts.append(
            gettext("%(fact)s: %(value)s") % {"fact": _in_words(name, entry.object_type), "value": shown}
        )
    return " · ".join(parts)


def _in_words(code: object, object_type: str) -> str:
    """A role, the name of a field of that kind of record, or one of the words above."""
    if isinstance(code, bool):
        return gettext("yes") if code else gettext("no")
    text = str(code)
    if text in Role.values:
        return str(Role(text).label)
    if text in _WORDS:
        return str(_WORDS[text])
    try:
        return str(getattr(apps.get_model(object_type)._meta.get_field(text), "verbose_name", text))
    except (LookupError, ValueError, FieldDoesNotExist):
        return text
