"""What a business needs help with, from the first word to the end, and every step between."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import ENDED_NEEDS, RUNNING_NEEDS, NeedSource, NeedState, NeedTopic, Urgency
from businesses.models.register import Business, OfBusinessQuerySet
from iqquadrat.core.models import Published, Recorded


class NeedQuerySet(OfBusinessQuerySet["Need"]):
    """Needs of the centre's businesses."""

    def running(self) -> Self:
        """Open or in advice."""
        return self.filter(state__in=RUNNING_NEEDS)


class Need(Recorded, Published):
    """One topic in which a business wants help. At most one of a topic runs at a time."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="needs"
    )
    topic = models.CharField(_("topic"), max_length=12, choices=NeedTopic)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.SOME)
    words = models.TextField(_("what was said"), blank=True)
    source = models.CharField(_("became known"), max_length=12, choices=NeedSource)
    interview = models.ForeignKey(
        "businesses.Interview", verbose_name=_("interview"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="needs",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=NeedState, default=NeedState.OPEN)
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("in charge"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="business_needs",
    )  # fmt: skip
    due_on = models.DateField(_("due"), null=True, blank=True)
    opened_on = models.DateField(_("opened"), default=timezone.localdate)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("closed by"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    # A later interview answered "none": somebody has to look, nothing ends by itself.
    closing_proposed_on = models.DateField(_("said to be over"), null=True, blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-opened_on", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="businesses_need_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "topic"], condition=Q(state__in=RUNNING_NEEDS), name="businesses_need_one_runs"
            ),
            models.CheckConstraint(name="businesses_need_topic", condition=Q(topic__in=NeedTopic.values)),
            models.CheckConstraint(name="businesses_need_urgency", condition=Q(urgency__in=Urgency.values)),
            models.CheckConstraint(name="businesses_need_source", condition=Q(source__in=NeedSource.values)),
            models.CheckConstraint(
                name="businesses_need_closed_pair",
                condition=Q(state__in=RUNNING_NEEDS, closed_on__isnull=True, closed_by__isnull=True)
                | Q(state__in=ENDED_NEEDS, closed_on__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="businesses_need_proposal_runs",
                condition=Q(closing_proposed_on__isnull=True) | Q(state__in=RUNNING_NEEDS),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(NeedTopic(self.topic).label)

    @property
    def is_running(self) -> bool:
        """Whether something is still to be done."""
        return self.state in RUNNING_NEEDS

    @property
    def is_overdue(self) -> bool:
        """Running, and its day is past."""
        return self.is_running and self.due_on is not None and self.due_on < timezone.localdate()


class NeedStep(models.Model):
    """A step in the life of a need. Append-only: triggers refuse everything but clearing the note (retention)."""

    need = models.ForeignKey(Need, verbose_name=_("need"), on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(_("when"), default=timezone.now)
    from_state = models.CharField(_("from"), max_length=12, choices=NeedState, blank=True)
    to_state = models.CharField(_("to"), max_length=12, choices=NeedState)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of a need")
        verbose_name_plural = _("steps of needs")
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["note"]),
            ),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.to_state}"
