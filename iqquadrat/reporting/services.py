"""Programmes and their targets are kept here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.services import set_current_programme
from iqquadrat.reporting.catalogue import figure
from iqquadrat.reporting.models import Programme, ProgrammeFunder, Target


class StaleProgrammeError(Exception):
    """Somebody else has changed the programme since it was opened for editing."""

    def __init__(self, stored: Programme) -> None:
        self.stored = stored
        super().__init__("the programme was changed by somebody else")


@dataclass(frozen=True)
class Funder:
    """Who pays, under which reference, and which share in per cent; None where no share was agreed."""

    name: str
    reference: str = ""
    share: Decimal | None = None


class SharesError(Exception):
    """The shares of the funders make more than the whole."""


class ForeignYearError(Exception):
    """The programme has no day in this year."""


@transaction.atomic
def create_programme(
    *, by: User, targets: dict[str, int], funders: Sequence[Funder] = (), **facts: Any
) -> Programme:
    """Create a programme of the acting user's centre with its funders and targets (figure code to value).

    Raises ``SharesError`` where the shares make more than 100 per cent.
    """
    programme = Programme.objects.create(created_by=by, **facts)
    programme.centres.add(by.centre)
    _write_funders(programme, funders)
    _write_targets(programme, targets)
    record(Action.CREATE, by=by, obj=programme, centre_id=by.centre_id)
    return programme


@transaction.atomic
def change_programme(
    *, programme: Programme, revision: int, by: User, targets: dict[str, int], funders: Sequence[Funder] = (), **facts: Any
) -> Programme:  # fmt: skip
    """Change a programme, its funders and its targets for the whole time; those of single years stay.

    Raises ``StaleProgrammeError`` when ``revision`` is not the stored one, ``SharesError`` as above.
    """
    stored = _held(programme, revision)
    for name, value in facts.items():
        setattr(stored, name, value)
    stored.save()
    _write_funders(stored, funders)
    _write_targets(stored, targets)
    record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id)
    return stored


@transaction.atomic
def set_year_targets(
    *, programme: Programme, year: int, revision: int, by: User, targets: dict[str, int]
) -> Programme:
    """Write what was promised for one calendar year. Raises ``StaleProgrammeError``, ``ForeignYearError``."""
    stored = _held(programme, revision)
    if year not in stored.years:
        raise ForeignYearError
    stored.save()
    _write_targets(stored, targets, year=year)
    record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id, year=year)
    return stored


def _held(programme: Programme, revision: int) -> Programme:
    """Return the programme, held until the end of the transaction, with its next revision."""
    stored = Programme.objects.select_for_update().get(pk=programme.pk)
    if stored.revision != revision:
        raise StaleProgrammeError(stored)
    stored.revision += 1
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


def _write_funders(programme: Programme, funders: Sequence[Funder]) -> None:
    if sum((one.share or Decimal(0) for one in funders), Decimal(0)) > 100:
        raise SharesError
    programme.funders.all().delete()
    ProgrammeFunder.objects.bulk_create(
        ProgrammeFunder(programme=programme, position=number, name=one.name, reference=one.reference, share=one.share)
        for number, one in enumerate(funders, start=1)
    )  # fmt: skip


def _write_targets(programme: Programme, targets: dict[str, int], *, year: int | None = None) -> None:
    for code, value in targets.items():
        figure(code)  # an unknown code is refused here, before it stands in a report
        Target.objects.update_or_create(
            programme=programme, figure=code, year=year, defaults={"value": value}
        )
    programme.targets.filter(year=year).exclude(figure__in=targets).delete()
