"""What a consultation was about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics."""

    def in_use(self) -> "TopicQuerySet":
        """Those that can be chosen today."""
        return self.filter(retired_at__isnull=True)


class Topic(models.Model):
    """A topic, named in all languages. A used one is retired, never deleted: the figures of past years need it."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return str(self.name)
