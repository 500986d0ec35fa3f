"""Every page of staff, as one of those who may, with one row of what it lists and with a hundred thousand: as many queries, no heavy page, hardly slower.

Routes, roles and rows are those of the tests (``tests/access``, ``tests/rows``); the database multiplies them.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.database import made_anew
from benchmarks.measure import Row
from benchmarks.multiplied import grown, multiply
from iqquadrat.core.statistics import refresh_statistics
from tests.fixtures.stages import Stage, stages_of
from tests.rows import registry

DATABASE = "bench_pages"
BASE, GROWTH, HEAVIEST = 300, 2.0, 60_000
FASTER_THAN_ANYBODY_SEES = 0.05  # seconds; below that a page may grow as it likes
VISITS = 10


@dataclass(frozen=True)
class Seen:
    """What a page cost: the time of the slowest of ten, queries, bytes."""

    slowest: float
    queries: int
    weight: int


def rows(size: int, _rounds: int) -> Iterator[Row]:
    """Yield the pages that grew beyond the bar, then all others together."""
    from tests.test_access import ROWS

    registry.gather()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    made_anew(DATABASE)
    pages = [
        row
        for row in ROWS
        if "GET" in row.methods and not row.kiosk and not row.public and row.get_status == 200
    ]
    stages = stages_of(pages)
    # Papers are measured in a room of their own.
    with mock.patch("iqquadrat.pdf.answers.render", return_value=b"%PDF-"):
        yield from _measured(stages, size)


def _measured(stages: list[Stage], size: int) -> Iterator[Row]:
    for stage in stages:
        registry.fill(stage.record + stage.around, stage.users, range(1))
    few = _walk(stages)
    for stage in stages:
        if stage.around or not stage.record:
            continue
        registry.fill(stage.record, stage.users, range(1, BASE))
    tables = grown(BASE)
    counts = multiply(tables, size // BASE)
    refresh_statistics()
    many = _walk(stages)
    rowcount = max(counts.values(), default=0)
    yield from _told(few, many, f"{rowcount:,} rows in each of {len(tables)} tables")


def _walk(stages: list[Stage]) -> dict[str, Seen]:
    seen = {}
    for stage in stages:
        for row in stage.routes:
            role = min(row.roles)
            seen[f"{row.name} as {role}"] = _visit(stage, row, role)
    return seen


def _visit(stage: Stage, row: Any, role: str) -> Seen:
    browser, address = stage.browser(role), reverse(row.name, kwargs=stage.arguments)
    browser.get(address)  # what is kept between requests is not counted
    with CaptureQueriesContext(connection) as caught:
        answer = browser.get(address)
    is_page = not answer.streaming and answer.get("Content-Type", "").startswith("text/html")
    weight = len(answer.content) if is_page else 0
    times = []
    for _visit_number in range(VISITS if is_page else 0):
        begun = time.perf_counter()
        browser.get(address)
        times.append(time.perf_counter() - begun)
    slowest = max(times, default=0.0)
    return Seen(slowest, len(caught), weight)


def _told(few: dict[str, Seen], many: dict[str, Seen], size: str) -> Iterator[Row]:
    pages = [name for name, seen in few.items() if seen.slowest]
    slower = [
        name
        for name in pages
        if many[name].slowest > max(GROWTH * few[name].slowest, FASTER_THAN_ANYBODY_SEES)
    ]
    for name in sorted(slower, key=lambda name: -many[name].slowest):
        yield _row(f"page {name}", size, many[name].slowest, few[name].slowest, holds=False)
    others = [name for name in pages if name not in slower]
    yield _row(
        f"the other {len(others)} pages of staff, the sum of the slowest of ten", size,
        sum(many[name].slowest for name in others), sum(few[name].slowest for name in others), holds=True,
    )  # fmt: skip
    more = [name for name in few if few[name].queries != many[name].queries]
    yield Row(
        what=f"pages with more queries than with one row {more or ''} (number instead of ms)", size=size, ours=len(more), floor=0, ours_cpu="",
        bar="none", holds=not more,
    )  # fmt: skip
    heaviest = max(pages, key=lambda name: many[name].weight)
    yield Row(
        what=f"the heaviest page, {heaviest} (kB instead of ms)", size=size, ours=many[heaviest].weight / 1000, floor=HEAVIEST / 1000,
        ours_cpu="", bar=f"below {HEAVIEST / 1000:g}", holds=many[heaviest].weight < HEAVIEST,
    )  # fmt: skip


def _row(what: str, size: str, many: float, few: float, *, holds: bool) -> Row:
    return Row(
        what=what,
        size=size,
        ours=1000 * many,
        floor=1000 * few,
        ours_cpu="",
        bar=f"{GROWTH:g} x with one row",
        holds=holds,
    )
