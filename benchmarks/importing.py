"""A list of businesses coming in, read, checked and taken over as a worker does it, against COPY of the rows it becomes.

COPY gets finished rows of all tables that the import fills, into tables with the same columns, indexes and checks; it reads no file of
an office program, asks nothing, compares nothing, and writes no history.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import translation

from benchmarks.database import copy_of, made_anew
from benchmarks.import_rows import Peak
from benchmarks.measure import Row
from benchmarks.register_rows import HEADERS, file_of
from businesses.exchange import services, tasks
from businesses.exchange.columns import COLUMNS
from businesses.models import Business, RegisterImport
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.importing.guessing import guess_columns

BAR, MOST_MEGABYTES = 10.0, 200
EMPTY, OWN = "bench_import_empty", "bench_import"
PLAN = "businesses_register"  # tables of the import itself: what it does on the way is not what it brings


def rows(size: int, rounds: int) -> Iterator[Row]:
    """Yield the whole way against COPY, and its steps."""
    made_anew(EMPTY)
    ours: list[dict[str, float]] = []
    floor: list[float] = []
    memory = 0
    with translation.override("de"), tempfile.TemporaryDirectory() as folder:
        for _round in range(rounds):
            copy_of(EMPTY, OWN)
            spent, most = _import(size)
            ours.append(spent)
            memory = max(memory, most)
            floor.append(_copied(Path(folder)))
    least = statistics.median(floor)
    whole = statistics.median(sum(spent.values()) for spent in ours)
    steps = ", ".join(f"{name} {statistics.median(spent[name] for spent in ours):.0f} s" for name in ours[0])
    yield Row(
        what=f"import of businesses ({steps})", size=f"{size:,}", ours=1000 * whole, floor=1000 * least, ours_cpu="",
        bar=f"{BAR:g} x COPY", holds=whole <= BAR * least,
    )  # fmt: skip
    yield Row(
        what="import of businesses: memory of the worker (MB instead of ms)", size=f"{size:,}", ours=memory, floor=MOST_MEGABYTES, ours_cpu="",
        bar=f"below {MOST_MEGABYTES}", holds=memory < MOST_MEGABYTES,
    )  # fmt: skip


def _import(size: int) -> tuple[dict[str, float], int]:
    """Bring the list; return the seconds of each step and the most megabytes that the worker had."""
    centre = Centre.objects.create(name="Dialog", code="dialog")
    user = User.objects.create_user(
        "katrin@example.org", given_name="Katrin", family_name="Vogt", centre=centre, roles=["coordinator"]
    )
    run = services.begin_import(file=file_of(size, set(), "csv"), name="liste.csv", by=user)
    spent, most = {}, 0

    def step(name: str, before: Callable[[], Any] = lambda: None) -> None:
        nonlocal most
        before()
        run.refresh_from_db()
        with Peak() as peak:
            tasks.work_on_register_import.func(run.pk, run.attempt)
        run.refresh_from_db()
        spent[name], most = peak.seconds, max(most, peak.most)

    step("read")
    step("check", lambda: _name_columns(run, user))
    step("take over", lambda: services.start_import(run=run, by=user))
    if (run.state, Business.objects.count()) != ("imported", size):
        raise RuntimeError(f"{run.state}: {run.fault}, {Business.objects.count()} businesses")
    return spent, most


def _name_columns(run: RegisterImport, user: User) -> None:
    columns = guess_columns(COLUMNS, run.headers, {})
    if len(columns) != len(HEADERS):
        raise RuntimeError(f"understood {columns}")
    if services.name_columns(run=run, columns=columns, by=user).is_open:
        services.name_values(run=run, meanings={}, by=user)


def _copied(folder: Path) -> float:
    """Copy what the import brought out into files, and return the seconds it takes to copy it in again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'")  # fmt: skip
        tables = [name for (name,) in cursor.fetchall() if not name.startswith(("django_", PLAN))]
        filled = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if cursor.fetchone()[0] < 1000:
                continue
            with (folder / table).open("wb") as file:
                cursor.cursor.copy_expert(f'COPY "{table}" TO STDOUT (FORMAT binary)', file)
            cursor.execute(f'CREATE TABLE "copy_{table}" (LIKE "{table}" INCLUDING ALL)')
            filled.append(table)
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in filled:
            with (folder / table).open("rb") as file:
                cursor.cursor.copy_expert(f'COPY "copy_{table}" FROM STDIN (FORMAT binary)', file)
    return time.perf_counter() - begun
