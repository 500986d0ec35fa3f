"""Files to take away: templates to fill in. Every text is written as a string."""

import csv
import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from counselling.enums import ImportKind
from counselling.imports.columns import COLUMNS, choices_of
from iqquadrat.core.downloads import TEXTS_ONLY
from iqquadrat.core.importing.columns import Column, of_choice

# The sheets of both kinds have these names in every language: by them the right one is found again.
SHEET_NAMES = {ImportKind.CLIENTS: "Personen", ImportKind.CONSULTATIONS: "Beratungen"}
LAST_ROW = 200_000


def template_csv(kind: str) -> bytes:
    """Return an empty list with the names of the columns; the mark at its beginning tells office programs the encoding."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow([str(column.label) for column in COLUMNS[ImportKind(kind)]])
    return text.getvalue().encode("utf-8-sig")


def template_workbook() -> bytes:
    """Return a workbook to fill in: a sheet for each kind, one that explains the columns, one with what may stand in them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, TEXTS_ONLY) as book:
        head = book.add_format(
            {"bold": True, "bg_color": "#E6F0EE", "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        text = book.add_format({"num_format": "@"})
        sheets = {kind: book.add_worksheet(SHEET_NAMES[kind]) for kind in ImportKind}
        _explain(
            book.add_worksheet(_("Explanation")), head, book.add_format({"text_wrap": True, "valign": "top"})
        )
        places = _codes(book.add_worksheet(_("Codes")), head)
        for kind, sheet in sheets.items():
            _empty_list(sheet, COLUMNS[kind], head, text, places)
    return file.getvalue()


def _empty_list(sheet: Any, columns: list[Column], head: Any, text: Any, places: dict[str, str]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for place, column in enumerate(columns):
        # Written as text: otherwise the program makes dates and numbers of what was typed.
        sheet.set_column(place, place, 20, text)
        sheet.write_string(0, place, str(column.label), head)
        if column.choices is not None and column.field in places and column.shape == "choice":
            sheet.data_validation(
                1, place, LAST_ROW, place,
                {"validate": "list", "source": places[column.field], "error_type": "warning",
                 "error_title": str(column.label)[:32], "error_message": _("This is not in the sheet of codes.")},
            )  # fmt: skip


def _explain(sheet: Any, head: Any, text: Any) -> None:
    for place, (title, width) in enumerate(
        ((_("Sheet"), 14), (_("Column"), 28), (_("Needed"), 10), (_("Meaning"), 60), (_("Example"), 24))
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    line = 1
    for kind in ImportKind:
        for column in COLUMNS[kind]:
            cells = (
                SHEET_NAMES[kind], column.label, _("yes") if column.needed else "", column.hint or _meaning(column), column.example,
            )  # fmt: skip
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, str(cell), text)
            line += 1


def _meaning(column: Column) -> str:
    if column in of_choice([column]):
        return _("one of the words in the sheet of codes")
    return ""


def _codes(sheet: Any, head: Any) -> dict[str, str]:
    """Write what may stand in the columns of choices; return by field where its words stand."""
    for place, (title, width) in enumerate(((_("Column"), 28), (_("Word"), 44), (_("Code"), 24))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    places: dict[str, str] = {}
    line = 1
    for kind in ImportKind:
        for column in of_choice(COLUMNS[kind]):
            first = line + 1
            for code, label in choices_of(column):
                for place, cell in enumerate((str(column.label), label, code)):
                    sheet.write_string(line, place, cell)
                line += 1
            places[column.field] = f"='{sheet.get_name()}'!$B${first}:$B${line}"
    return places
