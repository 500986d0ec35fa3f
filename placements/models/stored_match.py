"""The table as it stood when somebody was proposed."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import User
from placements.enums import MatchGroup, OverrideReason
from placements.models.placement import Placement


class StoredMatchQuerySet(models.QuerySet["StoredMatch"]):
    """Stored tables by reader."""

    def visible_to(self, user: User) -> Self:
        """Those of placements that the reader sees."""
        return self.filter(placement__in=Placement.objects.visible_to(user))


class StoredMatch(models.Model):
    """Kept with a proposal and never changed: what was known, how it was weighed, and why it was proposed all the same.

    ``facts`` and ``table`` hold codes and numbers of ``placements.matching``, no words; ``fit`` and ``coverage`` are percent.
    """

    placement = models.OneToOneField(
        Placement, verbose_name=_("placement"), on_delete=models.CASCADE, related_name="stored_match"
    )
    stored_at = models.DateTimeField(_("stored"), auto_now_add=True)
    by = models.ForeignKey(User, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+")
    weights_version = models.CharField(_("version of the weights"), max_length=20)
    facts = models.JSONField(_("facts used"), default=dict)
    table = models.JSONField(_("checklist"), default=dict)
    fit = models.PositiveSmallIntegerField(_("fits (percent)"), null=True)
    coverage = models.PositiveSmallIntegerField(_("known (percent)"))
    group = models.CharField(_("group"), max_length=10, choices=MatchGroup)
    override_reason = models.CharField(
        _("proposed all the same, because"), max_length=20, choices=OverrideReason, blank=True
    )

    objects = StoredMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored checklist")
        verbose_name_plural = _("stored checklists")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="stored_match_percent",
                condition=(Q(fit=None) | Q(fit__lte=100)) & Q(coverage__lte=100),
            ),
            models.CheckConstraint(name="stored_match_group", condition=Q(group__in=MatchGroup.values)),
            models.CheckConstraint(
                name="stored_match_reason", condition=Q(override_reason__in=["", *OverrideReason.values])
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    # Ties that the name needs; who shows many fetches them along.
    NAMED_BY = ("placement__client", "placement__vacancy__business")

    def __str__(self) -> str:
        return str(self.placement)
