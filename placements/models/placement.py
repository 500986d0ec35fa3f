"""One client on the way to one vacancy, and the log of the steps."""

from datetime import datetime, timedelta
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models import Client
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded
from placements.categories import COUNTING, Category
from placements.enums import CloseReason, Funding, Stage, TrialBasis, TrialLonger
from placements.models.vacancy import Vacancy

# Whoever began is asked after 12 months for the last time, at most 21 days later.
FOLLOWED_UP_FOR = timedelta(days=365 + 21)
MOST_PAY = 50_000  # euros a month; more is a slip of the pen


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements by reader, stage and what they count as."""

    def visible_to(self, user: User) -> Self:
        """Those of own clients; a coordinator sees the centre's, under a pseudonym."""
        if user.may(Permission.PLACEMENT_READ_FACTS):
            return self.filter(centre_id=user.centre_id)
        if user.may(Permission.PLACEMENT_READ_OWN):
            return self.filter(client__in=Client.objects.visible_to(user))
        return self.none()

    def with_stage(self) -> Self:
        """Annotate ``stage`` and ``stage_at`` from the last event that was not undone."""
        last = PlacementEvent.objects.standing().filter(placement=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            stage=Subquery(last.values("stage")[:1]), stage_at=Subquery(last.values("at")[:1])
        )

    def at_stage(self, *stages: str) -> Self:
        """At one of these steps; needs ``with_stage``."""
        return self.filter(Q(("stage__in", stages)))

    def running(self) -> Self:
        """Neither ended nor come to nothing; needs ``with_stage``."""
        return self.exclude(Q(("stage__in", [Stage.ENDED, Stage.CLOSED])))

    def on_the_board(self) -> Self:
        """Running, without those whose work began longer ago than it is followed up; needs ``with_stage``."""
        long_ago = timezone.localdate() - FOLLOWED_UP_FOR
        return self.running().exclude(Q(("stage", Stage.STARTED)), started_on__lt=long_ago)

    def longest_waiting_first(self) -> Self:
        """Oldest last step first; needs ``with_stage``."""
        return self.order_by(F("stage_at"), "pk")

    def latest_first(self) -> Self:
        """Newest last step first; needs ``with_stage``."""
        return self.order_by(F("stage_at").desc(), "-pk")


class Placement(Recorded, Published):
    """A client proposed for a vacancy. What it counts as is known once something has started."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.PROTECT, related_name="placements"
    )
    vacancy = models.ForeignKey(
        Vacancy, verbose_name=_("vacancy"), on_delete=models.PROTECT, related_name="placements"
    )
    category = models.CharField(_("started as"), max_length=12, choices=Category, blank=True)
    started_on = models.DateField(_("start"), null=True, blank=True)
    ended_on = models.DateField(_("end"), null=True, blank=True)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    monthly_pay = models.PositiveIntegerField(_("pay a month, in euros"), null=True, blank=True)
    contract_until = models.DateField(_("contract until"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=15, choices=Funding, blank=True)
    trial_basis = models.CharField(_("ground of the trial"), max_length=12, choices=TrialBasis, blank=True)
    trial_from = models.DateField(_("trial from"), null=True, blank=True)
    trial_until = models.DateField(_("trial until"), null=True, blank=True)
    trial_longer = models.CharField(
        _("why the trial takes longer"), max_length=15, choices=TrialLonger, blank=True
    )
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    stage: str  # annotated by with_stage()
    stage_at: datetime

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["centre", "category", "started_on"], name="placements_started")]
        constraints = [
            models.UniqueConstraint(fields=["client", "vacancy"], name="placements_once_per_vacancy"),
            models.CheckConstraint(
                name="placements_start_and_category",
                condition=Q(started_on=None, category="") | (Q(started_on__isnull=False) & ~Q(category="")),
            ),
            models.CheckConstraint(
                name="placements_end_after_start",
                condition=Q(ended_on=None) | Q(started_on__isnull=False, ended_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="placements_trial_basis_and_end",
                condition=Q(trial_basis="", trial_until=None)
                | (~Q(trial_basis="") & Q(trial_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="placements_trial_from_until",
                condition=Q(trial_from=None) | Q(trial_until__isnull=False, trial_until__gte=F("trial_from")),
            ),
            models.CheckConstraint(
                name="placements_trial_longer",
                condition=Q(trial_longer="")
                | Q(trial_basis=TrialBasis.ACTIVATION, trial_longer__in=TrialLonger.values),
            ),
            models.CheckConstraint(
                name="placements_pay_of_a_start",
                condition=Q(monthly_pay=None)
                | Q(started_on__isnull=False, monthly_pay__gte=1, monthly_pay__lte=MOST_PAY),
            ),
            models.CheckConstraint(
                name="placements_hours", condition=Q(hours_per_week=None) | Q(hours_per_week__range=(1, 60))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client.number}: {self.vacancy}"

    @property
    def stage_label(self) -> str:
        """The present step in words; needs ``with_stage``."""
        return str(Stage(self.stage).label)

    @property
    def counts_as_employment(self) -> bool:
        """Whether it is an employment relationship in the report."""
        return bool(self.category) and COUNTING[Category(self.category)].employment_relationship

    @property
    def counts_as_primary(self) -> bool:
        """Whether it is on the primary labour market."""
        return bool(self.category) and COUNTING[Category(self.category)].primary_labour_market


class PlacementEventQuerySet(models.QuerySet["PlacementEvent"]):
    """Events of placements."""

    def standing(self) -> Self:
        """Those that count: neither undone nor the undoing itself."""
        return self.filter(undoes=None, undone_by=None)


class PlacementEvent(models.Model):
    """One step. Append-only: a mistake is undone by another event, so the log shows both."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="events")
    stage = models.CharField(_("step"), max_length=10, choices=Stage)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=CloseReason, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="undone_by", editable=False
    )

    objects = PlacementEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a placement")
        verbose_name_plural = _("steps of placements")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["placement", "-at"], name="placements_event_last")]
        constraints = [
            models.CheckConstraint(
                name="placements_event_reason_when_closed",
                condition=Q(stage=Stage.CLOSED) & ~Q(reason="") | ~Q(stage=Stage.CLOSED) & Q(reason=""),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.stage}"
