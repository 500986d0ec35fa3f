"""The report as a workbook: a title sheet, an overview with the targets, one sheet a chapter, corrections after closing, and a codebook.

Every text is written as a string, so that nothing somebody typed becomes a formula or a link.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat.core.downloads import IN_MEMORY
from iqquadrat.core.figures import Period
from iqquadrat.reporting.catalogue import CHAPTERS
from iqquadrat.reporting.queries import Chapter, Report

# What Excel does not take in the name of a sheet, and how long one may be.
NOT_IN_NAMES, LONGEST_NAME = "[]:*?/\\", 31


class Sheet:
    """One sheet, written from the top down."""

    def __init__(self, sheet: Any, formats: dict[str, Any]) -> None:
        self.sheet, self.formats, self.at = sheet, formats, 0

    def title(self, text: str) -> None:
        """Write a title and leave a line free."""
        self.sheet.write_string(self.at, 0, text, self.formats["title"])
        self.at += 2

    def head(self, titles: Sequence[str]) -> None:
        """Write the heads of the columns; those of numbers stand above their numbers."""
        for column, text in enumerate(titles):
            self.sheet.write_string(
                self.at, column, text, self.formats["head" if column == 0 else "head_number"]
            )
        self.at += 1

    def words_head(self, titles: Sequence[str]) -> None:
        """Write the heads of columns of words; they stay in sight."""
        for column, text in enumerate(titles):
            self.sheet.write_string(self.at, column, text, self.formats["head"])
        self.at += 1
        self.sheet.freeze_panes(self.at, 0)

    def row(self, cells: Sequence[str | int | None]) -> None:
        """Write one row: texts as texts, numbers as numbers, nothing as nothing."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(self.at, column, cell, self.formats["number"])
            elif cell is not None:
                self.sheet.write_string(self.at, column, cell, self.formats["words"])
        self.at += 1

    def gap(self) -> None:
        """Leave a line free."""
        self.at += 1


class Sheets:
    """The sheets of one book with its formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "head_number": book.add_format({"bold": True, "bottom": 1, "align": "right", "text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "words": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        }  # fmt: skip

    def add(self, name: str, *, widths: Sequence[int]) -> Sheet:
        """Add a sheet; its name is cut to what Excel takes."""
        allowed = "".join(" " if sign in NOT_IN_NAMES else sign for sign in name).strip("' ")
        sheet = self.book.add_worksheet(allowed[:LONGEST_NAME])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return Sheet(sheet, self.formats)


def workbook(report: Report, *, centres: Sequence[str] | None = None, seal: str = "") -> bytes:
    """Return the report as XLSX. Of a frozen one: ``centres`` as they were called then, and its hash as ``seal``."""
    if centres is None:
        centres = [centre.name for centre in report.programme.centres.all()] if report.programme else []
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, IN_MEMORY) as book:
        sheets = Sheets(book)
        _title_sheet(sheets, report, centres, seal)
        _overview(sheets, report)
        for chapter in report.chapters:
            _chapter(sheets, chapter)
        if report.corrections:
            _corrections(sheets, report)
        _codebook(sheets, report)
    return buffer.getvalue()


def days_of(period: Period) -> str:
    """Return the first and the last day in words."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (period.starts_on, period.ends_on))
    return f"{first} – {last}"


def _title_sheet(sheets: Sheets, report: Report, centres: Sequence[str], seal: str) -> None:
    sheet, programme = sheets.add(_("Title"), widths=(28, 100)), report.programme
    sheet.title(programme.name if programme else _("All programmes"))
    if programme and programme.title:
        sheet.row([_("Full title"), programme.title])
    sheet.row([_("Period"), days_of(report.period)])
    for funder in report.funders:
        share = f" ({funder.share_in_words})" if funder.share else ""
        sheet.row([_("Funder"), f"{funder.name}{share}"])
        if funder.reference:
            sheet.row([_("Funder's reference"), funder.reference])
    for centre in centres:
        sheet.row([_("Centre"), centre])
    sheet.row([_("Counted on"), date_format(timezone.localdate(), "SHORT_DATE_FORMAT")])
    if seal:
        sheet.row([_("Frozen figures"), f"SHA-256 {seal}"])
    sheet.gap()
    sheet.row([_("Sheets"), _("Overview with targets, months and steps; one sheet a chapter; the codebook says how everything is counted.")])  # fmt: skip


def _overview(sheets: Sheets, report: Report) -> None:
    sheet = sheets.add(_("Overview"), widths=(60, 16, 16, 16, 40))
    sheet.title(report.programme.name if report.programme else _("All programmes"))
    sheet.head([_("Figure"), _("Value"), _("Target"), _("Missing")])
    for counted in report.counted():
        promised = counted.target is not None
        sheet.row(
            [str(counted.figure.name), counted.value, counted.target, counted.missing if promised else None]
        )
    for year in report.years:
        sheet.gap()
        sheet.head([str(year.number), _("Value"), _("Target"), _("Missing")])
        for counted in year.figures:
            sheet.row([str(counted.figure.name), counted.value, counted.target, counted.missing])
    sheet.gap()
    sheet.head([_("Month"), _("Contacts"), _("Short contacts")])
    for month in report.months:
        sheet.row([month.first.strftime("%Y-%m"), month.contacts, month.short_contacts])
    sheet.gap()
    sheet.head([_("Step by step"), _("Persons"), _("of"), "", _("compared with")])
    for step in report.steps:
        sheet.row([str(step.label), step.count, step.of, None, str(step.against)])


def _chapter(sheets: Sheets, chapter: Chapter) -> None:
    sheet = sheets.add(str(chapter.title), widths=(60, 16))
    sheet.head([_("Figure"), _("Value")])
    for counted in chapter.figures:
        sheet.row([str(counted.figure.name), counted.value])
    for table in chapter.tables:
        sheet.gap()
        sheet.head([str(table.breakdown.name), str(table.breakdown.unit)])
        for piece in table.slices:
            sheet.row([str(piece.label), piece.count])


def _corrections(sheets: Sheets, report: Report) -> None:
    sheet = sheets.add(_("Corrections after closing"), widths=(40, 30, 30, 16, 16))
    sheet.words_head([_("Closed"), _("Record"), _("What"), _("How many"), _("Last on")])
    for one in report.corrections:
        last_on = date_format(timezone.localdate(one.last_at), "SHORT_DATE_FORMAT")
        sheet.row([one.closed, str(one.record), str(one.action), one.count, last_on])


def _codebook(sheets: Sheets, report: Report) -> None:
    sheet = sheets.add(_("Codebook"), widths=(30, 26, 40, 70, 50, 16, 50))
    sheet.words_head([
        _("Code"), _("Chapter"), _("Name"), _("How it is counted"), _("Which day counts"), _("Unit"), _("Missing values"),
    ])  # fmt: skip
    entries: list[Any] = [counted.figure for counted in report.counted()]
    entries += [table.breakdown for chapter in report.chapters for table in chapter.tables]
    for one in entries:
        words = (one.name, one.definition, one.rule, one.unit, one.missing)
        name, *others = (str(text) for text in words)
        sheet.row([one.code, str(CHAPTERS[one.chapter]), name, *others])
