"""What employers answer to a proposal."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import User
from placements.enums import AnswerChannel, AnswerOutcome, DeclineReason
from placements.models.placement import Placement


class EmployerAnswerQuerySet(models.QuerySet["EmployerAnswer"]):
    """Answers by reader, and those that count."""

    def visible_to(self, user: User) -> Self:
        """Those to placements that the reader sees."""
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def standing(self) -> Self:
        """Neither taken back nor the taking back itself."""
        return self.filter(undoes=None, undone_by=None)

    def newest_first(self) -> Self:
        """By the day of the answer."""
        return self.order_by("-answered_on", "-pk")


class EmployerAnswer(models.Model):
    """One answer of an employer. Append-only: one noted by mistake is taken back by another row, so the log shows both.

    ``due_on``: when the counsellor wants to be reminded, whatever the usual time. A reason that the law forbids is a code without
    words: who reads the record later must learn that it happened, not which prejudice it was.
    """

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.CASCADE, related_name="answers"
    )
    answered_on = models.DateField(_("answered"))
    channel = models.CharField(_("how"), max_length=10, choices=AnswerChannel)
    outcome = models.CharField(_("outcome"), max_length=15, choices=AnswerOutcome)
    reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason, blank=True)
    words = models.CharField(_("in words"), max_length=500, blank=True)
    due_on = models.DateField(_("ask on"), null=True, blank=True)
    noted_at = models.DateTimeField(_("written"), auto_now_add=True)
    by = models.ForeignKey(User, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True, null=True, editable=False)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="undone_by", editable=False
    )

    objects = EmployerAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of an employer")
        verbose_name_plural = _("answers of employers")
        ordering = ["answered_on", "pk"]
        indexes = [models.Index(fields=["placement", "-answered_on"], name="placements_answer_last")]
        constraints = [
            models.CheckConstraint(
                name="placements_answer_reason_when_declined",
                condition=Q(outcome=AnswerOutcome.DECLINED) & ~Q(reason="")
                | ~Q(outcome=AnswerOutcome.DECLINED) & Q(reason=""),
            ),
            models.CheckConstraint(
                name="placements_answer_unlawful_without_words",
                condition=~Q(reason=DeclineReason.UNLAWFUL) | Q(words=""),
            ),
            models.CheckConstraint(
                name="placements_answer_due_after",
                condition=Q(due_on=None) | Q(due_on__gte=F("answered_on")),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.answered_on:%Y-%m-%d} {self.outcome}"
