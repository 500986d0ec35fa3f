"""The long run: ``python -m tests.fuzz --inputs 100000 --seed 7``.

The pages are opened once, in a database of its own; then every process works on a copy of it. A run that was broken off goes on where
its file says (``--file``); the same seed tries the same inputs again.
"""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fuzz.sending import Tally
    from tests.fuzz.targets import Target
    from tests.walks.forms import Walk

NAME = "fuzz"
CHUNK = 1000
ONE_DAY = str(24 * 3600)


def main() -> None:
    """Do what the command line says; the status is 1 when something broke."""
    wanted = _arguments()
    set_up()
    from tests.fuzz.sending import Tally

    done = json.loads(wanted.file.read_text()) if wanted.file and wanted.file.exists() else {}
    if done.get("seed") != wanted.seed:
        done = {}
    begun = time.monotonic()
    _walk, targets = prepare(wanted.processes)
    print(
        f"{len(targets)} routes, as {len(targets[0].browsers)} roles; ready after {time.monotonic() - begun:.0f} s",
        flush=True,
    )
    numbers = range(done.get("chunks", 0), -(-wanted.inputs // CHUNK))
    tally = Tally(**_read(done["tally"])) if done else Tally()
    shares = [numbers[part :: wanted.processes] for part in range(wanted.processes)]
    context = get_context("fork")
    results = context.Queue()
    workers = [
        context.Process(target=_work, args=(targets, shares[part], wanted.seed, part, results)) for part in range(wanted.processes)
    ]  # fmt: skip
    for worker in workers:
        worker.start()
    _collect(numbers, results, tally, wanted, begun)
    for worker in workers:
        worker.join()
    _report(tally, wanted.seed, len(targets), time.monotonic() - begun)
    sys.exit(1 if tally.failures else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--file", type=Path, help="remembers how far the run is")
    return parser.parse_args()


def set_up() -> None:
    """Set Django up as for the tests, and start the embedded server."""
    # Nobody is signed out because the run takes hours.
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "IQ_IDLE_SECONDS": ONE_DAY,
        "IQ_FRESH_SECONDS": ONE_DAY,
    }
    import logging

    import django
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment(debug=False)
    logging.disable(logging.CRITICAL)
    from iqquadrat.core.embedded import ensure_running

    ensure_running()


def prepare(processes: int) -> "tuple[Walk, list[Target]]":
    """Make the database, open every page of the house in it, and copy it for each process."""
    from django.core.management import call_command
    from django.db import connection

    from tests.fuzz.targets import targets_of
    from tests.walks.forms import gather

    names = [f"{NAME}_{part}" for part in range(processes)]
    _in_the_server(
        *(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names), f'CREATE DATABASE "{names[0]}"'
    )
    connection.settings_dict["NAME"] = names[0]
    call_command("migrate", verbosity=0)
    walk = gather()
    targets = targets_of(walk)
    connection.close()
    _in_the_server(*(f'CREATE DATABASE "{name}" TEMPLATE "{names[0]}"' for name in names[1:]))
    return walk, targets


def _in_the_server(*statements: str) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def _work(targets: "list[Target]", numbers: range, seed: int, part: int, results: Any) -> None:
    """One process: its chunks of inputs, each told when it is done."""
    from django.db import connection

    from tests.fuzz.sending import Tally, run

    connection.settings_dict["NAME"] = f"{NAME}_{part}"
    known: dict[str, str] = {}
    for number in numbers:
        tally = Tally(failures=dict(known))
        run(targets, inputs=CHUNK, number=seed * 1_000_003 + number, tally=tally)
        known = tally.failures
        results.put(tally)


def _collect(numbers: range, results: Any, tally: "Tally", wanted: argparse.Namespace, begun: float) -> None:
    for arrived in range(1, len(numbers) + 1):
        found: Tally = results.get()
        for place in found.failures.keys() - tally.failures.keys():
            print(f"  5xx: {found.failures[place]}", flush=True)
        tally.add(found)
        if arrived % 5 == 0:
            print(
                f"{tally.count:,} inputs, {len(tally.failures)} failures, {time.monotonic() - begun:.0f} s",
                flush=True,
            )
        if wanted.file:
            # Chunks are handed out in turns: what is noted as done may be tried once more, never left out.
            chunks = max(0, numbers.start + arrived - wanted.processes)
            told = asdict(tally) | {"routes": sorted(tally.routes)}
            wanted.file.write_text(json.dumps({"seed": wanted.seed, "chunks": chunks, "tally": told}))


def _read(told: dict[str, Any]) -> dict[str, Any]:
    return told | {
        "routes": set(told["routes"]),
        "answers": {int(key): number for key, number in told["answers"].items()},
    }


def _report(tally: "Tally", seed: int, routes: int, seconds: float) -> None:
    print(
        f"\nseed {seed}: {tally.count:,} inputs at {len(tally.routes)} of {routes} routes in {seconds:.0f} s"
    )
    for role, number in sorted(tally.tried.items()):
        print(f"  {role:<15}{number:>9,}")
    print(
        "  answers: "
        + ", ".join(f"{status} x {number:,}" for status, number in sorted(tally.answers.items()))
    )
    print(f"5xx: {len(tally.failures)}")
    for failure in tally.failures.values():
        print(f"  {failure}")


if __name__ == "__main__":
    main()
