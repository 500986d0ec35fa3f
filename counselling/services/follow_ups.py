"""Follow-ups: made, ticked off, opened again."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.errors import NotAllowedError
from counselling.models import Client, FollowUp
from counselling.rules import can_change_client
from counselling.services.records import already_made
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def create_follow_up(
    *, client: Client, text: str, due_on: dt.date, by: User, submission: UUID | None = None,
    assigned_to: User | None = None,
) -> FollowUp:  # fmt: skip
    """Note a next step for an own client."""
    if twin := already_made(FollowUp.objects, submission):
        return twin
    assigned_to = assigned_to or by
    if not can_change_client(by, client) or assigned_to.centre_id != client.centre_id:
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


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Tick it off. Doing so twice changes nothing."""
    stored = _locked(follow_up, by)
    if stored.done_at is None:
        stored.done_at, stored.done_by = timezone.now(), by
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, centre_id=stored.client.centre_id, fields=["done_at"])
    return stored


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Take the tick back."""
    stored = _locked(follow_up, by)
    if stored.done_at is not None:
        stored.done_at = stored.done_by = None
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, centre_id=stored.client.centre_id, fields=["done_at"])
    return stored
