"""Every page of the access table, opened with 1, 3 and 300 rows of what it lists: as many queries, and never a heavy page.

The routes come from the access table, the rows from ``tests/rows``: a new route is visited without being named here, and a new
model that no maker knows fails. See ``tests/rows/registry.py`` for how to give rows.
"""

from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from iqquadrat.core.statistics import refresh_statistics
from iqquadrat.pdf.documents import Document
from tests.access.table import Route
from tests.fixtures.stages import Stage, stages_of
from tests.rows import registry
from tests.test_access import ROWS

# One worker takes them all (tests/fixtures/workers.py): the pages are opened once.
pytestmark = pytest.mark.django_db

WITHOUT = registry.gather()
SIZES = (1, 3, 300)
SOME = 12
OURS = {"businesses", "competence", "counselling", "iqquadrat", "placements"}
HEAVIEST = 60_000  # bytes of a page's HTML, before it is packed

# It asks something else when there is more; the reason. (Its own tests look at its queries.)
DIFFERS: dict[str, str] = {
    "counselling:merge_find": "asks by likeness, letter by letter, only where the surer ways find few",
    "businesses:field_data": "reads each version of the questionnaire once into memory; more waves here are more versions",
}
# Lists that are not paged, whose length is bounded by something else than the rows of the tests: the reason.
HEAVY: dict[str, str] = {
    "questionnaires:edit": "all questions of one questionnaire, which nobody would answer if they were 300",
    "businesses:street_view": "a picture of one whole street, house by house; it is walked in sections, and a house packs well",
}

PAGES = [row for row in ROWS if "GET" in row.methods and not row.kiosk and not row.public]


@dataclass
class Visited:
    """What one role met on one page, by the number of rows."""

    queries: dict[int, list[str]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)


def _asked(document: Document) -> bytes:
    """Ask for everything that stands on a paper, without drawing it."""
    with translation.override(document.language):
        render_to_string(
            document.template, {**document.context, "title": document.title, "language": document.language}
        )
    return b"%PDF-"


def _visit(stage: Stage, row: Route, role: str, size: int, seen: dict[tuple[str, str], Visited]) -> None:
    browser = stage.browser(role)
    headers = {"HX-Request": "true"} if row.get_status == 302 else {}
    address = reverse(row.name, kwargs=stage.arguments)
    if size == SIZES[0]:
        browser.get(address, headers=headers)  # what is kept between requests is not counted
    connection.queries_log.clear()  # it holds 9,000; all pages together ask more
    with CaptureQueriesContext(connection) as caught:
        response = browser.get(address, headers=headers)
    assert response.status_code in (200, 302, row.get_status), (row.name, role, response.status_code)
    visited = seen.setdefault((row.name, role), Visited())
    visited.queries[size] = [query["sql"] for query in caught]
    page = next((context["page_obj"] for context in response.context or [] if "page_obj" in context), None)
    if page is not None:
        visited.counts[size] = page.paginator.count
    if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
        visited.weights[size] = len(response.content)


@pytest.fixture(scope="module")
def seen(django_db_setup: None, django_db_blocker: Any) -> dict[tuple[str, str], Visited]:
    """Walk all pages at all sizes once, in one transaction that is rolled back."""
    seen: dict[tuple[str, str], Visited] = {}
    # The time stands still, so that no session is written anew in the middle; paper is not drawn, its queries are asked.
    still, paper = (
        time_machine.travel(timezone.now(), tick=False),
        mock.patch("iqquadrat.pdf.answers.render", _asked),
    )
    with django_db_blocker.unblock(), transaction.atomic(), still, paper:
        stages, before = stages_of(PAGES), 0
        for size in SIZES:
            for stage in stages:
                registry.fill(stage.record, stage.users, range(before, size))
                registry.fill(stage.around, stage.users, range(before, min(size, SOME)))
            before = size
            refresh_statistics()
            for stage in stages:
                for row in stage.routes:
                    for role in sorted(row.roles):
                        _visit(stage, row, role, size, seen)
        seen_rows = {model: model._meta.base_manager.count() for model in registry.MADE}
        transaction.set_rollback(True)
    assert all(count >= 3 for count in seen_rows.values()), seen_rows
    return seen


def test_every_model_has_rows_or_a_reason() -> None:
    ours = {
        model
        for model in apps.get_models()
        if apps.get_app_config(model._meta.app_label).name.split(".")[0] in OURS
    }
    assert len(ours) > 50
    without = {model._meta.label for model in ours - registry.MADE} - WITHOUT.keys()
    assert not without, (
        f"no rows of {sorted(without)}: add a maker in tests/rows, or a reason in its WITHOUT (see tests/rows/registry.py)"
    )


def test_all_pages_were_visited(seen: dict[tuple[str, str], Visited]) -> None:
    assert len(PAGES) > 70
    assert {(row.name, role) for row in PAGES for role in row.roles} == seen.keys()
    assert all(set(visited.queries) == set(SIZES) for visited in seen.values())


def test_as_many_queries_with_1_3_and_300_rows(seen: dict[tuple[str, str], Visited]) -> None:
    grown = []
    for (name, role), visited in sorted(seen.items()):
        counts = [len(visited.queries[size]) for size in SIZES]
        if name not in DIFFERS and len(set(counts)) > 1:
            grown.append(f"{name} as {role}: {counts}, {_more(visited)}")
    assert not grown, "\n".join(grown)


def _more(visited: Visited) -> str:
    """The query that is asked more often with more rows."""
    few, many = (
        [sql.split(" WHERE ")[0][-120:] for sql in visited.queries[size]] for size in (SIZES[0], SIZES[-1])
    )
    return max(many + few, key=lambda sql: abs(many.count(sql) - few.count(sql)), default="")


def test_lists_showed_the_rows(seen: dict[tuple[str, str], Visited]) -> None:
    lists = {key: visited.counts for key, visited in seen.items() if visited.counts}
    assert len(lists) > 15
    still = [
        f"{name} as {role}: {counts}"
        for (name, role), counts in lists.items()
        if not counts[1] < counts[3] < counts[300]
    ]
    assert not still, "these lists did not grow; give them rows in tests/rows:\n" + "\n".join(still)


def test_no_page_is_heavy(seen: dict[tuple[str, str], Visited]) -> None:
    heavy = [
        f"{name} as {role}: bytes by rows {visited.weights}"
        for (name, role), visited in sorted(seen.items())
        if name not in HEAVY and visited.weights.get(300, 0) >= HEAVIEST
    ]
    assert not heavy, "\n".join(heavy)
