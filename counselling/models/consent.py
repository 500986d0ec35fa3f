"""What a client has agreed to, in which language it was explained, and when it was taken back."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.client import Client
from iqquadrat.core.models import Recorded


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents."""

    def in_force(self) -> "ConsentQuerySet":
        """Given and not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(Recorded):
    """One agreement. Taking it back closes the row; agreeing again makes a new one: the history stays."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(_("purpose"), max_length=30, choices=enums.Purpose)
    text_version = models.CharField(_("version of the text"), max_length=20)
    explained_in = models.CharField(_("explained in"), max_length=5, choices=enums.SpokenLanguage)
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # The one receiver: the business, or the institution of a referral.
    employer_name = models.CharField(_("business"), max_length=200, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "purpose", "employer_name"], condition=Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
            models.CheckConstraint(
                name="consent_employer_only_for_sharing",
                condition=Q(employer_name="") | Q(purpose__in=enums.TO_ONE_RECEIVER),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"
