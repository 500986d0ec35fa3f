"""Which scenes there are, and how often something breaks in each."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import scenes
from tests.faults.papers import worker_killed
from tests.faults.scenes import Row, Running, running

Blow = Callable[[Running], str | None]
KILLS: list[tuple[str, Blow, int]] = [
    ("database killed, all its processes at one blow", scenes.database_killed, 30),
    ("first process of the database killed", scenes.postmaster_killed, 10),
    ("a process of the database killed that serves somebody", scenes.backend_killed, 25),
    ("a process of gunicorn killed", scenes.process_killed, 25),
    ("master of gunicorn killed", scenes.master_killed, 8),
]
OTHERS: list[tuple[str, Blow, int]] = [
    ("database stopped for 3 s", scenes.stopped, 3),
    ("database frozen for 3 s", scenes.frozen, 3),
    ("network loses, doubles, delays and cuts for 8 s", scenes.bad_network, 2),
]
WORKER_KILLS, FULL, CONTROL_KILLS = 8, 2, 12


def long_run(template: Path, port: int, seed: int, share: float) -> list[Row]:
    """All scenes."""
    with running(template, port, seed) as on:
        rows = [_scene(on, name, blow, _some(times, share)) for name, blow, times in KILLS]
        rows.append(_told(worker_killed(on, _some(WORKER_KILLS, share))))
        rows += [_scene(on, name, blow, _some(times, share), kills=False) for name, blow, times in OTHERS]
    rows.append(_told(scenes.full_disk(template, port, seed, _some(FULL, share))))
    rows.append(_told(scenes.control(template, port, seed, _some(CONTROL_KILLS, share))))
    return rows


def short_run(template: Path, port: int, seed: int) -> list[Row]:
    """One blow of those that nothing else in the suite gives."""
    with running(template, port, seed) as on:
        return [
            _scene(on, "database killed", scenes.database_killed, 2),
            _scene(on, "a process of the database killed", scenes.backend_killed, 1),
            _scene(on, "a process of gunicorn killed", scenes.process_killed, 1),
            _scene(on, "database stopped", lambda running: scenes.stopped(running, 0.5), 1, kills=False),
            _scene(on, "network bad", lambda running: scenes.bad_network(running, 2), 1, kills=False),
        ]


def _some(times: int, share: float) -> int:
    return max(1, round(times * share))


def _scene(on: Running, name: str, blow: Blow, times: int, *, kills: bool = True) -> Row:
    return _told(on.scene(name, lambda: blow(on), blows=times, kills=kills))


def _told(row: Row) -> Row:
    print(
        f"{time.strftime('%X')} {row.fault}: {row.blows} x, {row.acknowledged} acknowledged, {row.found}, answers {row.answers} {row.words} {[round(second, 1) for second in row.seconds]}",
        flush=True,
    )
    return row
