"""What the pages of an import show: samples, values, doubtful rows, errors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from counselling.imports.columns import Column, columns_of, letters
from counselling.imports.guessing import folded, header_key, parts
from counselling.models import ImportMapping, ImportProblem, ImportRow, ImportRun

SAMPLE_ROWS = 60
SAMPLES = 3
LONGEST_SAMPLE = 60
MOST_VALUES = 60


@dataclass(frozen=True)
class FileColumn:
    """A column of the file as the page shows it."""

    place: int
    letters: str
    header: str
    samples: list[str]


def file_columns(run: ImportRun) -> list[FileColumn]:
    """Return the columns of the file with what stands in their first rows."""
    samples: dict[int, list[str]] = defaultdict(list)
    for cells in run.staged_rows.order_by("line").values_list("cells", flat=True)[:SAMPLE_ROWS]:
        for place, cell in enumerate(cells):
            text = cell.strip()[:LONGEST_SAMPLE]
            if text and text not in samples[place] and len(samples[place]) < SAMPLES:
                samples[place].append(text)
    return [
        FileColumn(place, letters(place), header.strip(), samples[place])
        for place, header in enumerate(run.headers)
        if header.strip() or samples[place]
    ]


def values_of(run: ImportRun, columns: Sequence[Column]) -> dict[str, list[tuple[str, int]]]:
    """Return the different values of these columns of choices with their counts, the most frequent ones; one query."""
    places = {int(place): field for place, field in run.columns.items()}
    wanted = {place: column for place, field in places.items() for column in columns if column.field == field}
    counts: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, btrim(cells ->> place) AS value, count(*) FROM counselling_importrow, unnest(%s::int[]) AS place"
            " WHERE run_id = %s AND btrim(cells ->> place) <> '' GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 5000",
            [list(wanted), run.pk],
        )
        for place, value, count in cursor.fetchall():
            known = counts[wanted[place].field]
            for text in parts(wanted[place], value):
                key = folded(text) or text
                known[key] = (known[key][0] if key in known else text, known.get(key, ("", 0))[1] + count)
    return {
        field: sorted(values.values(), key=lambda value: -value[1])[:MOST_VALUES]
        for field, values in counts.items()
    }


def remembered(run: ImportRun) -> ImportMapping | None:
    """Return what the centre said about a list with these columns, if there was one."""

    return ImportMapping.objects.filter(
        centre_id=run.centre_id, kind=run.kind, header_key=header_key(run.headers)
    ).first()


@dataclass(frozen=True)
class ProblemLine:
    """One error as the page and the spreadsheet show it."""

    line: int
    letters: str
    header: str
    value: str
    message: str


def problem_lines(run: ImportRun, problems: Iterable[ImportProblem]) -> list[ProblemLine]:
    """Put the values of the file beside these errors: one query for all of them."""
    problems = list(problems)
    rows = dict(run.staged_rows.filter(line__in={one.line for one in problems}).values_list("line", "cells"))
    return [_problem_line(run, one, rows.get(one.line, [])) for one in problems]


def _problem_line(run: ImportRun, one: ImportProblem, cells: list[str]) -> ProblemLine:
    if one.column is None:
        label = columns_of(run.kind)[one.field].label if one.field in columns_of(run.kind) else ""
        return ProblemLine(one.line, "", str(label), "", one.message)
    value = cells[one.column] if one.column < len(cells) else ""
    return ProblemLine(
        one.line, letters(one.column), run.headers[one.column], value.strip()[:200], one.message
    )


def problems_by_column(run: ImportRun) -> list[tuple[str, str, int]]:
    """Return for the filter: a column's place ("" for whole rows), its name, how many errors."""
    counted = run.problems.values_list("column").annotate(n=Count("pk")).order_by("column")
    return [
        (
            "row" if place is None else str(place),
            "" if place is None else f"{letters(place)} {run.headers[place]}",
            n,
        )
        for place, n in counted
    ]


@dataclass(frozen=True)
class Doubt:
    """A row that may be here already, beside what it is like."""

    row: ImportRow
    shown: list[str]
    above: list[str]


def doubts(run: ImportRun, rows: Iterable[ImportRow]) -> list[Doubt]:
    """Put beside these rows what names them, and the row above that each is like."""
    rows = list(rows)
    lines = {row.match_line for row in rows if row.match_line is not None}
    above = dict(run.staged_rows.filter(line__in=lines).values_list("line", "cells"))
    return [
        Doubt(row, naming_cells(run, row.cells), naming_cells(run, above.get(row.match_line or -1, [])))
        for row in rows
    ]


NAMING = ("reference", "given_name", "family_name", "latin_given_name", "latin_family_name", "birth", "phone",
          "client_number", "client_name", "client_birth", "held_on", "held_time", "main_topic")  # fmt: skip


def naming_cells(run: ImportRun, cells: list[str]) -> list[str]:
    """Return the few cells by which a row is known."""
    by_field = {field: int(place) for place, field in run.columns.items()}
    shown = [
        cells[by_field[name]].strip() for name in NAMING if name in by_field and by_field[name] < len(cells)
    ]
    return [text[:LONGEST_SAMPLE] for text in shown if text]
