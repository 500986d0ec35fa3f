"""Absences: entered, changed, ended early; single clients given to somebody else than the others."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.errors import AbsenceKnownError, NotAllowedError
from counselling.models import Absence, AbsenceCover, Client
from counselling.rules import can_keep_absence
from counselling.services.records import already_made, apply_changes, hold_still, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


def _check(by: User, counsellor: User, deputy: User | None) -> None:
    """The deputy is another counsellor of the same centre, with an account that is open."""
    if not can_keep_absence(by, counsellor):
        raise NotAllowedError
    if deputy is not None and not may_deputise(deputy, counsellor):
        raise NotAllowedError


def may_deputise(user: User, counsellor: User) -> bool:
    """Tell whether ``user`` can look after the clients of ``counsellor``."""
    return (
        user.pk != counsellor.pk
        and user.centre_id == counsellor.centre_id
        and user.may(Permission.CLIENT_READ_OWN)
    )


def _refuse_overlap(
    counsellor: User, first_day: dt.date, last_day: dt.date, but: Absence | None = None
) -> None:
    """Two at the same moment take turns at the row of the person; the database refuses what slips through."""
    User.objects.select_for_update().get(pk=counsellor.pk)
    others = Absence.objects.filter(counsellor=counsellor, first_day__lte=last_day, last_day__gte=first_day)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise AbsenceKnownError


@transaction.atomic
def enter_absence(
    *, counsellor: User, first_day: dt.date, last_day: dt.date, by: User, deputy: User | None = None,
    submission: UUID | None = None,
) -> Absence:  # fmt: skip
    """Note that ``counsellor`` is away, both days included, and who looks after the clients meanwhile.

    Raises ``AbsenceKnownError`` when some of these days are taken, ``NotAllowedError`` for a deputy who may not.
    """
    if twin := already_made(Absence.objects, submission):
        return twin
    _check(by, counsellor, deputy)
    _refuse_overlap(counsellor, first_day, last_day)
    made = Absence.objects.create(
        centre_id=counsellor.centre_id, counsellor=counsellor, first_day=first_day, last_day=last_day, deputy=deputy,
        submission=submission, created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=made, counsellor=counsellor.pk, deputy=deputy.pk if deputy else None)
    return made


@transaction.atomic
def change_absence(*, absence: Absence, by: User, revision: int, **facts: Any) -> Absence:
    """Change days or deputy. Raises as ``enter_absence`` does, and ``RecordChangedError`` when somebody was faster."""
    _check(by, absence.counsellor, facts.get("deputy"))
    stored = lock(absence, revision=revision)
    changed = apply_changes(stored, facts)
    if changed:
        _refuse_overlap(stored.counsellor, stored.first_day, stored.last_day, but=stored)
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def end_absence(*, absence: Absence, by: User) -> Absence | None:
    """Somebody is back: the deputies' access ends with this moment. One that has not lasted a day is taken away (None)."""
    if not can_keep_absence(by, absence.counsellor):
        raise NotAllowedError
    stored, today = lock(absence, revision=None), timezone.localdate()
    if stored.last_day < today:
        return stored
    if stored.first_day >= today:
        record(Action.DELETE, by=by, obj=stored)
        stored.delete()
        return None
    apply_changes(stored, {"last_day": today - dt.timedelta(days=1)})
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, fields=["last_day"])
    return stored


@transaction.atomic
def cover_client(*, absence: Absence, client: Client, deputy: User, by: User, note: str = "") -> AbsenceCover:
    """Give one client to somebody else than the others, or say what to know about this one. Doing so again replaces it."""
    _check(by, absence.counsellor, deputy)
    hold_still(client)
    lock(absence, revision=None)
    if client.counsellor_id != absence.counsellor_id:
        raise NotAllowedError
    cover, _made = AbsenceCover.objects.update_or_create(
        absence=absence, client=client, defaults={"deputy": deputy, "note": note}
    )
    record(Action.CHANGE, by=by, obj=absence, fields=["covers"], client=client.pk, deputy=deputy.pk)
    return cover


@transaction.atomic
def uncover_client(*, cover: AbsenceCover, by: User) -> None:
    """Let the one client be looked after like all others."""
    if not can_keep_absence(by, cover.absence.counsellor):
        raise NotAllowedError
    record(Action.CHANGE, by=by, obj=cover.absence, fields=["covers"], client=cover.client_id)
    cover.delete()
