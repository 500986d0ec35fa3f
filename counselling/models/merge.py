"""Two records of one person made one: what was moved, so that it can be taken back."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models.client import Client
from iqquadrat.accounts.models import Centre, User

UNDO_FOR = dt.timedelta(days=30)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> "MergeQuerySet":
        """Those whose kept record this user may read."""
        return self.filter(kept__in=Client.objects.own(user))

    def standing(self) -> "MergeQuerySet":
        """Those not taken back."""
        return self.filter(undone_at__isnull=True)

    def undoable(self) -> "MergeQuerySet":
        """Those that can still be taken back."""
        return self.standing().filter(
            merged_at__gt=timezone.now() - UNDO_FOR,
            details_cleared_at__isnull=True,
            kept__merged_into__isnull=True,
        )


class Merge(models.Model):
    """One merge. ``details`` tells what was moved and what both records said before; it is cleared after 30 days."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="merges"
    )
    kept = models.ForeignKey(Client, verbose_name=_("kept"), on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(
        Client, verbose_name=_("absorbed"), on_delete=models.CASCADE, related_name="merges_away"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    merged_at = models.DateTimeField(_("merged"), default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("undone by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    details = models.JSONField(default=dict, editable=False)
    details_cleared_at = models.DateTimeField(_("details cleared"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two records")
        verbose_name_plural = _("merges of two records")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("absorbed"))),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="merge_absorbs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} > {self.kept_id}"

    @property
    def undo_until(self) -> dt.datetime:
        """Until when it can be taken back."""
        return self.merged_at + UNDO_FOR
