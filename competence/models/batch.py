"""Papers of several clients at once: made in the background, fetched once, gone after a day."""

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competence.enums import BatchState, PaperKind
from competence.models.assessment import Assessment
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.background import Work
from iqquadrat.core.models import Published, Recorded

KEPT = dt.timedelta(days=1)


class PaperBatchQuerySet(models.QuerySet["PaperBatch"]):
    """Batches; ``visible_to`` first, always."""

    def visible_to(self, user: User) -> "PaperBatchQuerySet":
        """One's own: papers of clients are for whoever asked for them."""
        if not user.may(Permission.PROFILE_READ_OWN):
            return self.none()
        return self.filter(centre_id=user.centre_id, created_by_id=user.pk)

    def outlived(self) -> "PaperBatchQuerySet":
        """Older than a day, whatever became of them."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class PaperBatch(Recorded, Published, Work):
    """One order of papers. Its files lie with the clients they are about, so that an erasure takes them along."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.WORKING)
    kinds = ArrayField(models.CharField(max_length=20, choices=PaperKind), verbose_name=_("papers"))
    # Of the papers that stand in two languages: a code, or empty for each client's own.
    language = models.CharField(_("language"), max_length=5, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)

    objects: ClassVar[PaperBatchQuerySet] = PaperBatchQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("papers of several clients")
        verbose_name_plural = _("papers of several clients")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_by", "-created_at"], name="paper_batch_of_user")]
        constraints = [
            models.CheckConstraint(
                name="paper_batch_fetched_at",
                condition=Q(state=BatchState.FETCHED, fetched_at__isnull=False)
                | (~Q(state=BatchState.FETCHED) & Q(fetched_at__isnull=True)),
            ),
            models.CheckConstraint(name="paper_batch_has_papers", condition=Q(kinds__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.created_at:%Y-%m-%d}"

    @property
    def is_working(self) -> bool:
        """A worker has it, or should have."""
        return self.state == BatchState.WORKING and not self.fault

    @property
    def kept_until(self) -> dt.datetime:
        """When its files are deleted at the latest, but for the hour of the nightly run."""
        return self.created_at + KEPT


class BatchPaper(models.Model):
    """One paper of one client in a batch: what is to be made, and the file once it is."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.CASCADE, related_name="papers")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("paper"), max_length=20, choices=PaperKind)
    language = models.CharField(_("language"), max_length=5)
    content = models.BinaryField(_("file"), null=True, editable=False)
    # Nothing is released for employers: there is no such paper of this client.
    is_missing = models.BooleanField(_("there is none"), default=False)

    class Meta:
        verbose_name = _("paper in a batch")
        verbose_name_plural = _("papers in a batch")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="batch_paper_once", fields=["batch", "assessment", "kind"]),
            models.CheckConstraint(
                name="batch_paper_missing_or_there", condition=Q(is_missing=False) | Q(content__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.kind}"
