"""Whole records of clients, entries of the access log, and sittings that have ended: the clocks of this room."""

import datetime as dt
from typing import Any

import pgtrigger
from django.db import connection
from django.db.models import DateTimeField, F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models import Client
from counselling.retention import with_last_moment
from iqquadrat.accesslog.models import Entry
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


def _old_entries(scope: Scope) -> Any:
    """Entries whose time is over, without those about clients that a hold keeps; those of no centre (failed sign-ins)
    go with any centre's.

    The database has the last word: what it would refuse to let go is not asked for.
    """
    own = Q(centre_id=scope.centre_id) | Q(centre_id=None)
    kept_since = Func(F("centre_id"), function="accesslog_kept_since", output_field=DateTimeField())
    rows = Entry.objects.filter(own, at__lt=scope.before).filter(at__lt=kept_since)
    if not scope.held:
        return rows
    records = {"object_type": Client._meta.label_lower, "object_id__in": [str(key) for key in scope.held]}
    told = Entry.objects.filter(detail__client__in=list(scope.held))
    return rows.exclude(**records).exclude(pk__in=told.values("pk"))


def _clear_entries(scope: Scope) -> int:
    """The role of the site may not shorten the log: a function of the owner does, for these entries (decision 30)."""
    entries = list(_old_entries(scope).values_list("pk", flat=True))
    with pgtrigger.ignore("accesslog.Entry:append_only"), connection.cursor() as cursor:
        cursor.execute("SELECT iq_forget_log(%s::bigint[])", [entries])
        return int(cursor.fetchone()[0])


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="records", label=_("Records of clients"), months=120, least=12, order=20,
        text=_("Months after the last contact and after the end of the programme, as long as the funder may ask. Then the client is erased; the figures stay."),
        due=lambda scope: _due_clients(scope).count(), clear=_erase,
        numbers=lambda scope: list(_due_clients(scope).values_list("number", flat=True)),
    ))  # fmt: skip
    register_clock(Clock(
        key="access_log", label=_("Access log"), months=36, least=12, most=120, order=70,
        text=_("Months after the entry. Entries about clients that a legal hold keeps stay."),
        due=lambda scope: _old_entries(scope).count(), clear=_clear_entries,
    ))  # fmt: skip
    register_clock(Clock(
        key="sittings", label=_("Sittings that have ended"), months=1, fixed=True, order=90, text=_("At once: they only hold who was signed in."),
        due=lambda scope: _ended_sittings(scope).count(),
        clear=lambda scope: _ended_sittings(scope).delete()[1].get("accounts.Sitting", 0),
    ))  # fmt: skip
