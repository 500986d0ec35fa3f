"""What became of a placement some months later."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import User
from iqquadrat.core.models import Published, Recorded
from placements.enums import LASTING, Situation, SituationSource
from placements.job_retention import MONTHS, WINDOW
from placements.models.placement import Placement

# Found out in time to tell about the day it was asked for.
IN_TIME = Q(asked_on__gte=F("due_on") - WINDOW, asked_on__lte=F("due_on") + WINDOW)
KNOWN = IN_TIME & ~Q(situation__in=["", Situation.UNKNOWN])
LASTS = IN_TIME & Q(situation__in=LASTING)


class RetentionCheckQuerySet(models.QuerySet["RetentionCheck"]):
    """Checks by reader and by where they stand."""

    def visible_to(self, user: User) -> Self:
        """Those of placements that the reader sees."""
        return self.filter(placement__in=Placement.objects.visible_to(user))

    def unanswered(self) -> Self:
        """Nobody has noted anything yet."""
        return self.filter(situation="")

    def to_ask(self, today: date) -> Self:
        """Unanswered, and their window is open."""
        return self.unanswered().filter(due_on__gte=today - WINDOW, due_on__lte=today + WINDOW)

    def missed(self, today: date) -> Self:
        """Unanswered, and their window has closed."""
        return self.unanswered().filter(due_on__lt=today - WINDOW)

    def coming(self, today: date) -> Self:
        """Their window opens later."""
        return self.unanswered().filter(due_on__gt=today + WINDOW)

    def answered(self) -> Self:
        """Something is noted, and be it that nothing could be found out."""
        return self.exclude(situation="")


class RetentionCheck(Recorded, Published):
    """A day on which it is asked what became of a placement; made when the work starts, answered later."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.CASCADE, related_name="retention_checks"
    )
    months = models.PositiveSmallIntegerField(_("months after the start"))
    due_on = models.DateField(_("to be asked on"))
    situation = models.CharField(_("situation"), max_length=15, choices=Situation, blank=True)
    source = models.CharField(_("known by"), max_length=10, choices=SituationSource, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = RetentionCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about a placement that began")
        verbose_name_plural = _("questions about placements that began")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(situation=""), name="placements_retention_open")
        ]
        constraints = [
            models.UniqueConstraint(fields=["placement", "months"], name="placements_retention_once"),
            models.CheckConstraint(name="placements_retention_months", condition=Q(months__in=MONTHS)),
            models.CheckConstraint(
                name="placements_retention_situation", condition=Q(situation__in=["", *Situation.values])
            ),
            models.CheckConstraint(
                name="placements_retention_source", condition=Q(source__in=["", *SituationSource.values])
            ),
            models.CheckConstraint(
                name="placements_retention_answered_on",
                condition=Q(situation="", asked_on=None) | ~Q(situation="") & Q(asked_on__isnull=False),
            ),
            # What is known is known from somewhere; what is not known has no source.
            models.CheckConstraint(
                name="placements_retention_known_by",
                condition=Q(situation__in=["", Situation.UNKNOWN], source="")
                | ~Q(situation__in=["", Situation.UNKNOWN]) & ~Q(source=""),
            ),
        ]

    # Ties that the name needs; who shows many fetches them along.
    NAMED_BY = ("placement__client", "placement__vacancy__business")

    def __str__(self) -> str:
        return f"{self.placement}, {self.months}"

    @property
    def centre_id(self) -> int:
        """The centre whose record it is."""
        return self.placement.centre_id

    @property
    def programme_code(self) -> str:
        """The programme that the placement counts for."""
        return self.placement.programme_code

    @property
    def asks_from(self) -> date:
        """The first day on which an answer counts."""
        return self.due_on - WINDOW

    @property
    def asks_until(self) -> date:
        """The last day on which an answer counts."""
        return self.due_on + WINDOW

    @property
    def came_too_late(self) -> bool:
        """Whether it was found out after the window: it then counts as not known."""
        return self.asked_on is not None and self.asked_on > self.asks_until
