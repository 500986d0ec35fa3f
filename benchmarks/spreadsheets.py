"""Consultations as a spreadsheet against the writer alone: XlsxWriter with constant memory, given the finished cells of the same rows."""

import datetime as dt
import itertools
import resource
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import xlsxwriter

from benchmarks import talks
from benchmarks.measure import Row, Spent, in_turns, spent
from counselling.exports import write_consultations
from counselling.models import Consultation
from iqquadrat.core.downloads import LONG_LIST

BAR = 1.5
MOST_MEGABYTES = 60  # more than before, whatever the number of rows
# What stands in a row of the export, in words of the usual length; the floor's rows are these in turns.
CELLS: list[list[Any]] = [
    [
        dt.date(2025, 3, day), dt.time(9, 30), f"K-2025-{day:05}", 0, "Bewerbung", "Wohnen, Familie", "Arabisch, Deutsch", "niemand",
        "persönlich, mit Termin", 30, None, "bench", "Jana N",
    ]
    for day in range(1, 29)
]  # fmt: skip


def rows(some: int, most: int, rounds: int) -> Iterator[Row]:
    """Yield the time at some rows in turns with the writer, then at the most, once each, with the memory."""
    yield from _rows(some, lambda ours, floor: in_turns(ours, floor, rounds))
    if most > some:
        yield from _rows(most, lambda ours, floor: (spent(ours), spent(floor)))


def _rows(
    size: int, measure: Callable[[Callable[[], None], Callable[[], None]], tuple[Spent, Spent]]
) -> Iterator[Row]:
    talks.use(size)

    def ours() -> None:
        with tempfile.TemporaryFile() as file:
            write_consultations(Consultation.objects.all(), file)

    def floor() -> None:
        with tempfile.TemporaryFile() as file:
            _writer_alone(file, size)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mine, least = measure(ours, floor)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    yield Row(
        what="consultations as XLSX", size=f"{size:,}", ours=1000 * mine.wall, floor=1000 * least.wall,
        ours_cpu=f"{1000 * mine.application:.0f} + {1000 * mine.database:.0f}",
        bar=f"{BAR} x the writer, +{grown:.0f} of {MOST_MEGABYTES} MB", holds=mine.wall <= BAR * least.wall and grown <= MOST_MEGABYTES,
    )  # fmt: skip


def _writer_alone(file: Any, size: int) -> None:
    with xlsxwriter.Workbook(file, LONG_LIST) as book:
        sheet = book.add_worksheet()
        day, time = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "hh:mm"})
        for row, cells in enumerate(itertools.islice(itertools.cycle(CELLS), size), start=1):
            sheet.write_datetime(row, 0, cells[0], day)
            sheet.write_datetime(row, 1, cells[1], time)
            sheet.write_number(row, 3, cells[3])
            sheet.write_number(row, 9, cells[9])
            for column in (2, 4, 5, 6, 7, 8, 11, 12):
                sheet.write_string(row, column, cells[column])
