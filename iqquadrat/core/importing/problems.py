"""What the pages of an import show of a file: its columns with samples, its errors, and the errors as a spreadsheet."""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import xlsxwriter
from django.db.models import Count
from django.utils.translation import gettext as _

from iqquadrat.core.downloads import LONG_LIST
from iqquadrat.core.importing.columns import Column, letters
from iqquadrat.core.importing.models import FileRun, FoundProblem

SAMPLE_ROWS = 60
SAMPLES = 3
LONGEST_SAMPLE = 60


@dataclass(frozen=True)
class FileColumn:
    """A column of the file as the page shows it."""

    place: int
    letters: str
    header: str
    samples: list[str]


def file_columns(run: FileRun) -> list[FileColumn]:
    """Return the columns of the file with what stands in their first rows."""
    samples: dict[int, list[str]] = defaultdict(list)
    for cells in run.staged_rows.order_by("line").values_list("cells", flat=True)[:SAMPLE_ROWS]:
        for place, cell in enumerate(cells):
            text = cell.strip()[:LONGEST_SAMPLE]
            if text and text not in samples[place] and len(samples[place]) < SAMPLES:
                samples[place].append(text)
    return [
        FileColumn(place, letters(place), header.strip(), samples[place])
        for place, header in enumerate(run.headers)
        if header.strip() or samples[place]
    ]


@dataclass(frozen=True)
class ProblemLine:
    """One error as the page and the spreadsheet show it."""

    line: int
    letters: str
    header: str
    value: str
    message: str


def problems_of(
    run: FileRun, problems: Iterable[FoundProblem], columns: Mapping[str, Column]
) -> list[ProblemLine]:
    """Put the values of the file beside these errors: one query for all of them."""
    problems = list(problems)
    rows = dict(run.staged_rows.filter(line__in={one.line for one in problems}).values_list("line", "cells"))
    return [_problem_line(run, one, rows.get(one.line, []), columns) for one in problems]


def _problem_line(
    run: FileRun, one: FoundProblem, cells: list[str], columns: Mapping[str, Column]
) -> ProblemLine:
    if one.column is None:
        label = columns[one.field].label if one.field in columns else ""
        return ProblemLine(one.line, "", str(label), "", one.message)
    value = cells[one.column] if one.column < len(cells) else ""
    return ProblemLine(
        one.line, letters(one.column), run.headers[one.column], value.strip()[:200], one.message
    )


def problems_by_column(run: FileRun) -> list[tuple[str, str, int]]:
    """Return for the filter: a column's place ("" for whole rows), its name, how many errors."""
    counted = run.problems.values_list("column").annotate(n=Count("pk")).order_by("column")
    return [
        (
            "row" if place is None else str(place),
            "" if place is None else f"{letters(place)} {run.headers[place]}",
            n,
        )
        for place, n in counted
    ]


def problems_workbook(lines: Iterable[ProblemLine], more: int) -> bytes:
    """Return the errors as a spreadsheet; ``more`` says how many did not fit."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, LONG_LIST) as book:
        sheet, bold = book.add_worksheet(_("Errors")), book.add_format({"bold": True})
        for place, (title, width) in enumerate(
            (
                (_("Line"), 8),
                (_("Column"), 8),
                (_("Name of the column"), 28),
                (_("Value in the file"), 36),
                (_("What is wrong"), 70),
            )
        ):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, bold)
        sheet.freeze_panes(1, 0)
        number = 0
        for number, line in enumerate(lines, start=1):
            sheet.write_number(number, 0, line.line)
            for place, cell in enumerate((line.letters, line.header, line.value, line.message), start=1):
                sheet.write_string(number, place, cell)
        if more:
            sheet.write_string(number + 1, 4, _("and %(more)d more errors") % {"more": more})
    return file.getvalue()
