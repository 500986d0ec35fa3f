"""Placements under way as they look on a working day: several ways of one client, answers of employers, trials that end, wage subsidies."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from competence.enums import AssessmentState
from competence.models import Assessment
from competence.profile import load
from competence.released import items_of
from competence.services.releases import release_items
from counselling.models import Client, Consent
from iqquadrat.accounts.models import Centre
from iqquadrat.demo.plan import Plan, moment
from placements.categories import Category
from placements.enums import AnswerChannel, AnswerOutcome, DeclineReason, Funding, Stage
from placements.models import EmployerAnswer, Placement, PlacementEvent, Vacancy, WageSubsidy
from placements.models.placement import PlacementQuerySet

WITH_TWO_WAYS = 4  # clients with a profile who are proposed for two vacancies
# What somebody lets an employer see; never all there is.
RELEASED = ("person", "work", "qualification", "languages", "licences", "availability")
# Days ago, how, what was said, and in how many days to ask again.
SAID: list[tuple[int, AnswerChannel, AnswerOutcome, str, str, int | None]] = [
    (
        3,
        AnswerChannel.PHONE,
        AnswerOutcome.INTERESTED,
        "",
        "Möchte die Person am Donnerstagvormittag kennenlernen.",
        2,
    ),
    (9, AnswerChannel.PHONE, AnswerOutcome.UNDECIDED, "", "Der Chef ist bis Monatsende im Urlaub.", None),
    (2, AnswerChannel.EMAIL, AnswerOutcome.INVITED, "", "Bitte Arbeitskleidung mitbringen.", None),
    (5, AnswerChannel.VISIT, AnswerOutcome.TRIAL_OFFERED, "", "Drei Tage zur Probe, danach Entscheidung.", 0),
    (
        1,
        AnswerChannel.PHONE,
        AnswerOutcome.DECLINED,
        DeclineReason.TIMES,
        "Sucht jemanden für die Abende.",
        None,
    ),
    (6, AnswerChannel.PHONE, AnswerOutcome.DECLINED, DeclineReason.UNLAWFUL, "", None),
]
PAY = {Category.SV_FT: 2250, Category.SV_PT: 1420}


def make_processes(*, centre: Centre, plan: Plan, today: dt.date, random: Random) -> None:
    """Create what happened around the placements of this year, and the subsidies of then."""
    running = Placement.objects.with_stage().filter(centre=centre, programme_code=plan.present_code)
    _end_trials(running, today)
    _answer(running.at_stage(Stage.PROPOSED, Stage.APPLIED, Stage.INTERVIEW), today)
    _two_ways(centre, plan, today, random)
    _subsidise(centre, plan, today)
    _subsidies_of_then(centre, plan)


def _end_trials(running: PlacementQuerySet, today: dt.date) -> None:
    """One ends in two days, one is over since yesterday."""
    for placement, days in zip(running.at_stage(Stage.TRIAL).order_by("pk"), (2, -1), strict=False):
        until = today + dt.timedelta(days=days)
        Placement.objects.filter(pk=placement.pk).update(
            trial_from=until - dt.timedelta(days=20), trial_until=until
        )


def _answer(running: PlacementQuerySet, today: dt.date) -> None:
    waiting = running.select_related("client").order_by("pk")
    EmployerAnswer.objects.bulk_create(
        EmployerAnswer(
            placement=placement, answered_on=today - dt.timedelta(days=ago), channel=channel, outcome=outcome, reason=reason, words=words,
            due_on=None if due is None else today + dt.timedelta(days=due), by_id=placement.client.counsellor_id,
        )
        for placement, (ago, channel, outcome, reason, words, due) in zip(waiting, SAID, strict=False)
    )  # fmt: skip


def _two_ways(centre: Centre, plan: Plan, today: dt.date, random: Random) -> None:
    """Clients with a profile are proposed for two vacancies each; what an employer may read of them is released."""
    finished = Assessment.objects.filter(
        centre=centre, programme_code=plan.present_code, state=AssessmentState.FINISHED
    ).select_related("client__counsellor", "centre", "response__version")
    taken = Placement.objects.filter(centre=centre, programme_code=plan.present_code).values("client_id")
    vacancies = list(
        Vacancy.objects.filter(centre=centre, programme_code=plan.present_code).open().order_by("pk")
    )
    seen: set[int] = set()
    for assessment in finished.exclude(client__in=taken).order_by("pk"):
        client = assessment.client
        if client.pk in seen or len(seen) == WITH_TWO_WAYS:
            continue
        seen.add(client.pk)
        for vacancy, (stage, days) in zip(
            random.sample(vacancies, 2), ((Stage.APPLIED, 11), (Stage.PROPOSED, 4)), strict=True
        ):
            _propose(client, vacancy, stage, today - dt.timedelta(days=days), plan)
        items = [item for item in items_of(load(assessment), "de") if item.group in RELEASED]
        if items and client.counsellor:
            release_items(
                assessment=assessment,
                items=items,
                explained_in=client.paper_language,
                seen=0,
                by=client.counsellor,
            )


def _propose(client: Client, vacancy: Vacancy, stage: Stage, day: dt.date, plan: Plan) -> None:
    # Two vacancies may be of one employer, to whom a client agrees once.
    Consent.objects.get_or_create(
        client=client, purpose="share_with_employer", employer_name=vacancy.employer, withdrawn_at=None,
        defaults={"text_version": "2026-01", "explained_in": client.paper_language, "given_at": moment(day, 10)},
    )  # fmt: skip
    placement = Placement.objects.create(
        centre_id=client.centre_id, client=client, vacancy=vacancy, programme_code=plan.present_code, created_by=client.counsellor,
    )  # fmt: skip
    PlacementEvent.objects.create(
        placement=placement, stage=stage, at=moment(day, 11), by_id=client.counsellor_id
    )


def _subsidise(centre: Centre, plan: Plan, today: dt.date) -> None:
    """Who began this year: pay is noted; one subsidy runs out, one runs on, one is still being decided on."""
    begun = Placement.objects.filter(
        centre=centre, programme_code=plan.present_code, category__in=list(PAY)
    ).order_by("started_on", "pk")
    rows: Sequence[Placement] = list(begun)
    for placement in rows:
        placement.monthly_pay = PAY[Category(placement.category)]
    Placement.objects.bulk_update(rows, ["monthly_pay"])
    days = dt.timedelta
    for placement, (percent, ends, granted) in zip(
        rows,
        ((50, today + days(days=17), True), (40, today + days(days=95), True), (30, None, False)),
        strict=False,
    ):
        begins = placement.started_on or today
        applied = begins - days(days=21)
        WageSubsidy.objects.create(
            placement=placement, kind=Funding.WAGE_SUBSIDY, authority="Jobcenter Leipzig", percent=percent, starts_on=begins,
            ends_on=ends or begins + days(days=180), applied_on=applied, granted_on=applied + days(days=10) if granted else None,
            created_by_id=placement.created_by_id,
        )  # fmt: skip


def _subsidies_of_then(centre: Centre, plan: Plan) -> None:
    """The subsidised work of then had its subsidies; some of it was a work opportunity with wages, which there is no more."""
    then = list(
        Placement.objects.filter(
            centre=centre,
            programme_code=plan.programme_code,
            category=Category.SUBS,
            started_on__isnull=False,
        ).order_by("pk")
    )
    for placement in then[::4]:
        placement.funding = Funding.SGB2_16D_WAGES
    Placement.objects.bulk_update(then, ["funding"])
    rows = [
        WageSubsidy(
            placement=placement, kind=placement.funding, authority="ARGE Leipzig", percent=(50, 75, 40)[number % 3], starts_on=begins,
            ends_on=begins + dt.timedelta(days=180), applied_on=begins - dt.timedelta(days=28), granted_on=begins - dt.timedelta(days=9),
        )
        for number, placement in enumerate(then)
        if (begins := placement.started_on) is not None
    ]  # fmt: skip
    WageSubsidy.objects.bulk_create(rows)
