"""The table of the European Social Fund Plus: indicators of persons by gender, and of entities; on the pages without small counts.

An owner who takes part as a person counts in EECO05, and the own business then not in EECO19: never both in one programme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from businesses.supported import COUNTED_SIZES, EntitySize, supported
from counselling import esf
from counselling.esf import GENDERS, INDICATORS, OF_WHOM, after_six_months, entries, on_leaving
from counselling.models import Participation
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice
from iqquadrat.core.small_counts import hide_in_list, hide_in_table
from placements.models import Ownership

Text = str | Promise
CHAPTER = esf.CHAPTER
COLUMNS: tuple[Text, ...] = (_("Women"), _("Men"), _("Non-binary"), _("Not stated"))
STATUS = ("eeco02", "eeco03", "eeco04", "eeco05")
AGE = ("eeco06", "eeco07", "eeco08")
SCHOOL = ("eeco09", "eeco10", "eeco11")


# --- Entities -----------------------------------------------------------------------------------------------
def entities(period: Period) -> Any:
    """Businesses supported in the period whose owners take part in none of its programmes as persons."""
    takes_part = Participation.objects.filter(
        client__in=Ownership.objects.filter(business=OuterRef(OuterRef("pk"))).order_by().values("client")
    ).order_by()
    if period.programme_code:
        takes_part = takes_part.filter(programme_code=period.programme_code)
    takes_part = takes_part.filter(entered_on__lte=period.ends_on)
    return supported(period).exclude(Exists(takes_part))


def public_bodies(period: Period) -> Any:
    """Supported public administrations and services."""
    return entities(period).filter(is_public="public")


def enterprises(period: Period) -> Any:
    """Supported businesses of a size that counts."""
    return entities(period).filter(is_public="", size__in=COUNTED_SIZES)


_ENTITY_COLUMNS = (
    (_("Business"), lambda row: row.display_name),
    (_("Address"), lambda row: row.address),
    (_("Size"), lambda row: EntitySize(row.size).label if row.size else _("not known")),
)


_ENTITY_RULE = _("The day of the consultation or of the event lies in the period.")


def _entity_figure(code: str, name: Text, definition: Text, rows: Any) -> Figure:
    return Figure(
        code=code, name=name, definition=definition, chapter=CHAPTER, columns=_ENTITY_COLUMNS,
        rows=lambda period: rows(period).select_related("premises__street"), drill_permission=Permission.BUSINESS_READ,
        link=lambda row: reverse("businesses:business_detail", kwargs={"public_id": row.public_id}),
        rule=_ENTITY_RULE, unit=_("businesses"),
        missing=_("A business of unknown size does not count among the enterprises; the ESF+ table says how many these are."),
    )  # fmt: skip


_SUPPORTED = _(
    "Each once, if there was a consultation or somebody came to a course, a regulars' table or an information event in the period. A business"
    " whose owner takes part in the programme as a person does not count: the owner counts among the employed (EECO05)."
)
ENTITY_FIGURES = [
    _entity_figure(
        "eeco18", _("public administrations or services supported"),
        format_lazy("{} {}", _("Units of the register of the branch public administration (WZ 84)."), _SUPPORTED), public_bodies,
    ),
    _entity_figure(
        "eeco19", _("micro, small and medium enterprises supported"),
        format_lazy("{} {}", _("Businesses of the register with fewer than 250 persons at work."), _SUPPORTED), enterprises,
    ),
]  # fmt: skip
FIGURES = [*esf.FIGURES[:17], *ENTITY_FIGURES, *esf.FIGURES[17:]]


def _by_size(period: Period) -> list[Slice]:
    rows = entities(period).filter(is_public="").order_by().values_list("size").annotate(n=Count("pk"))
    counts = dict(rows)
    sizes = [Slice(size.value, size.label, counts.get(size.value, 0)) for size in EntitySize]
    return [*sizes, Slice("", _("not known"), counts.get("", 0))]


BREAKDOWNS = [
    *esf.BREAKDOWNS,
    Breakdown(
        code="eeco19_sizes", name=_("Businesses supported, by size"), chapter=CHAPTER, slices=_by_size, unit=_("businesses"),
        definition=_("Supported businesses by persons at work, as told in the last interview, else as noted in the register."),
        rule=_ENTITY_RULE, missing=_("What is not known is a row of its own."),
    ),
]  # fmt: skip


# --- The table ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """One indicator: counts by gender in the order of the columns, their sum, and of how many it is not known. None is hidden."""

    code: str
    name: Text
    definition: Text
    cells: tuple[int | None, ...]
    total: int | None
    missing: int | None
    note: Text = ""

    @property
    def label(self) -> str:
        """The code as the regulation writes it."""
        return self.code.upper()

    @property
    def hides(self) -> bool:
        """Whether a count of it is hidden."""
        return None in (*self.cells, self.total, self.missing)


@dataclass(frozen=True)
class Part:
    """One part of the table, with the number of persons it looks at."""

    key: str
    title: Text
    rows: tuple[Row, ...]
    by_gender: bool = True


@dataclass(frozen=True)
class EsfTable:
    """The whole table of a period."""

    period: Period
    parts: tuple[Part, ...]

    @property
    def hides(self) -> bool:
        """Whether small counts are hidden."""
        return any(row.hides for part in self.parts for row in part.rows)

    def row(self, code: str) -> Row:
        """Return one indicator."""
        return next(row for part in self.parts for row in part.rows if row.code == code)


Counts = dict[str, dict[str, dict[str, int]]]
PARTS: tuple[tuple[str, Text, Any], ...] = (
    ("entry", _("At entry"), entries),
    ("leaving", _("On leaving"), on_leaving),
    ("later", _("Six months after leaving"), after_six_months),
)


def count_table(period: Period) -> EsfTable:
    """Count all indicators: one query a part."""
    parts = []
    for key, title, base in PARTS:
        counts = esf.count_by_gender(base, period)
        parts.append(Part(key, title, tuple(_row(code, counts) for code in counts)))
    found = entities(period).order_by().aggregate(
        public=Count("pk", filter=Q(is_public="public")),
        counted=Count("pk", filter=Q(is_public="", size__in=COUNTED_SIZES)),
        unknown=Count("pk", filter=Q(is_public="", size="")),
    )  # fmt: skip
    numbers = {"eeco18": (found["public"], 0), "eeco19": (found["counted"], found["unknown"])}
    rows = tuple(
        Row(figure.code, figure.name, figure.definition, (), *numbers[figure.code])
        for figure in ENTITY_FIGURES
    )
    entity_part = Part("entities", _("Entities supported"), rows, by_gender=False)
    return EsfTable(period, (parts[0], entity_part, *parts[1:]))


def _row(code: str, counts: Counts) -> Row:
    one = esf.by_code()[code]
    cells = _vector(counts[code]["counted"])
    missing = sum(counts[code]["missing"].values())
    return Row(code, one.name, one.definition, cells, sum(cells), missing, OF_WHOM.get(code, ""))


def _vector(by_gender: dict[str, int]) -> tuple[int, ...]:
    return tuple(by_gender[gender.value] for gender in GENDERS)


def _minus(whole: Sequence[int], *parts: Sequence[int]) -> tuple[int, ...]:
    return tuple(count - sum(part[place] for part in parts) for place, count in enumerate(whole))


# --- Without small counts -----------------------------------------------------------------------------------
def shown_table(period: Period) -> EsfTable:
    """Return the table as the pages show it. The answers to one question are hidden together, in a table with all its answers: what
    is left out of a row (no, not known, other ages) could otherwise be worked out by subtraction."""
    full = count_table(period)
    parts = []
    for part, base in (
        (full.parts[0], entries),
        (full.parts[2], on_leaving),
        (full.parts[3], after_six_months),
    ):
        counts = esf.count_by_gender(base, period)
        parts.append(replace(part, rows=tuple(_hidden(part.rows, counts))))
    return replace(full, parts=(parts[0], full.parts[1], *parts[1:]))


def _hidden(rows: Iterable[Row], counts: Counts) -> Iterable[Row]:
    blocks = {code: block for codes in _blocks(counts) for code, block in _block(codes, counts).items()}
    for row in rows:
        if row.code == "eeco01":
            shown = hide_in_list([cell or 0 for cell in row.cells])
            # What any of the questions hides of all persons is hidden here too.
            tops = [block[3] for code, block in blocks.items() if code.startswith("eeco")]
            cells = tuple(
                None if count is None or any(top[place] is None for top in tops) else count
                for place, count in enumerate(shown.counts)
            )
            whole = None if any(top[-1] is None for top in tops) else shown.total
            yield replace(row, cells=cells, total=whole)
        else:
            cells, total, missing, _top = blocks[row.code]
            yield replace(row, cells=cells, total=total, missing=missing)


def _blocks(counts: Counts) -> list[tuple[str, ...]]:
    together = [group for group in (STATUS, AGE, SCHOOL) if group[0] in counts]
    alone = [(one,) for one in counts if one != "eeco01" and not any(one in group for group in together)]
    return [*together, *alone]


Block = tuple[tuple[int | None, ...], int | None, int | None, tuple[int | None, ...]]


def _block(codes: tuple[str, ...], counts: Counts) -> dict[str, Block]:
    """Hide one question's answers; return cells, total and missing of each code, and the totals of the columns with their sum."""
    whole, unknown = _vector(counts[codes[0]]["all"]), _vector(counts[codes[0]]["missing"])
    answers = {code: _vector(counts[code]["counted"]) for code in codes}
    if codes == STATUS:  # one is part of the other: shown is what is left of it beside
        answers["eeco02"] = _minus(answers["eeco02"], answers["eeco03"])
    rest = _minus(whole, unknown, *answers.values())
    shown = hide_in_table([*answers.values(), unknown, rest])
    top = (*shown.column_totals, shown.total)
    lines = dict(zip(answers, zip(shown.cells, shown.row_totals, strict=False), strict=False))
    missing = shown.row_totals[len(answers)]
    found = {code: (tuple(cells), total, missing, top) for code, (cells, total) in lines.items()}
    if codes == STATUS:
        found["eeco02"] = (
            tuple(_sum(pair) for pair in zip(found["eeco02"][0], found["eeco03"][0], strict=True)),
            _sum((found["eeco02"][1], found["eeco03"][1])), missing, top,
        )  # fmt: skip
    return found


def _sum(pair: tuple[int | None, int | None]) -> int | None:
    return None if None in pair else (pair[0] or 0) + (pair[1] or 0)


def shown_value(code: str, period: Period) -> int | None:
    """Return a figure of this chapter as a page may show it; None is hidden."""
    return shown_table(period).row(code).total


def indicator_codes() -> list[str]:
    """Return all codes of the table in the order of the regulation."""
    persons = [one.code for one in INDICATORS]
    return [*persons[:17], "eeco18", "eeco19", *persons[17:]]
