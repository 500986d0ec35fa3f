"""Wage subsidies of placements: noted, changed, taken away."""

from typing import Any
from uuid import UUID

from django.db import transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns
from placements.errors import NothingStartedError, StaleSubsidyError
from placements.models import Placement, WageSubsidy


@transaction.atomic
def add_subsidy(
    *, placement: Placement, by: User, submission: UUID | None = None, **facts: Any
) -> WageSubsidy:
    """Note a subsidy of work that has started. The same form twice (``submission``) notes it once. Raises ``NothingStartedError``."""
    take_turns(submission)
    stored = Placement.objects.select_for_update().get(pk=placement.pk)
    if submission and (existing := WageSubsidy.objects.filter(submission=submission).first()):
        return existing
    if stored.started_on is None:
        raise NothingStartedError
    subsidy = WageSubsidy.objects.create(placement=stored, created_by=by, submission=submission, **facts)
    record(Action.CREATE, by=by, obj=subsidy)
    return subsidy


@transaction.atomic
def change_subsidy(*, subsidy: WageSubsidy, revision: int, by: User, **facts: Any) -> WageSubsidy:
    """Change a subsidy. Raises ``StaleSubsidyError`` when ``revision`` is not the stored one."""
    stored = _locked(subsidy, revision)
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, facts[name])
    stored.revision += 1
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def delete_subsidy(*, subsidy: WageSubsidy, revision: int, by: User) -> None:
    """Take away a subsidy that was noted by mistake. Raises ``StaleSubsidyError``."""
    stored = _locked(subsidy, revision)
    record(Action.DELETE, by=by, obj=stored)
    stored.delete()


def _locked(subsidy: WageSubsidy, revision: int) -> WageSubsidy:
    rows = WageSubsidy.objects.select_for_update(of=("self",)).select_related(*WageSubsidy.NAMED_BY)
    stored = rows.get(pk=subsidy.pk)
    if stored.revision != revision:
        raise StaleSubsidyError(stored)
    return stored
