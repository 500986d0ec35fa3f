"""Erasing a client: everything that names the person goes; what figures count stays, and leads to nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

import pgtrigger
from django.db import transaction
from django.utils import timezone

from counselling.imports.services import forget_in_imports
from counselling.models import Client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core import walls
from iqquadrat.core.classification import Goes, Remains
from iqquadrat.rights import erasure_list
from iqquadrat.rights.belongings import Model, Rows, hanging, rows_of, rule_of
from iqquadrat.rights.emptying import empty_value
from iqquadrat.rights.enums import Ground, Outcome, RequestKind
from iqquadrat.rights.errors import (
    AlreadyErasedError,
    HeldError,
    NotAllowedError,
    NotProposedError,
    SecondPersonError,
    WrongNumberError,
)
from iqquadrat.rights.models import Erasure, LegalHold, PersonRequest
from iqquadrat.rights.services.traces import clear_log, sweep, words_of


@dataclass(frozen=True)
class Part:
    """What happens to one kind of record, in words, with how many there are."""

    words: Any
    count: int


@dataclass(frozen=True)
class Preview:
    """What would go and what would stay, told before anything is done."""

    goes: list[Part]
    stays: list[Part]


def preview(client: Client) -> Preview:
    """Say what erasing this client would do."""
    rows = rows_of(client)
    found = Preview(goes=[], stays=[])
    for model, keys in rows.items():
        rule = rule_of(model)
        if isinstance(rule, Goes | Remains) and rule.words:
            (found.goes if isinstance(rule, Goes) else found.stays).append(Part(rule.words, len(keys)))
    return found


def erase_client(
    *, client: Client, by: User | None, ground: str = Ground.REQUEST, typed_number: str | None = None
) -> Erasure:
    """Erase a client and the records merged into it; it cannot be undone.

    ``by=None``: a command of the house. Whoever else erases carries out what the client asked for and another one proposed
    (``propose_erasing``). Raises ``HeldError`` under a legal hold, ``WrongNumberError`` when ``typed_number`` is not the client's,
    ``NotProposedError``, ``SecondPersonError`` when ``by`` is who proposed it, ``AlreadyErasedError``, ``NotAllowedError``.
    """
    if by is not None and not (by.may(Permission.CLIENT_ERASE) and client.centre_id == by.centre_id):
        raise NotAllowedError
    with walls.in_centre_unless_inside(client.centre_id), transaction.atomic():
        stored = Client.objects.select_for_update(of=("self",)).select_related("centre").get(pk=client.pk)
        while stored.merged_into_id is not None:  # the person is found at the record that was kept
            stored = (
                Client.objects.select_for_update(of=("self",))
                .select_related("centre")
                .get(pk=stored.merged_into_id)
            )
        _refuse(stored, typed_number)
        proposed_by = _first_person(stored, by) if by is not None else None
        made = _erase(stored, by=by, ground=ground, proposed_by=proposed_by)
        transaction.on_commit(lambda: erasure_list.add(made))
    return made


def _refuse(client: Client, typed_number: str | None) -> None:
    if client.erased_at is not None:
        raise AlreadyErasedError
    held = LegalHold.objects.standing().filter(client__in=rows_of(client)[Client]).first()
    if held is not None:
        raise HeldError(held)
    if typed_number is not None and typed_number.strip().upper() != client.number.upper():
        raise WrongNumberError


def _first_person(client: Client, by: User) -> User:
    """Who proposed what ``by`` is about to carry out; the proposal is locked, so that nobody takes it back meanwhile."""
    wishes = PersonRequest.objects.to_erase().filter(
        client__in=rows_of(client)[Client], proposed_at__isnull=False
    )
    wish = wishes.select_for_update(of=("self",)).exclude(proposed_by=by).first() or wishes.first()
    if wish is None or wish.proposed_by is None:
        raise NotProposedError
    if wish.proposed_by_id == by.pk:
        raise SecondPersonError
    return wish.proposed_by


def _erase(client: Client, *, by: User | None, ground: str, proposed_by: User | None) -> Erasure:
    rows = rows_of(client)
    words = words_of(rows[Client])
    _answer_requests(rows, by)
    for row in Client.objects.filter(pk__in=rows[Client]):
        forget_in_imports(client=row)  # while the names still tell which rows are about the person
    made = Erasure(
        centre=client.centre, by=by, proposed_by=proposed_by, ground=ground, identifier_hash=erasure_list.identifier_hash(client.public_id),
        number_hash=erasure_list.number_hash(client.centre.code, client.number),
    )  # fmt: skip
    with pgtrigger.ignore(*_append_only(rows)):
        for model, keys in rows.items():
            if isinstance(rule := rule_of(model), Remains):
                _empty(model, keys, rule)
        for model in _children_first(rows):
            if isinstance(rule_of(model), Goes):
                model._meta.base_manager.filter(pk__in=rows[model]).delete()
        clear_log(rows)
    sweep(words)
    made.left_as = Client.objects.values_list("number", flat=True).get(pk=client.pk)
    made.save()
    record(Action.DELETE, by=by, obj=client, ground=ground, erased=True)
    return made


def _answer_requests(rows: Rows, by: User | None) -> None:
    """The wish to be erased is fulfilled by this; what else was asked for has nobody left to answer."""
    still_open = PersonRequest.objects.open().filter(client__in=rows[Client])
    done = {"done_on": timezone.localdate(), "done_by": by}
    still_open.filter(kind=RequestKind.ERASE).update(outcome=Outcome.DONE, **done)
    still_open.update(outcome=Outcome.PARTLY, **done)


def _append_only(rows: Rows) -> list[str]:
    """The triggers that refuse changes of logs; they are switched off for this one transaction."""
    tables = {Entry._meta.label, *(model._meta.label for model in rows)}
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if model._meta.label in tables
    ]


def _children_first(rows: Rows) -> Iterator[Model]:
    order = TopologicalSorter(
        {model: {tie.parent for tie in ties if tie.parent is not model} for model, ties in hanging().items()}
    )
    return reversed([model for model in order.static_order() if model in rows])


def _empty(model: Model, keys: set[Any], rule: Remains) -> None:
    """Empty every column of these rows that the rule does not keep, and every list of ties it does not keep."""
    for row in model._meta.base_manager.filter(pk__in=keys):
        model._meta.base_manager.filter(pk=row.pk).update(**_values(row, rule))
    for field in model._meta.many_to_many:
        if field.name not in rule.kept:
            through: Any = field.remote_field.through
            through._meta.base_manager.filter(**{f"{field.m2m_field_name()}__in": keys}).delete()


def _values(row: Any, rule: Remains) -> dict[str, Any]:
    values = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in rule.kept:
            continue
        if field.name in rule.put:
            put = rule.put[field.name]
            values[field.attname] = put(row) if callable(put) else put
        else:
            values[field.attname] = empty_value(field)
    return values
