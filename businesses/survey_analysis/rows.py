"""A wave as plain rows: its units and what their interviews say, in a fixed number of queries however long the street is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from businesses.models import Interview, Section, Unit, Wave
from businesses.quarter_sheet.figures import ACTIVE, GONE
from businesses.queries import STANDING
from iqquadrat.questionnaires.answers import value_of
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.models import Answer, Version
from iqquadrat.questionnaires.queries import version_content

CHUNK = 5000

Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the wave. ``standing`` is its disposition as the response rates count it; ``section`` the street section's key."""

    business: int
    status: str
    standing: str
    version: int | None
    code: str
    kind: str
    street: int | None
    section: int | None
    predecessor: int | None

    @property
    def is_active(self) -> bool:
        """Whether somebody runs a business there."""
        return self.status in ACTIVE

    @property
    def division(self) -> str:
        """The division of its branch, two digits; empty where it is not coded so far."""
        return self.code[:2] if self.code[:2].isdigit() else ""


@dataclass(frozen=True)
class WaveRows:
    """A wave in memory. ``units`` without those that moved away; ``answers`` by business, of finished interviews of these units."""

    wave: Wave
    version: Version
    sections: list[Section]
    units: list[UnitRow]
    standings: Mapping[str, int]
    answers: Mapping[int, Answers]

    @cached_property
    def active(self) -> list[UnitRow]:
        """The units in which somebody runs a business."""
        return [unit for unit in self.units if unit.is_active]

    @cached_property
    def interviewed(self) -> list[UnitRow]:
        """The units that were interviewed."""
        return [unit for unit in self.units if unit.business in self.answers]

    @cached_property
    def classification(self) -> int | None:
        """The version of the classification that most active units are coded by; None while none is. Branches are never counted across two."""
        versions = Counter(unit.version for unit in self.active if unit.version and unit.division)
        return max(versions, key=lambda version: (versions[version], version)) if versions else None

    @cached_property
    def places(self) -> list[Section | None]:
        """The sections with units in their order along the street; None stands for units in no section, and comes last."""
        held = {unit.section for unit in self.units}
        found: list[Section | None] = [section for section in self.sections if section.pk in held]
        return [*found, None] if None in held else found

    def values(self, key: str, units: Iterable[UnitRow] | None = None) -> dict[int, Value]:
        """Return the answer to one question by business; None where it was not given."""
        rows = self.interviewed if units is None else units
        return {unit.business: self.answers[unit.business].get(key) for unit in rows}


def read_wave(wave: Wave, keys: Collection[str]) -> WaveRows:
    """Return a wave with the answers to these questions. Four queries, and two for a questionnaire that is not in memory yet."""
    sections = list(Section.objects.filter(street__centre=wave.centre_id).select_related("street"))
    rows = [_unit(row, sections) for row in _units(wave)]
    version = version_content(wave.version_id)
    kept = [row for row in rows if row.status not in GONE]
    return WaveRows(
        wave=wave,
        version=version,
        sections=sections,
        units=kept,
        standings=Counter(row.standing for row in rows),
        answers=_answers(wave, version, keys, {row.business for row in kept}),
    )


def _units(wave: Wave) -> Iterable[tuple[Any, ...]]:
    return (
        Unit.objects.filter(wave=wave)
        .order_by("pk")
        .annotate(standing=STANDING)
        .values_list(
            "business_id", "status", "standing", "business__branch__version", "business__branch__code",
            "business__branch__kind", "business__premises__street_id", "business__predecessor_id", "business__premises__house_number",
        )
        .iterator(chunk_size=CHUNK)
    )  # fmt: skip


def _unit(row: tuple[Any, ...], sections: list[Section]) -> UnitRow:
    business, status, standing, version, code, kind, street, predecessor, number = row
    section = next((one.pk for one in sections if one.street_id == street and one.holds(number)), None)
    return UnitRow(business, status, standing, version, code or "", kind or "", street, section, predecessor)


def _answers(
    wave: Wave, version: Version, keys: Collection[str], businesses: Collection[int]
) -> Mapping[int, Answers]:
    finished = Interview.objects.finished().filter(wave=wave).order_by("pk")
    held: dict[int, int] = {}
    found: dict[int, dict[str, Value]] = {}
    for business, response in finished.values_list("business_id", "response_id").iterator(chunk_size=CHUNK):
        if business in businesses:
            held[response] = business
            found[business] = {}
    items = {
        version.items_by_key[key].pk: version.items_by_key[key] for key in keys if key in version.items_by_key
    }
    given = (
        # By the keys of both sides: however new the rows are, the database finds them by its index.
        Answer.objects.filter(response__in=list(held), item__in=list(items))
        .order_by()
        .values_list("response_id", "item_id", "status", "choices", "number", "text", "date")
    )
    for response, item, *columns in given.iterator(chunk_size=CHUNK):
        value = value_of(items[item].type, SimpleNamespace(**dict(zip(_COLUMNS, columns, strict=True))))
        if value is not None:
            found[held[response]][items[item].key] = value
    return found


_COLUMNS = ("status", "choices", "number", "text", "date")
