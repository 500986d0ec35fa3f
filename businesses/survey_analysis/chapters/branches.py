"""How mixed the street is. Branches are seen from the street and shown as they are."""

from collections import Counter

from django.utils.translation import gettext as _

from businesses.analysis.concentration import Concentration
from businesses.analysis.location import BranchCounts, location_quotient
from businesses.enums import BranchKind
from businesses.survey_analysis.blocks import DASH, Block, Cell, Figure, Line, counted, lengths
from businesses.survey_analysis.city import City, city_of
from businesses.survey_analysis.cuts import branch_names, within
from businesses.survey_analysis.protection import Cut
from businesses.survey_analysis.rows import UnitRow, WaveRows

KEYS: tuple[str, ...] = ()


def blocks(data: WaveRows, cut: Cut | None) -> tuple[Block, ...]:
    """Return the blocks of the chapter. Two queries: the names of branches, the city's figures."""
    active = within(data.active, cut, data)
    coded = [unit for unit in active if unit.version == data.classification and unit.division]
    return (_mix(data, active, coded), _divisions(data, active, coded), _kinds(active))


def _mix(data: WaveRows, active: list[UnitRow], coded: list[UnitRow]) -> Block:
    mixed = Concentration.of(Counter(unit.division for unit in coded).values())
    base = _("%(units)s units in %(branches)s divisions") % {
        "units": counted(mixed.units), "branches": counted(mixed.branches),
    }  # fmt: skip
    measures = (
        ("effective_branches", mixed.effective_branches, 1),
        ("effective_large_branches", mixed.effective_large_branches, 1),
        ("evenness", mixed.evenness, 2),
        ("entropy", mixed.entropy, 2),
        ("hhi", mixed.hhi, 3),
        ("hhi_normalised", mixed.normalised_hhi, 3),
    )
    return Block(
        key="mix", title=_("How mixed the branches are"), about=tuple(code for code, _number, _places in measures),
        figures=tuple(
            Figure.of(code, None if number is None else counted(number, places), base)
            for code, number, places in measures
        ),
        note=_left_out(data, active, coded),
    )  # fmt: skip


def _left_out(data: WaveRows, active: list[UnitRow], coded: list[UnitRow]) -> str:
    if data.classification is None:
        return _("No active unit is coded by the classification yet.")
    return _("Active units by divisions of the WZ %(version)s; %(missing)s are not coded, or by another version, and left out.") % {
        "version": data.classification, "missing": counted(len(active) - len(coded)),
    }  # fmt: skip


def _divisions(data: WaveRows, active: list[UnitRow], coded: list[UnitRow]) -> Block:
    names = branch_names(data.classification)
    found = Counter(unit.division for unit in coded)
    city = city_of(data.wave, data.classification)
    here = BranchCounts(f"WZ {data.classification}", found)
    ordered = sorted(found, key=lambda code: (-found[code], code))
    drawn = lengths([found[code] for code in ordered])
    head = (_("Branch"), _("Units"), _("Share"))
    return Block(
        key="divisions", title=_("Branches"), about=("location_quotient",) if city else (),
        head=(*head, _("Location quotient")) if city else head,
        lines=tuple(
            Line(
                f"{code} {names.get(code, '')}".strip(),
                (
                    Cell.of(found[code]),
                    Cell.share(found[code] / len(coded)),
                    *((_quotient(code, here, city),) if city else ()),
                ),
                length,
            )
            for code, length in zip(ordered, drawn, strict=True)
        ),
        note=_city_note(city) if active else "",
    )  # fmt: skip


def _quotient(code: str, here: BranchCounts, city: City) -> Cell:
    found = location_quotient(code, street=here, city=city.counts)
    return Cell(DASH) if found is None else Cell.of(found, places=2)


def _city_note(city: City | None) -> str:
    if city is None:
        return _(
            "There are no figures of the city in this version of the classification: without them there is no location quotient."
        )
    return _("City: %(source)s, %(year)s, %(units)s businesses. No location quotient below 5 units.") % {
        "source": city.source, "year": city.year, "units": counted(city.counts.total),
    }  # fmt: skip


def _kinds(active: list[UnitRow]) -> Block:
    found = Counter(unit.kind for unit in active)
    rows = [(str(kind.label), found[kind.value]) for kind in BranchKind if found[kind.value]]
    rows.sort(key=lambda row: -row[1])
    if found[""]:
        rows.append((_("not coded yet"), found[""]))
    drawn = lengths([number for _name, number in rows])
    return Block(
        key="kinds", title=_("Kinds of shop"), head=(_("Kind"), _("Units"), _("Share")),
        lines=tuple(
            Line(name, (Cell.of(number), Cell.share(number / len(active))), length)
            for (name, number), length in zip(rows, drawn, strict=True)
        ),
        note=_("Active units, as a passer-by would call them."),
    )  # fmt: skip
