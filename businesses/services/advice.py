"""Training places and talks with businesses."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from businesses.enums import Channel
from businesses.errors import RecordChangedError
from businesses.models import Business, BusinessConsultation, Need, TrainingPlace
from businesses.services.needs import advance_need
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns


@transaction.atomic
def create_training_place(
    *,
    business: Business,
    occupation: str,
    created_on: date,
    reason: str,
    by: User,
    evidence: str = "",
    programme_code: str = "",
    submission: UUID | None = None,
) -> TrainingPlace:
    """Note a training place that did not exist before; the same form sent twice notes it once."""
    take_turns(submission)
    if submission and (
        made := TrainingPlace.objects.filter(submission=submission, business=business).first()
    ):
        return made
    place = TrainingPlace.objects.create(
        business=business, occupation=occupation, created_on=created_on, reason=reason, evidence=evidence,
        programme_code=programme_code, submission=submission, created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=place, centre_id=business.centre_id)
    return place


@transaction.atomic
def change_training_place(
    *, place: TrainingPlace, occupation: str, created_on: date, reason: str, evidence: str, revision: int, by: User
) -> TrainingPlace:  # fmt: skip
    """Correct a training place as it was at ``revision``. Raises ``RecordChangedError`` when somebody was faster."""
    stored = TrainingPlace.objects.select_for_update(of=("self",)).select_related("business").get(pk=place.pk)
    if stored.revision != revision:
        raise RecordChangedError(stored)
    facts = {"occupation": occupation, "created_on": created_on, "reason": reason, "evidence": evidence}
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    if changed:
        for name in changed:
            setattr(stored, name, facts[name])
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, centre_id=stored.business.centre_id, fields=changed)
    return stored


@transaction.atomic
def log_business_consultation(
    *,
    business: Business,
    held_at: datetime,
    minutes: int,
    topic: str,
    by: User,
    counsellor: User | None = None,
    channel: str = Channel.ON_SITE,
    languages: Sequence[str] = (),
    content: str = "",
    agreed: str = "",
    need: Need | None = None,
    need_state: str = "",
    follow_up_on: date | None = None,
    programme_code: str = "",
    submission: UUID | None = None,
) -> BusinessConsultation:
    """Note a talk with a business; ``counsellor`` is who held it, the writer when not given.

    ``need``: what it was about, moved on to ``need_state`` where one is given. A need of another business is left out.
    """
    need = need if need is not None and need.business_id == business.pk else None
    take_turns(submission)
    made = (
        BusinessConsultation.objects.filter(submission=submission, business=business).first()
        if submission
        else None
    )
    if made:
        return made
    talk = BusinessConsultation.objects.create(
        business=business, counsellor=counsellor or by, held_at=held_at, minutes=minutes, channel=channel,
        languages=list(languages), topic=topic, content=content, agreed=agreed, need=need, follow_up_on=follow_up_on,
        programme_code=programme_code, submission=submission, created_by=by,
    )  # fmt: skip
    if need is not None and need_state:
        advance_need(need=need, state=need_state, by=by)
    record(Action.CREATE, by=by, obj=talk, centre_id=business.centre_id)
    return talk
