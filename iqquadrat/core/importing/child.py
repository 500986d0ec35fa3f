"""Turns a file that somebody sent into rows of text. Runs as a process of its own, with nothing to lose.

    python -I child.py NAME ROWS COLUMNS MEGABYTES < file > rows

The file comes as standard input, as a real file that can be sought in. Out come lines of JSON: first ``{"format": ..., "sheet":
...}``, then one ``[line, [cell, ...]]`` for each row that is not empty, last ``{"end": true}`` or ``{"refused": code}``. Who reads may
believe nothing without the last line: a process that was stopped at its limits writes none.

Whatever the file does to the parser happens in here: memory, time and files are limited by the system, the environment is empty, and
no part of the application is loaded.
"""

import codecs
import csv
import datetime as dt
import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import IO, Any

SECONDS = 240
MAX_ENTRIES = 2_000
MAX_UNPACKED = 1_000 * 1024 * 1024
LONGEST_CELL = 33_000  # what a cell of a spreadsheet can hold, and a little
LONGEST_ROW = 400_000
SAMPLE = 64 * 1024
DELIMITERS = ";,\t|"

Row = tuple[int, list[str]]


class RefusedError(Exception):
    """The file cannot be taken; the argument is a code that the page has words for."""


def limit(megabytes: int) -> None:
    """Let the system end this process before it harms anybody."""
    for what, most in (
        (resource.RLIMIT_AS, megabytes * 1024 * 1024), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 16),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def main(arguments: list[str], file: IO[bytes], out: IO[str]) -> None:
    """Write what is in ``file`` to ``out``."""
    wanted, most_rows, most_columns = arguments[0], int(arguments[1]), int(arguments[2])
    try:
        facts, rows = opened(file, wanted)
        say(out, facts)
        for number, (line, cells) in enumerate(rows, start=1):
            refuse_too_large(number > most_rows, len(cells) > most_columns, cells)
            say(out, [line, cells])
    except RefusedError as error:
        say(out, {"refused": str(error)})
    except MemoryError:
        say(out, {"refused": "too_much"})
    except UnicodeError:
        say(out, {"refused": "wrong_type"})
    else:
        say(out, {"end": True})


def refuse_too_large(too_many_rows: bool, too_many_columns: bool, cells: list[str]) -> None:
    """Raise when the file or one of its rows is beyond what can be taken."""
    if too_many_rows:
        raise RefusedError("rows")
    if too_many_columns:
        raise RefusedError("columns")
    if sum(map(len, cells)) > LONGEST_ROW or max(map(len, cells)) > LONGEST_CELL:
        raise RefusedError("cell")


def say(out: IO[str], what: object) -> None:
    """Write one line."""
    out.write(json.dumps(what, ensure_ascii=True))
    out.write("\n")


def opened(file: IO[bytes], wanted: str) -> tuple[dict[str, str], Iterator[Row]]:
    """Return what kind of file it is, and its rows without empty ones and without empty cells at their ends."""
    start = file.read(8)
    file.seek(0)
    if not start:
        raise RefusedError("empty")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        unpack_in_thought(file)
        return of_workbook(file, wanted)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return of_workbook(file, wanted)
    return of_text(file)


def unpack_in_thought(file: IO[bytes]) -> None:
    """Read a packed file to its end without keeping anything: what it says of its own size need not be true."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or len({entry.filename for entry in entries}) < len(entries):
                raise RefusedError("too_much")
            size = 0
            for entry in entries:
                if entry.flag_bits & 1:
                    raise RefusedError("password")
                with archive.open(entry) as part:
                    while piece := part.read(1024 * 1024):
                        size += len(piece)
                        if size > MAX_UNPACKED:
                            raise RefusedError("too_much")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise RefusedError("broken") from error
    file.seek(0)


def of_workbook(file: IO[bytes], wanted: str) -> tuple[dict[str, str], Iterator[Row]]:
    """Read XLSX, ODS or XLS: the sheet whose name has the wanted word in it, else the first one that holds something."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - text files need none of it

    try:
        book = CalamineWorkbook.from_filelike(file)
        shown = [sheet.name for sheet in book.sheets_metadata if str(sheet.visible).endswith("Visible")]
        names = sorted(shown or book.sheet_names, key=lambda name: wanted.casefold() not in name.casefold())
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.start is not None:
                return {"format": "workbook", "sheet": name}, of_sheet(sheet)
    except PasswordError as error:
        raise RefusedError("password") from error
    except (CalamineError, OSError, ValueError) as error:
        # An office program packs a protected workbook into the old kind of file.
        file.seek(0)
        raise RefusedError("password" if has_encrypted_package(file) else "broken") from error
    raise RefusedError("empty")


