"""Rows of a wave's fieldwork: photos of the signs."""

from typing import Any

from businesses.models import Unit, UnitPhoto, Wave
from tests.businesses.factories import UnitPhotoFactory
from tests.rows.registry import Users, bulk, rows

WITHOUT: dict[str, str] = {}


@rows(Wave, makes=(UnitPhoto,))
def _photos(wave: Wave, users: Users, numbers: range) -> None:
    bare: list[Any] = list(Unit.objects.filter(wave=wave, photo__isnull=True)[: len(numbers)])
    bulk(UnitPhotoFactory, range(len(bare)), unit=lambda n: bare[n], by=users["surveyor"])
