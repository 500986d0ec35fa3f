"""Whole records of clients, when their time is over, and sittings that have ended: the clocks of this room."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models import Client
from counselling.retention import with_last_moment
from iqquadrat.accounts.models import Sitting
from iqquadrat.core.retention import Clock, Scope, programme_ends, register_clock
from iqquadrat.rights.enums import Ground


def _due_clients(scope: Scope) -> Any:
    """Clients last met before the moment, whose programme ended before it too: the funder may ask for the records until then."""
    running = [code for code, day in programme_ends().items() if _end_of(day) >= scope.before]
    rows = with_last_moment(Client.objects.standing().filter(centre_id=scope.centre_id))
    rows = rows.filter(Q(("last_moment__lt", scope.before))).exclude(pk__in=scope.held)
    return (
        rows.exclude(programme_code__in=running)
        .exclude(consultations__programme_code__in=running)
        .exclude(attendances__consultation__programme_code__in=running)
        .exclude(participations__programme_code__in=running)
        .order_by("number", "pk")
    )


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def _erase(scope: Scope) -> int:
    from iqquadrat.rights.services.erasing import erase_client  # noqa: PLC0415 - it knows this room's models

    found = list(_due_clients(scope))
    for client in found:
        erase_client(client=client, by=None, ground=Ground.RETENTION)
    return len(found)


def _ended_sittings(_scope: Scope) -> Any:
    return Sitting.objects.filter(expire_date__lt=timezone.now())


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="records", label=_("Records of clients"), months=120, least=12, order=20,
        text=_("Months after the last contact and after the end of the programme, as long as the funder may ask. Then the client is erased; the figures stay."),
        due=lambda scope: _due_clients(scope).count(), clear=_erase,
        numbers=lambda scope: list(_due_clients(scope).values_list("number", flat=True)),
    ))  # fmt: skip
    register_clock(Clock(
        key="sittings", label=_("Sittings that have ended"), months=1, fixed=True, order=90, text=_("At once: they only hold who was signed in."),
        due=lambda scope: _ended_sittings(scope).count(),
        clear=lambda scope: _ended_sittings(scope).delete()[1].get("accounts.Sitting", 0),
    ))  # fmt: skip
