"""Appointments: made, moved, cancelled."""

from typing import Any
from uuid import UUID

from django.db import transaction

from counselling.errors import NotAllowedError
from counselling.models import Appointment, Client
from counselling.rules import can_read_client
from counselling.services.records import already_made, apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


def _check(by: User, client: Client | None, counsellor: User) -> None:
    if counsellor.centre_id != by.centre_id or (client is not None and not can_read_client(by, client)):
        raise NotAllowedError


@transaction.atomic
def create_appointment(
    *, by: User, client: Client | None = None, counsellor: User | None = None, submission: UUID | None = None,
    **facts: Any,
) -> Appointment:  # fmt: skip
    """Enter an appointment of ``counsellor`` (else of ``by``). ``facts``: starts_at, minutes, title, language, channel, room."""
    if twin := already_made(Appointment.objects, submission):
        return twin
    _check(by, client, counsellor or by)
    made = Appointment.objects.create(
        centre=by.centre,
        counsellor=counsellor or by,
        client=client,
        submission=submission,
        created_by=by,
        **facts,
    )
    record(Action.CREATE, by=by, obj=made, client=client.pk if client else None)
    return made


@transaction.atomic
def update_appointment(
    *, appointment: Appointment, by: User, revision: int, client: Client | None = None, **facts: Any
) -> Appointment:
    """Move or correct it. Raises ``RecordChangedError`` when somebody was faster."""
    if client is not None and client.pk != appointment.client_id:
        _check(by, client, appointment.counsellor)
    stored = lock(appointment, revision=revision)
    changed = apply_changes(stored, facts | {"client": client})
    if changed:
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def delete_appointment(*, appointment: Appointment, by: User) -> None:
    """Cancel it: nothing of it stays but the line in the log."""
    record(Action.DELETE, by=by, obj=appointment)
    appointment.delete()
