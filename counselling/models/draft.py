"""The draft: what somebody has typed and not saved yet. On the server, because the PC belongs to many."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models.client import Client, named_to
from iqquadrat.accounts.models import User

KEPT_FOR = dt.timedelta(days=30)
UNDO_FOR = dt.timedelta(days=1)


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts: each is its author's alone."""

    def visible_to(self, user: User) -> "DraftQuerySet":
        """Return the user's own."""
        return self.filter(author=user)

    def with_names(self, user: User) -> "DraftQuerySet":
        """Fetch what a row shows, and annotate ``named``: whether ``user`` may still know whom it is about."""
        return self.select_related("client").annotate(named=named_to(user))

    def open(self) -> "DraftQuerySet":
        """Those that can be gone on with."""
        return self.filter(discarded_at__isnull=True, changed_at__gt=timezone.now() - KEPT_FOR)

    def restorable(self) -> "DraftQuerySet":
        """Those thrown away within the last day."""
        return self.filter(discarded_at__gt=timezone.now() - UNDO_FOR)

    def outlived(self) -> "DraftQuerySet":
        """Those nobody comes back to."""
        now = timezone.now()
        return self.filter(
            models.Q(discarded_at__lte=now - UNDO_FOR) | models.Q(changed_at__lte=now - KEPT_FOR)
        )


class Draft(models.Model):
    """The fields of one consultation's form as they were typed. ``key`` is the mark of the form that will be sent."""

    key = models.UUIDField(_("form"), unique=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.CASCADE, related_name="drafts"
    )
    client = models.ForeignKey(
        Client,
        verbose_name=_("client"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
    )
    typed = models.JSONField(_("what was typed"))
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    discarded_at = models.DateTimeField(_("thrown away"), null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["author", "-changed_at"], name="draft_of_author")]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def beginning(self) -> str:
        """The first words of the note, to know the draft by."""
        for name in ("concern", "done", "agreed", "next_step"):
            for words in self.typed.get(name, []):
                if words.strip():
                    return str(words.strip()[:120])
        return ""
