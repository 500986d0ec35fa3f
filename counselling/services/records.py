"""What all writes of this room share: taking a stored record for a change, and creating a record once."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from counselling.errors import ClientGoneError, RecordChangedError
from counselling.models import Client
from iqquadrat.core.models import Recorded
from iqquadrat.core.submissions import take_turns

R = TypeVar("R", bound=Recorded)


def lock(record: R, *, revision: int | None) -> R:
    """Return the stored record, locked. Raises ``RecordChangedError`` when it is newer than ``revision``, ``ClientGoneError`` when
    it is a client who was merged or erased meanwhile."""
    stored: R = type(record)._meta.default_manager.select_for_update(of=("self",)).get(pk=record.pk)  # type: ignore[union-attr]  # every model has one
    if revision is not None and stored.revision != revision:
        raise RecordChangedError
    if isinstance(stored, Client) and not stored.is_standing:
        raise ClientGoneError
    return stored


def hold_still(*clients: Client | None) -> None:
    """Keep these clients from being merged or erased until the transaction ends; call it before writing what hangs on them.

    Otherwise a note written in the same moment would stay with a record that nobody opens any more. Raises ``ClientGoneError``
    when one is gone already. All at once and in one order: two who write for the same persons never lock each other out.
    """
    keys = {client.pk for client in clients if client is not None}
    if not keys:
        return
    rows = Client.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    if sum(row.is_standing for row in rows) < len(keys):
        raise ClientGoneError


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
