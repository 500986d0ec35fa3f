"""What a consultation was about."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A topic, named in all languages. A used one is retired, never deleted: the figures of past years need it."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects: ClassVar[models.Manager["Topic"]] = models.Manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return str(self.name)
