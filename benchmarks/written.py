"""The figures of ``make bench`` for people: kept room by room in ``measured.json``, shown as one table in ``docs/performance.md``."""

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parents[1]
KEPT, PAGE = ROOT / "benchmarks/measured.json", ROOT / "docs/performance.md"
BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"


def keep(found: dict[str, list[Row]]) -> None:
    """Put the rows of these rooms in the place of those that were there, and write the page anew."""
    kept: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    today = f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}"
    for room, rows in found.items():
        kept[room] = {"day": today, "rows": [dataclasses.asdict(row) for row in rows]}
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    page = PAGE.read_text()
    before, after = page[: page.index(BEGIN)], page[page.index(END) :]
    PAGE.write_text(f"{before}{BEGIN}\n\n{_table(kept)}\n\n{after}")


def _table(kept: dict[str, Any]) -> str:
    from benchmarks.run import ROOMS

    lines = [
        "| what | size | ours | floor, peer or bar | ratio | processor time: application + database | bar | measured |",
        "| --- | --- | ---: | ---: | ---: | --- | --- | --- |",
    ]
    for room in ROOMS:
        for known in kept.get(room, {}).get("rows", []):
            row = Row(**known)
            holds = "holds" if row.holds else "**missed**"
            lines.append(
                f"| {row.what} | {row.size} | {_number(row.ours)} | {_number(row.floor)} | {row.ratio:.2f} | {row.ours_cpu} |"
                f" {row.bar}: {holds} | {kept[room]['day']} |"
            )
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
