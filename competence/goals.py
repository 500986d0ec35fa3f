"""Reading agreed goals: of one client, open ones first; those it is time to ask about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from competence.models import AgreedGoal, Assessment
from competence.services.goals import MOST_OPEN
from iqquadrat.accounts.models import User


@dataclass(frozen=True)
class Goals:
    """The goals of one client: those still worked on by their day, the ended ones from the latest on."""

    open: tuple[AgreedGoal, ...]
    ended: tuple[AgreedGoal, ...]
    today: dt.date

    @property
    def is_full(self) -> bool:
        """Whether as many are open as are worked on at once."""
        return len(self.open) >= MOST_OPEN

    @property
    def due(self) -> tuple[AgreedGoal, ...]:
        """Those it is time to ask about."""
        return tuple(goal for goal in self.open if goal.is_due(self.today))

    def __bool__(self) -> bool:
        return bool(self.open or self.ended)


def goals_of(client_id: int) -> Goals:
    """Return the goals of a client with their earlier wordings, in a fixed number of queries."""
    found = AgreedGoal.objects.filter(client_id=client_id).select_related("assessment", "created_by")
    rows = list(found.prefetch_related("earlier__replaced_by").order_by("due_on", "pk"))
    ended = sorted((row for row in rows if row.ended_on), key=_latest, reverse=True)
    return Goals(tuple(row for row in rows if row.is_open), tuple(ended), timezone.localdate())


def _latest(goal: AgreedGoal) -> tuple[dt.date, int]:
    return goal.ended_on or goal.agreed_on, goal.pk


def home_of(goal: AgreedGoal, own: "Sequence[Assessment]") -> Assessment | None:
    """Return the assessment on whose page a goal is shown: its own, else the client's latest one that was begun."""
    begun = [assessment for assessment in own if assessment.started_at]
    return next((one for one in begun if one.pk == goal.assessment_id), next(iter(begun), None))


def due_goals(user: User) -> "list[AgreedGoal]":
    """Return the goals of own clients whose day has come, the longest waiting first."""
    rows = AgreedGoal.objects.visible_to(user).due(timezone.localdate())
    return list(rows.select_related("client", "assessment").order_by("due_on", "pk"))
