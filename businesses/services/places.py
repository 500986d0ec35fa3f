"""Streets and their sections, and where a door is when nobody has measured it."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import IntegrityError, transaction

from businesses.enums import PositionSource, Side
from businesses.errors import NameTakenError, RecordChangedError
from businesses.geometry import house_point
from businesses.models import Premises, Section, Street
from businesses.models.places import HIGHEST_NUMBER
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User

_MICRODEGREE = Decimal("0.000001")


@transaction.atomic
def save_street(
    *,
    centre: Centre,
    name: str,
    by: User,
    street: Street | None = None,
    line: list[list[float]] | None = None,
    number_at_start: int | None = None,
    number_at_end: int | None = None,
    revision: int | None = None,
) -> Street:
    """Write down a street with its course, and reckon where its doors are. ``revision`` is the one that was seen.

    Raises ``RecordChangedError`` when there is a newer one, ``NameTakenError`` when the centre has another street of that name.
    """
    stored = Street.objects.select_for_update().get(pk=street.pk) if street else Street(centre=centre)
    _lift(stored, revision)
    stored.name, stored.line = name, line
    stored.number_at_start, stored.number_at_end = number_at_start, number_at_end
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError as error:
        if "businesses_street_name" not in str(error):
            raise
        raise NameTakenError from error
    moved = reckon_positions(stored, stored.premises.all())
    record(Action.CHANGE if street else Action.CREATE, by=by, obj=stored, doors_reckoned=moved)
    return stored


@transaction.atomic
def save_section(
    *,
    street: Street,
    name: str,
    by: User,
    section: Section | None = None,
    side: str = Side.BOTH,
    number_from: int = 1,
    number_to: int = HIGHEST_NUMBER,
    frontage_m: int | None = None,
    revision: int | None = None,
) -> Section:
    """Write down a section of a street. ``revision`` is the one that was seen.

    Raises ``RecordChangedError`` when there is a newer one, ``NameTakenError`` when the street has another one of that name.
    """
    stored = (
        Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
        if section
        else Section(street=street)
    )
    _lift(stored, revision)
    stored.name, stored.side, stored.frontage_m = name, Side(side), frontage_m
    stored.number_from, stored.number_to = number_from, number_to
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError as error:
        if "businesses_section_name" not in str(error):
            raise
        raise NameTakenError from error
    record(Action.CHANGE if section else Action.CREATE, by=by, obj=stored, centre_id=street.centre_id)
    return stored


def _lift(stored: Street | Section, revision: int | None) -> None:
    """Count a stored record's revision up, if it is still the one that was seen."""
    if stored.pk is None:
        return
    if revision is not None and stored.revision != revision:
        raise RecordChangedError(stored)
    stored.revision += 1


@transaction.atomic
def delete_section(*, section: Section, by: User) -> None:
    """Give up a section; the doors in it, and what was recorded at them, stay."""
    record(Action.DELETE, by=by, obj=section, centre_id=section.street.centre_id)
    section.delete()


def reckon_positions(street: Street, doors: Iterable[Premises]) -> int:
    """Put every door that nobody measured or imported where the line and the number say; return how many were moved.

    Without a line, or without the numbers at its ends, a reckoned position is taken away: it could be reckoned from nothing.
    """
    changed = []
    for door in doors:
        if door.position_source not in ("", PositionSource.RECKONED):
            continue
        before = door.latitude, door.longitude
        _place(street, door)
        if (door.latitude, door.longitude) != before:
            changed.append(door)
    Premises.objects.bulk_update(changed, ["latitude", "longitude", "position_source"], batch_size=500)
    return len(changed)


def _place(street: Street, door: Premises) -> None:
    if not street.line or street.number_at_start is None or street.number_at_end is None:
        door.latitude, door.longitude, door.position_source = None, None, ""
        return
    longitude, latitude = house_point(
        street.line, street.number_at_start, street.number_at_end, door.house_number, door.position
    )
    door.longitude = Decimal(longitude).quantize(_MICRODEGREE)
    door.latitude = Decimal(latitude).quantize(_MICRODEGREE)
    door.position_source = PositionSource.RECKONED
