"""Writing the log: inside the transaction of what it records."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.dispatch import Signal

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core import walls

# After an entry is written, in the same transaction: ``entry``, and ``obj`` as it was handed over.
recorded = Signal()


def record(
    action: Action,
    *,
    by: User | None,
    obj: models.Model | None = None,
    object_type: str = "",
    object_id: object = "",
    centre_id: int | None = None,
    **detail: Any,
) -> Entry:
    """Write one entry. ``detail`` holds facts without personal data (names of fields, counts, formats).

    The centre is the record's, else the acting user's.
    """
    if obj is not None:
        object_type, object_id = obj._meta.label_lower, obj.pk
        centre_id = centre_id or getattr(obj, "centre_id", None)
    if centre_id is None and by is not None:
        centre_id = by.centre_id
    # Who signs in or out stands at no centre yet or any more; the entry is that centre's all the same.
    with walls.in_centre_unless_inside(centre_id):
        entry = Entry.objects.create(
            action=action, user_id=by.pk if by else None, centre_id=centre_id,
            object_type=object_type, object_id=str(object_id), detail=detail,
        )  # fmt: skip
        recorded.send(sender=Entry, entry=entry, obj=obj)
    return entry


def record_many(
    action: Action, *, by: User, objects: Sequence[models.Model], centre_id: int, **detail: Any
) -> None:
    """Write one entry for each of many records of one centre, as when a whole list comes in."""
    entries = Entry.objects.bulk_create(
        Entry(
            action=action, user_id=by.pk, centre_id=centre_id,
            object_type=obj._meta.label_lower, object_id=str(obj.pk), detail=detail,
        )
        for obj in objects
    )  # fmt: skip
    for entry, obj in zip(entries, objects, strict=True):
        recorded.send(sender=Entry, entry=entry, obj=obj)
