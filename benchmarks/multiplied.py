"""Every row of a table a hundred times more, with what hangs on it: copies refer to copies, and what must differ differs.

The rows that the tests make know all columns and all rules; here the database copies them, so that a hundred thousand take a minute.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection

# Lists of the site that nobody fills by the thousand: they are given, or belong to the people who work there.
GIVEN = ("accounts_", "questionnaires_", "django_", "reporting_", "rights_", "operations_")
TEXTS = ("text", "character varying")
WHOLE = ("bigint", "integer", "smallint")
STEP = 10_000_000  # the copies of one row have its key and so much more each time
TIMES = ("timestamp with time zone", "date")


@dataclass(frozen=True)
class Column:
    """A column: its type, and the table that it points to."""

    name: str
    kind: str
    longest: int | None
    points_to: str


def grown(at_least: int) -> list[str]:
    """Return the tables that hold so many rows and may hold more."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.proxy or not model._meta.managed or table.startswith(GIVEN):
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if cursor.fetchone()[0] >= at_least:
                found.append(table)
    return found


def multiply(tables: list[str], times: int) -> dict[str, int]:
    """Copy all rows of these tables so many times, where copies can stand beside each other; return how many came."""
    counts = {}
    tables = [table for table in tables if not _stand_alone(table)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no trigger looks at each of a million
        for table in tables:
            columns = _columns(table)
            varied = _varied(table, columns, set(tables))
            names = ", ".join(f'"{column.name}"' for column in columns)
            values = ", ".join(_value(column, varied, set(tables)) for column in columns)
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" AS r, generate_series(1, {times}) AS n'
            )
            counts[table] = cursor.rowcount
        for table in tables:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            if (sequence := cursor.fetchone()[0]) is not None:
                cursor.execute(f'SELECT setval(%s, (SELECT max(id) FROM "{table}"))', [sequence])
        cursor.execute("RESET session_replication_role")
    return counts


def _stand_alone(table: str) -> bool:
    """Whether rows exclude each other by their time: copies would stand where the first stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'x')",
            [table],
        )
        return bool(cursor.fetchone()[0])


def _value(column: Column, varied: set[str], tables: set[str]) -> str:
    own = f'r."{column.name}"'
    if column.name == "id" or column.points_to in tables:
        return f"{own} + n * {STEP}"
    if column.name not in varied:
        return own
    if column.kind == "uuid":
        return "gen_random_uuid()"
    if column.kind in TEXTS:
        kept = f"left({own}, {column.longest - 6})" if column.longest else own
        return f"{kept} || '-' || n"
    if column.kind in WHOLE:
        return f"{own} + n"
    return f"{own} + n * interval '1 second'"


def _columns(table: str) -> list[Column]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.attname, format_type(a.atttypid, NULL), CASE WHEN a.atttypmod > 4 AND a.atttypid = 'varchar'::regtype THEN a.atttypmod - 4 END,
                   coalesce((SELECT c.confrelid::regclass::text FROM pg_constraint c
                              WHERE c.conrelid = a.attrelid AND c.contype = 'f' AND c.conkey = ARRAY[a.attnum] LIMIT 1), '')
              FROM pg_attribute a
             WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
            """,
            [table],
        )
        return [Column(*row) for row in cursor.fetchall()]


def _varied(table: str, columns: list[Column], tables: set[str]) -> set[str]:
    """Return a column of every unique index, unless a copy differs in it already."""
    by_name = {column.name: column for column in columns}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT array_agg(a.attname::text) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
             WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary GROUP BY i.indexrelid
            """,
            [table],
        )
        keys = [[by_name[name] for name in names if name in by_name] for (names,) in cursor.fetchall()]
    varied: set[str] = set()
    for key in keys:
        if any(column.points_to in tables or column.name in varied for column in key):
            continue
        for kinds in (("uuid",), TEXTS, WHOLE, TIMES):
            fitting = [column.name for column in key if column.kind in kinds and not column.points_to]
            if fitting:
                varied.add(fitting[0])
                break
        else:
            raise ValueError(f"{table}: nothing of {[column.name for column in key]} can differ")
    return varied
