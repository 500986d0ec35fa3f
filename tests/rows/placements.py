"""Rows of vacancies and placements."""

from typing import Any

from django.utils import timezone

from businesses.models import Business
from counselling.models import Client
from iqquadrat.accounts.models import Centre
from placements.enums import Stage
from placements.models import Placement, PlacementEvent, RetentionCheck, Vacancy
from tests.placements.factories import PlacementFactory, RetentionCheckFactory, VacancyFactory
from tests.rows.businesses import businesses
from tests.rows.counselling import clients
from tests.rows.registry import Users, bulk, rows, store

WITHOUT: dict[str, str] = {"placements.VacancyNaming": "no page lists it yet"}


def _proposals(found: list[Client], vacancies: list[Vacancy], users: Users) -> None:
    """Every client is proposed for a vacancy, presented, and every third one has begun."""
    placements = bulk(
        PlacementFactory, range(len(found)), client=lambda n: found[n], centre=lambda n: found[n].centre,
        vacancy=lambda n: vacancies[n],
    )  # fmt: skip
    store([
        PlacementEvent(placement=placement, stage=stage, at=timezone.now(), by=users["counsellor"])
        for placement in placements for stage in (Stage.PROPOSED, Stage.APPLIED)
    ])  # fmt: skip
    # Whoever is asked about later is so in a placement of their own, whatever its present step.
    bulk(RetentionCheckFactory, range(len(placements)), placement=lambda n: placements[n])


@rows(Centre, makes=(Vacancy, Placement, PlacementEvent, RetentionCheck))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    found, places = clients(centre, users, numbers), businesses(centre, numbers)
    vacancies = bulk(VacancyFactory, range(len(found)), centre=centre, business=lambda n: places[n])
    _proposals(found, vacancies, users)


@rows(Client)
def _of_one_client(client: Client, users: Users, numbers: range) -> None:
    places = businesses(client.centre, numbers)
    vacancies = bulk(VacancyFactory, range(len(places)), centre=client.centre, business=lambda n: places[n])
    _proposals([client for _number in numbers], vacancies, users)


@rows(Business)
def _of_a_business(business: Business, users: Users, numbers: range) -> None:
    vacancies: list[Any] = bulk(VacancyFactory, numbers, centre=business.centre, business=business)
    _proposals(clients(business.centre, users, numbers), vacancies, users)


@rows(Vacancy)
def _of_a_vacancy(vacancy: Vacancy, users: Users, numbers: range) -> None:
    found = clients(vacancy.centre, users, numbers)
    _proposals(found, [vacancy for _client in found], users)


@rows(Placement)
def _steps(placement: Placement, users: Users, numbers: range) -> None:
    store([
        PlacementEvent(placement=placement, stage=Stage.PROPOSED, at=timezone.now(), by=users["counsellor"], note=f"{n}.")
        for n in numbers[:20]  # twenty steps are more than any placement has seen
    ])  # fmt: skip
