"""Reporting periods are closed here, and opened again with a reason."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.submissions import take_turns
from iqquadrat.reporting.models import ClosedPeriod, Programme


class MayNotCloseError(Exception):
    """The acting user may not close periods, or not of this centre or programme."""


@transaction.atomic
def close_period(
    *, until: dt.date, by: User, programme: Programme | None = None, submission: UUID | None = None
) -> ClosedPeriod:
    """Close everything of the own centre up to a day. The same ``submission`` again returns what it made the first time."""
    if not by.may(Permission.PERIOD_CLOSE):
        raise MayNotCloseError
    if programme is not None and not programme.centres.filter(pk=by.centre_id).exists():
        raise MayNotCloseError
    take_turns(submission)
    if submission and (twin := ClosedPeriod.objects.filter(submission=submission).first()):
        return twin
    made = ClosedPeriod.objects.create(
        centre_id=by.centre_id, programme=programme, until=until, closed_by=by, submission=submission
    )
    record(Action.CREATE, by=by, obj=made, until=until.isoformat())
    return made


@transaction.atomic
def reopen_period(*, period: ClosedPeriod, reason: str, by: User) -> ClosedPeriod:
    """Open a period again; what changed while it was closed stays listed. Opening twice changes nothing."""
    if not by.may(Permission.PERIOD_CLOSE) or period.centre_id != by.centre_id:
        raise MayNotCloseError
    stored = ClosedPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if stored.reopened_at is None:
        stored.reopened_at, stored.reopened_by, stored.reopened_reason = timezone.now(), by, reason
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=["reopened_at"])
    return stored
