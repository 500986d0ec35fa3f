"""What client and counsellor agree on at the end of the talk about a profile: what comes next, until when, who does it."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from competence.enums import DuePrecision, GoalDoer, GoalKind, GoalState
from competence.models.assessment import Assessment
from counselling.models import Client
from iqquadrat.core.models import Published, Recorded

CLOSED = [state for state in GoalState.values if state != GoalState.OPEN]


def _lasting_rules(table: str) -> list[models.BaseConstraint]:
    """What holds of a goal and of every earlier wording of it."""
    return [
        models.CheckConstraint(name=f"{table}_says_what", condition=~Q(text="")),
        models.CheckConstraint(name=f"{table}_kind_known", condition=Q(kind__in=GoalKind.values)),
        models.CheckConstraint(name=f"{table}_doer_known", condition=Q(done_by__in=GoalDoer.values)),
        models.CheckConstraint(
            name=f"{table}_own_words_in_a_language",
            condition=Q(own_text="", own_language="") | (~Q(own_text="") & ~Q(own_language="")),
        ),
        # Of a month the last day is stored: then the goal is due.
        models.CheckConstraint(
            name=f"{table}_due_day_or_month",
            condition=Q(due_precision=DuePrecision.DAY) | Q(due_precision=DuePrecision.MONTH, due_on__day__gte=28),
        ),
        models.CheckConstraint(
            name=f"{table}_ended_in_pairs",
            condition=Q(state=GoalState.OPEN, ended_on__isnull=True, outcome_note="")
            | Q(state__in=CLOSED, ended_on__isnull=False),
        ),
    ]  # fmt: skip


class GoalWords(models.Model):
    """What is agreed, in words; ``own_text`` as the client typed or dictated it, in ``own_language``."""

    kind = models.CharField(_("kind of goal"), max_length=15, choices=GoalKind)
    text = models.CharField(_("agreed goal"), max_length=300)
    own_text = models.CharField(_("in the client's own language"), max_length=300, blank=True)
    own_language = models.CharField(_("language of the client's words"), max_length=5, blank=True)
    due_on = models.DateField(_("until when"))
    due_precision = models.CharField(_("until a day or a month"), max_length=5, choices=DuePrecision)
    done_by = models.CharField(_("who does it"), max_length=12, choices=GoalDoer)
    state = models.CharField(_("state"), max_length=10, choices=GoalState, default=GoalState.OPEN)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    outcome_note = models.CharField(_("what became of it"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def until(self) -> str:
        """Until when, as people read it: a day, or a month."""
        return date_format(
            self.due_on, "SHORT_DATE_FORMAT" if self.due_precision == DuePrecision.DAY else "F Y"
        )

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.state == GoalState.OPEN


class GoalQuerySet(models.QuerySet["AgreedGoal"]):
    """Agreed goals."""

    def visible_to(self, user: Any) -> Self:
        """Those of own clients: who does not read the profile does not read what was agreed on it."""
        return self.filter(client__in=Client.objects.own(user))

    def open(self) -> Self:
        """Still worked on."""
        return self.filter(state=GoalState.OPEN)

    def due(self, day: dt.date) -> Self:
        """Open, and the day agreed on has come."""
        return self.open().filter(due_on__lte=day)


class AgreedGoal(GoalWords, Recorded, Published):
    """One goal of one client, from the talk about one profile. What stood before a change is kept as ``EarlierGoal``.

    ``assessment`` is empty where two records that were one for a while were parted again and the profile went with the other.
    """

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="agreed_goals"
    )
    assessment = models.ForeignKey(
        Assessment, verbose_name=_("competence assessment"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="goals",
    )  # fmt: skip
    agreed_on = models.DateField(_("agreed on"))
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects: ClassVar[GoalQuerySet] = GoalQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("agreed goal")
        verbose_name_plural = _("agreed goals")
        ordering = ["due_on", "pk"]
        constraints = [
            *_lasting_rules("agreed_goal"),
            models.CheckConstraint(
                name="agreed_goal_in_order",
                condition=Q(due_on__gte=F("agreed_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("agreed_on"))),
            ),
        ]
        indexes = [
            models.Index(fields=["client", "due_on"], name="agreed_goal_of_client"),
            models.Index(fields=["due_on"], name="agreed_goal_open", condition=Q(state=GoalState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.due_on:%Y-%m-%d}"

    def is_due(self, day: dt.date) -> bool:
        """Whether it is time to ask what became of it."""
        return self.is_open and self.due_on <= day


class EarlierGoal(GoalWords):
    """How a goal stood until it was changed: nothing that was agreed is lost by agreeing on something else."""

    goal = models.ForeignKey(AgreedGoal, on_delete=models.CASCADE, related_name="earlier")
    number = models.PositiveIntegerField(_("number"))
    until_at = models.DateTimeField(_("stood until"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("changed by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("earlier wording of a goal")
        verbose_name_plural = _("earlier wordings of goals")
        ordering = ["goal", "-number"]
        constraints = [
            *_lasting_rules("earlier_goal"),
            models.UniqueConstraint(name="earlier_goal_once", fields=["goal", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.number}"
