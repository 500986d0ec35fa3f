"""The referral: a client is sent to an institution, or came from one; and whether they arrived."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.client import Client
from counselling.models.consent import Consent
from counselling.models.consultation import Consultation
from counselling.models.institution import Institution
from counselling.models.topic import Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.models import Published, Recorded


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals."""

    def visible_to(self, user: User) -> "ReferralQuerySet":
        """Those of own clients."""
        return self.filter(client__in=Client.objects.own(user).values("pk"), centre_id=user.centre_id)

    def sent(self) -> "ReferralQuerySet":
        """Those to an institution."""
        return self.filter(direction=enums.Direction.TO)

    def to_ask(self, day: dt.date) -> "ReferralQuerySet":
        """Those whose arrival is to be asked on that day: the time has passed, nobody has answered."""
        return self.sent().filter(arrived="", ask_on__lte=day)


class Referral(Recorded, Published):
    """One referral. Nothing is passed on without a consent for this institution."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="referrals"
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="referrals"
    )
    direction = models.CharField(
        _("direction"), max_length=5, choices=enums.Direction, default=enums.Direction.TO
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    consultation = models.ForeignKey(
        Consultation, verbose_name=_("consultation"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="referrals",
    )  # fmt: skip
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="referrals"
    )
    # Empty when nothing was passed on: the client goes there with a note in the hand, or came from there.
    consent = models.ForeignKey(
        Consent, verbose_name=_("consent"), null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )  # fmt: skip
    submission = models.UUIDField(unique=True, null=True, editable=False)
    on = models.DateField(_("on"))
    ask_on = models.DateField(_("ask on"), null=True, blank=True)
    passed_on = models.CharField(_("what is passed on"), max_length=300, blank=True)
    arrived = models.CharField(_("arrived"), max_length=10, choices=enums.Arrived, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="referral_answer_has_a_day",
                condition=Q(arrived="", asked_on__isnull=True)
                | Q(arrived__in=enums.Arrived.values, asked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_only_sent_ones_are_asked",
                condition=Q(direction=enums.Direction.TO, ask_on__isnull=False)
                | Q(direction=enums.Direction.FROM, ask_on__isnull=True, arrived=""),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-on"], name="referral_of_centre"),
            models.Index(fields=["client", "-on"], name="referral_of_client"),
            models.Index(
                fields=["centre", "ask_on"], name="referral_to_ask", condition=Q(arrived="", direction="to")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.client_id}"

    @property
    def slip_url(self) -> str:
        """The address of the slip for the way there, in the language that the client reads."""
        address = reverse("counselling:institution_slip", kwargs={"pk": self.institution_id})
        return f"{address}?language={self.client.paper_language}"
