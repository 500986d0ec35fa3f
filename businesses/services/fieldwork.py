"""Planning a wave and walking it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.utils import timezone

from businesses.enums import INTERVIEWED, Channel, Disposition, Side, Status
from businesses.errors import AlreadyInterviewedError, NoQuestionnaireError, WavesOverlapError
from businesses.models import (
    Assignment,
    Business,
    ContactAttempt,
    Interview,
    Premises,
    Section,
    Street,
    Unit,
    Wave,
)
from businesses.models.places import HIGHEST_NUMBER
from businesses.outcomes import final_disposition
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.submissions import take_turns
from iqquadrat.questionnaires.models import Version

SURVEY = "business_survey"
# A wave is a census of its streets: empty and closed shops stand on the list, only who moved away has no door there.
NOT_LISTED = (Status.MOVED,)


@transaction.atomic
def create_wave(
    *,
    centre: Centre,
    name: str,
    starts_on: date,
    ends_on: date,
    by: User,
    streets: Iterable[Street] = (),
    sections: Iterable[Section] = (),
    version: Version | None = None,
    programme_code: str = "",
    with_photos: bool = False,
    submission: UUID | None = None,
) -> Wave:
    """Plan a wave over all businesses of these streets and sections, empty and closed shops too. The published version of the survey is asked when none is given.

    Raises ``NoQuestionnaireError`` when there is none, ``WavesOverlapError`` when an open wave asks one of them on the same days.
    """
    take_turns(submission)
    if submission and (made := Wave.objects.filter(submission=submission, centre=centre).first()):
        return made
    version = version or Version.objects.published().filter(questionnaire__key=SURVEY).first()
    if version is None:
        raise NoQuestionnaireError
    wave = Wave.objects.create(
        centre=centre, name=name, starts_on=starts_on, ends_on=ends_on, version=version, programme_code=programme_code,
        with_photos=with_photos, submission=submission, created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=wave)
    add_units(
        wave=wave,
        businesses=Business.objects.filter(_within(streets, sections), centre=centre).exclude(
            status__in=NOT_LISTED
        ),
        by=by,
    )
    return wave


def overlapping(wave: Wave, businesses: Any) -> Wave | None:
    """Return another open wave of the same days that asks one of these businesses; None when there is none."""
    return (
        Wave.objects.filter(
            centre=wave.centre_id, closed_at__isnull=True, starts_on__lte=wave.ends_on, ends_on__gte=wave.starts_on,
            units__business__in=businesses,
        )
        .exclude(pk=wave.pk)
        .first()
    )  # fmt: skip


def _within(streets: Iterable[Street], sections: Iterable[Section]) -> Q:
    found = Q(premises__street__in=list(streets))
    for section in sections:
        part = Q(
            premises__street=section.street_id, premises__house_number__gte=section.number_from,
            premises__house_number__lte=section.number_to,
        )  # fmt: skip
        if section.side != Side.BOTH:
            parity = Premises.objects.annotate(remainder=Mod(F("house_number"), 2))
            part &= Q(premises__in=parity.filter(remainder=int(section.side == Side.ODD)))
        found |= part
    return found


@transaction.atomic
def add_units(*, wave: Wave, businesses: Iterable[Business], by: User) -> int:
    """Put businesses of the wave's centre on its list; return how many were new. Raises ``WavesOverlapError``."""
    known = set(wave.units.values_list("business_id", flat=True))
    new = [
        Unit(wave=wave, business=business, status=business.status)
        for business in businesses
        if business.pk not in known and business.centre_id == wave.centre_id
    ]
    other = overlapping(wave, [unit.business_id for unit in new])
    if other is not None:
        raise WavesOverlapError(other)
    Unit.objects.bulk_create(new)
    if new:
        record(Action.CHANGE, by=by, obj=wave, units_added=len(new))
    return len(new)


@transaction.atomic
def assign_section(
    *,
    wave: Wave,
    surveyor: User,
    street: Street,
    by: User,
    side: str = Side.BOTH,
    number_from: int = 1,
    number_to: int = HIGHEST_NUMBER,
) -> Assignment:
    """Give a street section to a surveyor; giving the same one again changes nothing."""
    assignment, new = Assignment.objects.get_or_create(
        wave=wave, surveyor=surveyor, street=street, side=side, number_from=number_from, number_to=number_to
    )
    if new:
        record(Action.CHANGE, by=by, obj=wave, section_given_to=surveyor.pk)
    return assignment


@transaction.atomic
def remove_section(*, assignment: Assignment, by: User) -> None:
    """Take a street section back; what was recorded in it stays."""
    record(Action.CHANGE, by=by, obj=assignment.wave, section_taken_from=assignment.surveyor_id)
    assignment.delete()


@transaction.atomic
def log_attempt(
    *,
    unit: Unit,
    disposition: str,
    by: User,
    at: datetime | None = None,
    reason: str = "",
    note: str = "",
    channel: str = Channel.ON_SITE,
    position: Mapping[str, Decimal] | None = None,
    submission: UUID | None = None,
) -> ContactAttempt:
    """Note a visit or a call without an interview; the same form sent twice notes it once.

    Raises ``AlreadyInterviewedError`` when the unit has an interview that was handed in.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("wave").get(pk=unit.pk)
    if submission and (made := ContactAttempt.objects.filter(submission=submission, unit=unit).first()):
        return made
    if unit.disposition in INTERVIEWED:
        raise AlreadyInterviewedError
    attempt = ContactAttempt.objects.create(
        unit=unit, surveyor=by, at=at or timezone.now(), disposition=Disposition(disposition),
        reason=reason if disposition == Disposition.REFUSAL else "", note=note, channel=Channel(channel), submission=submission,
        **(position or {}),
    )  # fmt: skip
    settle(unit)
    record(Action.CREATE, by=by, obj=attempt, centre_id=unit.wave.centre_id, disposition=str(disposition))
    return attempt


def settle(unit: Unit) -> None:
    """Work out how the unit stands, by the rule of ``outcomes.final_disposition``."""
    interview = Interview.objects.finished().filter(wave=unit.wave_id, business=unit.business_id).first()
    attempts = list(ContactAttempt.objects.filter(unit=unit).values_list("at", "disposition"))
    unit.disposition = final_disposition(attempts, interview.disposition if interview else "")
    unit.save(update_fields=["disposition"])
