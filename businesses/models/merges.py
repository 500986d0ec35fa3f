"""Two records of one business made one: what was moved, so that it can be taken back; and pairs that really are two."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.models.register import Business
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.merging import MergeOfTwo, MergeOfTwoQuerySet


class BusinessMergeQuerySet(MergeOfTwoQuerySet["BusinessMerge"]):
    """Merges; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> Self:
        """The centre's for those who may change businesses."""
        return self.filter(centre=user.centre_id) if user.may(Permission.BUSINESS_WRITE) else self.none()


class BusinessMerge(MergeOfTwo):
    """One merge. ``details`` tells what was moved and what both records said before; it is cleared after 30 days."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="business_merges"
    )
    kept = models.ForeignKey(
        Business, verbose_name=_("kept"), on_delete=models.CASCADE, related_name="merges"
    )
    absorbed = models.ForeignKey(
        Business, verbose_name=_("absorbed"), on_delete=models.CASCADE, related_name="merges_away"
    )

    objects = BusinessMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two businesses")
        verbose_name_plural = _("merges of two businesses")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="businesses_merge_of_two", condition=~Q(kept=F("absorbed"))),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="businesses_merge_absorbs_once"
            ),
        ]


class ReallyTwoQuerySet(models.QuerySet["ReallyTwo"]):
    """Pairs that are two; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> Self:
        """The centre's for those who may change businesses."""
        return self.filter(centre=user.centre_id) if user.may(Permission.BUSINESS_WRITE) else self.none()

    def about(self, one: int, other: int) -> Self:
        """The one row about these two, in whatever order they are given."""
        return self.filter(first=min(one, other), second=max(one, other))


class ReallyTwo(models.Model):
    """Somebody has looked: these two records are two businesses, however alike they are. The lower key stands first."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(
        Business, verbose_name=_("one"), on_delete=models.CASCADE, related_name="apart_as_first"
    )
    second = models.ForeignKey(
        Business, verbose_name=_("the other one"), on_delete=models.CASCADE, related_name="apart_as_second"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided"), default=timezone.now)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ReallyTwoQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that is two businesses")
        verbose_name_plural = _("pairs that are two businesses")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="businesses_two_in_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["first", "second"], name="businesses_two_once"),
        ]
        indexes = [models.Index(fields=["centre", "-decided_at"], name="businesses_two_of_centre")]

    def __str__(self) -> str:
        return f"{self.first_id} | {self.second_id}"
