"""What became of placements: asked after 3, 6 and 12 months, mostly answered; and some to be asked about today."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from counselling.models import Client, Consent
from iqquadrat.accounts.models import Centre
from iqquadrat.demo.plan import Plan, moment
from placements.categories import FOLLOWED_UP, Category
from placements.enums import Situation, SituationSource, Stage
from placements.job_retention import WINDOW, days_asked
from placements.models import Placement, PlacementEvent, RetentionCheck, Vacancy

# What somebody does when asked, by the months since the start: the longer ago, the more have left.
SITUATIONS = (
    Situation.SAME_JOB, Situation.OTHER_INSURED, Situation.TRAINING, Situation.SELF_EMPLOYED, Situation.NOT_WORKING, Situation.UNKNOWN,
)  # fmt: skip
WEIGHTS = {3: (70, 5, 3, 1, 14, 7), 6: (56, 9, 5, 1, 18, 11), 12: (42, 13, 6, 2, 21, 16)}
NOTES = [
    "",
    "",
    "",
    "Vertrag bis Jahresende verlängert.",
    "Arbeitet jetzt mehr Stunden.",
    "Über die Nachbarin erreicht.",
]
# How long ago those began who are to be asked about today or were missed.
BEGAN = (88, 95, 172, 121)


def make_checks(*, centre: Centre, today: dt.date, random: Random) -> None:
    """Ask about everybody who began work; what lies long ago was answered, a little of it too late or never."""
    begun = Placement.objects.filter(centre=centre, category__in=FOLLOWED_UP)
    checks = []
    for pk, started_on in begun.order_by("pk").values_list("pk", "started_on"):
        if started_on is None:
            continue
        for months, day in days_asked(started_on).items():
            check = RetentionCheck(placement_id=pk, months=months, due_on=day)
            if day < today - dt.timedelta(days=365) and random.random() < 0.93:
                _answer(check, random)
            checks.append(check)
    RetentionCheck.objects.bulk_create(checks)


def _answer(check: RetentionCheck, random: Random) -> None:
    [situation] = random.choices(SITUATIONS, WEIGHTS[check.months])
    check.situation = situation
    if situation is not Situation.UNKNOWN:
        check.source = random.choice(
            [SituationSource.CLIENT, SituationSource.CLIENT, SituationSource.EMPLOYER]
        )
    check.asked_on = check.due_on + dt.timedelta(days=random.randint(-9, WINDOW.days + 2))
    check.note = random.choice(NOTES) if situation is Situation.SAME_JOB else ""


def make_begun_this_year(
    *, centre: Centre, clients: Sequence[Client], plan: Plan, today: dt.date, random: Random
) -> None:
    """Some began work this year, so that the day view has somebody to ask about."""
    free = [
        client for client in clients if client.in_charge_since < today - dt.timedelta(days=max(BEGAN) + 20)
    ]
    vacancies = list(
        Vacancy.objects.filter(centre=centre, programme_code=plan.present_code).select_related("business")
    )
    taken = set(Placement.objects.filter(client__in=free).values_list("client_id", "vacancy_id"))
    for client, days in zip(random.sample(free, min(len(free), len(BEGAN))), BEGAN, strict=False):
        vacancy = next(
            one for one in random.sample(vacancies, len(vacancies)) if (client.pk, one.pk) not in taken
        )
        began = today - dt.timedelta(days=days)
        placement = Placement.objects.create(
            centre=centre, client=client, vacancy=vacancy, category=random.choice([Category.SV_FT, Category.SV_PT]), started_on=began,
            hours_per_week=random.choice([25, 40]), programme_code=plan.present_code, created_by=client.counsellor,
        )  # fmt: skip
        PlacementEvent.objects.bulk_create(
            PlacementEvent(placement=placement, stage=stage, at=moment(day, 11), by_id=client.counsellor_id)
            for stage, day in ((Stage.PROPOSED, began - dt.timedelta(days=14)), (Stage.STARTED, began))
        )
        Consent.objects.create(
            client=client, purpose="share_with_employer", text_version="2026-01", employer_name=vacancy.employer,
            explained_in=client.reading_language or "de", given_at=moment(client.in_charge_since, 12),
        )  # fmt: skip
