"""Vacancies: opened, changed, closed."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Role
from placements.enums import NOT_VACANCIES, VacancyState
from placements.models import Vacancy


class StaleVacancyError(Exception):
    """Somebody else has changed the vacancy since it was opened for editing. ``stored`` is the version that stands."""

    def __init__(self, stored: Vacancy) -> None:
        self.stored = stored
        super().__init__("the vacancy was changed by somebody else")


class StillADraftError(Exception):
    """A draft is opened or discarded by its own services."""


@transaction.atomic
def open_vacancy(*, by: User, submission: UUID | None = None, **facts: Any) -> Vacancy:
    """Create a vacancy in the acting user's centre. Sending the same form twice (``submission``) gives the first record."""
    if submission and (existing := Vacancy.objects.filter(submission=submission).first()):
        return existing
    facts.setdefault("programme_code", by.centre.current_programme_code)
    facts.setdefault("in_charge", by if Role.COUNSELLOR in by.roles else None)
    try:
        with transaction.atomic():
            vacancy = Vacancy.objects.create(
                centre_id=by.centre_id, created_by=by, submission=submission, **facts
            )
    except IntegrityError:
        # The twin of this request was faster by less than a moment.
        existing = Vacancy.objects.filter(submission=submission).first() if submission else None
        if existing is None:
            raise
        return existing
    record(Action.CREATE, by=by, obj=vacancy)
    return vacancy


@transaction.atomic
def change_vacancy(*, vacancy: Vacancy, revision: int, by: User, **facts: Any) -> Vacancy:
    """Change a vacancy. Raises ``StaleVacancyError`` when ``revision`` is not the stored one."""
    stored = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if stored.revision != revision:
        raise StaleVacancyError(stored)
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, facts[name])
    stored.revision += 1
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def set_state(*, vacancy: Vacancy, state: VacancyState, by: User) -> Vacancy:
    """Close, withdraw or open a vacancy again; one that stands there already is left alone.

    Raises ``StillADraftError`` for drafts and what was discarded of them: those have ways of their own (``services.drafts``), as
    opening one needs the business's consent. Nothing becomes a draft here either.
    """
    stored = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if stored.state in NOT_VACANCIES or state in NOT_VACANCIES:
        raise StillADraftError
    if stored.state == state:
        return stored
    stored.state = state
    stored.revision += 1
    stored.save(update_fields=["state", "revision", "changed_at"])
    record(Action.CHANGE, by=by, obj=stored, fields=["state"], state=state)
    return stored
