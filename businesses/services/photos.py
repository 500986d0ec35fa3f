"""Photos of shop signs: kept, replaced, removed. The file goes with its row."""

from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from businesses.errors import NotOnTheListError, PhotosNotWantedError, PhotoTooOldError
from businesses.models import Unit, UnitPhoto
from businesses.photos import drawn_anew
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def keep_photo(*, unit: Unit, data: bytes, taken_at: datetime, by: User) -> UnitPhoto:
    """Keep the photo of a shop sign, drawn anew; one taken earlier goes. One of a unit and a wave.

    Raises ``PhotosNotWantedError``, ``PhotoTooOldError`` when the one that is kept was taken later, ``NoPhotoError``.
    """
    stored = Unit.objects.select_for_update(of=("self",)).select_related("wave").filter(pk=unit.pk).first()
    if stored is None:
        raise NotOnTheListError
    if not stored.wave.with_photos:
        raise PhotosNotWantedError
    earlier = UnitPhoto.objects.filter(unit=stored).first()
    if earlier and earlier.taken_at > taken_at:
        raise PhotoTooOldError
    picture = drawn_anew(data)
    if earlier:
        earlier.delete()
    photo = UnitPhoto(unit=stored, public_id=uuid4(), taken_at=taken_at, by=by, size=len(picture))
    photo.file.save("", ContentFile(picture), save=False)
    photo.save()
    record(
        Action.CHANGE if earlier else Action.CREATE, by=by, obj=photo, centre_id=stored.wave.centre_id,
        replaced=earlier is not None,
    )  # fmt: skip
    return photo


@transaction.atomic
def remove_photo(*, photo: UnitPhoto, by: User) -> None:
    """Remove a photo, for instance because somebody is in it. What is gone is gone."""
    record(Action.DELETE, by=by, obj=photo, centre_id=photo.unit.wave.centre_id)
    photo.delete()
