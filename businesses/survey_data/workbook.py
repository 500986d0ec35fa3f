"""The same data as a workbook: data, attempts, codebook and labels, row by row, so that a large one needs no more memory than a small one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesses.survey_data.codebook import HEADS, label_heads, line_of, values_of
from businesses.survey_data.rows import Table
from businesses.survey_data.variables import Variable
from iqquadrat.core.downloads import LONG_LIST

# What a cell of a spreadsheet holds at most.
LONGEST = 32_767


def write_workbook(
    table: Table, attempts: tuple[list[Variable], Iterable[Sequence[int | str]]], path: Path
) -> None:
    """Write the workbook. Every text is written as a string: no formula, no link, no number made of it."""
    with xlsxwriter.Workbook(str(path), LONG_LIST) as book:
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        _sheet(book, head, _("Data"), [variable.name for variable in table.variables], table.rows)
        variables, rows = attempts
        _sheet(book, head, _("Attempts"), [variable.name for variable in variables], rows)
        lines = (line_of(variable, table) for variable in table.variables)
        _sheet(
            book,
            head,
            pgettext("data file", "Codebook"),
            [str(word) for word in HEADS],
            lines,
            widths=(26, 70, 10, 12, 40, 14, 10, 10),
        )
        labels = (
            (variable.name, code, words, table.counts.get(variable.name, Counter[int]())[code])
            for variable in table.variables
            for code, words in values_of(variable)
        )
        heads = [_("Variable"), *label_heads()]
        _sheet(book, head, _("Labels"), heads, labels, widths=(26, 10, 70, 10))


def _sheet(
    book: Any,
    head: Any,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[int | str]],
    widths: Sequence[int] = (),
) -> None:
    sheet = book.add_worksheet(title[:31])
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.freeze_panes(1, 1)
    for at, word in enumerate(heads):
        sheet.write_string(0, at, word, head)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, at, cell)
            elif cell:
                sheet.write_string(number, at, cell[:LONGEST])
