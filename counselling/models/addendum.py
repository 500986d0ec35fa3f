"""What is added to a note once it is locked: written, signed with a time, and never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling.models.consultation import Consultation


class Addendum(models.Model):
    """A later word of the author under a note."""

    consultation = models.ForeignKey(
        Consultation, verbose_name=_("consultation"), on_delete=models.CASCADE, related_name="addenda"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="+"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    at = models.DateTimeField(_("written"))
    text = models.TextField(_("addendum"))

    class Meta:
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="addendum_says_something", condition=~Q(text=""))]
        triggers = [pgtrigger.Protect(name="stays_as_written", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
