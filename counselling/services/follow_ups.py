"""Follow-ups: made, put off, given to a colleague, ticked off, opened again."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.errors import NotAllowedError
from counselling.models import Client, FollowUp
from counselling.rules import can_change_client
from counselling.services.records import already_made, apply_changes, hold_still, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def create_follow_up(
    *, client: Client, text: str, due_on: dt.date, by: User, submission: UUID | None = None,
    assigned_to: User | None = None,
) -> FollowUp:  # fmt: skip
    """Note a next step for an own client; who is to do it may read the file."""
    if twin := already_made(FollowUp.objects, submission):
        return twin
    assigned_to = assigned_to or by
    hold_still(client)
    if not can_change_client(by, client) or not can_change_client(assigned_to, client):
        raise NotAllowedError
    follow_up = FollowUp.objects.create(
        client=client, text=text, due_on=due_on, assigned_to=assigned_to, submission=submission, created_by=by
    )
    record(Action.CREATE, by=by, obj=follow_up, centre_id=client.centre_id, client=client.pk)
    return follow_up


def _locked(follow_up: FollowUp, by: User) -> FollowUp:
    if not FollowUp.objects.visible_to(by).filter(pk=follow_up.pk).exists():
        raise NotAllowedError
    return FollowUp.objects.select_for_update(of=("self",)).select_related("client").get(pk=follow_up.pk)


def _save(stored: FollowUp, by: User, fields: list[str]) -> None:
    stored.revision += 1
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, centre_id=stored.client.centre_id, fields=fields)


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Tick it off. Doing so twice changes nothing."""
    stored = _locked(follow_up, by)
    if stored.done_at is None:
        stored.done_at, stored.done_by = timezone.now(), by
        _save(stored, by, ["done_at"])
    return stored


@transaction.atomic
def finish_follow_ups(*, follow_ups: Iterable[FollowUp], by: User) -> None:
    """Tick several off, all or none."""
    for row in sorted(
        follow_ups, key=lambda row: row.pk
    ):  # in one order: two who do the same never lock each other out
        finish_follow_up(follow_up=row, by=by)


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Take the tick back."""
    stored = _locked(follow_up, by)
    if stored.done_at is not None:
        stored.done_at = stored.done_by = None
        _save(stored, by, ["done_at"])
    return stored


@transaction.atomic
def postpone_follow_up(*, follow_up: FollowUp, by: User, seen: dt.date, due_on: dt.date) -> FollowUp:
    """Put it off to another day, or back. ``seen`` is the day that the reader saw: a second click on the same button changes
    nothing, and neither does one that comes after a colleague has moved it."""
    stored = _locked(follow_up, by)
    if stored.due_on == seen and stored.due_on != due_on and stored.done_at is None:
        stored.due_on = due_on
        _save(stored, by, ["due_on"])
    return stored


@transaction.atomic
def postpone_follow_ups(*, moves: Mapping[FollowUp, dt.date], by: User) -> None:
    """Put several off, all or none, each to its day."""
    for row in sorted(moves, key=lambda row: row.pk):
        postpone_follow_up(follow_up=row, by=by, seen=row.due_on, due_on=moves[row])


@transaction.atomic
def update_follow_up(
    *, follow_up: FollowUp, by: User, revision: int, text: str, due_on: dt.date, assigned_to: User
) -> FollowUp:
    """Change it, or give it to a colleague who may read the client's file (else ``NotAllowedError``).

    Raises ``RecordChangedError`` when somebody was faster.
    """
    _locked(follow_up, by)
    if assigned_to.pk != follow_up.assigned_to_id and not can_change_client(assigned_to, follow_up.client):
        raise NotAllowedError
    stored = lock(follow_up, revision=revision)
    changed = apply_changes(stored, {"text": text, "due_on": due_on, "assigned_to": assigned_to})
    if changed:
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, centre_id=follow_up.client.centre_id, fields=sorted(changed))
    return stored
