"""Appointments: made, repeated, moved, cancelled, taken back, reminded of."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from counselling.enums import Cancelled
from counselling.errors import NotAllowedError
from counselling.models import Appointment, Client
from counselling.models.appointment import MOST_REPEATS
from counselling.moments import weeks_later
from counselling.rules import can_read_client
from counselling.services.records import already_made, apply_changes, hold_still, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


def _check(by: User, client: Client | None, counsellor: User) -> None:
    """An appointment is one's own, or that of the colleague who is in charge of an own client."""
    if client is not None and not can_read_client(by, client):
        raise NotAllowedError
    others = client.counsellor_id if client is not None else by.pk
    if counsellor.centre_id != by.centre_id or counsellor.pk not in (by.pk, others):
        raise NotAllowedError


@transaction.atomic
def create_appointment(
    *, by: User, client: Client | None = None, counsellor: User | None = None, submission: UUID | None = None,
    times: int = 1, every: int = 1, **facts: Any,
) -> Appointment:  # fmt: skip
    """Enter an appointment of ``counsellor`` (else of ``by``), ``times`` times, ``every`` so many weeks at the same time on the
    wall; return the first. ``facts``: starts_at, minutes, title, language, channel, room."""
    if twin := already_made(Appointment.objects, submission):
        return twin
    hold_still(client)
    _check(by, client, counsellor or by)
    series = uuid4() if times > 1 else None
    begin: dt.datetime = facts.pop("starts_at")
    made = [
        Appointment.objects.create(
            centre=by.centre, counsellor=counsellor or by, client=client, created_by=by, series=series,
            submission=None if number else submission, starts_at=weeks_later(begin, number * every), **facts,
        )
        for number in range(min(times, MOST_REPEATS))
    ]  # fmt: skip
    record(Action.CREATE, by=by, obj=made[0], client=client.pk if client else None, rows=len(made))
    return made[0]


@transaction.atomic
def update_appointment(
    *, appointment: Appointment, by: User, revision: int, client: Client | None = None, counsellor: User | None = None,
    **facts: Any,
) -> Appointment:  # fmt: skip
    """Move or correct it. Raises ``RecordChangedError`` when somebody was faster.

    Who is expected at another time has not been reminded of that time.
    """
    counsellor = counsellor or appointment.counsellor
    if (client.pk if client else None) != appointment.client_id or counsellor.pk != appointment.counsellor_id:
        _check(by, client, counsellor)
    hold_still(client)
    stored = lock(appointment, revision=revision)
    changed = apply_changes(stored, facts | {"client": client, "counsellor": counsellor})
    if changed:
        if "starts_at" in changed or "client" in changed:
            stored.reminded_at = stored.reminded_by = None
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


def _rest_of_series(stored: Appointment) -> list[Appointment]:
    """The stored one and all later ones of its series, locked in their order. One that got another client or into a colleague's
    hands is no longer among them: whoever cancels may not even know of it."""
    if stored.series is None:
        return [stored]
    later = Appointment.objects.select_for_update(of=("self",)).filter(
        Q(("client_id", stored.client_id)), series=stored.series, counsellor_id=stored.counsellor_id,
        starts_at__gt=stored.starts_at, cancelled_at__isnull=True,
    )  # fmt: skip
    return [stored, *later.order_by("starts_at", "pk")]


@transaction.atomic
def cancel_appointment(
    *, appointment: Appointment, by: User, cancelled: str, following: bool = False
) -> list[Appointment]:
    """Note that it does not take place, and by whom; it stays visible. ``following``: also the later ones of its series.

    Returns those that were cancelled now; doing so twice changes nothing.
    """
    stored = lock(appointment, revision=None)
    if stored.cancelled_at is not None:
        return []
    rows = _rest_of_series(stored) if following else [stored]
    now = timezone.now()
    for row in rows:
        row.cancelled, row.cancelled_at, row.cancelled_by = Cancelled(cancelled), now, by
        row.revision += 1
        row.save()
        record(Action.CHANGE, by=by, obj=row, fields=["cancelled"], reason=row.cancelled)
    return rows


@transaction.atomic
def restore_appointment(*, appointment: Appointment, by: User) -> Appointment:
    """Take a cancellation back."""
    stored = lock(appointment, revision=None)
    if stored.cancelled_at is not None:
        stored.cancelled, stored.cancelled_at, stored.cancelled_by = "", None, None
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=["cancelled"])
    return stored


@transaction.atomic
def note_reminder(*, appointment: Appointment, by: User, reminded: bool) -> Appointment:
    """Note that the client was reminded, or that it was not so. Doing so twice changes nothing."""
    stored = lock(appointment, revision=None)
    if (stored.reminded_at is not None) != reminded:
        stored.reminded_at, stored.reminded_by = (timezone.now(), by) if reminded else (None, None)
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=["reminded_at"])
    return stored


@transaction.atomic
def delete_appointment(*, appointment: Appointment, by: User) -> None:
    """Take away what was entered by mistake: nothing of it stays but the line in the log."""
    record(Action.DELETE, by=by, obj=appointment)
    appointment.delete()
