"""The anonymous short contact: a language and a topic, no person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.topic import Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Recorded


class ShortContactQuerySet(models.QuerySet["ShortContact"]):
    """Short contacts."""

    def visible_to(self, user: User) -> "ShortContactQuerySet":
        """All of the centre: they name nobody."""
        if user.may(Permission.CONSULTATION_WRITE) or user.may(Permission.CONSULTATION_READ_FACTS):
            return self.filter(centre_id=user.centre_id)
        return self.none()


class ShortContact(Recorded):
    """A quick question at the counter."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("counsellor"), on_delete=models.PROTECT, related_name="+"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    language = models.CharField(_("language"), max_length=5, choices=enums.SpokenLanguage)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(
        _("how"), max_length=20, choices=enums.Channel, default=enums.Channel.PERSON_UNPLANNED
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    objects = ShortContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("short contact")
        verbose_name_plural = _("short contacts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="short_contact_minutes", condition=Q(minutes__range=(1, 24 * 60)))
        ]
        indexes = [models.Index(fields=["centre", "-at"], name="short_contact_of_centre")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.language}"
