"""The photo of a shop sign: one of a unit and a wave."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.models.survey import Unit
from iqquadrat.accounts.models import User
from iqquadrat.core.models import Published


class UnitPhotoQuerySet(models.QuerySet["UnitPhoto"]):
    """Who may see which photo."""

    def visible_to(self, user: User) -> Self:
        """Those of the units that the reader may see: a surveyor's own section, nobody else's."""
        return self.filter(unit__in=Unit.objects.visible_to(user))


def stored_name(photo: "UnitPhoto", _name: str) -> str:
    """Return where the file lies: by its random number, never by a name somebody gave it."""
    return f"businesses/photos/{photo.public_id}.jpg"


class UnitPhoto(Published):
    """What a sign looked like in a wave. The file goes with the row (``signals.forget_photo_file``), whoever deletes it."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("unit of a wave"), on_delete=models.CASCADE, related_name="photo"
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    taken_at = models.DateTimeField(_("taken"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    objects = UnitPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of a shop sign")
        verbose_name_plural = _("photos of shop signs")

    def __str__(self) -> str:
        return f"{self.unit} {self.taken_at:%Y-%m-%d}"
