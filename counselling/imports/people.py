"""Who is meant: people of the team by name or e-mail, clients by number, or by name and birth date."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from counselling.enums import BirthPrecision
from counselling.models import Client, ImportedRecord
from counselling.models.client import ClientQuerySet
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission, Role
from iqquadrat.core.folding import folded_words, skeletons
from iqquadrat.core.importing.states import ImportState


class Team:
    """The counsellors of a centre, by how a list may call them."""

    def __init__(self, centre_id: int) -> None:
        self._known: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for user in User.objects.filter(centre_id=centre_id, roles__contains=[Role.COUNSELLOR.value]):
            for name in {
                user.email.casefold(),
                _any_order(user.get_full_name()),
                _any_order(user.family_name),
            }:
                self._known[name].append((user.pk, user.is_active))

    def find(self, text: str, *, must_be_active: bool) -> int | None:
        """Return who is called this, if it is one person only."""
        name = text.strip().casefold() if "@" in text else _any_order(text)
        found = [pk for pk, is_active in self._known.get(name, []) if is_active or not must_be_active]
        return found[0] if len(found) == 1 else None


def _any_order(name: str) -> str:
    return " ".join(sorted(folded_words(name)))


@dataclass(frozen=True)
class Named:
    """How a row of past consultations names its client."""

    number: str = ""
    name: str = ""
    birth: tuple[dt.date, str] | None = None

    @property
    def is_anonymous(self) -> bool:
        """Nobody is named."""
        return not self.number and not self.name


def clients_open_to(user: User) -> ClientQuerySet:
    """Return those for whom this user may bring consultations: the own ones; for the coordination all of the centre."""
    if user.may(Permission.CLIENT_LIST):
        return Client.objects.standing().filter(centre_id=user.centre_id)
    return Client.objects.own(user)


def find_clients(user: User, named: Sequence[Named]) -> list[tuple[Client | None, str]]:
    """Return for each the client, or in words why there is none; a few queries for all of them."""
    open_to = clients_open_to(user)
    by_number = {client.number.casefold(): client for client in open_to.filter(number__in=_numbers(named))}
    by_reference = _by_reference(user, named, open_to)
    by_birth: dict[dt.date, list[Client]] = defaultdict(list)
    days = {who.birth[0] for who in named if who.birth and not who.number}
    for client in open_to.filter(birth_date__in=days, birth_precision=BirthPrecision.DAY):
        by_birth[client.birth_date].append(client)  # type: ignore[index]  # asked for by date
    return [_one(who, by_number, by_reference, by_birth) for who in named]


def _numbers(named: Iterable[Named]) -> set[str]:
    return {who.number.upper() for who in named if who.number}


def _by_reference(user: User, named: Iterable[Named], open_to: ClientQuerySet) -> dict[str, list[Client]]:
    """The clients of imported lists by the numbers that they had there."""
    records = ImportedRecord.objects.filter(
        centre_id=user.centre_id, reference__in={who.number for who in named if who.number},
        run__state=ImportState.IMPORTED, client__in=open_to,
    ).select_related("client")  # fmt: skip
    found: dict[str, list[Client]] = defaultdict(list)
    for record in records:
        if record.client is not None and record.client not in found[record.reference]:
            found[record.reference].append(record.client)
    return found


def _one(
    who: Named, by_number: dict[str, Client], by_reference: dict[str, list[Client]], by_birth: dict[dt.date, list[Client]]
) -> tuple[Client | None, str]:  # fmt: skip
    if who.is_anonymous:
        return None, ""
    if who.number:
        if client := by_number.get(who.number.casefold()):
            return client, ""
        found = by_reference.get(who.number, [])
    elif who.birth is None or who.birth[1] != BirthPrecision.DAY:
        return None, gettext("A name alone is not enough: please add the number or the exact birth date.")
    else:
        found = [client for client in by_birth.get(who.birth[0], []) if has_all_names(client, who.name)]
    if len(found) == 1:
        return found[0], ""
    if found:
        return None, gettext("Several people fit: please give the number.")
    return None, gettext("Nobody among the clients you may write to is like this.")


def has_all_names(client: Client, name: str) -> bool:
    """Tell whether every word of the name is, in any spelling, among the client's names."""
    keys = set(client.search_key.split())
    words = skeletons(name)
    return bool(words) and all(shapes & keys for shapes in words)
