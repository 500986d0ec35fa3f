"""The city's figures a street is set beside."""

from dataclasses import dataclass

from businesses.analysis.location import BranchCounts
from businesses.enums import BranchLevel
from businesses.models import CityFigure, Wave


@dataclass(frozen=True)
class City:
    """Businesses of the city by division, from one source and year."""

    counts: BranchCounts
    year: int
    source: str


def city_of(wave: Wave, version: int | None) -> City | None:
    """Return the city's figures by division in this version of the classification: of the year of the wave, else the last one before it, else the
    first one after. One query. None without any: figures of another version are never used."""
    if version is None:
        return None
    rows = CityFigure.objects.filter(
        centre=wave.centre_id, branch__version=version, branch__level=BranchLevel.DIVISION
    ).values_list("year", "branch__code", "units", "source")
    found = list(rows)
    years = {row[0] for row in found}
    if not years:
        return None
    before = [year for year in years if year <= wave.starts_on.year]
    year = max(before) if before else min(years)
    counts = {code: units for at, code, units, _source in found if at == year}
    sources = dict.fromkeys(source for at, _code, _units, source in found if at == year)
    return City(BranchCounts(f"WZ {version}", counts), year, "; ".join(sources))
