"""Hours that volunteers give: who, when, how long, with what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling import enums
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Recorded


class VolunteerWorkQuerySet(models.QuerySet["VolunteerWork"]):
    """Volunteers' hours."""

    def visible_to(self, user: User) -> "VolunteerWorkQuerySet":
        """All of the centre, for those who keep them."""
        if user.may(Permission.EVENT_WRITE):
            return self.filter(centre_id=user.centre_id)
        return self.none()


class VolunteerWork(Recorded):
    """Some time on one day. The volunteer is an account, or a name or pseudonym that the centre knows."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True, null=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    name = models.CharField(_("name or pseudonym"), max_length=120, blank=True)
    on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    activity = models.CharField(_("activity"), max_length=20, choices=enums.VolunteerActivity)
    note = models.CharField(_("note"), max_length=200, blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    objects = VolunteerWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("volunteers' hours")
        verbose_name_plural = _("volunteers' hours")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="volunteer_work_by_account_or_name",
                condition=Q(user__isnull=False, name="") | (Q(user__isnull=True) & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="volunteer_work_minutes_of_a_day", condition=Q(minutes__range=(1, 24 * 60))
            ),
        ]
        indexes = [models.Index(fields=["centre", "-on"], name="volunteer_work_of_centre")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.minutes}"

    @property
    def who(self) -> str:
        """The volunteer in words."""
        return self.user.get_full_name() if self.user else self.name

    @property
    def duration(self) -> str:
        """Hours and minutes as a clock shows them."""
        return f"{self.minutes // 60}:{self.minutes % 60:02}"
