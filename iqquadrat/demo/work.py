"""Vacancies and placements: 34 employment relationships, 14 of them on the primary labour market, and the ways that led nowhere."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from businesses.models import Business
from counselling.models import Client, Consent
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.plan import Plan, moment
from placements.categories import Category
from placements.enums import ORDER, CloseReason, Stage
from placements.models import Placement, PlacementEvent, Vacancy

# What the real project reached. Employment relationships: 8 + 6 + 13 + 7 = 34, primary labour market: 8 + 6 = 14.
STARTED: dict[Category, int] = {
    Category.SV_FT: 8, Category.SV_PT: 6, Category.SUBS: 13, Category.MINI: 7, Category.VET_DUAL: 3, Category.EQ: 5,
    Category.INT: 19, Category.FT: 8, Category.SELF: 2,
}  # fmt: skip
WITHOUT_START = 149
JOBS = {
    "kitchen": ["Küchenhilfe", "Beiköchin/Beikoch", "Servicekraft"], "sales": ["Verkaufshilfe", "Kassenkraft"],
    "cleaning": ["Reinigungskraft", "Zimmerservice"], "warehouse": ["Lagerhilfe", "Kommissionierung"], "care": ["Pflegehilfe"],
    "construction": ["Bauhelfer/in", "Malerhelfer/in"], "sewing": ["Näher/in"], "driving": ["Fahrer/in Kleintransporter"],
    "office": ["Bürohilfe"], "repair": ["Helfer/in Werkstatt"], "garden": ["Gartenhilfe"],
}  # fmt: skip
FIELD_OF_BRANCH = {
    "56": "kitchen",
    "10": "kitchen",
    "47": "sales",
    "95": "sewing",
    "49": "driving",
    "45": "repair",
    "88": "care",
    "69": "office",
}


@dataclass(frozen=True)
class Way:
    """One way of one client: what was started, if anything, and when the first step was."""

    client: Client
    category: Category | None
    first_day: dt.date


def make_vacancies(
    *, centre: Centre, businesses: Sequence[Business], by: User, plan: Plan, number: int, random: Random
) -> list[Vacancy]:
    """Create vacancies, most of them from businesses of the quarter."""
    open_ones = [business for business in businesses if business.status == "open"]
    rows = []
    for _each in range(number):
        business = random.choice(open_ones)
        field = FIELD_OF_BRANCH.get(
            business.branch.code[:2] if business.branch else "", random.choice(list(JOBS))
        )
        day = plan.starts_on + dt.timedelta(days=random.randint(5, (plan.ends_on - plan.starts_on).days - 20))
        kind = random.choices(["job", "internship", "training", "trial"], [72, 14, 9, 5])[0]
        rows.append(
            Vacancy(
                centre=centre, business=business, title=random.choice(JOBS[field]), kind=kind, field_of_work=field,
                hours_per_week=random.choice([10, 15, 20, 25, 30, 40]), german_required=random.choice(["", "A1", "A2", "A2", "B1"]),
                opened_on=day, starts_on=day + dt.timedelta(days=random.randint(7, 40)), valid_until=day + dt.timedelta(days=90),
                source=random.choice(["survey", "visit", "call", "employer"]), state=random.choice(["filled", "filled", "withdrawn"]),
                place=business.address, created_by=by, programme_code=plan.programme_code,
            )
        )  # fmt: skip
    return Vacancy.objects.bulk_create(rows)


def make_placements(
    *, centre: Centre, clients: Sequence[Client], vacancies: Sequence[Vacancy], by: User, plan: Plan, random: Random
) -> list[Placement]:  # fmt: skip
    """Create the ways of these clients: those that led to a start, and many that did not."""
    ways = _ways(clients, plan, random)
    placements, steps = [], []
    for way in ways:
        vacancy = random.choice(vacancies)
        days = _days(way, plan, random)
        placements.append(_placement(centre, way, vacancy, days, by, plan, random))
        steps.append(days)
    created = Placement.objects.bulk_create(placements)
    PlacementEvent.objects.bulk_create(
        [
            PlacementEvent(
                placement=placement, stage=stage, at=moment(day, 11), by_id=placement.client.counsellor_id,
                reason=random.choice(CloseReason.values) if stage is Stage.CLOSED else "",
            )
            for placement, days in zip(created, steps, strict=True)
            for stage, day in days
        ]
    )  # fmt: skip
    _agree(created)
    return created


def _ways(clients: Sequence[Client], plan: Plan, random: Random) -> list[Way]:
    wanted: list[Category | None] = [
        category for category, number in STARTED.items() for _each in range(number)
    ]
    wanted += [None] * WITHOUT_START
    chosen = random.sample(
        [client for client in clients if client.in_charge_since < plan.ends_on - dt.timedelta(days=75)],
        len(wanted),
    )
    return [
        Way(client, category, client.in_charge_since + dt.timedelta(days=random.randint(5, 20)))
        for client, category in zip(chosen, wanted, strict=True)
    ]


def _days(way: Way, plan: Plan, random: Random) -> list[tuple[Stage, dt.date]]:
    """Return the steps with their days: forward, some left out, to the start or out of it."""
    end = Stage.STARTED if way.category else Stage.CLOSED
    between = [stage for stage in ORDER[2:5] if random.random() < (0.7 if stage is not Stage.TRIAL else 0.0)]
    day, steps = way.first_day, [(Stage.PROPOSED, way.first_day)]
    for stage in [*between, end]:
        day = min(day + dt.timedelta(days=random.randint(3, 14)), plan.ends_on)
        steps.append((stage, day))
    return steps


def _placement(
    centre: Centre, way: Way, vacancy: Vacancy, days: Sequence[tuple[Stage, dt.date]], by: User, plan: Plan, random: Random
) -> Placement:  # fmt: skip
    started = days[-1][1] if way.category else None
    return Placement(
        centre=centre, client=way.client, vacancy=vacancy, category=way.category or "", started_on=started, created_by=by,
        hours_per_week={"SV_FT": 40, "SV_PT": 25, "MINI": 10}.get(way.category or "", 20) if started else None,
        contract_until=started + dt.timedelta(days=365) if started and random.random() < 0.5 else None,
        funding=random.choice(["wage_subsidy", "sgb2_16e", "sgb2_16d"]) if way.category == Category.SUBS else "",
        programme_code=plan.programme_code,
    )  # fmt: skip


def _agree(placements: Sequence[Placement]) -> None:
    """Every proposal rests on the client's consent to that employer."""
    Consent.objects.bulk_create(
        Consent(
            client=placement.client, purpose="share_with_employer", text_version="2007-07", employer_name=placement.vacancy.employer,
            explained_in=placement.client.reading_language or "de", given_at=moment(placement.client.in_charge_since, 12),
        )
        for placement in placements
    )  # fmt: skip
