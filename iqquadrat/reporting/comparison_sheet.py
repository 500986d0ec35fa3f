"""Two periods as a workbook: all figures on one sheet, the tables of each chapter on one of its own."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from iqquadrat.core.downloads import IN_MEMORY
from iqquadrat.reporting.comparison import Comparison, Pair
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.spreadsheets import Sheets, days_of


def comparison_workbook(compared: Comparison, programme: Programme | None) -> bytes:
    """Return both periods as XLSX. Every text is written as a string: no formula, no link; hidden rows say so."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, IN_MEMORY) as book:
        sheets = Sheets(book)
        heads = [days_of(compared.now), days_of(compared.then), _("Difference"), _("Change in per cent")]
        sheet = sheets.add(_("Figures"), widths=(60, 26, 26, 14, 20))
        sheet.title(programme.name if programme else _("All programmes"))
        for chapter in compared.chapters:
            sheet.head([str(chapter.title), *heads])
            for figure in chapter.figures:
                sheet.row(_cells(figure))
            sheet.gap()
        for chapter in compared.chapters:
            sheet = sheets.add(str(chapter.title), widths=(60, 26, 26, 14, 20))
            for table in chapter.tables:
                sheet.head([f"{table.breakdown.name} ({table.breakdown.unit})", *heads])
                for row in table.rows:
                    sheet.row(_cells(row))
                sheet.gap()
    return buffer.getvalue()


def _cells(pair: Pair) -> list[str | int | None]:
    if pair.hidden:
        return [str(pair.label), _("hidden"), _("hidden"), _("hidden"), None]
    return [str(pair.label), pair.now, pair.then, pair.difference, pair.in_per_cent]
