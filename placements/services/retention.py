"""What became of placements: the days to ask on are planned with the start, the answers noted later."""

from datetime import date

from django.db import transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.categories import FOLLOWED_UP
from placements.enums import Situation
from placements.job_retention import days_asked
from placements.models import Placement, RetentionCheck


class RetentionError(Exception):
    """An answer that cannot be taken; the text of each kind stands in the form that caught it."""


class StaleCheckError(RetentionError):
    """Somebody else has noted an answer since the form was opened. ``stored`` is the check as it stands."""

    def __init__(self, stored: RetentionCheck) -> None:
        self.stored = stored
        super().__init__("the answer was changed by somebody else")


class TooEarlyError(RetentionError):
    """The day of the answer lies before the first on which it tells anything."""


class HasEndedError(RetentionError):
    """``same_job`` for work that ended before the day of the answer."""


def plan_checks(placement: Placement, *, by: User) -> None:
    """Plan the days to ask on for work that has started; nothing for steps that end by themselves."""
    if placement.started_on is None or placement.category not in FOLLOWED_UP:
        return
    RetentionCheck.objects.bulk_create(
        (
            RetentionCheck(placement=placement, months=months, due_on=day, created_by=by)
            for months, day in days_asked(placement.started_on).items()
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def answer_check(
    *, check: RetentionCheck, revision: int, situation: Situation | str, asked_on: date, by: User, source: str = "", note: str = "",
) -> RetentionCheck:  # fmt: skip
    """Note what became of the placement, or that it could not be found out; a later answer replaces an earlier one.

    Raises ``StaleCheckError``, ``TooEarlyError`` (before the window opens), ``HasEndedError``.
    """
    stored = _locked(check, revision)
    if asked_on < stored.asks_from:
        raise TooEarlyError
    ended_on = stored.placement.ended_on
    if situation == Situation.SAME_JOB and ended_on is not None and ended_on < asked_on:
        raise HasEndedError
    stored.situation, stored.asked_on, stored.note = situation, asked_on, note
    stored.source = "" if situation == Situation.UNKNOWN else source
    return _saved(stored, by=by)


@transaction.atomic
def clear_answer(*, check: RetentionCheck, revision: int, by: User) -> RetentionCheck:
    """Take an answer away that was noted by mistake. Raises ``StaleCheckError``."""
    stored = _locked(check, revision)
    stored.situation = stored.source = stored.note = ""
    stored.asked_on = None
    return _saved(stored, by=by)


def _locked(check: RetentionCheck, revision: int) -> RetentionCheck:
    stored = (
        RetentionCheck.objects.select_for_update(of=("self",))
        .select_related(*RetentionCheck.NAMED_BY)
        .get(pk=check.pk)
    )
    if stored.revision != revision:
        raise StaleCheckError(stored)
    return stored


def _saved(stored: RetentionCheck, *, by: User) -> RetentionCheck:
    stored.revision += 1
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, months=stored.months)
    return stored
