"""What hangs on a client: found by the foreign keys of all rooms, so that no room has to be named here.

The rules (``ERASING`` in each room's ``classification.py``) say what becomes of a table; ``checks`` holds them complete.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import ForeignKey, ManyToManyField, Q

from counselling.models import Client
from iqquadrat.core.classification import Apart, Class, Erasing

Model = type[models.Model]


class UnknownTableError(LookupError):
    """A table says something about persons and has no rule for erasing."""


@dataclass(frozen=True)
class Tie:
    """One way from a table to the client: its column ``field`` names a row of ``parent``.

    ``owned``: the other way round, a column of the parent names the row that belongs to it.
    """

    parent: Model
    field: str
    owned: bool = False


def _tables(attribute: str) -> dict[Model, Any]:
    """Gather one table of all rooms' ``classification.py``, by model."""
    found: dict[Model, Any] = {}
    for config in apps.get_app_configs():
        try:
            room = import_module(f"{config.name}.classification")
        except ModuleNotFoundError:
            continue
        for name, value in getattr(room, attribute, {}).items():
            found[apps.get_model(name if "." in name else f"{config.label}.{name}")] = value
    return found | _of_others(attribute)


def _of_others(attribute: str) -> dict[Model, Any]:
    """The tables that come with Django and its applications are described by the house."""
    house = import_module("iqquadrat.house.classification")
    return {apps.get_model(name): value for name, value in getattr(house, attribute, {}).items()}


@cache
def rules() -> dict[Model, Erasing]:
    """Return the rule of every table that has one."""
    return _tables("ERASING")


@cache
def classes() -> dict[Model, dict[str, Class]]:
    """Return the class of every field of every table."""
    return _tables("FIELDS")


@cache
def telling() -> dict[Model, dict[str, tuple[str, ...]]]:
    """Return what a client is told of rows of other tables that their own rows name: by table, tie and columns there."""
    return _tables("TOLD")


LeftOuts = dict[str, str]


@cache
def left_out() -> LeftOuts:
    """Return what is not handed over with its reason, by the labels of table or column."""
    found: LeftOuts = {}
    for config in apps.get_app_configs():
        try:
            room = import_module(f"{config.name}.classification")
        except ModuleNotFoundError:
            continue
        found |= {f"{config.label}.{name}": why for name, why in getattr(room, "LEFT_OUT", {}).items()}
    return found


def rule_of(model: Model) -> Erasing:
    """Return what erasing does to a table. Raises ``UnknownTableError``."""
    try:
        return rules()[model]
    except KeyError:
        raise UnknownTableError(model._meta.label) from None


def columns(model: Model) -> list[Any]:
    """Return the columns of a table, without the tables between two."""
    return list(model._meta.concrete_fields)


def personal(model: Model) -> bool:
    """Tell whether a column of the table is identifying or sensitive."""
    return any(kind is not Class.PLAIN for kind in classes().get(model, {}).values())


def _children(model: Model) -> Iterator[tuple[Model, Tie]]:
    """Yield the tables whose rows name a row of this one, and those that a row of this one owns."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (
            relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        ):
            continue
        child = relation.related_model
        if isinstance(child, str) or child is None or child._meta.auto_created:
            continue  # a table between two holds numbers of rows only
        field: Any = relation.field  # type: ignore[union-attr]  # a relation made by a foreign key has one
        rule = rules().get(child)
        if rule is not None and field.name in rule_owns(rule):
            continue  # the child owns this row, not the other way round
        yield child, Tie(model, field.name)
    rule = rules().get(model)
    for name in rule_owns(rule) if rule else ():
        owned: Any = model._meta.get_field(name).related_model
        yield owned, Tie(model, name, owned=True)


def rule_owns(rule: Erasing) -> tuple[str, ...]:
    """Return the columns that name a row which belongs to the row alone."""
    return rule.owns


@cache
def hanging() -> dict[Model, tuple[Tie, ...]]:
    """Return every table that hangs on a client with its ties, the client first, those nearer before those further off.

    A table that stands apart is among them (its rule says why) and nothing is looked for below it.
    """
    ties: dict[Model, list[Tie]] = {Client: []}
    waiting: list[Model] = [Client]
    while waiting:
        parent = waiting.pop(0)
        if isinstance(rules().get(parent), Apart):
            continue
        for child, tie in _children(parent):
            if child not in ties:
                ties[child] = []
                waiting.append(child)
            if tie not in ties[child]:
                ties[child].append(tie)
    return {model: tuple(found) for model, found in ties.items()}


Rows = dict[Model, set[Any]]


def rows_of(client: Client) -> Rows:
    """Return the primary keys of everything that hangs on a client, by table; records merged into this one belong to it."""
    found: Rows = {model: set() for model in hanging()}
    found[Client].add(client.pk)
    grown = True
    while grown:
        grown = False
        for model, ties in hanging().items():
            if isinstance(rule_of(model), Apart):
                continue
            for tie in ties:
                new = _named_by(model, tie, found[tie.parent]) - found[model]
                found[model] |= new
                grown = grown or bool(new)
    return {model: keys for model, keys in found.items() if keys}


def _named_by(model: Model, tie: Tie, parents: set[Any]) -> set[Any]:
    if not parents:
        return set()
    if tie.owned:
        named = tie.parent._meta.base_manager.filter(pk__in=parents).exclude(**{tie.field: None})
        return set(named.values_list(tie.field, flat=True))
    condition = Q(**{f"{tie.field}__in": parents})
    return set(model._meta.base_manager.filter(condition).values_list("pk", flat=True))


def is_text(field: Any) -> bool:
    """Tell whether words could stand in a column: texts, lists of texts and JSON."""
    if isinstance(field, ForeignKey | ManyToManyField):
        return False
    inner = getattr(field, "base_field", field)
    return isinstance(inner, models.CharField | models.TextField | models.JSONField | models.FileField)
