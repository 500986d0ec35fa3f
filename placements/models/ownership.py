"""Who of the clients runs which business: the tie that keeps one support from being counted twice."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from businesses.models import Business
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.models import Recorded


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    """Ownerships by reader."""

    def visible_to(self, user: User) -> Self:
        """Those of clients whose file the reader may read."""
        return self.filter(client__in=Client.objects.own(user))


class Ownership(Recorded):
    """A client runs a business of the register, alone or with others. Whoever looks at the business never sees it."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="ownerships"
    )
    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.CASCADE, related_name="ownerships"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("own business")
        verbose_name_plural = _("own businesses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "business"], name="placements_ownership_once")
        ]

    def __str__(self) -> str:
        return str(self.business)
