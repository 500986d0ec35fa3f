"""The second ``make demo``: from the command to the first page, when everything is there already."""

import os
import signal
import statistics
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.serving import free_port

ROOT = Path(__file__).resolve().parents[1]
BAR = 5.0
PATIENCE = 600


def rows(rounds: int) -> Iterator[Row]:
    """Start it once to have everything, then again; the floor is the bar."""
    first, *again = [_seconds() for _start in range(1 + rounds)]
    median = statistics.median(again)
    yield Row(
        what=f"make demo, second call (the first took {first:.0f} s)", size="1", ours=1000 * median, floor=1000 * BAR, ours_cpu="",
        bar=f"below {BAR:g} s", holds=median < BAR,
    )  # fmt: skip


def _seconds() -> float:
    port = free_port()
    begun = time.perf_counter()
    demo = subprocess.Popen(
        ["make", "demo", f"PORT={port}"], cwd=ROOT, start_new_session=True, env=_without_settings(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for_page(demo, port)
        return time.perf_counter() - begun
    finally:
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(60)


def _without_settings() -> dict[str, str]:
    """The environment of somebody at a terminal, not that of this measuring."""
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("IQ_", "DJANGO_", "DATABASE_"))
    }


def _wait_for_page(demo: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if demo.poll() is not None:
            raise RuntimeError(f"make demo ended with {demo.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as page:
                if page.status == 200:
                    return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("make demo showed no page")
