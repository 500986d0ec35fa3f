"""Volunteers' hours: noted, corrected, taken back."""

from typing import Any
from uuid import UUID

from django.db import transaction

from counselling.errors import NotAllowedError
from counselling.models import VolunteerWork
from counselling.services.records import already_made, apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


def _check(by: User, work: VolunteerWork | None, facts: dict[str, Any]) -> None:
    user = facts.get("user")
    if (
        not by.may(Permission.EVENT_WRITE)
        or (work is not None and work.centre_id != by.centre_id)
        or (user is not None and user.centre_id != by.centre_id)
    ):
        raise NotAllowedError


@transaction.atomic
def note_volunteer_work(
    *, by: User, submission: UUID | None = None, programme_code: str | None = None, **facts: Any
) -> VolunteerWork:
    """Note hours. ``facts``: user or name, on, minutes, activity, note. The same ``submission`` makes one record."""
    _check(by, None, facts)
    if twin := already_made(VolunteerWork.objects, submission):
        return twin
    made = VolunteerWork.objects.create(
        centre=by.centre, created_by=by, submission=submission,
        programme_code=by.centre.current_programme_code if programme_code is None else programme_code, **facts,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=made)
    return made


@transaction.atomic
def update_volunteer_work(*, work: VolunteerWork, by: User, revision: int, **facts: Any) -> VolunteerWork:
    """Correct hours. Raises ``RecordChangedError``."""
    _check(by, work, facts)
    stored = lock(work, revision=revision)
    changed = apply_changes(stored, facts)
    if changed:
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def delete_volunteer_work(*, work: VolunteerWork, by: User) -> None:
    """Take back hours that were noted by mistake."""
    _check(by, work, {})
    record(Action.DELETE, by=by, obj=work)
    work.delete()
