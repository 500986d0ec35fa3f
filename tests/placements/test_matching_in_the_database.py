"""The statement in the database says what the pure function says, and nothing that may not count moves it."""

from random import Random
from typing import Any

import pytest
from django.utils import timezone

from counselling.models import Client
from placements.match_facts import client_sides, pair_facts, vacancy_facts
from placements.match_sql import candidates
from placements.matching.codes import Group
from placements.matching.fit import match, order
from placements.matching.weights import weights_on
from placements.models import Vacancy
from tests.placements.matching_worlds import make_clients, make_vacancy, say

pytestmark = pytest.mark.django_db


def _expected(clients: list[Client], vacancy: Vacancy) -> list[tuple[int, str, int, int, int | None]]:
    weights = weights_on(timezone.localdate())
    sides = client_sides(clients)
    found = []
    for client in clients:
        pair = pair_facts(client, sides[client.pk], [vacancy])[vacancy.pk]
        result = match(vacancy_facts(vacancy), sides[client.pk].facts, pair, weights)
        found.append((order(result), client.pk, result))
    found.sort(key=lambda row: row[:2])
    return [(pk, result.group, result.points, result.known, result.minutes) for _key, pk, result in found]


def _from_database(vacancy: Vacancy, **page: Any) -> list[tuple[int, str, int, int, int | None]]:
    found = candidates(
        clients=Client.objects.standing().filter(centre_id=vacancy.centre_id), vacancy=vacancy_facts(vacancy),
        employer=vacancy.employer, centre_id=vacancy.centre_id, weights=weights_on(timezone.localdate()), **page,
    )  # fmt: skip
    return [(row.client_id, row.group, row.points, row.known, row.minutes) for row in found.rows]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_database_comes_to_the_same_result_to_the_last_row(counsellor: Any, seed: int) -> None:
    random = Random(seed)
    clients = make_clients(counsellor, 70, random)
    groups = set()
    for _each in range(12):
        vacancy = make_vacancy(counsellor, random)
        say(clients, vacancy, random)
        expected = _expected(clients, vacancy)
        assert _from_database(vacancy, limit=500) == expected
        groups |= {row[1] for row in expected}
    assert groups == set(Group), "the generated clients must reach every group"
