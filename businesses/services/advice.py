"""Training places, talks with businesses, courses and the regulars' table."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from businesses.enums import Channel
from businesses.models import Business, BusinessConsultation, Event, EventAttendance, TrainingPlace
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.submissions import take_turns


@transaction.atomic
def create_training_place(
    *,
    business: Business,
    occupation: str,
    created_on: date,
    reason: str,
    by: User,
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
        business=business, occupation=occupation, created_on=created_on, reason=reason, programme_code=programme_code,
        submission=submission, created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=place, centre_id=business.centre_id)
    return place


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
    programme_code: str = "",
    submission: UUID | None = None,
) -> BusinessConsultation:
    """Note a talk with a business; ``counsellor`` is who held it, the writer when not given."""
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
        languages=list(languages), topic=topic, content=content, agreed=agreed, programme_code=programme_code,
        submission=submission, created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=talk, centre_id=business.centre_id)
    return talk


@transaction.atomic
def hold_event(
    *,
    centre: Centre,
    kind: str,
    title: str,
    at: datetime,
    by: User,
    place: str = "",
    languages: Sequence[str] = (),
    head_count: int = 0,
    attendance: Mapping[Business, int] | None = None,
    programme_code: str = "",
    submission: UUID | None = None,
) -> Event:
    """Note a course or regulars' table and who came. ``attendance`` counts heads by business; all who came are at least
    as many as these together."""
    take_turns(submission)
    if submission and (made := Event.objects.filter(submission=submission, centre=centre).first()):
        return made
    came = {
        business: heads for business, heads in (attendance or {}).items() if business.centre_id == centre.pk
    }
    event = Event.objects.create(
        centre=centre, kind=kind, title=title, at=at, place=place, languages=list(languages),
        head_count=max(head_count, sum(came.values())), programme_code=programme_code, submission=submission, created_by=by,
    )  # fmt: skip
    EventAttendance.objects.bulk_create(
        EventAttendance(event=event, business=business, heads=heads) for business, heads in came.items()
    )
    record(Action.CREATE, by=by, obj=event, businesses=len(came))
    return event
