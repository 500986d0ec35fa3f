"""What employers answer: noted, or taken back when noted by mistake."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.enums import AnswerChannel, AnswerOutcome, DeclineReason
from placements.models import EmployerAnswer, Placement


@transaction.atomic
def note_answer(
    *, placement: Placement, answered_on: date, channel: AnswerChannel | str, outcome: AnswerOutcome | str, by: User,
    reason: DeclineReason | str = "", words: str = "", due_on: date | None = None, submission: UUID | None = None,
) -> EmployerAnswer:  # fmt: skip
    """Note what the employer answered. Sending the same form twice (``submission``) notes it once.

    ``reason`` counts for a refusal alone; where the law forbids it, ``words`` are not kept. ``due_on``: the day to ask again.
    """
    Placement.objects.select_for_update().get(pk=placement.pk)
    if submission and (existing := EmployerAnswer.objects.filter(submission=submission).first()):
        return existing
    reason = reason if outcome == AnswerOutcome.DECLINED else ""
    words = "" if reason == DeclineReason.UNLAWFUL else words
    try:
        with transaction.atomic():
            answer = EmployerAnswer.objects.create(
                placement=placement, answered_on=answered_on, channel=channel, outcome=outcome, reason=reason, words=words,
                due_on=due_on, by=by, submission=submission,
            )  # fmt: skip
    except IntegrityError:
        # The twin of this request was faster by less than a moment.
        existing = EmployerAnswer.objects.filter(submission=submission).first() if submission else None
        if existing is None:
            raise
        return existing
    record(Action.CHANGE, by=by, obj=placement, answer=outcome)
    return answer


@transaction.atomic
def take_answer_back(*, answer: EmployerAnswer, by: User) -> bool:
    """Take back an answer that was noted by mistake; the log keeps both. False when it was taken back already."""
    Placement.objects.select_for_update().get(pk=answer.placement_id)
    if not EmployerAnswer.objects.standing().filter(pk=answer.pk).exists():
        return False
    EmployerAnswer.objects.create(
        placement_id=answer.placement_id, answered_on=answer.answered_on, channel=answer.channel, outcome=answer.outcome,
        reason=answer.reason, by=by, undoes=answer,
    )  # fmt: skip
    record(Action.CHANGE, by=by, obj=answer.placement, answer_undone=answer.outcome)
    return True
