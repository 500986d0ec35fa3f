"""``make bench``: what the work costs against a floor measured in the same run, as one table; see ``docs/performance.md``.

``BENCH="--only finding --sizes 10000 --rounds 3 --json FILE"`` says more. ``--only`` may name several rooms, with commas.
"""

import argparse
import dataclasses
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

ROOMS = (
    "starting",
    "papers",
    "finding",
    "matching",
    "figures",
    "spreadsheets",
    "consulting",
    "importing",
    "pages",
    "kiosk",
)


def main() -> None:
    """Measure and print the table."""
    wanted = _wanted()
    os.environ.setdefault("IQ_TESTING", "1")  # static files straight from their folders
    names = [name for name in wanted.only.split(",") if name] or list(ROOMS)
    rounds = max(3, wanted.rounds)
    from benchmarks.measure import Row, growth, table
    from benchmarks.written import keep

    found: dict[str, list[Row]] = {}

    def measured(name: str, rows: Iterable[Row]) -> None:
        """Show a room as soon as it is measured: what comes later may be stopped."""
        found[name] = list(rows)
        print(table(found[name]), flush=True)
        if wanted.write:
            keep({name: found[name]})

    if "starting" in names:  # before this measuring has a database running
        from benchmarks import starting

        measured("starting", starting.rows(3))
    from benchmarks.database import start

    start()
    sizes = [int(part) for part in wanted.sizes.split(",")]
    for name, measure in _rooms(sizes, wanted.answers).items():
        if name in names:
            measured(name, measure(rounds))
    rows = [row for some in found.values() for row in some]
    print(table(rows))
    print(growth(rows))
    if wanted.json:
        wanted.json.write_text(json.dumps([dataclasses.asdict(row) for row in rows], indent=1) + "\n")


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", default="10000,100000,1000000", help="numbers of clients or consultations, with commas"
    )
    parser.add_argument("--rounds", type=int, default=5, help="rounds in turns; the median counts")
    parser.add_argument("--only", default="", help=f"of {', '.join(ROOMS)}, with commas")
    parser.add_argument("--answers", type=int, default=10_000, help="answers saved at the kiosk")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    parser.add_argument("--json", type=Path, help="write the rows there, to compare two revisions")
    return parser.parse_args()


def _rooms(sizes: list[int], answers: int) -> dict[str, Callable[[int], Iterable]]:
    """Return what measures each room; Django has to be set up."""
    from benchmarks import (
        consulting,
        figures,
        finding,
        importing,
        kiosk,
        matching,
        pages,
        papers,
        spreadsheets,
    )
    from benchmarks.database import use

    most, many = max(sizes), min(max(sizes), 100_000)

    def at(size: int) -> int:
        use(size)
        return size

    return {
        "papers": lambda rounds: papers.rows(rounds) if at(1000) else [],
        "finding": lambda rounds: [row for size in sizes for row in finding.rows(at(size), rounds)],
        "matching": lambda rounds: matching.rows(at(many), rounds),
        "figures": lambda rounds: figures.rows(tuple(size for size in sizes if size >= many), rounds),
        "spreadsheets": lambda rounds: spreadsheets.rows(many, most, rounds),
        "consulting": lambda rounds: consulting.rows(most, answers // 10, rounds),
        "importing": lambda rounds: importing.rows(many, 3),
        "pages": lambda rounds: pages.rows(many, rounds),
        "kiosk": lambda rounds: kiosk.rows(answers, rounds),
    }


if __name__ == "__main__":
    main()
