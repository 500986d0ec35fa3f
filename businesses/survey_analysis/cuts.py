"""The parts of a wave that may be looked at alone: sections of the street, sections and divisions of the classification.

Offered is a part only with five interviews and more, and only while what is not offered is five and more together, in two parts at least: else
the whole less the others would tell of it. A division is offered only within a section that is. Only one part is looked at at a time; what of
it is shown is judged figure by figure (``protection``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from businesses.models import WzBranch
from businesses.survey_analysis.protection import Cut, Parts, pool
from businesses.survey_analysis.rows import UnitRow, WaveRows
from businesses.wz_sections import section_of
from iqquadrat.core.small_counts import hide_in_list

STREET, BRANCH, DIVISION = "street", "section", "division"


class RefusedPartError(Exception):
    """The part is not offered: too few interviews stand behind it, or behind what it leaves over."""


@dataclass(frozen=True)
class Offered:
    """A part that may be looked at; ``key`` stands in the address."""

    kind: str
    key: str
    cut: Cut


def offered(data: WaveRows) -> list[Offered]:
    """Return the parts of a wave that may be looked at. One query for the names of branches."""
    streets = {str(section.pk): str(section) for section in data.sections}
    places = _parts(data.interviewed, lambda unit: str(unit.section or ""))
    found = [
        Offered(STREET, f"{STREET}-{key}", Cut((places,), (key,), streets[key], is_street=True))
        for key in _shown_places(data, places)
    ]
    names = branch_names(data.classification)
    letters = _parts(data.interviewed, lambda unit: _section(unit, data.classification))
    divisions = _parts(data.interviewed, lambda unit: _division(unit, data.classification))
    for letter in _large(data.interviewed, letters):
        if not letter:
            continue
        found.append(
            Offered(BRANCH, f"{BRANCH}-{letter}", Cut((letters,), (letter,), names.get(letter, letter)))
        )
        inside = [unit for unit in data.interviewed if letters[unit.business] == letter]
        within = _large(inside, divisions)
        found += [
            Offered(
                DIVISION, f"{DIVISION}-{code}", Cut((letters, divisions), (letter, code), names.get(code, code))
            )
            for code in within
            # A section of one division is this division.
            if len({divisions[unit.business] for unit in inside}) > 1
        ]  # fmt: skip
    return found


def cut_for(key: str, parts: list[Offered]) -> Cut | None:
    """Return the part of this key; None for none. Raises RefusedPartError."""
    if not key:
        return None
    for part in parts:
        if part.key == key:
            return part.cut
    raise RefusedPartError


def within(units: list[UnitRow], cut: Cut | None, data: WaveRows) -> list[UnitRow]:
    """Return the units of a part, interviewed or not: what is seen from the street is never hidden."""
    if cut is None:
        return units
    chosen = cut.chosen[-1]
    if cut.is_street:
        return [unit for unit in units if str(unit.section or "") == chosen]
    if len(cut.levels) > 1:
        return [unit for unit in units if _division(unit, data.classification) == chosen]
    return [unit for unit in units if _section(unit, data.classification) == chosen]


def branch_names(version: int | None) -> dict[str, str]:
    """Return the names of the sections and divisions of a version, by code."""
    found = WzBranch.objects.filter(version=version or 0).exclude(level="group")
    return dict(found.values_list("code", "name_de"))


def _shown_places(data: WaveRows, parts: Parts) -> list[str]:
    """The sections of the street whose number of interviews the quarter sheet shows: the same list, hidden by the same rule."""
    order = [str(section.pk) if section else "" for section in data.places]
    held = list(parts.values())
    shown = hide_in_list([held.count(key) for key in order])
    return [key for key, number in zip(order, shown.counts, strict=True) if key and number]


def _parts(units: list[UnitRow], part_of: Callable[[UnitRow], str]) -> Parts:
    return {unit.business: part_of(unit) for unit in units}


def _large(units: list[UnitRow], parts: Parts) -> list[str]:
    sizes: dict[str, int] = {}
    for unit in units:
        sizes[parts[unit.business]] = sizes.get(parts[unit.business], 0) + 1
    pooled = pool(sizes)
    return sorted(part for part in sizes if part not in pooled)


def _division(unit: UnitRow, version: int | None) -> str:
    return unit.division if unit.version == version else ""


def _section(unit: UnitRow, version: int | None) -> str:
    return section_of(_division(unit, version), version)
