"""Who makes rows of what. A room keeps its makers in ``tests/rows/<room>.py``; this module gathers them.

    @rows(Client, makes=(FollowUp,))          # for every client that a page is about ...
    def _follow_ups(client: Client, users: Users, numbers: range) -> None:
        bulk(FollowUpFactory, numbers, client=client)

    @rows(Centre, makes=(Institution,))       # ... and for the lists of a centre
    def _institutions(centre: Centre, users: Users, numbers: range) -> None: ...

``numbers`` are the numbers of the rows to add: 0, then 1 and 2, then 3 to 299. Models that no page lists stand in ``WITHOUT`` of
their room with the reason. A model in neither fails ``tests/walks/test_query_counts.py``.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import factory
from django.db import models

import tests.rows

Users = dict[str, Any]
Maker = Callable[[Any, Users, range], None]
M = TypeVar("M", bound=models.Model)

MAKERS: dict[type[models.Model], list[Maker]] = {}
MADE: set[type[models.Model]] = set()


def rows(parent: type[models.Model], *, makes: Iterable[type[models.Model]] = ()) -> Callable[[Maker], Maker]:
    """Register a maker: it adds the rows ``numbers`` that hang on one ``parent``."""

    def keep(maker: Maker) -> Maker:
        MAKERS.setdefault(parent, []).append(maker)
        MADE.update(makes)
        return maker

    return keep


def bulk(factory_class: type[factory.django.DjangoModelFactory], numbers: range, **facts: Any) -> list[Any]:
    """Store one row a number, in one statement. A fact may be a function of the number."""
    made = [
        factory_class.build(**{key: fact(number) if callable(fact) else fact for key, fact in facts.items()})
        for number in numbers
    ]
    return store(made)


def store(made: list[M]) -> list[M]:
    """Store rows in one statement, with the keys that ``save`` would have made."""
    if not made:
        return made
    for row in made:
        for name in ("fold", "fold_names"):
            getattr(row, name, lambda: None)()
    return type(made[0])._meta.base_manager.bulk_create(made)


def fill(parents: Iterable[models.Model], users: Users, numbers: range) -> None:
    """Let every maker add these rows to each parent."""
    for parent in parents:
        for maker in MAKERS.get(type(parent), []):
            maker(parent, users, numbers)


def gather() -> dict[str, str]:
    """Load the makers of all rooms; return the models without rows, with the reasons."""
    without: dict[str, str] = {}
    for module in pkgutil.iter_modules(tests.rows.__path__):
        if module.name != "registry":
            without |= getattr(importlib.import_module(f"tests.rows.{module.name}"), "WITHOUT", {})
    return without
