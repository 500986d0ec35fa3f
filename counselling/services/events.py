"""Events for many at once: written down, corrected, with a list of the own clients who were there."""

from typing import Any
from uuid import UUID

from django.db import transaction

from counselling.errors import EventHasPeopleError, NotAllowedError
from counselling.models import Client, EventAttendance, GroupEvent
from counselling.rules import can_read_client
from counselling.services.records import already_made, apply_changes, hold_still, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


def _check(by: User, event: GroupEvent | None = None) -> None:
    if not by.may(Permission.EVENT_WRITE) or (event is not None and event.centre_id != by.centre_id):
        raise NotAllowedError


@transaction.atomic
def record_group_event(
    *, by: User, programme_code: str | None = None, submission: UUID | None = None, **facts: Any
) -> GroupEvent:
    """Write down an event. ``facts``: title, kind, at, languages, place, topic, minutes, volunteers, head_count."""
    _check(by)
    if twin := already_made(GroupEvent.objects, submission):
        return twin
    event = GroupEvent.objects.create(
        centre=by.centre, created_by=by, submission=submission,
        programme_code=by.centre.current_programme_code if programme_code is None else programme_code, **facts,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=event)
    return event


@transaction.atomic
def update_group_event(*, event: GroupEvent, by: User, revision: int, **facts: Any) -> GroupEvent:
    """Correct an event. Raises ``RecordChangedError``. The heads are never fewer than those who are ticked on the list."""
    _check(by, event)
    stored = lock(event, revision=revision)
    if "head_count" in facts:
        facts["head_count"] = max(facts["head_count"], _came(stored))
    changed = apply_changes(stored, facts)
    if changed:
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def delete_group_event(*, event: GroupEvent, by: User) -> None:
    """Delete an event that was written down by mistake. Raises ``EventHasPeopleError`` while somebody is on its list."""
    _check(by, event)
    stored = lock(event, revision=None)
    if stored.attendances.exists():
        raise EventHasPeopleError
    record(Action.DELETE, by=by, obj=stored)
    stored.delete()


@transaction.atomic
def put_on_list(*, event: GroupEvent, client: Client, by: User, came: bool | None = None) -> EventAttendance:
    """Put an own client on the list; once, however often it is asked."""
    stored = _own_row(event, client, by)
    made, is_new = EventAttendance.objects.get_or_create(
        event=stored, client=client, defaults={"came": came, "created_by": by}
    )
    if is_new:
        record(Action.CREATE, by=by, obj=made, centre_id=stored.centre_id, client=client.pk)
        _raise_heads(stored, by)
    return made


@transaction.atomic
def note_attendance(*, attendance: EventAttendance, came: bool | None, by: User) -> EventAttendance:
    """Note whether somebody on the list was there; None takes it back."""
    event = _own_row(attendance.event, attendance.client, by)
    stored = lock(attendance, revision=None)
    if apply_changes(stored, {"came": came}):
        stored.save()
        record(
            Action.CHANGE,
            by=by,
            obj=stored,
            centre_id=event.centre_id,
            client=stored.client_id,
            fields=["came"],
        )
        _raise_heads(event, by)
    return stored


@transaction.atomic
def take_off_list(*, attendance: EventAttendance, by: User) -> None:
    """Take somebody off the list who stands there by mistake."""
    event = _own_row(attendance.event, attendance.client, by)
    record(Action.DELETE, by=by, obj=attendance, centre_id=event.centre_id, client=attendance.client_id)
    attendance.delete()


def _own_row(event: GroupEvent, client: Client, by: User) -> GroupEvent:
    """The event, locked: lists are changed one after the other."""
    _check(by, event)
    hold_still(client)
    if not can_read_client(by, client):
        raise NotAllowedError
    return lock(event, revision=None)


def _came(event: GroupEvent) -> int:
    return event.attendances.filter(came=True).count()


def _raise_heads(event: GroupEvent, by: User) -> None:
    """Never fewer heads than ticks. A figure counts them, so it is a change of the event that the log tells of."""
    came = _came(event)
    if came > event.head_count:
        event.head_count = came
        event.revision += 1
        event.save()
        record(Action.CHANGE, by=by, obj=event, fields=["head_count"])
