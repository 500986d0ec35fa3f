"""A workbook between being read and being taken in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.questionnaires.models.versions import Version


class PendingWorkbook(models.Model):
    """A workbook whose report somebody is reading. Taken in, it names the version and holds the file no longer."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"))
    version = models.ForeignKey(
        Version, verbose_name=_("version"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("workbook to take in")
        verbose_name_plural = _("workbooks to take in")

    def __str__(self) -> str:
        return self.name
