"""Corrections after a closed reporting period are visible as such: whoever changes a record inside one leaves a line.

The services of all rooms write the access log in the transaction of each change; this listens to it. What the day of a record
was before the change is looked up when it is saved, and only where a period of its centre is closed.
"""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import pre_save
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import recorded
from iqquadrat.reporting.models import ClosedPeriod, LateChange

# The records that figures count, with the columns that say in which period they count.
DATED: dict[str, tuple[str, ...]] = {
    "counselling.consultation": ("held_at",),
    "counselling.shortcontact": ("at",),
    "counselling.groupevent": ("at",),
    "counselling.volunteerwork": ("on",),
    "counselling.case": ("opened_on", "closed_on"),
    "counselling.referral": ("on",),
    "counselling.participation": ("entered_on", "left_on"),
    "counselling.participationquestion": ("due_on",),
    "competence.assessment": ("started_at", "finished_at", "discussed_at"),
    "businesses.trainingplace": ("created_on",),
    "businesses.event": ("at",),
    "businesses.interview": ("completed_at",),
    "placements.vacancy": ("opened_on",),
    "placements.placement": ("started_on", "ended_on"),
    "placements.retentioncheck": ("due_on",),
}
# Columns that no figure counts: who corrects a spelling in a note, or puts a talk to its goal, changes no report.
UNCOUNTED = {
    "concern",
    "done",
    "agreed",
    "private_note",
    "passed_on",
    "title",
    "note",
    "room",
    "place",
    "volunteers",
    "goal",
    "outcome_note",
    "case_id",
    "evidence",
}
WRITES = {Action.CREATE, Action.CHANGE, Action.DELETE}


def _days(obj: models.Model) -> set[dt.date]:
    days = set()
    for column in DATED[obj._meta.label_lower]:
        value = getattr(obj, column)
        if value is not None:
            days.add(timezone.localdate(value) if isinstance(value, dt.datetime) else value)
    return days


def _centre_of(obj: Any) -> int:
    """The centre whose record it is; 0, which no centre has, where there is none."""
    for owner in (obj, getattr(obj, "business", None), getattr(obj, "client", None)):
        centre = getattr(owner, "centre_id", None)
        if centre is not None:
            return int(centre)
    return 0


def remember_day(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """Before a save: on which days the stored record counts, if a period of its centre is closed."""
    if (
        instance.pk is None
        or not ClosedPeriod.objects.standing().filter(centre_id=_centre_of(instance)).exists()
    ):
        return
    stored = sender._meta.base_manager.filter(pk=instance.pk).first()
    if stored is not None:
        instance.days_before = _days(stored)


def note_late_change(sender: Any, entry: Entry, obj: models.Model | None, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """After an entry of the access log: a line for every closed period that the record lies in, or lay in."""
    if obj is None or entry.object_type not in DATED or entry.action not in WRITES:
        return
    fields = entry.detail.get("fields")
    if fields and set(fields) <= UNCOUNTED:
        return
    days = _days(obj) | getattr(obj, "days_before", set())
    if not days:
        return
    day, code = min(days), getattr(obj, "programme_code", "")
    closed = ClosedPeriod.objects.standing().filter(centre_id=_centre_of(obj), until__gte=day)
    closed = closed.filter(models.Q(programme=None) | models.Q(programme__code=code))
    LateChange.objects.bulk_create(
        LateChange(
            period=period, at=entry.at, by_id=entry.user_id, action=entry.action, object_type=entry.object_type,
            object_id=entry.object_id, day=day, programme_code=code,
        )
        for period in closed
    )  # fmt: skip


def listen() -> None:
    """Begin to listen, once models are there."""
    recorded.connect(note_late_change, dispatch_uid="reporting.late_change")
    for label in DATED:
        pre_save.connect(remember_day, sender=apps.get_model(label), dispatch_uid=f"reporting.day.{label}")
