"""The life of a wave after it was planned: other dates, closed, open again, gone; sections handed over; attempts put right."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from businesses.enums import Channel, Disposition
from businesses.errors import NameTakenError, RecordChangedError, WaveInUseError, WavesOverlapError
from businesses.models import Assignment, ContactAttempt, Interview, Section, Unit, Wave
from businesses.services.fieldwork import assign_section, overlapping, settle
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def change_wave(
    *,
    wave: Wave,
    name: str,
    starts_on: date,
    ends_on: date,
    by: User,
    with_photos: bool | None = None,
    revision: int | None = None,
) -> Wave:
    """Give a wave another name or other days; ``with_photos``: whether shop signs are photographed, as it is when not told.

    ``revision`` is the one that was seen. Raises ``RecordChangedError`` when there is a newer one, ``WavesOverlapError``, and
    ``NameTakenError`` when the centre has another wave of that name.
    """
    stored = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if revision is not None and stored.revision != revision:
        raise RecordChangedError(stored)
    told: dict[str, Any] = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
    if with_photos is not None:
        told["with_photos"] = with_photos
    changed = [field for field, value in told.items() if getattr(stored, field) != value]
    if not changed:
        return stored
    for field in changed:
        setattr(stored, field, told[field])
    if Wave.objects.filter(centre=stored.centre_id, name=name).exclude(pk=stored.pk).exists():
        raise NameTakenError
    _keep_apart(stored)
    stored.revision += 1
    stored.save(update_fields=[*changed, "revision", "changed_at"])
    record(Action.CHANGE, by=by, obj=stored, fields=changed)
    return stored


@transaction.atomic
def close_wave(*, wave: Wave, by: User) -> Wave:
    """End fieldwork by hand; what nobody visited stays not known. Closed twice is closed once."""
    stored = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if stored.closed_at is None:
        stored.closed_at = timezone.now()
        stored.save(update_fields=["closed_at", "changed_at"])
        record(Action.CHANGE, by=by, obj=stored, closed=True)
    return stored


@transaction.atomic
def reopen_wave(*, wave: Wave, by: User) -> Wave:
    """Let fieldwork go on within the period. Raises ``WavesOverlapError``."""
    stored = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if stored.closed_at is not None:
        _keep_apart(stored)
        stored.closed_at = None
        stored.save(update_fields=["closed_at", "changed_at"])
        record(Action.CHANGE, by=by, obj=stored, closed=False)
    return stored


def _keep_apart(wave: Wave) -> None:
    other = overlapping(wave, wave.units.values("business"))
    if other is not None:
        raise WavesOverlapError(other)


@transaction.atomic
def delete_wave(*, wave: Wave, by: User) -> None:
    """Delete a wave in which nothing happened yet. Raises ``WaveInUseError`` once there is an attempt or an interview."""
    stored = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if (
        ContactAttempt.objects.filter(unit__wave=stored).exists()
        or Interview.objects.filter(wave=stored).exists()
    ):
        raise WaveInUseError
    record(Action.DELETE, by=by, obj=stored, name=stored.name)
    stored.delete()


@transaction.atomic
def assign_named_section(*, wave: Wave, surveyor: User, section: Section, by: User) -> Assignment:
    """Give a section that has a name to a surveyor, with the numbers it has today."""
    return assign_section(
        wave=wave, surveyor=surveyor, street=section.street, side=section.side, number_from=section.number_from,
        number_to=section.number_to, by=by,
    )  # fmt: skip


@transaction.atomic
def plan_sections(*, wave: Wave, plan: Mapping[Section, User], by: User) -> int:
    """Give sections that have a name to their surveyors at once; return how many were new. What was given before stays."""
    before = wave.assignments.count()
    for section, surveyor in plan.items():
        assign_named_section(wave=wave, surveyor=surveyor, section=section, by=by)
    return wave.assignments.count() - before


@transaction.atomic
def hand_over_section(*, assignment: Assignment, to: User, by: User) -> Assignment:
    """Give a section to another surveyor, also in the middle of a wave; what the first one noted stays the first one's."""
    stored = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("wave", "street")
        .get(pk=assignment.pk)
    )
    if stored.surveyor_id == to.pk:
        return stored
    taken = assign_section(
        wave=stored.wave, surveyor=to, street=stored.street, side=stored.side, number_from=stored.number_from,
        number_to=stored.number_to, by=by,
    )  # fmt: skip
    record(Action.CHANGE, by=by, obj=stored.wave, section_taken_from=stored.surveyor_id)
    stored.delete()
    return taken


@transaction.atomic
def correct_attempt(
    *,
    attempt: ContactAttempt,
    by: User,
    at: datetime,
    disposition: str,
    channel: str = Channel.ON_SITE,
    reason: str = "",
    note: str = "",
    revision: int | None = None,
) -> ContactAttempt:
    """Put right what was noted of an attempt; the unit is settled anew. A doorstep form goes with the refusal it belonged to.

    ``revision`` is the one that was seen. Raises ``RecordChangedError`` when there is a newer one.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("wave").get(pk=attempt.unit_id)
    stored = unit.attempts.get(pk=attempt.pk)
    if revision is not None and stored.revision != revision:
        raise RecordChangedError(stored)
    told = {
        "at": at, "disposition": disposition, "channel": channel, "note": note,
        "reason": reason if disposition == Disposition.REFUSAL else "",
    }  # fmt: skip
    changed = [field for field, value in told.items() if getattr(stored, field) != value]
    if not changed:
        return stored
    for field in changed:
        setattr(stored, field, told[field])
    stored.revision += 1
    stored.save(update_fields=[*changed, "revision"])
    if disposition != Disposition.REFUSAL and hasattr(stored, "doorstep"):
        stored.doorstep.delete()
    settle(unit)
    record(Action.CHANGE, by=by, obj=stored, centre_id=unit.wave.centre_id, fields=changed)
    return stored


@transaction.atomic
def delete_attempt(*, attempt: ContactAttempt, by: User) -> None:
    """Take back an attempt that never was; the unit is settled anew."""
    unit = Unit.objects.select_for_update(of=("self",)).select_related("wave").get(pk=attempt.unit_id)
    stored = unit.attempts.get(pk=attempt.pk)
    record(
        Action.DELETE, by=by, obj=stored, centre_id=unit.wave.centre_id, disposition=stored.disposition,
        surveyor=stored.surveyor_id,
    )  # fmt: skip
    stored.delete()
    settle(unit)