def has_encrypted_package(file: IO[bytes]) -> bool:
    """Tell whether the name of the part that holds a protected workbook stands in the file's directory."""
    return "EncryptedPackage".encode("utf-16-le") in file.read(64 * 1024 * 1024)


def of_sheet(sheet: Any) -> Iterator[Row]:
    """Yield the rows of a sheet, counted and placed as the spreadsheet shows them."""
    _top, left = (
        sheet.start
    )  # the reader leaves empty columns out before the first cell, empty rows it does not
    for line, row in enumerate(sheet.iter_rows(), start=1):
        cells = trimmed([""] * left + [as_text(cell) for cell in row])
        if cells:
            yield line, cells


def as_text(cell: Any) -> str:
    """Return a cell as one would type it: a formula has become its value, and is text from here on."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        if cell.time() == dt.time():
            return cell.date().isoformat()
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dt.time):
        return cell.strftime("%H:%M")
    if isinstance(cell, dt.timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(cell)


def trimmed(cells: list[str]) -> list[str]:
    """Cut the empty cells at the end."""
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def of_text(file: IO[bytes]) -> tuple[dict[str, str], Iterator[Row]]:
    """Read CSV: encoding and delimiter are found out, a mark at the beginning is taken off."""
    encoding = encoding_of(file)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    sample = text.read(SAMPLE)
    if "\x00" in sample or not sample.strip():
        raise RefusedError("empty" if not sample.strip() else "wrong_type")
    text.seek(0)
    if sample.lstrip().startswith("{"):
        return {"format": "geojson", "sheet": ""}, of_features(text)
    csv.field_size_limit(LONGEST_ROW)
    return {"format": "csv", "sheet": ""}, of_lines(text, delimiter_of(sample))


def of_features(text: IO[str]) -> Iterator[Row]:
    """Yield a GeoJSON FeatureCollection as rows: first the names of all properties, then one row for each feature, counted from 1.

    A point becomes the columns ``longitude`` and ``latitude``; of other geometries nothing is read.
    """
    try:
        collection = json.load(text)
    except RecursionError as error:
        raise RefusedError("too_much") from error
    except ValueError as error:
        raise RefusedError("broken") from error
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise RefusedError("wrong_type")
    if not features:
        raise RefusedError("header_only")
    rows = [properties_of(feature) for feature in features]
    names = list(dict.fromkeys(name for row in rows for name in row))
    yield 0, names
    for line, row in enumerate(rows, start=1):
        if cells := trimmed([row.get(name, "") for name in names]):
            yield line, cells


def properties_of(feature: Any) -> dict[str, str]:
    """Return what a feature says, each value as one would type it."""
    if not isinstance(feature, dict):
        raise RefusedError("broken")
    properties = feature.get("properties") or {}
    point = feature.get("geometry") or {}
    if not isinstance(properties, dict) or not isinstance(point, dict):
        raise RefusedError("broken")
    said = {str(name): of_property(value) for name, value in properties.items()}
    coordinates = point.get("coordinates")
    if point.get("type") == "Point" and isinstance(coordinates, list) and len(coordinates) >= 2:
        said |= {"longitude": of_property(coordinates[0]), "latitude": of_property(coordinates[1])}
    return said


def of_property(value: Any) -> str:
    """Return a value of JSON as text: a list with commas, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(of_property, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return as_text(value)


def encoding_of(file: IO[bytes]) -> str:
    """Return how the letters are written: a mark says it, else UTF-8 if all of it can be read so, else the old German way."""
    start = file.read(4)
    file.seek(0)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return encoding
    if any(
        start.startswith(other)
        for other in (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rt", b"GIF8", b"<!DO", b"<htm")
    ):
        raise RefusedError("wrong_type")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(1024 * 1024):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    else:
        return "utf-8"
    finally:
        file.seek(0)


def delimiter_of(sample: str) -> str:
    """Return what stands between the cells: what cuts the first lines into the most equal rows."""

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            rows = [
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row
            ][:20]
        except csv.Error:
            return 0, 0
        wide = [width for width in rows if width > 1]
        usual = max(set(wide), key=wide.count) if wide else 0
        return wide.count(usual) if wide else 0, usual

    return max(DELIMITERS, key=fit)


def of_lines(text: IO[str], delimiter: str) -> Iterator[Row]:
    """Yield the rows of a text file, counted as an office program counts them: a cell of several lines is one row."""
    try:
        for line, row in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            if cells := trimmed(row):
                yield line, cells
    except csv.Error as error:
        raise RefusedError("cell") from error


if __name__ == "__main__":
    limit(int(sys.argv[4]))
    main(sys.argv[1:4], sys.stdin.buffer, sys.stdout)
