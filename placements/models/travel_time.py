"""How long the way from one postal code to another takes."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.models import Recorded

POSTAL_CODE = r"^[0-9]{5}$"


class TravelTimeQuerySet(models.QuerySet["TravelTime"]):
    """Ways of one centre."""

    def visible_to(self, user: User) -> Self:
        """Those of the own centre."""
        return self.filter(centre_id=user.centre_id)

    def between(self, code: str, other: str) -> Self:
        """The way between these two, whichever stands first."""
        low, high = sorted((code, other))
        return self.filter(code_a=low, code_b=high)


class TravelTime(Recorded):
    """Minutes by bus and tram, the same there and back. The smaller code stands first, so that a pair is there once."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="+")
    code_a = models.CharField(_("postal code"), max_length=5)
    code_b = models.CharField(_("other postal code"), max_length=5)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    objects = TravelTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("way between postal codes")
        verbose_name_plural = _("ways between postal codes")
        ordering = ["code_a", "code_b"]
        indexes = [models.Index(fields=["centre", "code_b"], name="travel_time_backwards")]
        constraints = [
            models.UniqueConstraint(fields=["centre", "code_a", "code_b"], name="travel_time_once_a_pair"),
            models.CheckConstraint(name="travel_time_in_order", condition=Q(code_a__lt=F("code_b"))),
            models.CheckConstraint(
                name="travel_time_postal_codes",
                condition=Q(code_a__regex=POSTAL_CODE, code_b__regex=POSTAL_CODE),
            ),
            models.CheckConstraint(name="travel_time_minutes", condition=Q(minutes__range=(1, 300))),
        ]

    def __str__(self) -> str:
        return f"{self.code_a} - {self.code_b}"
