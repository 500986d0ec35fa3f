"""The classification of economic activities, as reference data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import BranchKind, BranchLevel


class WzBranch(models.Model):
    """One line of the German classification of economic activities, in one of its versions."""

    version = models.PositiveSmallIntegerField(_("version of the classification"), default=2008)
    code = models.CharField(_("code"), max_length=6)
    level = models.CharField(_("depth"), max_length=10, choices=BranchLevel)
    name_de = models.CharField(_("name"), max_length=200)
    # How the street is drawn and filtered; empty for sections, which are too wide for it, and divisions that no street has.
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
            models.CheckConstraint(
                name="businesses_branch_kind_of_group",
                condition=Q(level=BranchLevel.SECTION, kind="")
                | Q(level=BranchLevel.DIVISION)
                | (Q(level=BranchLevel.GROUP) & ~Q(kind="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_de}"


class BranchSuccession(models.Model):
    """Where a group of an older version went in a newer one.

    ``is_whole``: everything of the old group is in this new one; else the old group was split, and only a person who knows the
    business can say where it belongs. Nothing is ever recoded by it.
    """

    old = models.ForeignKey(
        WzBranch, verbose_name=_("old branch"), on_delete=models.CASCADE, related_name="successions"
    )
    new = models.ForeignKey(
        WzBranch, verbose_name=_("new branch"), on_delete=models.CASCADE, related_name="origins"
    )
    is_whole = models.BooleanField(_("whole"))

    class Meta:
        verbose_name = _("succession of a branch")
        verbose_name_plural = _("successions of branches")
        ordering = ["old", "new"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="businesses_succession_once"),
            models.UniqueConstraint(
                fields=["old"], condition=Q(is_whole=True), name="businesses_succession_one_whole"
            ),
            models.CheckConstraint(name="businesses_succession_of_two", condition=~Q(old=F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} > {self.new_id}"
