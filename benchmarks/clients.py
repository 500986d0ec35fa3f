"""Clients by the hundred thousand, streamed into PostgreSQL by COPY: seeded, so that two runs measure the same."""

import datetime as dt
import io
import random
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.names import SHARES, Name, languages
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.folding import number_keys

_BLOCK = 1 << 20
_BORN = dt.date(1945, 1, 1)
# The columns that differ from client to client, in the order of the lines.
VARYING = (
    "public_id", "number", "phone", "counsellor_id", "given_name", "family_name", "latin_given_name", "latin_family_name",
    "birth_date", "birth_precision", "search_key",
)  # fmt: skip


def people(count: int, seed: int = 7, block: int = 50_000) -> Iterator[tuple[str, Name, Name]]:
    """Yield language, given name and family name."""
    chance = random.Random(seed)
    lists = languages()
    while count > 0:
        size = min(block, count)
        count -= size
        spoken = chance.choices(list(SHARES), list(SHARES.values()), k=size)
        for code in spoken:
            language = lists[code]
            yield (
                code,
                _draw(chance, language.given, language.given_weights),
                _draw(chance, language.family, language.family_weights),
            )


_cumulated: dict[int, list[float]] = {}


def _draw(chance: random.Random, names: list[Name], weights: list[float]) -> Name:
    known = _cumulated.get(id(names))
    if known is None:
        total, known = 0.0, []
        for weight in weights:
            total += weight
            known.append(total)
        _cumulated[id(names)] = known
    return chance.choices(names, cum_weights=known)[0]


class Rows(io.RawIOBase):
    """Lines as a file that COPY reads, without ever holding all of them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; empty at the end."""
        parts, length = [self._rest], len(self._rest)
        for line in self._lines:
            parts.append(line.encode())
            length += len(parts[-1])
            if length >= _BLOCK:
                break
        text = b"".join(parts)
        self._rest = text[size:] if size >= 0 else b""
        return text[:size] if size >= 0 else text


def _text(value: Any) -> str:
    if value is None:
        return r"\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, list):
        return "{" + ",".join(str(part) for part in value) + "}"
    return str(value)


def copy(table: str, columns: list[str], lines: Iterable[str]) -> None:
    """Stream lines into a table."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f'COPY "{table}" ({quoted}) FROM STDIN', Rows(lines))


def _defaults(counsellor: User) -> dict[str, Any]:
    """What a column holds unless a line says otherwise, asked from the model: a column that is added later needs no change here."""
    values = {
        field.column: field.get_default() for field in Client._meta.concrete_fields if not field.primary_key
    }
    values |= {
        "centre_id": counsellor.centre_id,
        "in_charge_since": "2026-02-03",
        "programme_code": "",
        "created_at": timezone.now(),
    }
    return values | {"changed_at": timezone.now()}


def fill(
    *, counsellors: list[User], count: int, without: frozenset[str] = frozenset(), seed: int = 7,
    indexes: frozenset[str] | None = None,
) -> None:  # fmt: skip
    """Store ``count`` clients of the first counsellor's centre, in turn in the charge of each counsellor.

    ``without``: full names (folded words in any order) that nobody may have, because a test looks for theirs. Indexes are
    taken away before and built anew after, which is several times faster; ``indexes`` names those that are needed, for a test
    whose tables are rolled back anyway.
    """
    taken = _taken_away()
    first = _next_id(Client, count)
    defaults = _defaults(counsellors[0])
    columns = ["id", *VARYING, *(column for column in defaults if column not in VARYING)]
    usual = "".join(f"\t{_text(defaults[column])}" for column in columns[1 + len(VARYING) :]) + "\n"

    def clients() -> Iterator[str]:
        chance = random.Random(seed + 1)
        for place, (given, family) in enumerate(_drawn(count, without, seed)):
            number, phone = f"K-{2000 + place % 26}-{place:07}", f"0{chance.randrange(10**9, 10**10)}"
            found_by = " ".join(
                sorted({*given.keys, *family.keys, *number_keys(number), *number_keys(phone)})
            )
            counsellor = counsellors[place % len(counsellors)].pk
            born = _BORN + dt.timedelta(days=chance.randrange(23_000))
            yield (
                f"{first + place}\t{_uuid(first + place)}\t{number}\t{phone}\t{counsellor}\t{given.written}\t{family.written}"
                f"\t{given.latin}\t{family.latin}\t{born}\tday\t{found_by}{usual}"
            )

    copy(Client._meta.db_table, columns, clients())
    _put_back(
        [statement for statement in taken if indexes is None or any(name in statement for name in indexes)]
    )


def _drawn(count: int, without: frozenset[str], seed: int) -> Iterator[tuple[Name, Name]]:
    left = count
    for _language, given, family in people(count * 2, seed):
        if without and full_names(given, family) & without:
            continue
        yield given, family
        left -= 1
        if not left:
            return


def full_names(given: Name, family: Name) -> set[str]:
    """Return the full name as written and in Latin letters, folded, its words in the order of the alphabet."""
    return {
        " ".join(sorted({*given.written_words, *family.written_words})),
        " ".join(sorted({*given.latin_words, *family.latin_words})),
    }


def _uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def _next_id(model: Any, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT nextval(%s)", [sequence])
        (first,) = cursor.fetchone()
        cursor.execute("SELECT setval(%s, %s)", [sequence, first + count])
    return int(first)


def _taken_away() -> list[str]:
    """Drop what slows COPY and return the statements that bring it back."""
    back = []
    tables = [Client._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'u' AND conrelid = ANY(%s::regclass[])", [tables],
        )  # fmt: skip
        for table, name, definition in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            back.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE NOT indisprimary AND indrelid = ANY(%s::regclass[])", [tables],
        )  # fmt: skip
        for name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            back.append(definition)
    return back


def _put_back(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f'ANALYZE "{Client._meta.db_table}"')
