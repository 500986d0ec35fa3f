"""The statement in the database says what the pure function says, and nothing that may not count moves it."""

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from counselling.enums import Gender
from counselling.models import Client
from placements.enums import FieldOfWork, WorkingSlot
from placements.match_bits import CERTIFICATES, COLUMNS, FIELDS, SLOTS, bits
from placements.match_facts import client_sides, pair_facts, vacancy_facts
from placements.match_lists import clients_for, vacancies_for
from placements.match_sql import candidates
from placements.matching.codes import Group
from placements.matching.fit import match, order
from placements.matching.weights import weights_on
from placements.models import JobSearch, Vacancy
from placements.models.job_search import CERTIFICATES_KNOWN
from tests.counselling.factories import ClientFactory
from tests.placements.factories import JobSearchFactory, VacancyFactory
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


def test_pages_follow_each_other_and_the_counts_stay(counsellor: Any) -> None:
    random = Random(4)
    clients = make_clients(counsellor, 30, random)
    vacancy = make_vacancy(counsellor, random)
    expected = _expected(clients, vacancy)
    paged = [row for first in range(0, 30, 7) for row in _from_database(vacancy, limit=7, offset=first)]
    assert paged == expected
    for group in Group:
        assert _from_database(vacancy, limit=50, groups=[group]) == [
            row for row in expected if row[1] is group
        ]
    page = clients_for(vacancy, counsellor, groups=[Group.GOOD], limit=1, offset=40)
    assert page.rows == []
    assert page.counts == {group: sum(row[1] is group for row in expected) for group in Group}


def test_nothing_that_may_not_count_can_influence_the_result(counsellor: Any) -> None:
    """Every column about origin, gender, age, family and health is set to something else, one after the other and all at once."""
    random = Random(5)
    clients = make_clients(counsellor, 40, random)
    vacancies = [make_vacancy(counsellor, random) for _each in range(6)]
    before = [_from_database(vacancy, limit=100) for vacancy in vacancies]
    others: dict[str, Any] = {
        "gender": Gender.DIVERSE, "country_of_birth": "Peru", "nationalities": ["Peru"], "arrived_year": 1999, "birth_date": dt.date(1951, 2, 3),
        "birth_precision": "day", "form_of_address": "mr", "residence_status": "tolerated", "work_permission": "not_allowed", "availability": "abends",
        "family_name": "Ze", "given_name": "A", "latin_family_name": "Aaa", "latin_given_name": "Zzz", "name_order": "family_first",
        "school_isced": "8", "labour_market_status": "not_seeking", "income_type": "sgb2", "recognition": "none", "heard_from": "friends",
        "reading_language": "vi", "phone": "1", "email": "a@b.example", "street": "Weg 1", "district": "Süd", "training": "Ärztin", "number": None,
    }  # fmt: skip
    for name, value in others.items():
        if name == "number":
            for place, client in enumerate(reversed(clients)):
                Client.objects.filter(pk=client.pk).update(number=f"K-1999-{place:04d}")
        elif name == "birth_date":
            Client.objects.update(birth_date=value, birth_precision="day", age_band="", age_band_on=None)
        elif name != "birth_precision":
            Client.objects.update(**{name: value})
        assert [_from_database(vacancy, limit=100) for vacancy in vacancies] == before, name
    # What matching does look at is not among them, and does move the result.
    Client.objects.update(spoken_languages=["ar"], driving_licences=["none"])
    assert [_from_database(vacancy, limit=100) for vacancy in vacancies] != before


def test_both_ways_give_the_same_table(counsellor: Any) -> None:
    random = Random(6)
    clients = make_clients(counsellor, 15, random)
    vacancies = [make_vacancy(counsellor, random) for _each in range(5)]
    say(clients, vacancies[0], random)
    from_vacancies = {
        (row.client.pk, vacancy.pk): row.match
        for vacancy in vacancies
        for row in clients_for(vacancy, counsellor, limit=50).rows
    }
    from_clients = {
        (client.pk, row.vacancy.pk): row.match
        for client in clients
        for row in vacancies_for(client, counsellor).rows
    }
    assert len(from_vacancies) == 75
    assert from_vacancies == from_clients


def test_the_whole_way_costs_the_same_for_few_and_many(
    counsellor: Any, django_assert_num_queries: Any
) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, postal_code="04315")
    for number in (1, 3, 30):
        for _each in range(number):
            JobSearchFactory(client=ClientFactory(counsellor=counsellor, postal_code="04317"))
        with django_assert_num_queries(7):
            assert clients_for(vacancy, counsellor, limit=25).rows


def test_every_code_has_its_place_among_the_bits(counsellor: Any) -> None:
    """A code that is added to an enumeration needs a bit, and the database must give it the place that the statement asks for."""
    known = {
        FIELDS: set(FieldOfWork.values),
        SLOTS: set(WorkingSlot.values),
        CERTIFICATES: set(CERTIFICATES_KNOWN),
    }
    assert all(set(order_) == codes and len(order_) == len(codes) for order_, codes in known.items())
    search = JobSearchFactory(client=ClientFactory(counsellor=counsellor))
    for name, (column, codes) in COLUMNS.items():
        for code in set(codes) - ({"none"} if column == "certificates_in_progress" else set()):
            JobSearch.objects.filter(pk=search.pk).update(**{column: [code]})
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {name} FROM placements_jobsearch WHERE id = %s", [search.pk])  # noqa: S608 - a constant
                assert cursor.fetchone() == (bits([code], codes),), (name, code)
        JobSearch.objects.filter(pk=search.pk).update(**{column: []})
