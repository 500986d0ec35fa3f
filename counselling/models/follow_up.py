"""The follow-up: what has to be done, by whom, until when."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling.models.client import Client, named_to
from counselling.models.consultation import Consultation
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Recorded


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Follow-ups."""

    def visible_to(self, user: User) -> "FollowUpQuerySet":
        """Those of own clients, and those given to the user."""
        if not user.may(Permission.CLIENT_READ_OWN):
            return self.none()
        own = Client.objects.own(user).values("pk")
        return self.filter(Q(client_id__in=own) | Q(assigned_to_id=user.pk), client__centre_id=user.centre_id)

    def with_names(self, user: User) -> "FollowUpQuerySet":
        """Fetch what a row shows, and annotate ``named``: whether ``user`` may know whom it is about."""
        return self.select_related("client", "assigned_to").annotate(named=named_to(user))

    def open(self) -> "FollowUpQuerySet":
        """Not done yet."""
        return self.filter(done_at__isnull=True)

    def due(self, day: dt.date) -> "FollowUpQuerySet":
        """Open, and due on that day or before."""
        return self.open().filter(due_on__lte=day)


class FollowUp(Recorded):
    """One next step with its day."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="follow_ups"
    )
    consultation = models.ForeignKey(
        Consultation, verbose_name=_("consultation"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="follow_ups",
    )  # fmt: skip
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned to"), on_delete=models.PROTECT,
        related_name="follow_ups",
    )  # fmt: skip
    submission = models.UUIDField(unique=True, null=True, editable=False)
    due_on = models.DateField(_("due"))
    text = models.CharField(_("what"), max_length=300)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(name="follow_up_says_what", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(
                fields=["assigned_to", "due_on"], name="follow_up_open", condition=Q(done_at__isnull=True)
            ),
            models.Index(fields=["client", "due_on"], name="follow_up_of_client"),
        ]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d} {self.client_id}"
