"""What all writes of this room share: taking a stored record for a change, and creating a record once."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from counselling.errors import RecordChangedError
from iqquadrat.core.models import Recorded
from iqquadrat.core.submissions import take_turns

R = TypeVar("R", bound=Recorded)


def lock(record: R, *, revision: int | None) -> R:
    """Return the stored record, locked. Raises ``RecordChangedError`` when it is newer than ``revision``."""
    stored: R = type(record)._meta.default_manager.select_for_update(of=("self",)).get(pk=record.pk)  # type: ignore[union-attr]  # every model has one
    if revision is not None and stored.revision != revision:
        raise RecordChangedError
    return stored


def apply_changes(record: Recorded, facts: dict[str, Any]) -> list[str]:
    """Set the fields that differ, count the revision up, and return the names of these fields."""
    changed = [name for name, value in facts.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, facts[name])
    if changed:
        record.revision += 1
    return changed


def already_made(manager: "models.Manager[R]", submission: UUID | None) -> R | None:
    """Return the record that this very form has made before, if it was sent twice; inside a transaction."""
    take_turns(submission)
    return manager.filter(submission=submission).first() if submission else None
