"""The report as a workbook: one sheet a chapter, one with the targets, and a codebook that says how each figure is counted."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat.reporting.queries import Chapter, Report


def workbook(report: Report, *, seal: str = "") -> bytes:
    """Return the report as XLSX. Every text is written as a string: no formula, no link. ``seal``: the hash of a frozen one."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        _overview(book, formats, report, seal)
        for chapter in report.chapters:
            _chapter(book, formats, chapter)
        _codebook(book, formats, report)
    return buffer.getvalue()


def _overview(book: Any, formats: dict[str, Any], report: Report, seal: str) -> None:
    sheet = book.add_worksheet(_("Overview"))
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 3, 14)
    period = report.period
    sheet.write_string(
        0, 0, report.programme.name if report.programme else _("All programmes"), formats["title"]
    )
    sheet.write_string(
        1,
        0,
        f"{date_format(period.starts_on, 'SHORT_DATE_FORMAT')} – {date_format(period.ends_on, 'SHORT_DATE_FORMAT')}",
    )
    if seal:
        sheet.write_string(2, 0, _("Frozen figures, SHA-256 %(hash)s") % {"hash": seal})
    _head(sheet, 3, formats, [_("Figure"), _("Value"), _("Target"), _("Missing")])
    for row, counted in enumerate(report.counted(), start=4):
        sheet.write_string(row, 0, str(counted.figure.name))
        sheet.write_number(row, 1, counted.value)
        if counted.target is not None:
            sheet.write_number(row, 2, counted.target)
            sheet.write_number(row, 3, counted.missing)
    row += 2
    _head(sheet, row, formats, [_("Month"), _("Contacts"), _("Short contacts")])
    for month in report.months:
        row += 1
        sheet.write_string(row, 0, month.first.strftime("%Y-%m"))
        sheet.write_number(row, 1, month.contacts)
        sheet.write_number(row, 2, month.short_contacts)
    row += 2
    _head(sheet, row, formats, [_("Step by step"), _("Persons"), _("of")])
    for step in report.steps:
        row += 1
        sheet.write_string(row, 0, str(step.label))
        sheet.write_number(row, 1, step.count)
        if step.of is not None:
            sheet.write_number(row, 2, step.of)


def _chapter(book: Any, formats: dict[str, Any], chapter: Chapter) -> None:
    sheet = book.add_worksheet(str(chapter.title)[:31])
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 14)
    _head(sheet, 0, formats, [_("Figure"), _("Value")])
    row = 0
    for counted in chapter.figures:
        row += 1
        sheet.write_string(row, 0, str(counted.figure.name))
        sheet.write_number(row, 1, counted.value)
    for table in chapter.tables:
        row += 2
        _head(sheet, row, formats, [str(table.breakdown.name), str(table.breakdown.unit)])
        for piece in table.slices:
            row += 1
            sheet.write_string(row, 0, str(piece.label))
            sheet.write_number(row, 1, piece.count)


def _codebook(book: Any, formats: dict[str, Any], report: Report) -> None:
    sheet = book.add_worksheet(_("Codebook"))
    sheet.set_column(0, 1, 36)
    sheet.set_column(2, 2, 100)
    _head(sheet, 0, formats, [_("Code"), _("Name"), _("How it is counted")])
    rows = [
        (counted.figure.code, counted.figure.name, counted.figure.definition) for counted in report.counted()
    ]
    rows += [
        (table.breakdown.code, table.breakdown.name, table.breakdown.definition)
        for chapter in report.chapters
        for table in chapter.tables
    ]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, str(text))


def _head(sheet: Any, row: int, formats: dict[str, Any], titles: list[str]) -> None:
    for column, title in enumerate(titles):
        sheet.write_string(row, column, title, formats["head"])
