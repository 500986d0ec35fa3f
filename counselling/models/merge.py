"""Two records of one person made one: what was moved, so that it can be taken back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counselling.models.client import Client
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.merging import MergeOfTwo, MergeOfTwoQuerySet


class MergeQuerySet(MergeOfTwoQuerySet["Merge"]):
    """Merges; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> "MergeQuerySet":
        """Those whose kept record this user may read."""
        return self.filter(kept__in=Client.objects.own(user))


class Merge(MergeOfTwo):
    """One merge. ``details`` tells what was moved and what both records said before; it is cleared after 30 days."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="merges"
    )
    kept = models.ForeignKey(Client, verbose_name=_("kept"), on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(
        Client, verbose_name=_("absorbed"), on_delete=models.CASCADE, related_name="merges_away"
    )
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
