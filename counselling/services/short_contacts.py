"""Anonymous short contacts: logged in two clicks, undone in one."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from counselling.enums import Channel
from counselling.errors import NotAllowedError
from counselling.models import ShortContact, Topic
from counselling.services.records import already_made
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

UNDO_WITHIN = dt.timedelta(hours=24)


def log_short_contact(
    *,
    language: str,
    topic: Topic,
    by: User,
    submission: UUID | None = None,
    at: dt.datetime | None = None,
    channel: str = Channel.PERSON_UNPLANNED,
    minutes: int = 5,
    programme_code: str | None = None,
) -> ShortContact:
    """Count one quick question: a language and a topic, no person."""
    try:
        with transaction.atomic():
            if twin := already_made(ShortContact.objects, submission):
                return twin
            made = ShortContact.objects.create(
                centre=by.centre, counsellor=by, created_by=by, submission=submission, at=at or timezone.now(),
                language=language, topic=topic, channel=channel, minutes=minutes,
                programme_code=by.centre.current_programme_code if programme_code is None else programme_code,
            )  # fmt: skip
            record(Action.CREATE, by=by, obj=made)
            return made
    except IntegrityError:
        twin = already_made(ShortContact.objects, submission)
        if twin is None:
            raise
        return twin


@transaction.atomic
def undo_short_contact(*, short_contact: ShortContact, by: User) -> None:
    """Delete one that was counted by mistake: one's own, within a day."""
    if short_contact.created_by_id != by.pk or short_contact.created_at < timezone.now() - UNDO_WITHIN:
        raise NotAllowedError
    record(Action.DELETE, by=by, obj=short_contact)
    short_contact.delete()
