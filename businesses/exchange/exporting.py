"""The register going out: row by row, so that a large one needs no more memory than a small one."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from businesses.exchange.columns import GOING_OUT, Out, choices_of
from businesses.models import Business
from businesses.survey_data.csv_file import BYTE_ORDER_MARK, defused
from iqquadrat.core.downloads import LONG_LIST
from iqquadrat.core.importing.columns import Shape, of_choice

CHUNK = 2_000
# What a cell of a spreadsheet holds at most.
LONGEST = 32_767


def _read(businesses: "QuerySet[Business]") -> Iterator[Business]:
    found = businesses.select_related("premises__street", "branch", "predecessor")
    return found.iterator(chunk_size=CHUNK)


def _text(value: Any) -> str:
    """A value as a code: what stands in GeoJSON, and what words stand for in the other files."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


class Words:
    """Turns codes into the words of the reader's language."""

    def __init__(self) -> None:
        self.known = {
            column.field: dict(choices_of(column)) for column in of_choice(out.column for out in GOING_OUT)
        }

    def cells(self, business: Business) -> list[str]:
        """Return a row of texts that no spreadsheet runs as a formula."""
        return [defused(self._cell(out, out.code(business)))[:LONGEST] for out in GOING_OUT]

    def _cell(self, out: Out, value: Any) -> str:
        known = self.known.get(out.column.field)
        if known is None:
            return _text(value)
        if out.column.shape is Shape.CHOICES:
            # Codes: the names of some languages have commas and brackets of their own.
            return ", ".join(value)
        return known.get(_text(value), "")


def heads() -> list[str]:
    """Return the names of the columns."""
    return [str(out.column.label) for out in GOING_OUT]


def csv_lines(businesses: "QuerySet[Business]") -> Iterator[str]:
    """Yield the lines of a CSV file as German office programs open it: semicolons, and the mark of UTF-8 in front."""
    words = Words()
    yield BYTE_ORDER_MARK
    for cells in _with_head(map(words.cells, _read(businesses))):
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL).writerow(cells)
        yield line.getvalue()


def _with_head(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield heads()
    yield from rows


def write_workbook(businesses: "QuerySet[Business]", path: Path) -> int:
    """Write the workbook: the list, and a sheet that explains its columns and words. Returns the number of businesses."""
    number = 0
    with xlsxwriter.Workbook(str(path), LONG_LIST) as book:
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 1)
        for place, name in enumerate(heads()):
            sheet.set_column(place, place, 18)
            sheet.write_string(0, place, name, head)
        words = Words()
        for number, business in enumerate(_read(businesses), start=1):
            for place, cell in enumerate(words.cells(business)):
                if cell:
                    sheet.write_string(number, place, cell)
        _explain(book, head)
    return number


# In every language: by it the sheet is found again among others.
SHEET = "Betriebe"


def _explain(book: Any, head: Any) -> None:
    sheet = book.add_worksheet(pgettext("data file", "Codebook"))
    sheet.freeze_panes(1, 0)
    for place, (title, width) in enumerate(
        (
            (_("Column"), 28),
            (_("Name in GeoJSON"), 20),
            (_("Meaning"), 60),
            (_("Word"), 32),
            (_("Code"), 16),
            (_("Example"), 24),
        )
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    line = 0
    for out in GOING_OUT:
        column = out.column
        values = choices_of(column) if of_choice([column]) else [("", "")]
        for number, (code, label) in enumerate(values):
            line += 1
            first = number == 0
            cells = (
                column.label, column.field, column.hint if first else "", label, code, defused(column.example) if first else "",
            )  # fmt: skip
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, str(cell))


def geojson_parts(businesses: "QuerySet[Business]") -> Iterator[str]:
    """Yield a GeoJSON FeatureCollection (RFC 7946) in pieces; who has no position, or no shop yet, has no geometry."""
    yield '{"type": "FeatureCollection", "features": ['
    between = "\n"
    for business in _read(businesses):
        yield between + json.dumps(_feature(business), ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _feature(business: Business) -> dict[str, Any]:
    place = business.premises
    point = None
    if place and place.latitude is not None and place.longitude is not None:
        point = {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
    properties: dict[str, Any] = {}
    for out in GOING_OUT:
        if out.column.field not in ("latitude", "longitude"):
            value = out.code(business)
            properties[out.column.field] = value if out.column.shape is Shape.CHOICES else _text(value)
    return {"type": "Feature", "id": business.number, "geometry": point, "properties": properties}
