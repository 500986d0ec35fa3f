"""Who is in charge of a client, and who deputises: given, corrected, ended; what was stays written down."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from counselling.enums import ChargeKind
from counselling.errors import ChargeDatesError, DeputyKnownError, NotAllowedError
from counselling.models import Charge, Client
from counselling.rules import can_change_charges
from counselling.services.records import already_made, apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


@transaction.atomic
def reassign_client(*, client: Client, counsellor: User, by: User, reason: str = "") -> Client:
    """Give a client to another counsellor of the same centre; the charge begins today and ends that of whoever had it.

    Raises ``NotAllowedError`` for somebody who could not open the file: another role, a closed account.
    """
    able = counsellor.centre_id == client.centre_id and counsellor.may(Permission.CLIENT_READ_OWN)
    if not can_change_charges(by, client) or not able:
        raise NotAllowedError
    stored, today = lock(client, revision=None), timezone.localdate()
    if stored.counsellor_id == counsellor.pk:
        return stored
    for charge in Charge.objects.in_charge().filter(client=stored, until__isnull=True):
        _end(charge, today)
    # Nobody deputises for themselves.
    _end_deputyships(stored, counsellor, today)
    Charge.objects.create(
        client=stored, user=counsellor, kind=ChargeKind.IN_CHARGE, since=today, reason=reason, created_by=by
    )
    changed = apply_changes(stored, {"counsellor": counsellor, "in_charge_since": today})
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed), reason_given=bool(reason))
    return stored


@transaction.atomic
def add_deputy(
    *,
    client: Client,
    user: User,
    by: User,
    since: dt.date | None = None,
    until: dt.date | None = None,
    reason: str = "",
    submission: UUID | None = None,
) -> Charge:
    """Let ``user`` deputise from ``since`` (else today). ``until`` is the first day on which it no longer holds.

    Raises ``DeputyKnownError`` when these days overlap with others of the same person, ``ChargeDatesError`` when it would
    end before it begins, ``NotAllowedError`` for somebody who is no counsellor of the centre or who is in charge.
    """
    if twin := already_made(Charge.objects, submission):
        return twin
    stored = lock(client, revision=None)
    if not can_change_charges(by, stored) or not _may_deputise(user, stored):
        raise NotAllowedError
    charge = Charge(
        client=stored, user=user, kind=ChargeKind.DEPUTY, since=since or timezone.localdate(), until=until, reason=reason,
        submission=submission, created_by=by,
    )  # fmt: skip
    _check_days(charge)
    charge.save()
    record(Action.CHANGE, by=by, obj=stored, fields=["deputies"])
    return charge


@transaction.atomic
def change_charge(
    *,
    charge: Charge,
    by: User,
    revision: int,
    reason: str,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Charge:
    """Correct a charge: of a deputy the days and the reason, of a counsellor in charge only the reason.

    Raises as ``add_deputy`` does, and ``RecordChangedError`` when somebody was faster.
    """
    client = lock(charge.client, revision=None)
    if not can_change_charges(by, client):
        raise NotAllowedError
    stored, facts = lock(charge, revision=revision), {"reason": reason}
    days = {"since": since or stored.since, "until": until} if stored.kind == ChargeKind.DEPUTY else {}
    if apply_changes(stored, facts | days):
        _check_days(stored)
        stored.save()
        record(Action.CHANGE, by=by, obj=client, fields=["deputies" if days else "counsellor"])
    return stored


@transaction.atomic
def end_deputy(*, charge: Charge, by: User, until: dt.date | None = None) -> Charge:
    """End a deputyship: from ``until`` (else from today) it no longer holds. One that has not begun is taken away."""
    client = lock(charge.client, revision=None)
    if not can_change_charges(by, client) or charge.kind != ChargeKind.DEPUTY:
        raise NotAllowedError
    if _end(lock(charge, revision=None), until or timezone.localdate()):
        record(Action.CHANGE, by=by, obj=client, fields=["deputies"])
    return charge


def set_deputies(client: Client, users: list[User], *, by: User) -> bool:
    """Let exactly these deputise from today on, without an end; tell whether that changed anything. ``client`` is locked."""
    today, wanted = timezone.localdate(), {user.pk for user in users}
    current = {charge.user_id: charge for charge in Charge.objects.deputies().on(today).filter(client=client)}
    if wanted == set(current):
        return False
    for user_id in set(current) - wanted:
        _end(current[user_id], today)
    for user in users:
        if user.pk not in current:
            if not _may_deputise(user, client):
                raise NotAllowedError
            _end_deputyships(client, user, today)
            Charge.objects.create(
                client=client, user=user, kind=ChargeKind.DEPUTY, since=today, created_by=by
            )
    return True


def _may_deputise(user: User, client: Client) -> bool:
    return (
        user.centre_id == client.centre_id
        and user.pk != client.counsellor_id
        and user.may(Permission.CLIENT_READ_OWN)
    )


def _check_days(charge: Charge) -> None:
    if charge.until is not None and charge.until < charge.since:
        raise ChargeDatesError
    others = Charge.objects.deputies().filter(client_id=charge.client_id, user_id=charge.user_id)
    others = others.exclude(pk=charge.pk).filter(Q(until__isnull=True) | Q(until__gt=charge.since))
    if charge.until is not None:
        others = others.filter(since__lt=charge.until)
    if charge.kind == ChargeKind.DEPUTY and others.exists():
        raise DeputyKnownError


def _end_deputyships(client: Client, user: User, day: dt.date) -> None:
    for charge in Charge.objects.deputies().filter(client=client, user=user):
        _end(charge, day)


def _end(charge: Charge, day: dt.date) -> bool:
    """End it on ``day``, unless it has ended before; tell whether anything changed. A deputyship to come is deleted."""
    if charge.until is not None and charge.until <= day:
        return False
    if charge.kind == ChargeKind.DEPUTY and charge.since > day:
        charge.delete()
        return True
    charge.until = max(charge.since, day)
    charge.revision += 1
    charge.save()
    return True
