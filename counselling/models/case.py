"""The case: a goal somebody and the counsellor work towards, opened and closed with an outcome."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.client import Client
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.models import Published, Recorded


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """Those of own clients."""
        return self.filter(client__in=Client.objects.own(user).values("pk"), centre_id=user.centre_id)

    def open(self) -> "CaseQuerySet":
        """Those still worked on."""
        return self.filter(closed_on__isnull=True)


class Case(Recorded, Published):
    """One goal of one client."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="cases"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    # The form asks for it; it is empty only where the person has been erased.
    goal = models.CharField(_("goal"), max_length=200, blank=True)
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("closed by"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    outcome = models.CharField(_("outcome"), max_length=12, choices=enums.CaseOutcome, blank=True)
    outcome_note = models.CharField(_("note on the outcome"), max_length=300, blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="case_closed_with_an_outcome",
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, outcome="", outcome_note="")
                | Q(closed_on__isnull=False, closed_by__isnull=False, outcome__in=enums.CaseOutcome.values),
            ),
            models.CheckConstraint(
                name="case_closed_after_it_was_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-opened_on"], name="case_of_client"),
            models.Index(fields=["centre", "opened_on"], name="case_of_centre"),
        ]

    def __str__(self) -> str:
        return self.goal or f"{self.opened_on:%Y-%m-%d}"
