"""Who is in charge of a client, and who deputises: with the days from which and until when, and why."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from counselling.enums import ChargeKind
from iqquadrat.core.models import Recorded


class ChargeQuerySet(models.QuerySet["Charge"]):
    """Charges of clients."""

    def on(self, day: dt.date) -> "ChargeQuerySet":
        """Those that hold on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def deputies(self) -> "ChargeQuerySet":
        """Those of deputies."""
        return self.filter(kind=ChargeKind.DEPUTY)

    def in_charge(self) -> "ChargeQuerySet":
        """Those of counsellors in charge."""
        return self.filter(kind=ChargeKind.IN_CHARGE)


def _days() -> Any:
    return Func(F("since"), F("until"), Value("[)"), function="daterange", output_field=DateRangeField())


class Charge(Recorded):
    """One counsellor's time with one client. It holds from ``since``; ``until`` is the first day on which it no longer does.

    ``Client.counsellor`` and ``Client.in_charge_since`` say the same of the row that is open now; services keep them in step.
    """

    client = models.ForeignKey(
        "counselling.Client", verbose_name=_("client"), on_delete=models.CASCADE, related_name="charges"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("counsellor"),
        on_delete=models.PROTECT,
        related_name="charges",
    )
    kind = models.CharField(_("role"), max_length=10, choices=ChargeKind)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="charge_ends_after_it_began", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="charge_of_a_kind", condition=Q(kind__in=ChargeKind.values)),
            ExclusionConstraint(
                name="charge_one_counsellor_at_a_time",
                expressions=[("client", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
                condition=Q(kind=ChargeKind.IN_CHARGE),
            ),
            ExclusionConstraint(
                name="charge_one_deputyship_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=ChargeKind.DEPUTY),
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "client"], name="charge_of_deputy", condition=Q(kind=ChargeKind.DEPUTY)
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind} {self.since:%Y-%m-%d}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds, as people say it; none while it is open."""
        return None if self.until is None else max(self.since, self.until - dt.timedelta(days=1))

    def holds_on(self, day: dt.date) -> bool:
        """Whether it holds on that day."""
        return self.since <= day and (self.until is None or self.until > day)
