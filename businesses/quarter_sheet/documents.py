"""The quarter sheet on paper."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from businesses.analysis.jobs import Step
from businesses.enums import BranchKind
from businesses.quarter_sheet.figures import NO_STEP, Row, Sheet

PETROL, TINT, EDGE, WHITE = "#0f5862", "#b9cfd1", "#4a5457", "#ffffff"
TRACK = "#ece6db"
A_ROW, SIDE, STEP = 24, 9, 13
# More would be no picture any more; the numbers stand beside it.
MOST_SQUARES = 240


@dataclass(frozen=True)
class QuarterSheet:
    """A few pages for the city's urban renewal: what is seen from the street, and what the businesses said."""

    sheet: Sheet
    language: str = "de"
    template: str = "businesses/quarter_sheet.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Quarter sheet %(wave)s") % {"wave": self.sheet.wave.name}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"quarter-sheet-{self.sheet.wave.ends_on:%Y-%m-%d}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        sheet = self.sheet
        rows = [*sheet.rows, sheet.total]
        streets = {row.section.street.name for row in sheet.rows if row.section}
        return {
            "street": streets.pop() if len(streets) == 1 else "",
            "sheet": sheet, "wave": sheet.wave, "centre": sheet.wave.centre, "printed_on": timezone.localdate(), "total": sheet.total,
            "before": sheet.before, "total_before": sheet.earlier(sheet.total),
            "places": [(row, sheet.earlier(row), squares(row)) for row in sheet.rows],
            "kinds": [kind_word(kind) for kind in sheet.kinds],
            "by_kind": [(row, [row.kinds.get(kind, 0) for kind in sheet.kinds]) for row in rows],
            "steps": [step_word(step) for step in sheet.total.ladder], "ladder": _ladder(sheet), "step_bars": _bars(sheet.total),
            "jobs": [(row, sheet.earlier(row)) for row in rows],
        }  # fmt: skip


def _ladder(sheet: Sheet) -> list[tuple[Row, list[int | None]]]:
    """The ladder by section; nothing where every count of it is hidden."""
    if all(number is None for row in sheet.rows for number in row.ladder.values()):
        return []
    return [(row, list(row.ladder.values())) for row in [*sheet.rows, sheet.total]]


def _bars(total: Row) -> list[tuple[str, int | None, SafeString]]:
    numbers = [number for number in total.ladder.values() if number is not None]
    largest = max(numbers, default=0)
    return [(step_word(step), number, _bar(number or 0, largest)) for step, number in total.ladder.items()]


def _bar(number: int, of: int) -> SafeString:
    length = round(100 * number / of, 1) if of else 0
    return format_html(
        '<svg viewBox="0 0 100 10" width="180" height="11" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="10" fill="{}" /><rect width="{}" height="10" fill="{}" /></svg>',
        TRACK, length, PETROL,
    )  # fmt: skip


def step_word(step: str) -> str:
    """Return the word for a step of the training ladder."""
    return _("not stated") if step == NO_STEP else str(Step(step).label)


def kind_word(kind: str) -> str:
    """Return the word for a kind of shop."""
    return str(BranchKind(kind).label) if kind else _("not coded")


def squares(row: Row) -> SafeString:
    """Return one square a unit: full active, light closed or not yet opened, empty with a dashed edge vacant. Holds without colour."""
    if not 0 < row.units <= MOST_SQUARES:
        return SafeString("")
    kinds = [(PETROL, PETROL, "none")] * row.active + [(TINT, PETROL, "none")] * row.others
    kinds += [(WHITE, EDGE, "1.5 1.5")] * row.vacant
    rects = format_html_join(
        "", '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="1" stroke-dasharray="{}" />',
        (
            (number % A_ROW * STEP + 0.5, number // A_ROW * STEP + 0.5, SIDE, SIDE, *kind)
            for number, kind in enumerate(kinds)
        ),
    )  # fmt: skip
    width, height = min(len(kinds), A_ROW) * STEP - 2, ((len(kinds) - 1) // A_ROW + 1) * STEP - 2
    return format_html(
        '<svg viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        width, height, round(width * 0.62), round(height * 0.62), rects,
    )  # fmt: skip
