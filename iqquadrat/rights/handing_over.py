"""Everything that is stored of a client, gathered by the same ties as erasing: for a file and for paper."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from counselling.models import Client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.classification import Apart, Goes, Text
from iqquadrat.questionnaires.models import Answer
from iqquadrat.rights.belongings import LeftOuts, Model, hanging, left_out, rows_of, rule_of, telling

FORMAT = "iq-quadrat/person/1"


@dataclass(frozen=True)
class Looked:
    """Somebody opened, changed or handed on the record."""

    at: dt.datetime
    action: str
    who: str

    @property
    def label(self) -> Text:
        """What was done, in words."""
        return Action(self.action).label


@dataclass(frozen=True)
class Held:
    """The rows of one table."""

    model: Model
    rows: list[models.Model]
    # The clients whose own rows these are: who else stands in the table is told nothing.
    own: frozenset[Any] = frozenset()

    @property
    def name(self) -> Text:
        """What the rows are called."""
        return self.model._meta.verbose_name_plural or self.model._meta.label

    @property
    def is_raw(self) -> bool:
        """A record of the machine: a file holds it, paper does not."""
        rule = rule_of(self.model)
        return isinstance(rule, Goes) and rule.raw


@dataclass(frozen=True)
class Told:
    """A column of a row that an own row names: the day of a talk that somebody took part in."""

    tie: str
    field: Any

    @property
    def name(self) -> str:
        """The way to it."""
        return f"{self.tie}.{self.field.name}"


@dataclass(frozen=True)
class Person:
    """All that is stored of one client."""

    client: Client
    tables: list[Held]
    looked: list[Looked]
    left_out: LeftOuts
    made_at: dt.datetime


def gather(client: Client) -> Person:
    """Read everything that hangs on a client, the record first. What is left out is named with its reason."""
    rows = rows_of(client)
    tables = []
    for model, keys in rows.items():
        if isinstance(rule_of(model), Apart) or model._meta.label in left_out():
            continue
        found = model._meta.base_manager.filter(pk__in=keys).order_by("pk")
        tables.append(Held(model, list(_with_ties(found)), frozenset(rows[Client])))
    return Person(client, tables, list(_looked(rows[Client])), left_out(), timezone.now())


def _with_ties(rows: Any) -> Any:
    """Fetch what the rows name, so that a table costs the same for one row and for hundreds."""
    model = rows.model
    named = [
        way
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        for way in _named(field)
    ]
    many = [field.name for field in model._meta.many_to_many]
    for told in told_columns(model):
        way = f"{told.tie}__{told.field.name}"
        if isinstance(told.field, models.ManyToManyField):
            many.append(way)
        elif isinstance(told.field, models.ForeignKey):
            named.append(way)
    fetched = rows.select_related(*named) if named else rows
    if model is Answer:
        return fetched.prefetch_related("item__choice_list__choices")
    return fetched.prefetch_related(*many)


def _named(field: Any) -> list[str]:
    """The ways to what a row names, and on to what that one's name is made of."""
    further = getattr(field.related_model, "NAMED_BY", ())
    return [field.name, *(f"{field.name}__{tie}" for tie in further)]


def columns_of(model: Model) -> list[Any]:
    """Return the columns of a table that are handed over, ties between two tables too."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in fields if f"{model._meta.label}.{field.name}" not in left_out()]


@cache
def told_columns(model: Model) -> list[Told]:
    """Return what is told of the rows that rows of this table name."""
    return [
        Told(tie, model._meta.get_field(tie).related_model._meta.get_field(name))  # type: ignore[union-attr]
        for tie, names in telling().get(model, {}).items()
        for name in names
    ]


def told_by(held: Held, row: Any) -> list[tuple[Told, Any]]:
    """Return what a row tells of the row it names, with that row; nothing if it is somebody else's."""
    if getattr(row, "client_id", None) not in held.own:
        return []
    return [(told, getattr(row, told.tie)) for told in told_columns(held.model)]


def plain_value(row: Any, field: Any) -> Any:
    """Return what stands in a column as text, number, list or nothing; people and places by their names."""
    if isinstance(field, models.ManyToManyField):
        return [str(other) for other in getattr(row, field.name).all()]
    if isinstance(field, models.ForeignKey):
        other = getattr(row, field.name)
        if other is None:
            return None
        return other.pk if field.related_model in hanging() else str(other)
    value = getattr(row, field.attname)
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _looked(client_keys: Iterable[Any]) -> Iterator[Looked]:
    """Who looked: every entry of the access log about the record or something of it."""
    keys = list(client_keys)
    about = Q(object_type=Client._meta.label_lower, object_id__in=[str(key) for key in keys])
    entries = list(Entry.objects.filter(about | Q(detail__client__in=keys)).order_by("at", "pk"))
    people = User.objects.in_bulk({entry.user_id for entry in entries if entry.user_id is not None})
    for entry in entries:
        person = people.get(entry.user_id) if entry.user_id is not None else None
        yield Looked(entry.at, entry.action, person.get_full_name() if person else "")


def as_data(person: Person) -> dict[str, Any]:
    """Return everything as data for another program (Article 20)."""
    return {
        "format": FORMAT,
        "made_at": timezone.localtime(person.made_at).isoformat(),
        "centre": str(person.client.centre),
        "client": person.client.number,
        "tables": [
            {
                "table": held.model._meta.label_lower,
                "name": str(held.model._meta.verbose_name_plural),
                "columns": {field.name: str(field.verbose_name) for field in columns_of(held.model)}
                | {told.name: str(told.field.verbose_name) for told in told_columns(held.model)},
                "rows": [
                    {field.name: plain_value(row, field) for field in columns_of(held.model)}
                    | {told.name: plain_value(there, told.field) for told, there in told_by(held, row)}
                    for row in held.rows
                ],
            }
            for held in person.tables
        ],
        "looked": [
            {"at": timezone.localtime(look.at).isoformat(), "action": look.action, "who": look.who}
            for look in person.looked
        ],
        "left_out": [{"what": name, "why": reason} for name, reason in person.left_out.items()],
    }


@cache
def on_paper(model: Model) -> list[Any]:
    """Return the columns that paper shows: without what only the machine reads, and without the ties upward."""
    return [
        field
        for field in columns_of(model)
        if not (
            field.primary_key
            or field.name
            in (
                "revision",
                "submission",
                "public_id",
                "created_by",
                "changed_at",
                "key",
                "epoch",
                "seq",
                "op_id",
            )
            or isinstance(field, models.JSONField | models.UUIDField)
            or (isinstance(field, models.ForeignKey) and field.related_model in hanging())
        )
    ]
