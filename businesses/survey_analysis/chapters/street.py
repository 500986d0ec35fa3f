"""How densely the street is used: units, vacancy, frontage. Seen from the street and shown as it is."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesses.analysis.location import density, vacancy_rate
from businesses.enums import Status
from businesses.models import Section
from businesses.survey_analysis.blocks import Block, Cell, Figure, Line, counted, lengths, per_cent
from businesses.survey_analysis.cuts import within
from businesses.survey_analysis.protection import Cut
from businesses.survey_analysis.rows import UnitRow, WaveRows

KEYS: tuple[str, ...] = ()


def blocks(data: WaveRows, cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter."""
    units = within(data.units, cut, data)
    if cut is not None and not cut.is_street:
        # Empty shops have no branch: of a branch there is no vacancy, and no density of the street.
        return (_sections_of_branch(data, units),)
    return (_use(data, units), _statuses(units), _sections(data, units))


def _vacancy(units: list[UnitRow]) -> float | None:
    vacant = sum(unit.status == Status.VACANT for unit in units)
    return vacancy_rate(vacant=vacant, occupied=len(units) - vacant)


def _use(data: WaveRows, units: list[UnitRow]) -> Block:
    rate = _vacancy(units)
    walked = [unit for unit in units if unit.section in _fronts(data)]
    metres = sum(_fronts(data)[pk] for pk in {unit.section for unit in walked} if pk is not None)
    dense = density(len(walked), frontage_metres=metres) if metres else None
    return Block(
        key="use", title=_("Density and vacancy"), about=("density", "vacancy_rate"),
        figures=(
            Figure.of(
                "density", None if dense is None else counted(dense, 1),
                _("%(units)s units on %(metres)s m of frontage") % {"units": counted(len(walked)), "metres": counted(metres)}
                if dense is not None else _("no frontage is known"),
            ),
            Figure.of("vacancy_rate", None if rate is None else per_cent(rate), _("%(units)s units") % {"units": counted(len(units))}),
        ),
    )  # fmt: skip


def _fronts(data: WaveRows) -> dict[int | None, int]:
    return {section.pk: section.frontage_m for section in data.sections if section.frontage_m}


def _statuses(units: list[UnitRow]) -> Block:
    rows = [(status, sum(unit.status == status for unit in units)) for status in Status]
    rows = [(status, number) for status, number in rows if number]
    drawn = lengths([number for _status, number in rows])
    return Block(
        key="statuses", title=_("What was seen at the doors"), head=(_("Status"), _("Units"), _("Share")),
        lines=tuple(
            Line(str(status.label), (Cell.of(number), Cell.share(number / len(units))), length)
            for (status, number), length in zip(rows, drawn, strict=True)
        ),
    )  # fmt: skip


def _by_section(data: WaveRows, units: list[UnitRow]) -> list[tuple[Section | None, list[UnitRow]]]:
    by_place: dict[int | None, list[UnitRow]] = {}
    for unit in units:
        by_place.setdefault(unit.section, []).append(unit)
    return [
        (section, by_place[section.pk if section else None])
        for section in data.places
        if (section.pk if section else None) in by_place
    ]


def _sections_of_branch(data: WaveRows, units: list[UnitRow]) -> Block:
    rows = _by_section(data, units)
    drawn = lengths([len(held) for _section, held in rows])
    return Block(
        key="sections", title=_("By section of the street"), head=(_("Section"), _("Units"), _("Share")),
        lines=tuple(
            Line(
                str(section or _("Outside of the sections")), (Cell.of(len(held)), Cell.share(len(held) / len(units))), length
            )
            for (section, held), length in zip(rows, drawn, strict=True)
        ),
        note=_("Empty shops have no branch: vacancy and density are told of the street only."),
    )  # fmt: skip


def _sections(data: WaveRows, units: list[UnitRow]) -> Block:
    rows = _by_section(data, units)
    drawn = lengths([len(held) for _section, held in rows])
    return Block(
        key="sections", title=_("By section of the street"),
        head=(_("Section"), _("Units"), pgettext("units", "active"), pgettext("units", "vacant"), pgettext("units", "Vacancy"), _("Units per 100 m")),
        lines=tuple(
            Line(str(section or _("Outside of the sections")), _place(section, held), length)
            for (section, held), length in zip(rows, drawn, strict=True)
        ),
        note=_("Active are units that are open or changed hands or trade; the rest is vacant, closed or not yet opened."),
    )  # fmt: skip


def _place(section: Section | None, units: list[UnitRow]) -> tuple[Cell, ...]:
    dense = (
        density(len(units), frontage_metres=section.frontage_m) if section and section.frontage_m else None
    )
    return (
        Cell.of(len(units)),
        Cell.of(sum(unit.is_active for unit in units)),
        Cell.of(sum(unit.status == Status.VACANT for unit in units)),
        Cell.share(_vacancy(units)),
        Cell.share(None) if dense is None else Cell.of(dense, places=1),
    )
