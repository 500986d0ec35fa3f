"""A table of the city's figures, read line by line: branch and number of businesses. Errors are told by line, nothing is guessed."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from iqquadrat.core.text import latin_digits
from iqquadrat.questionnaires.xlsform.opening import UnreadableError, open_sheets

MAX_BYTES = 1024 * 1024
MAX_LINES = 2_000
MOST_UNITS = 10_000_000
# The words over the two columns, as the offices and our own template write them.
CODE_WORDS = ("code", "wz", "schlüssel", "schluessel", "abteilung", "division")
UNITS_WORDS = ("units", "betriebe", "anzahl", "businesses", "niederlassungen")


@dataclass(frozen=True)
class LineProblem:
    """What is wrong with one line of the file, counted as the office program counts."""

    line: int
    text: str


@dataclass
class CityTable:
    """What a file holds: businesses by division, and what could not be taken."""

    units: dict[str, int] = field(default_factory=dict)
    problems: list[LineProblem] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All businesses."""
        return sum(self.units.values())


def read_rows(name: str, content: bytes) -> list[list[Any]]:
    """Return the rows of a CSV or XLSX file. Raises ``UnreadableError`` in words."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(_("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024 // 1024})
    if name.lower().endswith(".xlsx"):
        sheets = open_sheets(io.BytesIO(content))
        return next(iter(sheets.values()), [])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return read_text(text)


def read_text(text: str) -> list[list[Any]]:
    """Return the rows of a table in plain text, with the separator its first line uses."""
    if "\x00" in text:
        raise UnreadableError(_("The file is no table: CSV and XLSX can be read."))
    first = text.partition("\n")[0]
    separator = max((";", "\t", ","), key=first.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise UnreadableError(_("The file is no table: CSV and XLSX can be read.")) from error


def read_table(rows: Sequence[Sequence[Any]], names: Mapping[str, str]) -> CityTable:
    """Return the figures of a table. ``names`` are the divisions of the version. Raises ``UnreadableError`` where the columns are missing."""
    head = next(
        ((at, found) for at, row in enumerate(rows[:20]) if (found := _columns(row)) is not None), None
    )
    if head is None:
        raise UnreadableError(_("There must be a line with the names of the columns: code and units."))
    at, (code_column, units_column) = head
    below = rows[at + 1 :]
    if len(below) > MAX_LINES:
        raise UnreadableError(_("The file has more than %(lines)d lines.") % {"lines": MAX_LINES})
    table = CityTable()
    for line, row in enumerate(below, start=at + 2):
        code, number = _cell(row, code_column), _cell(row, units_column)
        if not code and not number:
            continue
        problem = _take(table, code, number, names)
        if problem:
            table.problems.append(LineProblem(line, problem))
    if not table.units and not table.problems:
        raise UnreadableError(_("The file has names of columns but no rows below them."))
    return table


def _columns(row: Sequence[Any]) -> tuple[int, int] | None:
    words = [str(cell).strip().lower() for cell in row]
    code = next((at for at, word in enumerate(words) if word in CODE_WORDS), None)
    units = next((at for at, word in enumerate(words) if word in UNITS_WORDS), None)
    return None if code is None or units is None else (code, units)


def _cell(row: Sequence[Any], column: int) -> str:
    value = row[column] if column < len(row) else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _take(table: CityTable, code: str, number: str, names: Mapping[str, str]) -> str:
    """Take one line, or say what is wrong with it."""
    # An office program makes 1 of 01.
    plain = code.zfill(2) if code.isdigit() else code
    if plain not in names:
        return _("“%(code)s” is no division of this version: two digits are needed, like 47.") % {
            "code": code[:20]
        }
    if plain in table.units:
        return _("Division %(code)s stands there twice.") % {"code": plain}
    digits = (
        latin_digits(number).replace(".", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    )
    if not digits.isascii() or not digits.isdigit() or int(digits) > MOST_UNITS:
        return _("“%(number)s” is no number of businesses.") % {"number": number[:20]}
    table.units[plain] = int(digits)
    return ""
