"""Public money in an employment: applied for, decided, and from when to when."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import User
from iqquadrat.core.models import Published, Recorded
from placements.enums import Funding
from placements.models.placement import Placement

# Time to apply for more, or to talk with the employer about what comes after it.
ENDS_SOON = dt.timedelta(days=30)


class WageSubsidyQuerySet(models.QuerySet["WageSubsidy"]):
    """Subsidies by reader and by where they stand."""

    def visible_to(self, user: User) -> Self:
        """Those of placements that the reader sees."""
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def granted(self) -> Self:
        """The authority has said yes."""
        return self.filter(granted_on__isnull=False)

    def undecided(self) -> Self:
        """Applied for, and nobody has said yes or no."""
        return self.filter(applied_on__isnull=False, granted_on=None, declined_on=None)

    def running(self, today: dt.date) -> Self:
        """Granted, and not over; the work has not ended either."""
        ended = Q(placement__ended_on__isnull=False, placement__ended_on__lt=today)
        return self.granted().filter(ends_on__gte=today).exclude(ended)

    def ending(self, today: dt.date) -> Self:
        """Running, with an end within 30 days."""
        return self.running(today).filter(ends_on__lte=today + ENDS_SOON)


class WageSubsidy(Recorded, Published):
    """A subsidy to the wages of one placement: so many per cent of the pay, each month between two days."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.CASCADE, related_name="subsidies"
    )
    kind = models.CharField(_("funding"), max_length=15, choices=Funding, default=Funding.WAGE_SUBSIDY)
    authority = models.CharField(_("authority"), max_length=200, blank=True)
    percent = models.PositiveSmallIntegerField(_("share of the pay, per cent"), null=True, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = WageSubsidyQuerySet.as_manager()

    class Meta:
        verbose_name = _("wage subsidy")
        verbose_name_plural = _("wage subsidies")
        ordering = ["ends_on", "pk"]
        indexes = [
            models.Index(
                fields=["ends_on"], condition=Q(granted_on__isnull=False), name="placements_subsidy_ends"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="placements_subsidy_percent",
                condition=Q(percent=None) | Q(percent__gte=1, percent__lte=100),
            ),
            models.CheckConstraint(
                name="placements_subsidy_from_until",
                condition=Q(starts_on=None, ends_on=None)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gte=F("starts_on")),
            ),
            # What was decided was applied for, and it was decided one way.
            models.CheckConstraint(
                name="placements_subsidy_decided_once",
                condition=Q(granted_on=None, declined_on=None)
                | Q(applied_on__isnull=False, granted_on__gte=F("applied_on"), declined_on=None)
                | Q(applied_on__isnull=False, declined_on__gte=F("applied_on"), granted_on=None),
            ),
            models.CheckConstraint(
                name="placements_subsidy_granted_from_until",
                condition=Q(granted_on=None) | Q(starts_on__isnull=False),
            ),
        ]

    # Ties that the name needs; who shows many fetches them along.
    NAMED_BY = ("placement__client", "placement__vacancy__business")

    def __str__(self) -> str:
        return f"{self.placement}, {self.get_kind_display()}"

    @property
    def centre_id(self) -> int:
        """The centre whose record it is."""
        return self.placement.centre_id

    def ends_soon(self, today: dt.date) -> bool:
        """Whether it is granted and ends within 30 days."""
        return (
            self.granted_on is not None
            and self.ends_on is not None
            and today <= self.ends_on <= today + ENDS_SOON
        )
