"""What a database holds, in numbers that can be compared: rows and a hash for each table, how many constraints, indexes, triggers."""

from dataclasses import dataclass
from typing import Any

from psycopg2 import sql

# Sittings are not worth keeping: nobody shall be signed in from last night.
LEFT_OUT = ("accounts_sitting", "django_session")
# The text of a row depends on these; set for every reading, they are the same on both sides.
SETTINGS = {
    "timezone": "UTC", "datestyle": "ISO, YMD", "intervalstyle": "postgres", "extra_float_digits": "1", "bytea_output": "hex",
    "statement_timeout": "0", "idle_in_transaction_session_timeout": "0",
}  # fmt: skip
OURS = "n.nspname !~ '^(pg_|information_schema$)'"
TABLES = f"SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND {OURS} ORDER BY 1, 2"  # noqa: S608 - constants of this file
# The sum over the rows does not depend on their order; 64 bits of each row's SHA-256.
ROWS = """
    SELECT count(*), coalesce(sum(('x' || encode(substring(sha256(convert_to(one_row::text, 'UTF8')) FOR 8), 'hex'))::bit(64)::bigint), 0)::text
    FROM {}.{} AS one_row
"""
# Not-null constraints are counted by newer servers only.
STRUCTURE = f"""
    SELECT 'constraints', count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.contype <> 'n' AND {OURS}
    UNION ALL
    SELECT 'indexes', count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('i', 'I') AND {OURS}
    UNION ALL
    SELECT 'sequences', count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND {OURS}
    UNION ALL
    SELECT 'triggers', count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND {OURS}
"""  # noqa: S608 - constants of this file


@dataclass(frozen=True)
class Fingerprint:
    """What a table holds: number of rows, and a sum of hashes that does not depend on their order."""

    rows: int
    hash: str


def settle(cursor: Any) -> None:
    """Make the texts of values the same wherever they are read. For the transaction that is open."""
    for name, value in SETTINGS.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def tables(cursor: Any) -> dict[str, Fingerprint]:
    """Return every table of the database with its fingerprint, those left out of a backup excepted."""
    settle(cursor)
    cursor.execute(TABLES)
    found = {}
    for schema, name in cursor.fetchall():
        if name in LEFT_OUT:
            continue
        cursor.execute(sql.SQL(ROWS).format(sql.Identifier(schema), sql.Identifier(name)))
        rows, total = cursor.fetchone()
        found[name if schema == "public" else f"{schema}.{name}"] = Fingerprint(rows, total)
    return found


def structure(cursor: Any) -> dict[str, int]:
    """Return how many constraints, indexes, sequences and triggers there are."""
    cursor.execute(STRUCTURE)
    return dict(cursor.fetchall())
