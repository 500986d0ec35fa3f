"""Programmes and their targets are kept here."""

from typing import Any

from django.db import transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.services import set_current_programme
from iqquadrat.reporting.catalogue import figure
from iqquadrat.reporting.models import Programme, Target


class StaleProgrammeError(Exception):
    """Somebody else has changed the programme since it was opened for editing."""

    def __init__(self, stored: Programme) -> None:
        self.stored = stored
        super().__init__("the programme was changed by somebody else")


@transaction.atomic
def create_programme(*, by: User, targets: dict[str, int], **facts: Any) -> Programme:
    """Create a programme of the acting user's centre with its targets (figure code to value)."""
    programme = Programme.objects.create(created_by=by, **facts)
    programme.centres.add(by.centre)
    _write_targets(programme, targets)
    record(Action.CREATE, by=by, obj=programme, centre_id=by.centre_id)
    return programme


@transaction.atomic
def change_programme(
    *, programme: Programme, revision: int, by: User, targets: dict[str, int], **facts: Any
) -> Programme:
    """Change a programme. Raises ``StaleProgrammeError`` when ``revision`` is not the stored one."""
    stored = Programme.objects.select_for_update().get(pk=programme.pk)
    if stored.revision != revision:
        raise StaleProgrammeError(stored)
    for name, value in facts.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save()
    _write_targets(stored, targets)
    record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id)
    return stored


class ForeignProgrammeError(Exception):
    """The centre takes no part in this programme."""


@transaction.atomic
def use_programme(*, programme: Programme, by: User) -> Programme:
    """New records of the acting user's centre are done in this programme from now on."""
    if not programme.centres.filter(pk=by.centre_id).exists():
        raise ForeignProgrammeError
    set_current_programme(centre=by.centre, by=by, code=programme.code)
    return programme


@transaction.atomic
def rest_programme(*, programme: Programme, by: User) -> Programme:
    """New records are done in no programme, if this one is the current; another that was chosen meanwhile stays."""
    centre = Centre.objects.select_for_update().get(pk=by.centre_id)
    if centre.current_programme_code == programme.code:
        set_current_programme(centre=centre, by=by, code="")
    return programme


def _write_targets(programme: Programme, targets: dict[str, int]) -> None:
    for code, value in targets.items():
        figure(code)  # an unknown code is refused here, before it stands in a report
        Target.objects.update_or_create(programme=programme, figure=code, defaults={"value": value})
    programme.targets.exclude(figure__in=targets).delete()
