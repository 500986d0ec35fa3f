"""Agreed goals: agreed at the end of a talk, worded anew, ended with what became of them, opened again. Nothing is overwritten
silently: what stood before a change is kept beside the goal."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from competence.enums import GoalState
from competence.models import AgreedGoal, Assessment, EarlierGoal, GoalWords
from counselling.errors import FutureDayError
from counselling.models import Client
from counselling.services.records import already_made, apply_changes, hold_still, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

# Who has more on their list reaches none of it.
MOST_OPEN = 5
_WORDS = tuple(field.name for field in GoalWords._meta.local_fields)


class TooManyGoalsError(Exception):
    """The client has as many open goals as are worked on at once; one of them is to be ended first."""


class GoalDaysError(ValueError):
    """It would be due, or have ended, before it was agreed."""


@transaction.atomic
def agree_goal(
    *, assessment: Assessment, by: User, kind: str, text: str, due_on: dt.date, due_precision: str, done_by: str,
    own_text: str = "", own_language: str = "", submission: UUID | None = None,
) -> AgreedGoal:  # fmt: skip
    """Write down what was agreed in the talk about this profile. The same ``submission`` again returns the goal it made.

    Raises ``TooManyGoalsError``, ``GoalDaysError``, and ``ClientGoneError`` when the record was merged or erased meanwhile.
    """
    if twin := already_made(AgreedGoal.objects, submission):
        return twin
    _room_for_one_more(assessment.client)
    goal = AgreedGoal(
        client_id=assessment.client_id, assessment=assessment, agreed_on=timezone.localdate(), kind=kind, text=text,
        own_text=own_text, own_language=own_language if own_text else "", due_on=due_on, due_precision=due_precision,
        done_by=done_by, submission=submission, created_by=by,
    )  # fmt: skip
    _check_days(goal)
    goal.save()
    record(Action.CREATE, by=by, obj=goal, client=goal.client_id)
    return goal


@transaction.atomic
def word_goal_anew(*, goal: AgreedGoal, by: User, revision: int, **words: Any) -> AgreedGoal:
    """Agree on other words, another day or another doer. Raises ``RecordChangedError`` and as ``agree_goal`` does."""
    words["own_language"] = words.get("own_language", goal.own_language) if words.get("own_text") else ""
    return _change(goal, by, revision, words)


@transaction.atomic
def end_goal(
    *, goal: AgreedGoal, by: User, revision: int, state: str, ended_on: dt.date, outcome_note: str = ""
) -> AgreedGoal:
    """Note what became of it; of an ended goal, correct it. Raises ``RecordChangedError``, ``GoalDaysError``, ``FutureDayError``."""
    return _change(goal, by, revision, {"state": state, "ended_on": ended_on, "outcome_note": outcome_note})


@transaction.atomic
def reopen_goal(*, goal: AgreedGoal, by: User) -> AgreedGoal:
    """Work on an ended goal again. Opening an open one changes nothing. Raises ``TooManyGoalsError``."""
    hold_still(goal.client)
    if not AgreedGoal.objects.get(pk=goal.pk).is_open:
        _room_for_one_more(goal.client)
    return _change(goal, by, None, {"state": GoalState.OPEN.value, "ended_on": None, "outcome_note": ""})


def _room_for_one_more(client: Client) -> None:
    """Two who agree on something for one person take turns here, so that the count holds."""
    hold_still(client)
    if AgreedGoal.objects.open().filter(client=client).count() >= MOST_OPEN:
        raise TooManyGoalsError


def _change(goal: AgreedGoal, by: User, revision: int | None, facts: dict[str, Any]) -> AgreedGoal:
    hold_still(goal.client)
    stored = lock(goal, revision=revision)
    before = {name: getattr(stored, name) for name in _WORDS}
    if changed := apply_changes(stored, facts):
        _check_days(stored)
        stored.save()
        EarlierGoal.objects.create(
            goal=stored, number=stored.revision - 1, until_at=timezone.now(), replaced_by=by, **before
        )
        record(Action.CHANGE, by=by, obj=stored, client=stored.client_id, fields=sorted(changed))
    return stored


def _check_days(goal: AgreedGoal) -> None:
    if goal.ended_on is not None and goal.ended_on > timezone.localdate():
        raise FutureDayError
    if min(goal.due_on, goal.ended_on or goal.due_on) < goal.agreed_on:
        raise GoalDaysError
