"""Memory stays flat however long a list is: what a worker holds at once is a chunk, not the file."""

import tracemalloc
from typing import Any

import pytest

from counselling.imports import services, tasks
from counselling.models import Client
from tests.counselling.importing import HEADERS, as_csv, brought

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _peak(run: Any) -> int:
    """Let a worker do what the run waits for, and return the most memory that took beyond the beginning, in KB."""
    run.refresh_from_db()
    tracemalloc.start()
    try:
        tasks.work_on_import.func(run.pk, run.attempt)
        return tracemalloc.get_traced_memory()[1] // 1024
    finally:
        tracemalloc.stop()
        run.refresh_from_db()


def _peaks(counsellor: Any, rows: int) -> list[int]:
    people = [
        [f"A{rows}-{n}", f"Amal{n}", f"Haddad{rows}{n}", "14.3.1991", "w", "", "Arabisch"]
        for n in range(rows)
    ]
    run = brought(counsellor, as_csv([HEADERS, *people]))
    services.name_columns(
        run=run, columns={"0": "reference", "1": "given_name", "2": "family_name", "4": "gender", "6": "spoken_languages"},
        defaults={"counsellor": counsellor.pk}, by=counsellor,
    )  # fmt: skip
    services.name_values(run=run, meanings={}, by=counsellor)
    check = _peak(run)
    assert (run.state, run.broken_rows) == ("checked", 0)
    services.decide(run=run, choice="create", by=counsellor)
    services.start_import(run=run, by=counsellor)
    take_over = _peak(run)
    assert run.state == "imported"
    services.undo_import(run=run, by=counsellor)
    undo = _peak(run)
    assert not Client.objects.exists()
    return [check, take_over, undo]


def test_four_times_the_rows_take_no_more_memory(counsellor: Any) -> None:
    _peaks(counsellor, 50)  # what is loaded once is loaded now
    few, many = _peaks(counsellor, 1_000), _peaks(counsellor, 4_000)
    for step, (small, large) in enumerate(zip(few, many, strict=True)):
        assert large < small * 1.3 + 500, (step, few, many)
