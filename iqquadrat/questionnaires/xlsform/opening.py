"""Opening a workbook that somebody sent: nothing in it may cost more than a small file costs.

A workbook is a zip of XML. Limited are its size, the number and true size of its entries, and the place of its furthest cell: the
reader makes a full grid up to that cell, so a single cell far out would fill the memory.
"""

import io
import re
import zipfile
from typing import IO, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

MAX_BYTES = 4 * 1024 * 1024
MAX_UNPACKED = 30 * 1024 * 1024
MAX_ENTRIES = 200
MAX_ROWS = 5_000
MAX_COLUMNS = 120

Sheet = list[list[Any]]


class UnreadableError(ValueError):
    """The file cannot be taken as a whole; the text says why."""


def open_sheets(file: IO[bytes]) -> dict[str, Sheet]:
    """Return the sheets of a workbook as rows of raw cells. Raises ``UnreadableError``."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(_("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024 // 1024})
    _refuse_bombs(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
        }
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(_("The file is not a readable XLSX workbook.")) from error


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(entries) > MAX_ENTRIES or len(names) < len(entries):
                raise UnreadableError(_("The file holds too many parts to be a questionnaire."))
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise UnreadableError(
                    _("The file unpacks to more than %(size)d MB.") % {"size": MAX_UNPACKED // 1024 // 1024}
                )
            for entry in entries:
                # Reading to the end checks the sum: an entry that lies about its size is found here.
                content = archive.read(entry)
                if entry.filename.endswith(".xml"):
                    _refuse_far_cells(content)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableError(_("The file is not a readable XLSX workbook.")) from error


_TAG = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([^\"']*)[\"']")
_PLAIN_PLACE = re.compile(rb"([A-Z]{0,3})(\d{1,7})")


def _refuse_far_cells(content: bytes) -> None:
    if b"\x00" in content or b"<!DOCTYPE" in content:
        raise UnreadableError(_("The file is not a readable XLSX workbook."))
    for tag in _TAG.finditer(content):
        place = _PLACE.search(tag.group())
        if place is None:
            continue
        plain = _PLAIN_PLACE.fullmatch(place.group(1))
        if plain is None:
            raise UnreadableError(_("The file is not a readable XLSX workbook."))
        if int(plain.group(2)) > MAX_ROWS:
            raise UnreadableError(_("A sheet has more than %(rows)d rows.") % {"rows": MAX_ROWS})
        if _column_number(plain.group(1)) > MAX_COLUMNS:
            raise UnreadableError(_("A sheet has more than %(columns)d columns.") % {"columns": MAX_COLUMNS})


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
