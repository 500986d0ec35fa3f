"""The table of the European Social Fund Plus as a workbook."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat.core.downloads import IN_MEMORY
from iqquadrat.reporting.esf import COLUMNS, EsfTable, Row
from iqquadrat.reporting.models import Programme

HEAD_ROW = 3


def esf_workbook(table: EsfTable, programme: Programme) -> bytes:
    """Return the table as XLSX. Every text is written as a string: no formula, no link."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, IN_MEMORY) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        _table_sheet(book, head, table, programme)
        _codebook(book, head, table)
    return buffer.getvalue()


def _table_sheet(book: Any, head: Any, table: EsfTable, programme: Programme) -> None:
    sheet = book.add_worksheet(_("Table"))
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 7, 12)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.write_string(0, 0, programme.name, book.add_format({"bold": True, "font_size": 14}))
    days = (table.period.starts_on, table.period.ends_on)
    sheet.write_string(1, 0, " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in days))
    titles = [_("Code"), _("Indicator"), *map(str, COLUMNS), _("Total"), _("Not known")]
    for column, title in enumerate(titles):
        sheet.write_string(HEAD_ROW, column, title, head)
    line = HEAD_ROW
    for part in table.parts:
        line += 1
        sheet.write_string(line, 0, str(part.title), head)
        for row in part.rows:
            line += 1
            _write(sheet, line, row)


def _write(sheet: Any, line: int, row: Row) -> None:
    sheet.write_string(line, 0, row.label)
    sheet.write_string(line, 1, str(row.name))
    for column, count in enumerate(row.cells, start=2):
        sheet.write_number(line, column, count or 0)
    sheet.write_number(line, 2 + len(COLUMNS), row.total or 0)
    sheet.write_number(line, 3 + len(COLUMNS), row.missing or 0)


def _codebook(book: Any, head: Any, table: EsfTable) -> None:
    sheet = book.add_worksheet(_("Codebook"))
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 1, 50)
    sheet.set_column(2, 2, 110)
    for column, title in enumerate([_("Code"), _("Name"), _("How it is counted")]):
        sheet.write_string(0, column, title, head)
    rows = [row for part in table.parts for row in part.rows]
    for line, row in enumerate(rows, start=1):
        words = " ".join(filter(None, (str(row.definition), str(row.note))))
        for column, text in enumerate((row.label, str(row.name), words)):
            sheet.write_string(line, column, text)
