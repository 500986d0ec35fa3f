"""Breaking the glass: a coordinator opens one file for a day, with a reason that the counsellor reads."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models.client import Client
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission

OPEN_FOR = dt.timedelta(hours=24)
SHOWN_FOR = dt.timedelta(days=30)


class EmergencyAccessQuerySet(models.QuerySet["EmergencyAccess"]):
    """Openings of files."""

    def now_open_to(self, user: User) -> "EmergencyAccessQuerySet":
        """Those by which this user may read at this moment; a role that was taken away ends them at once."""
        if not user.may(Permission.CLIENT_BREAK_GLASS):
            return self.none()
        return self.filter(user=user, client__centre_id=user.centre_id, until__gt=timezone.now())

    def to_notice(self, user: User) -> "EmergencyAccessQuerySet":
        """Those of the last weeks that this counsellor has to know of: the own clients' files."""
        return self.filter(
            client__in=Client.objects.own(user).values("pk"), opened_at__gt=timezone.now() - SHOWN_FOR
        )


class EmergencyAccess(models.Model):
    """Who opened whose file, why, and until when."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="emergency_accesses"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500)
    opened_at = models.DateTimeField(_("opened"))
    until = models.DateTimeField(_("until"))

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="emergency_access_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="emergency_access_for_a_day_at_most",
                condition=Q(until__gt=F("opened_at"), until__lte=F("opened_at") + OPEN_FOR),
            ),
        ]
        indexes = [models.Index(fields=["client", "-opened_at"], name="emergency_access_of_client")]

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d %H:%M}"
