"""``make bench``: what the work costs against a floor measured in the same run. ``SIZES`` and ``ROUNDS`` can be said; see --help."""

import argparse
import dataclasses
import json
import os
from pathlib import Path


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="numbers of clients, with commas")
    parser.add_argument("--rounds", type=int, default=5, help="rounds in turns; the median counts")
    parser.add_argument(
        "--only",
        default="",
        choices=["", "finding", "papers", "kiosk", "matching"],
        help="one room of the table",
    )
    parser.add_argument(
        "--answers", type=int, default=10_000, help="answers saved at the kiosk; 0 leaves it out"
    )
    parser.add_argument("--json", type=Path, help="write the rows there, to compare two revisions")
    wanted = parser.parse_args()
    os.environ.setdefault("IQ_TESTING", "1")  # static files straight from their folders

    from benchmarks.database import start, use

    start()
    from benchmarks import finding, papers
    from benchmarks.measure import Row, table

    rows: list[Row] = []
    if wanted.only in ("", "papers"):
        use(1000)
        rows += papers.rows(max(3, wanted.rounds))
    for size in (int(part) for part in wanted.sizes.split(",") if wanted.only in ("", "finding")):
        use(size)
        rows += finding.rows(size, max(3, wanted.rounds))
    growth = _growth(rows)
    if wanted.only in ("", "matching"):
        from benchmarks import matching

        size = 2000 if wanted.sizes == "2000" else 100_000
        use(size)
        rows += matching.rows(size, max(3, wanted.rounds))
    if wanted.answers and wanted.only in ("", "kiosk"):
        from benchmarks import kiosk

        rows += kiosk.rows(wanted.answers, wanted.rounds)
    print(table(rows))
    print(growth)
    if wanted.json:
        wanted.json.write_text(json.dumps([dataclasses.asdict(row) for row in rows], indent=1) + "\n")


def _growth(rows: list) -> str:
    """How much slower the largest size is than the smallest, line by line."""
    by_what: dict[str, list] = {}
    for row in rows:
        by_what.setdefault(row.what, []).append(row)
    lines = [
        f"{what}: {found[-1].ours / found[0].ours:.2f} times the page of {found[0].size} at {found[-1].size} (bar: 3)"
        for what, found in by_what.items()
        if len(found) > 1
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
