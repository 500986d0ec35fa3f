"""Abstract models that several rooms build on."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Recorded(models.Model):
    """A record that knows when and by whom it was made and last changed."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    # Counts up at every save through a service: two people who edit one record are told apart by it.
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class Published(models.Model):
    """A record whose address must not tell how many there are: it is named by a random identifier."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
