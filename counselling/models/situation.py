"""How somebody's work and income have changed since the centre has known them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.law import income_label
from counselling.models.client import Client
from iqquadrat.core.models import Recorded


class SituationQuerySet(models.QuerySet["Situation"]):
    """Changes of work and income."""

    def until_today(self) -> "SituationQuerySet":
        """Those that have come about, the latest first."""
        return self.filter(since__lte=timezone.localdate()).order_by("-since")


class Situation(Recorded):
    """What holds from ``since`` until the next one. What held when somebody came stands with the client: funders count that."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="situations"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    since = models.DateField(_("since"))
    labour_market_status = models.CharField(
        _("work situation"), max_length=20, choices=enums.LabourMarketStatus, blank=True
    )
    income_type = models.CharField(_("income"), max_length=10, choices=enums.IncomeType, blank=True)

    objects = SituationQuerySet.as_manager()

    class Meta:
        verbose_name = _("work and income")
        verbose_name_plural = _("work and income")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "since"], name="situation_once_a_day"),
            models.CheckConstraint(
                name="situation_says_something",
                condition=~Q(labour_market_status="") | ~Q(income_type=""),
            ),
            models.CheckConstraint(
                name="situation_day_believable", condition=Q(since__gte=dt.date(1990, 1, 1))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.since:%Y-%m-%d}"

    @property
    def income_label(self) -> str:
        """The income under the name it had on that day."""
        return income_label(self.income_type, self.since)
