"""A whole caseload, or a part of it, into other hands for good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from counselling.enums import ChargeKind
from counselling.errors import NotAllowedError
from counselling.models import Appointment, Charge, Client, FollowUp
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record, record_many
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


@dataclass(frozen=True)
class Handover:
    """What went into other hands; ``skipped``: clients whom somebody else has given away meanwhile."""

    clients: int
    follow_ups: int
    appointments: int
    skipped: int


@transaction.atomic
def hand_over(
    *, counsellor: User, moves: Mapping[int, User], by: User, reason: str = "", with_tasks: bool = True
) -> Handover:
    """Give clients of ``counsellor`` (by primary key) to others of the centre, all or none; each charge is written down.

    ``with_tasks``: open follow-ups and coming appointments of these clients go along.
    """
    able = all(to.centre_id == by.centre_id and to.may(Permission.CLIENT_READ_OWN) for to in moves.values())
    if not by.may(Permission.CLIENT_REASSIGN) or counsellor.centre_id != by.centre_id or not able:
        raise NotAllowedError
    rows = Client.objects.standing().filter(pk__in=moves, centre_id=by.centre_id, counsellor=counsellor)
    # In one order: two who hand over the same caseload wait for each other, and the second finds nothing left.
    clients = list(rows.select_for_update(of=("self",)).order_by("pk"))
    given = [client for client in clients if moves[client.pk].pk != counsellor.pk]
    follow_ups = appointments = 0
    for to in {moves[client.pk] for client in given}:
        mine = [client.pk for client in given if moves[client.pk].pk == to.pk]
        _give(mine, to)
        if with_tasks:
            tasks = FollowUp.objects.open().filter(client__in=mine, assigned_to=counsellor)
            follow_ups += tasks.update(assigned_to=to, **_counted_up())
            coming = Appointment.objects.standing().filter(
                client__in=mine, counsellor=counsellor, starts_at__gte=timezone.now()
            )
            appointments += coming.update(counsellor=to, **_counted_up())
    _write_charges(given, moves, by=by, reason=reason)
    _log(given, by=by, reason=reason)
    done = Handover(len(clients), follow_ups, appointments, len(moves) - len(clients))
    record(
        Action.CHANGE, by=by, object_type=User._meta.label_lower, object_id=counsellor.pk, fields=["clients"], rows=done.clients,
        follow_ups=done.follow_ups, appointments=done.appointments,
    )  # fmt: skip
    return done


def _counted_up() -> dict[str, Any]:
    """What every change of many rows at once sets: whoever has an older version open is told."""
    return {"revision": F("revision") + 1, "changed_at": timezone.now()}


def _give(keys: list[int], to: User) -> None:
    Client.objects.filter(pk__in=keys).update(
        counsellor=to, in_charge_since=timezone.localdate(), **_counted_up()
    )


def _write_charges(given: Sequence[Client], moves: Mapping[int, User], *, by: User, reason: str) -> None:
    """What ``reassign_client`` does with the charges of one, for many at once: as many statements for three as for thousands."""
    today = timezone.localdate()
    charges = Charge.objects.filter(client__in=given)
    charges.in_charge().filter(until__isnull=True).update(
        until=Greatest(F("since"), Value(today), output_field=DateField()), **_counted_up()
    )
    # Nobody deputises for themselves; the clients know their new counsellors by now.
    own = charges.deputies().filter(user=F("client__counsellor"))
    own.filter(since__gt=today).delete()
    own.filter(Q(until__isnull=True) | Q(until__gt=today)).update(until=today, **_counted_up())
    Charge.objects.bulk_create(
        Charge(
            client=client, user=moves[client.pk], kind=ChargeKind.IN_CHARGE, since=today, reason=reason, created_by=by
        )
        for client in given
    )  # fmt: skip


def _log(given: Sequence[Client], *, by: User, reason: str) -> None:
    """One entry for each client, as if each had been given away alone."""
    today = timezone.localdate()
    for fields, clients in (
        (["counsellor"], [client for client in given if client.in_charge_since == today]),
        (["counsellor", "in_charge_since"], [client for client in given if client.in_charge_since != today]),
    ):
        record_many(
            Action.CHANGE,
            by=by,
            objects=clients,
            centre_id=by.centre_id,
            fields=fields,
            reason_given=bool(reason),
        )
