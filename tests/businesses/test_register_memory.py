"""A long list with broken rows: each is named, and memory stays flat, because a worker holds a chunk, not the file."""

import io
import tracemalloc
from typing import Any

import pytest

from businesses.exchange import services, tasks
from businesses.exchange.columns import COLUMNS
from businesses.models import Business, RegisterImport
from iqquadrat.accounts.models import User
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.guessing import guess_columns
from tests.counselling.importing import as_csv, run_queue
from tests.fixtures.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADS = ["Nr", "Straße", "Hausnummer", "Name", "Status"]


def _peak(run: RegisterImport) -> int:
    """Let a worker do what the run waits for, and return the most memory that took beyond the beginning, in KB."""
    run.refresh_from_db()
    tracemalloc.start()
    try:
        tasks.work_on_register_import.func(run.pk, run.attempt)
        return tracemalloc.get_traced_memory()[1] // 1024
    finally:
        tracemalloc.stop()
        run.refresh_from_db()


def _listed(by: User, rows: int, broken: set[int]) -> tuple[RegisterImport, int]:
    """Bring a list, check it, and return the run with the memory that the check took."""
    lines: list[list[Any]] = [
        [f"{rows}-{n}", f"Straße {n % 9}", "" if n in broken else n % 9000 + 1, f"Laden {rows} {n}", "offen"]
        for n in range(rows)
    ]
    run = services.begin_import(file=io.BytesIO(as_csv([HEADS, *lines])), name="liste.csv", by=by)
    run_queue()
    run.refresh_from_db()
    services.name_columns(run=run, columns=guess_columns(COLUMNS, run.headers, {}), by=by)
    return run, _peak(run)


def _peaks(by: User, rows: int) -> list[int]:
    run, check = _listed(by, rows, set())
    assert (run.state, run.broken_rows) == ("checked", 0)
    services.start_import(run=run, by=by)
    take_over = _peak(run)
    assert (run.state, run.result["made"]) == ("imported", rows)
    services.undo_import(run=run, by=by)
    undo = _peak(run)
    assert not Business.objects.exists()
    return [check, take_over, undo]


def test_every_broken_row_of_a_long_list_is_named() -> None:
    by: User = UserFactory(roles=["coordinator"])
    broken = set(range(7, 2_000, 97))
    run, _memory = _listed(by, 2_000, broken)
    assert set(run.problems.values_list("line", flat=True)) == {n + 2 for n in broken}
    assert run.broken_rows == len(broken)
    with pytest.raises(ImportStateError):
        services.start_import(run=run, by=by)
    assert not Business.objects.exists()


def test_four_times_the_rows_take_no_more_memory() -> None:
    by: User = UserFactory(roles=["coordinator"])
    _peaks(by, 50)  # what is loaded once is loaded now
    few, many = _peaks(by, 600), _peaks(by, 2_400)
    for step, (small, large) in enumerate(zip(few, many, strict=True)):
        assert large < small * 1.3 + 500, (step, few, many)
