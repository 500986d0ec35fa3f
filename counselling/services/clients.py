"""Clients: taken in, changed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from counselling.enums import ClientKind, NameOrder
from counselling.errors import NotAllowedError
from counselling.models import Client, ClientCounter
from counselling.rules import can_change_client
from counselling.services.charges import set_deputies
from counselling.services.participations import renew_age_groups
from counselling.services.records import already_made, apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User


def next_number(centre: Centre, year: int) -> str:
    """Take the next number of this centre and year. The counter's row stays locked until the transaction ends: no number
    is given twice, and none is lost when the client cannot be stored."""
    return number_text(year, take_numbers(centre, year, 1))


def take_numbers(centre: Centre, year: int, how_many: int) -> int:
    """Take so many running numbers of this centre and year, and return the first of them."""
    ClientCounter.objects.bulk_create([ClientCounter(centre=centre, year=year)], ignore_conflicts=True)
    counter = ClientCounter.objects.select_for_update().get(centre=centre, year=year)
    first = counter.last + 1
    counter.last += how_many
    counter.save(update_fields=["last"])
    return first


def give_back_numbers(centre: Centre, year: int, first: int, how_many: int) -> None:
    """Give numbers back that were not used after all, unless others were taken since: a gap is better than a number twice."""
    ClientCounter.objects.filter(centre=centre, year=year, last=first + how_many - 1).update(last=first - 1)


def number_text(year: int, running: int) -> str:
    """Return a number as it stands on paper."""
    return f"K-{year}-{running:04}"


def create_client(
    *,
    by: User,
    submission: UUID | None = None,
    counsellor: User | None = None,
    entered_on: dt.date | None = None,
    programme_code: str | None = None,
    deputies: list[User] | None = None,
    **facts: Any,
) -> Client:
    """Take in a client, in the charge of ``counsellor`` (else of ``by``), with the next number of the centre.

    ``facts`` are fields of ``Client``. The same ``submission`` again returns the client it made the first time.
    """
    try:
        with transaction.atomic():
            return _create_client(
                by=by, submission=submission, counsellor=counsellor or by,
                entered_on=entered_on or timezone.localdate(), programme_code=programme_code,
                deputies=deputies or [], facts=facts,
            )  # fmt: skip
    except IntegrityError:
        # Two equal forms at the same moment: the second one finds what the first one stored.
        twin = already_made(Client.objects, submission)
        if twin is None:
            raise
        return twin


def _create_client(
    *,
    by: User,
    submission: UUID | None,
    counsellor: User,
    entered_on: dt.date,
    programme_code: str | None,
    deputies: list[User],
    facts: dict[str, Any],
) -> Client:
    if twin := already_made(Client.objects, submission):
        return twin
    if counsellor.centre_id != by.centre_id:
        raise NotAllowedError
    client = Client(
        centre=by.centre, counsellor=counsellor, in_charge_since=entered_on, submission=submission, created_by=by,
        programme_code=by.centre.current_programme_code if programme_code is None else programme_code,
        number=next_number(by.centre, entered_on.year), **facts,
    )  # fmt: skip
    client.save()
    if deputies:
        set_deputies(client, deputies, by=by)
    record(Action.CREATE, by=by, obj=client)
    return client


@transaction.atomic
def update_client(
    *, client: Client, by: User, revision: int, deputies: list[User] | None = None, **facts: Any
) -> Client:
    """Change details. Raises ``RecordChangedError`` when somebody was faster, ``NotAllowedError`` for another's client."""
    if not can_change_client(by, client):
        raise NotAllowedError
    stored = lock(client, revision=revision)
    changed = apply_changes(stored, facts)
    if deputies is not None and set_deputies(stored, deputies, by=by):
        changed.append("deputies")
        stored.revision += 0 if len(changed) > 1 else 1
    if changed:
        stored.save()
        if set(changed) & {"birth_date", "birth_precision", "birth_calendar"}:
            renew_age_groups(stored)
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored


@transaction.atomic
def name_client(
    *,
    client: Client,
    by: User,
    revision: int,
    given_name: str = "",
    family_name: str = "",
    latin_given_name: str = "",
    latin_family_name: str = "",
    name_order: str = NameOrder.GIVEN_FIRST,
) -> Client:
    """Give a name to somebody who was known without one. A chosen name goes on finding the person, as another name.

    Raises ``RecordChangedError`` when somebody was faster, ``NotAllowedError`` for another's client or one that has a name.
    """
    if not can_change_client(by, client) or not (given_name or family_name):
        raise NotAllowedError
    stored = lock(client, revision=revision)
    if stored.is_named:
        raise NotAllowedError
    others = [name for name in (stored.aliases, stored.pseudonym) if name]
    facts = {
        "kind": ClientKind.NAMED, "pseudonym": "", "aliases": ", ".join(others)[:200], "given_name": given_name,
        "family_name": family_name, "latin_given_name": latin_given_name, "latin_family_name": latin_family_name,
        "name_order": name_order,
    }  # fmt: skip
    changed = apply_changes(stored, facts)
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    return stored
