"""The retention run: every clock of every centre, first told, then done; and the months that a centre sets."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core import walls
from iqquadrat.core.retention import Clock, Scope, clocks, months_before
from iqquadrat.rights.errors import NotAllowedError, RetentionTooShortError
from iqquadrat.rights.models import LegalHold, RetentionPeriod


@dataclass(frozen=True)
class Due:
    """What one clock of one centre lets go."""

    centre: Centre
    clock: Clock
    months: int
    before: dt.datetime
    count: int
    numbers: Sequence[str] = ()


def months_of(centre_id: int, day: dt.date | None = None) -> dict[str, int]:
    """Return the months of every clock at a centre on a day (today), as set or as the house has it."""
    day = day or timezone.localdate()
    rows = RetentionPeriod.objects.filter(centre_id=centre_id, valid_from__lte=day).order_by(
        "valid_from", "pk"
    )
    chosen = dict(rows.values_list("clock", "months"))
    return {
        clock.key: clock.months if clock.fixed else chosen.get(clock.key, clock.months) for clock in clocks()
    }


def _scopes(centre: Centre, now: dt.datetime) -> Iterator[tuple[Clock, int, Scope]]:
    # A hold that could not move in a merge, because the kept record had one of its own, holds the one person all the same.
    whom = Coalesce("client__merged_into", "client")
    held = frozenset(LegalHold.objects.standing().filter(client__centre=centre).values_list(whom, flat=True))
    months = months_of(centre.pk)
    for clock in clocks():
        length = months[clock.key]
        yield clock, length, Scope(centre.pk, months_before(now, length), held)


def what_is_due(centre: Centre, now: dt.datetime | None = None) -> list[Due]:
    """Say what the next run would let go at a centre; nothing is done."""
    with walls.in_centre(centre.pk):
        return [
            Due(
                centre,
                clock,
                months,
                scope.before,
                clock.due(scope),
                clock.numbers(scope) if clock.numbers else (),
            )
            for clock, months, scope in _scopes(centre, now or timezone.now())
        ]


def apply_retention(*, now: dt.datetime | None = None) -> list[Due]:
    """Let go what is due, clock by clock; each clock of each centre is one transaction."""
    done = []
    for centre in Centre.objects.order_by("pk"):
        with walls.in_centre(centre.pk):
            for clock, months, scope in _scopes(centre, now or timezone.now()):
                with transaction.atomic():
                    numbers = clock.numbers(scope) if clock.numbers else ()
                    count = clock.clear(scope)
                    if count:
                        record(
                            Action.DELETE,
                            by=None,
                            centre_id=centre.pk,
                            object_type="retention",
                            object_id=clock.key,
                            rows=count,
                            months=months,
                        )
                done.append(Due(centre, clock, months, scope.before, count, numbers))
    return done


@transaction.atomic
def set_months(*, clock: Clock, months: int, by: User) -> RetentionPeriod:
    """Set how long the own centre keeps something, from today on. Raises ``RetentionTooShortError`` outside what the clock allows."""
    if not by.may(Permission.RETENTION_KEEP) or clock.fixed:
        raise NotAllowedError
    if not clock.least <= months <= clock.most:
        raise RetentionTooShortError
    latest = (
        RetentionPeriod.objects.filter(centre_id=by.centre_id, clock=clock.key)
        .order_by("-valid_from", "-pk")
        .first()
    )
    if latest is not None and latest.months == months:
        return latest
    made = RetentionPeriod.objects.create(centre_id=by.centre_id, clock=clock.key, months=months, set_by=by)
    record(Action.CHANGE, by=by, obj=made, clock=clock.key, months=months)
    return made
