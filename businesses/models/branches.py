"""The classification of economic activities, as reference data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import BranchKind, BranchLevel


class WzBranch(models.Model):
    """One line of the German classification of economic activities, in one of its versions."""

    version = models.PositiveSmallIntegerField(_("version of the classification"), default=2008)
    code = models.CharField(_("code"), max_length=6)
    level = models.CharField(_("depth"), max_length=10, choices=BranchLevel)
    name_de = models.CharField(_("name"), max_length=200)
    # How the street is drawn and filtered; empty for sections, which are too wide for it.
    kind = models.CharField(_("kind of shop"), max_length=12, choices=BranchKind, blank=True)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        ordering = ["version", "code"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="businesses_branch_code"),
            models.CheckConstraint(name="businesses_branch_level", condition=Q(level__in=BranchLevel.values)),
            models.CheckConstraint(
                name="businesses_branch_kind", condition=Q(kind__in=["", *BranchKind.values])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_de}"
