"""Two things measured in turns, so that whatever else the machine does falls on both."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Of one round: seconds by the clock, and seconds of processor time of this process and of the database's."""

    wall: float
    application: float
    database: float


@dataclass(frozen=True)
class Row:
    """One line of the table; times in milliseconds."""

    what: str
    size: str
    ours: float
    floor: float
    ours_cpu: str
    bar: str
    holds: bool

    @property
    def ratio(self) -> float:
        """Ours against the floor."""
        return self.ours / self.floor if self.floor else float("inf")


def _database_seconds() -> float:
    """Processor time of the connection's own server process; 0 where it cannot be read."""
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def spent(call: Callable[[], object]) -> Spent:
    """Call it and return what it took."""
    database, application, wall = _database_seconds(), time.process_time(), time.perf_counter()
    call()
    wall, application = time.perf_counter() - wall, time.process_time() - application
    return Spent(wall, application, _database_seconds() - database)


def in_turns(ours: Callable[[], object], floor: Callable[[], object], rounds: int) -> tuple[Spent, Spent]:
    """Call both once to warm up, then in turns, and return the medians of each."""
    ours(), floor()
    both = [(spent(ours), spent(floor)) for _ in range(rounds)]
    return _median([pair[0] for pair in both]), _median([pair[1] for pair in both])


def _median(rounds: list[Spent]) -> Spent:
    return Spent(
        *(
            statistics.median(getattr(one, name) for one in rounds)
            for name in ("wall", "application", "database")
        )
    )


def table(rows: list[Row]) -> str:
    """Return the rows as text."""
    head = ("what", "size", "ours ms", "floor ms", "ratio", "CPU app + db ms", "bar")
    lines = [head] + [
        (row.what, row.size, f"{row.ours:.2f}", f"{row.floor:.2f}", f"{row.ratio:.2f}", row.ours_cpu, f"{row.bar}: {'holds' if row.holds else 'MISSED'}")
        for row in rows
    ]  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def growth(rows: list[Row]) -> str:
    """Return how much slower the largest size is than the smallest, line by line."""
    by_what: dict[str, list[Row]] = {}
    for row in rows:
        by_what.setdefault(row.what, []).append(row)
    return "\n".join(
        f"{what}: {found[-1].ours / found[0].ours:.2f} times the time of {found[0].size} at {found[-1].size}"
        for what, found in by_what.items()
        if len(found) > 1
    )
