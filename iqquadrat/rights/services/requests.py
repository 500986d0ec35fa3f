"""What clients ask for: noted, answered within a month; and the hold that keeps a record."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.models import Client
from counselling.rules import can_read_client
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.submissions import take_turns
from iqquadrat.rights.enums import Asker, Way
from iqquadrat.rights.errors import AlreadyAnsweredError, NotAllowedError
from iqquadrat.rights.models import LegalHold, PersonRequest


def a_month_after(day: dt.date) -> dt.date:
    """Return the day by which a request is answered (Article 12): the same day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for last in (day.day, 30, 29):
        try:
            return dt.date(year, month, last)
        except ValueError:
            continue
    return dt.date(year, month, 28)


@transaction.atomic
def note_request(
    *,
    client: Client,
    kind: str,
    received_on: dt.date,
    by: User,
    words: str = "",
    asked_by: str = Asker.CLIENT,
    way: str = Way.SPOKEN,
    submission: UUID | None = None,
) -> PersonRequest:
    """Note what a client asks for, who asked and how. The same ``submission`` again returns what it made the first time.

    The coordination notes what reaches the centre by letter or while the counsellor is away.
    """
    own = by.may(Permission.CLIENT_HAND_OVER) and can_read_client(by, client)
    if not (own or (by.may(Permission.CLIENT_ERASE) and client.centre_id == by.centre_id)):
        raise NotAllowedError
    take_turns(submission)
    if submission and (twin := PersonRequest.objects.filter(submission=submission).first()):
        return twin
    hold_still(client)
    made = PersonRequest.objects.create(
        client=client, centre_id=client.centre_id, kind=kind, words=words, asked_by=asked_by, way=way, received_on=received_on,
        due_on=a_month_after(received_on), submission=submission, created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=made, client=client.pk, kind=kind)
    return made


@transaction.atomic
def answer_request(*, request: PersonRequest, outcome: str, by: User, words: str = "") -> PersonRequest:
    """Note what came of a request. Raises ``AlreadyAnsweredError``: an answer that was given stays."""
    stored = PersonRequest.objects.select_for_update(of=("self",)).select_related("client").get(pk=request.pk)
    own = by.may(Permission.CLIENT_HAND_OVER) and can_read_client(by, stored.client)
    if not (own or (by.may(Permission.CLIENT_ERASE) and stored.centre_id == by.centre_id)):
        raise NotAllowedError
    if stored.done_on is not None:
        raise AlreadyAnsweredError
    stored.outcome, stored.outcome_words = outcome, words
    stored.done_on, stored.done_by = timezone.localdate(), by
    stored.revision += 1
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, client=stored.client_id, fields=["outcome"])
    return stored


@transaction.atomic
def hold_client(*, client: Client, reason: str, until: dt.date | None, by: User) -> LegalHold:
    """Keep a client from being erased. One that is held already is returned as it is."""
    _may_hold(client, by)
    hold_still(client)
    standing = client.legal_holds.filter(lifted_at__isnull=True)
    if found := standing.filter(pk__in=LegalHold.objects.standing()).first():
        return found
    standing.update(lifted_at=timezone.now(), lifted_by=by)  # one that has run out makes room
    made = LegalHold.objects.create(client=client, reason=reason, until=until, set_by=by)
    record(Action.CREATE, by=by, obj=made, centre_id=client.centre_id, client=client.pk)
    return made


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: User) -> LegalHold:
    """Let a client be erased again. Lifting twice changes nothing."""
    _may_hold(hold.client, by)
    stored = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if stored.lifted_at is None:
        stored.lifted_at, stored.lifted_by = timezone.now(), by
        stored.save()
        record(
            Action.CHANGE,
            by=by,
            obj=stored,
            centre_id=hold.client.centre_id,
            client=hold.client_id,
            fields=["lifted_at"],
        )
    return stored


def _may_hold(client: Client, by: User) -> None:
    if not (by.may(Permission.CLIENT_ERASE) and client.centre_id == by.centre_id):
        raise NotAllowedError
