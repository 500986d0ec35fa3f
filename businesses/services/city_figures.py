"""The city's figures: taken in as a whole set, gone as a whole set."""

from collections.abc import Mapping

from django.db import transaction

from businesses.models import CityFigure, WzBranch
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def store_city_figures(*, version: int, year: int, source: str, units: Mapping[str, int], by: User) -> int:
    """Store businesses of the city by division; a set of the same version and year is replaced as a whole. Returns how many are stored.

    Raises ``KeyError`` for a code that the version does not have: forms check it line by line.
    """
    centre = by.centre
    branches = {branch.code: branch for branch in WzBranch.objects.filter(version=version, code__in=units)}
    old = CityFigure.objects.filter(centre=centre, branch__version=version, year=year)
    list(old.select_for_update(of=("self",)))
    old.delete()
    made = CityFigure.objects.bulk_create(
        CityFigure(
            centre=centre, branch=branches[code], year=year, units=number, source=source, created_by=by
        )
        for code, number in units.items()
    )
    record(Action.CREATE, by=by, obj=centre, city_figures=len(made), version=version, year=year)
    return len(made)


@transaction.atomic
def delete_city_figures(*, version: int, year: int, by: User) -> int:
    """Delete a set. Returns how many figures there were."""
    found = CityFigure.objects.filter(centre=by.centre, branch__version=version, year=year)
    number = found.count()
    if number:
        found.delete()
        record(Action.DELETE, by=by, obj=by.centre, city_figures=number, version=version, year=year)
    return number
