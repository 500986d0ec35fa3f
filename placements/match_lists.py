"""The two lists of matching: the clients for a vacancy, a page at a time, and the vacancies for a client."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from counselling.enums import Purpose
from counselling.models import Client, Consent
from counselling.models.client import ClientQuerySet
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from placements.match_facts import client_sides, pair_facts, vacancy_facts, ways_from
from placements.match_sql import candidates
from placements.matching.codes import Answer, Group
from placements.matching.facts import PairFacts
from placements.matching.fit import Match, match, order
from placements.matching.weights import weights_on
from placements.models import JobSearch, Placement, Vacancy


@dataclass(frozen=True)
class Row:
    """A client and a vacancy with their table; ``placement`` is there when the one was proposed for the other already."""

    client: Client
    vacancy: Vacancy
    match: Match
    placement: Placement | None


@dataclass(frozen=True)
class Page:
    """Rows in their order, and how many stand in each group in all."""

    rows: list[Row]
    counts: dict[Group, int]


def clients_in_sight(user: User, *, only_searching: bool) -> ClientQuerySet:
    """Return whom matching may show to the reader: own clients, to a coordinator those of the centre (under a pseudonym)."""
    if user.may(Permission.PLACEMENT_READ_FACTS):
        clients = Client.objects.standing().filter(centre_id=user.centre_id)
    else:
        clients = Client.objects.own(user)
    if only_searching:
        clients = clients.filter(Exists(JobSearch.objects.filter(client=OuterRef("pk"))))
    return clients


def clients_for(
    vacancy: Vacancy, user: User, *, groups: Sequence[Group] = tuple(Group), only_searching: bool = False,
    limit: int = 25, offset: int = 0,
) -> Page:  # fmt: skip
    """Return a page of clients for a vacancy. The same number of queries whatever the number of clients."""
    facts, weights = vacancy_facts(vacancy), weights_on(timezone.localdate())
    found = candidates(
        clients=clients_in_sight(user, only_searching=only_searching), vacancy=facts, employer=vacancy.employer,
        centre_id=vacancy.centre_id, weights=weights, groups=groups, limit=limit, offset=offset,
    )  # fmt: skip
    shown = Client.objects.filter(pk__in=[row.client_id for row in found.rows])
    clients = {client.pk: client for client in shown}
    sides = client_sides(clients.values())
    said = _consents(vacancy.employer, clients)
    ways = ways_from(vacancy.centre_id, vacancy.postal_code, {side.postal_code for side in sides.values()})
    proposed = {
        row.client_id: row
        for row in Placement.objects.filter(vacancy=vacancy, client__in=clients).with_stage()
    }
    rows = [
        Row(
            clients[one.client_id], vacancy,
            match(
                facts, sides[one.client_id].facts,
                PairFacts(
                    minutes=ways.get(sides[one.client_id].postal_code), consent=said.get(one.client_id, Answer.UNKNOWN)
                ),
                weights,
            ),
            proposed.get(one.client_id),
        )
        for one in found.rows if one.client_id in clients
    ]  # fmt: skip
    return Page(rows, found.counts)


def _consents(employer: str, clients: Iterable[int]) -> dict[int, Answer]:
    """Return what these clients said to one employer."""
    rows = Consent.objects.filter(
        client__in=list(clients), purpose=Purpose.SHARE_WITH_EMPLOYER, employer_name=employer
    )
    said: dict[int, Answer] = {}
    for client_id, withdrawn in rows.values_list("client_id", "withdrawn_at"):
        if withdrawn is None:
            said[client_id] = Answer.YES
        else:
            said.setdefault(client_id, Answer.NO)
    return said


def vacancies_for(client: Client, user: User, *, kinds: Sequence[str] = ()) -> Page:
    """Return the open vacancies of the centre for a client, in the order of the groups. They are as many as the centre has in
    hand, so they are compared in memory; the number of queries is fixed."""
    rows = Vacancy.objects.visible_to(user).open().select_related("business")
    vacancies = list(rows.filter(Q(kind__in=kinds)) if kinds else rows)
    [side] = client_sides([client]).values()
    pairs = pair_facts(client, side, vacancies)
    weights = weights_on(timezone.localdate())
    proposed = {
        row.vacancy_id: row
        for row in Placement.objects.filter(client=client, vacancy__in=vacancies).with_stage()
    }
    found = [
        Row(
            client,
            vacancy,
            match(vacancy_facts(vacancy), side.facts, pairs[vacancy.pk], weights),
            proposed.get(vacancy.pk),
        )
        for vacancy in vacancies
    ]
    found.sort(key=lambda row: (order(row.match), row.vacancy.opened_on, row.vacancy.pk))
    counts = {group: sum(row.match.group is group for row in found) for group in Group}
    return Page(found, counts)


def match_of(client: Client, vacancy: Vacancy) -> Match:
    """Return the table of one client and one vacancy as it stands today."""
    [side] = client_sides([client]).values()
    pair = pair_facts(client, side, [vacancy])[vacancy.pk]
    return match(vacancy_facts(vacancy), side.facts, pair, weights_on(timezone.localdate()))
