"""What the pages of an import show: samples, values, doubtful rows, errors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from counselling.imports.columns import columns_of
from counselling.models import ImportMapping, ImportProblem, ImportRow, ImportRun
from iqquadrat.core.importing.columns import Column
from iqquadrat.core.importing.guessing import folded, header_key, parts
from iqquadrat.core.importing.problems import LONGEST_SAMPLE, ProblemLine, problems_of

MOST_VALUES = 60


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


def problem_lines(run: ImportRun, problems: Iterable[ImportProblem]) -> list[ProblemLine]:
    """Put the values of the file beside these errors: one query for all of them."""
    return problems_of(run, problems, columns_of(run.kind))


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
