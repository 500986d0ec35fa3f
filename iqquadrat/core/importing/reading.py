"""Reading an uploaded file: a process under limits parses it, its rows are staged, and the file is deleted."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.background import Beat
from iqquadrat.core.importing.models import FileRun

CHILD = Path(__file__).with_name("child.py")
MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
PIECE = 1024 * 1024
# What the reading process may take; a list of 100,000 people in 22 columns needs 250.
MEGABYTES = 1_024
CHUNK = 1_000
LONGEST_LINE = 4 * 1024 * 1024
# Before the row with the names there may be a title and empty lines.
TITLE_LINES = 20

REFUSALS = {
    "empty": _("The file is empty."),
    "header_only": _("The file has names of columns but no rows below them."),
    "broken": _("The file is damaged, or it is no spreadsheet. Please open it in your office program and save it again as XLSX."),
    "wrong_type": _("This is no spreadsheet. XLSX, ODS, XLS and CSV can be read."),
    "password": _("The file is protected by a password. Please save it without one."),
    "too_much": _("The file unpacks to more than can be read. A single cell far to the right or far below is enough: please delete empty columns and rows, or divide the file."),
    "rows": _("The file has more than 200,000 rows. Please divide it."),
    "columns": _("The file has more than 300 columns. Please delete those that are not needed."),
    "cell": _("One cell of the file is longer than a spreadsheet allows. If it is a CSV file, a quotation mark may be missing."),
}  # fmt: skip


class UnreadableError(Exception):
    """The file cannot be taken; the argument is a code of ``REFUSALS``."""


def keep_file(run: FileRun, file: IO[bytes]) -> None:
    """Store the uploaded file in pieces."""
    number = 0
    while piece := file.read(PIECE):
        run.file_parts.create(number=number, content=piece)
        number += 1


def stage(run: FileRun, beat: Beat, *, sheet: str) -> None:
    """Read the file of this run into rows, and delete it; of a workbook the sheet with this word in its name, else the first. Raises ``UnreadableError``."""
    with tempfile.TemporaryFile() as file:
        for number in run.file_parts.values_list("number", flat=True):
            file.write(run.file_parts.values_list("content", flat=True).get(number=number))
        file.seek(0)
        with transaction.atomic():
            _stage(run, _rows(file, sheet, run), beat)


def _stage(run: FileRun, rows: Iterator[tuple[int, list[str]]], beat: Beat) -> None:
    staged = run.staged_rows.model
    run.staged_rows.all().delete()
    before = _until_header(rows)
    if not before:
        raise UnreadableError("empty")
    run.headers = before[0][1]
    width, count = len(run.headers), 0
    for chunk in _chunks(before[1:], rows):
        staged.objects.bulk_create(staged(run=run, line=line, cells=cells) for line, cells in chunk)
        count += len(chunk)
        width = max(width, *(len(cells) for _line, cells in chunk))
        beat.step(count, of=0)
    if not count:
        raise UnreadableError("header_only")
    run.headers += [""] * (width - len(run.headers))
    run.rows = count
    run.save(update_fields=["headers", "rows", "file_format", "sheet"])
    run.file_parts.all().delete()


def _until_header(rows: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the first rows from that with the names on: the first one that is half as full as the fullest."""
    first = []
    for row in rows:
        first.append(row)
        if row[0] >= TITLE_LINES:
            break
    fullest = max((_filled(cells) for _line, cells in first), default=0)
    while first and _filled(first[0][1]) * 2 < fullest:
        first.pop(0)
    if first:
        first[0] = (first[0][0], [" ".join(cell.split())[:200] for cell in first[0][1]])
    return first


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _chunks(
    first: list[tuple[int, list[str]]], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[list[tuple[int, list[str]]]]:
    chunk = first
    for row in rows:
        chunk.append(row)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _rows(file: IO[bytes], wanted: str, run: FileRun) -> Iterator[tuple[int, list[str]]]:
    """Yield what the process under limits reads. Raises ``UnreadableError``, also when it was ended at its limits."""
    command = [sys.executable, "-I", str(CHILD), wanted, str(MAX_ROWS), str(MAX_COLUMNS), str(MEGABYTES)]
    with subprocess.Popen(  # noqa: S603 - our own file with our own arguments
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    ) as child:
        try:
            yield from _read(child, run)
        finally:
            child.kill()


def _read(child: "subprocess.Popen[bytes]", run: FileRun) -> Iterator[tuple[int, list[str]]]:
    while True:
        line = child.stdout.readline(LONGEST_LINE) if child.stdout else b""
        if not line.endswith(b"\n"):
            # No last word: the system has ended it at its limits.
            raise UnreadableError("too_much")
        said: Any = json.loads(line)
        if isinstance(said, list):
            # What no text of the database may hold is shown as such, and refused where it is checked.
            yield said[0], [cell.replace("\x00", "\ufffe") for cell in said[1]]
        elif "refused" in said:
            raise UnreadableError(said["refused"])
        elif "end" in said:
            return
        else:
            run.file_format, run.sheet = said["format"], said["sheet"][:100]
