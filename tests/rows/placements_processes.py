"""Rows around placements under way: answers of employers, wage subsidies, other ways of the same client, trials that end."""

from datetime import timedelta

from django.utils import timezone

from businesses.models import Business
from counselling.models import Client
from iqquadrat.accounts.models import Centre
from placements.enums import Stage
from placements.models import EmployerAnswer, Placement, PlacementEvent, WageSubsidy
from tests.placements.factories import (
    EmployerAnswerFactory,
    PlacementFactory,
    VacancyFactory,
    WageSubsidyFactory,
)
from tests.rows.businesses import businesses
from tests.rows.counselling import clients
from tests.rows.registry import Users, bulk, rows, store

FEW = 6
TWENTY = 20  # more answers, subsidies or ways than one person has ever had


def _ways(found: list[Client], places: list[Business], stage: Stage, users: Users) -> list[Placement]:
    vacancies = bulk(
        VacancyFactory, range(len(found)), centre=found[0].centre, business=lambda n: places[n % len(places)]
    ) if found else []  # fmt: skip
    on_trial = (
        {"trial_basis": "internship", "trial_until": timezone.localdate()} if stage is Stage.TRIAL else {}
    )
    placements = bulk(
        PlacementFactory, range(len(found)), client=lambda n: found[n], centre=lambda n: found[n].centre,
        vacancy=lambda n: vacancies[n], **on_trial,
    )  # fmt: skip
    store([
        PlacementEvent(placement=placement, stage=stage, at=timezone.now() - timedelta(days=9), by=users["counsellor"])
        for placement in placements
    ])  # fmt: skip
    return placements


@rows(Centre, makes=(EmployerAnswer, WageSubsidy))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    """Every placement that ``placements`` has just made waits for its employer and is subsidised; a few trials end today."""
    today, few = timezone.localdate(), numbers[:FEW]
    waiting = list(Placement.objects.filter(centre=centre).order_by("-pk")[: len(numbers)])
    long_ago = today - timedelta(days=9)
    bulk(
        EmployerAnswerFactory,
        range(len(waiting)),
        placement=lambda n: waiting[n],
        answered_on=long_ago,
        due_on=today,
    )
    bulk(
        WageSubsidyFactory,
        range(len(waiting)),
        placement=lambda n: waiting[n],
        ends_on=today + timedelta(days=9),
    )
    _ways(clients(centre, users, few), businesses(centre, few), Stage.TRIAL, users)


@rows(Placement)
def _of_a_placement(placement: Placement, users: Users, numbers: range) -> None:
    bulk(EmployerAnswerFactory, numbers[:TWENTY], placement=placement, by=users["counsellor"])
    bulk(WageSubsidyFactory, numbers[:TWENTY], placement=placement)
    some = numbers[:TWENTY]
    if placement.started_on is not None and some:
        _ways(
            [placement.client for _number in some], businesses(placement.centre, some), Stage.APPLIED, users
        )
