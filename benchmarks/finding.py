"""Finding a client: the whole page as one types, against the very SQL it asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from benchmarks.measure import Row, in_turns
from counselling import search
from counselling.models import Client
from iqquadrat.accounts.models import User

# Whole names in several scripts, beginnings that thousands share, one letter, typing errors, a number, a phone, a birth date.
TYPED = {
    "a name": (
        "Щербакова Юлия",
        "Kowaltschuk Olexander",
        "محمد احمد",
        "Nguyen Thi Lan",
        "Yildirim Fatma",
        "Hesen Azad",
    ),
    "a beginning": ("mo", "ng", "m", "шев", "al", "mohamed a"),
    "a typing error": ("Schevtschneko Oksana", "Yildrim Fatma", "Hosseni Rzea"),
    "a number": ("0000123", "015", "12.3.1990"),
}
# What a reader waits for beside the database: the bar of the page, in milliseconds, and how often its SQL.
PAGE, TIMES = 25.0, 1.5


@contextmanager
def _listening() -> Iterator[list[tuple[str, Any]]]:
    heard: list[tuple[str, Any]] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield heard


def _sql_of(user: User, texts: tuple[str, ...]) -> list[tuple[str, Any]]:
    with _listening() as heard:
        for text in texts:
            search.find(
                Client.objects.visible_to(user).select_related("counsellor"),
                text,
                centre_id=user.centre_id,
                limit=8,
            )
    return [(sql, params) for sql, params in heard if sql.startswith(("(SELECT", "SELECT"))]


def _replay(statements: list[tuple[str, Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()


def rows(size: int, rounds: int) -> Iterator[Row]:
    """Yield one row for each kind of question, asked by somebody who sees the whole centre, and one for a counsellor's own."""
    readers = {
        "whole centre": User.objects.get(email="coordinator@example.org"),
        "own clients": User.objects.get(email="person0@example.org"),
    }
    for who, user in readers.items():
        browser = Browser(SERVER_NAME="localhost", headers={"hx-request": "true"})
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for what, texts in TYPED.items():
            yield _row(browser, user, f"find a client by {what}, {who}", texts, size, rounds)


def _row(browser: Browser, user: User, what: str, texts: tuple[str, ...], size: int, rounds: int) -> Row:
    def pages() -> None:
        for text in texts:
            answer = browser.get(reverse("counselling:client_search"), {"q": text})
            if answer.status_code != 200:
                raise RuntimeError(answer.status_code)

    statements = _sql_of(user, texts)
    ours, floor = in_turns(pages, lambda: _replay(statements), rounds)
    each = 1000 / len(texts)
    return Row(
        what=what, size=f"{size:,}", ours=ours.wall * each, floor=floor.wall * each,
        ours_cpu=f"{ours.application * each:.1f} + {ours.database * each:.1f}",
        bar=f"{PAGE:.0f} ms + {TIMES} x SQL", holds=ours.wall * each <= PAGE + TIMES * floor.wall * each,
    )  # fmt: skip
