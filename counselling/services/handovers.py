"""A whole caseload, or a part of it, into other hands for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from counselling.errors import NotAllowedError
from counselling.models import Appointment, Client, FollowUp
from counselling.services.charges import reassign_client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
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
    follow_ups = appointments = 0
    for client in clients:
        to = moves[client.pk]
        reassign_client(client=client, counsellor=to, by=by, reason=reason)
        if with_tasks:
            tasks = FollowUp.objects.open().filter(client=client, assigned_to=counsellor)
            follow_ups += tasks.update(assigned_to=to)
            coming = Appointment.objects.standing().filter(
                client=client, counsellor=counsellor, starts_at__gte=timezone.now()
            )
            appointments += coming.update(counsellor=to, changed_at=timezone.now())
    done = Handover(len(clients), follow_ups, appointments, len(moves) - len(clients))
    record(
        Action.CHANGE, by=by, object_type=User._meta.label_lower, object_id=counsellor.pk, fields=["clients"], rows=done.clients,
        follow_ups=done.follow_ups, appointments=done.appointments,
    )  # fmt: skip
    return done
