"""Events for many at once."""

from typing import Any

from django.db import transaction

from counselling.models import GroupEvent
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def record_group_event(*, by: User, programme_code: str | None = None, **facts: Any) -> GroupEvent:
    """Count an event by heads. ``facts``: title, kind, at, languages, head_count."""
    event = GroupEvent.objects.create(
        centre=by.centre, created_by=by,
        programme_code=by.centre.current_programme_code if programme_code is None else programme_code, **facts,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=event)
    return event
