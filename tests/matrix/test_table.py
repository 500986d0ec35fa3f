"""Every cell of the table over HTTP, on real records; and which columns of a client anybody meets on any page."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from iqquadrat.accounts.models import Centre
from tests.matrix import table, world
from tests.matrix.counting import Note, count
from tests.matrix.table import ACTORS, FIELDS, KIOSK, TABLE, Row

OBJECTS = sorted({row.object for row in TABLE})
REFUSED = (401, 403, 404)


def _address(row: Row, made: world.World) -> str:
    return reverse(row.route, kwargs={**made.records.get(row.record, {}), **row.more})


def _ask(made: world.World, actor: str, row: Row) -> Any:
    """Ask, and forget what came of it: the next cell meets the same records."""
    with transaction.atomic():
        browser = made.browsers[actor]
        answer = getattr(browser, row.method.lower())(_address(row, made), row.typed)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def _admits(answer: Any) -> bool:
    """Whether somebody got in. A way to the sign-in, or to the door of the kiosk, is a refusal."""
    if answer.status_code in (302, 303):
        return not answer["Location"].startswith((reverse("accounts:sign_in"), reverse("kiosk:welcome")))
    assert answer.status_code < 500
    return answer.status_code not in REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize("thing", OBJECTS)
def test_every_cell_is_as_the_table_says(thing: str, centre: Centre, request: Note) -> None:
    made = world.build(centre)
    rows = [row for row in TABLE if row.object == thing]
    wrong = []
    for row in rows:
        for actor in ACTORS:
            answer = _ask(made, actor, row)
            if _admits(answer) is not (actor in row.admitted):
                wrong.append(f"{row.name}: {actor} gets {answer.status_code}")
    count(request, "cells", len(rows) * len(ACTORS), wrong)


def _pages(made: world.World) -> list[str]:
    """Every page of the table that shows something, and the search for the name."""
    found = [
        _address(row, made) for row in TABLE if row.method == "GET" and row.route != "rights:hand_over_file"
    ]
    number = made.client.number  # what is searched for stands in the field again: no mark may be searched for
    lists = ("counselling:client_search", "counselling:client_list")
    return [*found, *(f"{reverse(name)}?q={number}" for name in lists), reverse("home")]


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_which_columns_of_a_client_anybody_meets(actor: str, centre: Centre, request: Note) -> None:
    made = world.build(centre)
    seen: dict[str, set[str]] = {group: set() for group in FIELDS}
    for address in _pages(made):
        with transaction.atomic():
            answer = made.browsers[actor].get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        text = body.decode(errors="ignore")
        for group, marks in world.MARKS.items():
            if any(mark in text for mark in marks):
                seen[group].add(address)
    wrong = []
    for group, admitted in FIELDS.items():
        if actor in admitted and not seen[group]:
            wrong.append(f"{actor} never meets {group}")
        if actor not in admitted and seen[group]:
            wrong.append(f"{actor} meets {group} at {sorted(seen[group])}")
    count(request, "cells", len(FIELDS), wrong)


def test_the_table_is_whole() -> None:
    assert {actor for row in TABLE for actor in row.admitted} == set(ACTORS) - {table.ANONYMOUS}
    assert set(world.MARKS) == set(FIELDS)
    assert KIOSK in ACTORS
    assert len(TABLE) * len(ACTORS) > 900
