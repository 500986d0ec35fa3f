"""Builds the demonstration: a centre like the real one, its programme of 2007/08, and the present day."""

import datetime as dt
from collections.abc import Callable
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from businesses.models import Business
from competence.enums import AssessmentState
from competence.models import Assessment
from competence.services.evidence import store_result
from counselling.models import Client, Consultation
from counselling.services.topics import ensure_topics
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.statistics import refresh_statistics
from iqquadrat.demo import (
    after_survey,
    assessments,
    contacts,
    demands,
    goals,
    histories,
    lasting,
    office,
    participating,
    people,
    processes,
    quarter,
    referrals,
    reports,
    searching,
    second_wave,
    streets,
    today,
    work,
)
from iqquadrat.demo.plan import PASSWORD, STAFF_DOMAIN, Plan, workdays
from iqquadrat.questionnaires.models import Version
from iqquadrat.reporting.models import Programme, ProgrammeFunder, Target

STAFF = [
    ("Jana", "Albrecht", Role.COUNSELLOR), ("Lena", "Wójcik", Role.COUNSELLOR), ("Samir", "Haddad", Role.COUNSELLOR),
    ("Katrin", "Voigt", Role.COORDINATOR), ("Tom", "Richter", Role.SURVEYOR), ("Mira", "Lange", Role.SURVEYOR),
    ("Uwe", "Brandt", Role.ADMINISTRATOR), ("Birgit", "Seidel", Role.COORDINATOR),
]  # fmt: skip
FUNDERS = ("XENOS und Europäischer Sozialfonds", "Bund", "Stadt Leipzig")
TARGETS = {
    "persons_advised": 2000, "businesses_surveyed": 100, "employment_relationships": 30, "primary_labour_market": 12,
    "training_places_created": 6, "assessments_completed": 250,
}  # fmt: skip
# What was promised for single years of the time.
YEAR_TARGETS = {
    2007: {"persons_advised": 800, "assessments_completed": 90}, 2008: {"persons_advised": 1200, "assessments_completed": 160},
}  # fmt: skip
Say = Callable[[str], None]


class AlreadyThereError(Exception):
    """The database already holds people; the demonstration is built into an empty house only."""


@transaction.atomic
def build(*, plan: Plan, say: Say, day: dt.date | None = None) -> Centre:
    """Fill the empty house. The same plan on the same day gives the same data.

    Raises ``AlreadyThereError`` when a centre exists already.
    """
    if Centre.objects.exists():
        raise AlreadyThereError
    random = Random(plan.seed)
    ensure_topics()
    centre, staff = _centre()
    counsellors = [user for user in staff if Role.COUNSELLOR in user.roles]
    surveyors = [user for user in staff if Role.SURVEYOR in user.roles]
    coordinator, second = [user for user in staff if Role.COORDINATOR in user.roles]
    programme = _programme(centre, coordinator, plan)
    say("businesses and survey")
    businesses = quarter.make_businesses(centre=centre, by=coordinator, plan=plan, random=random)
    survey = Version.objects.with_content().get(questionnaire__key="business_survey", state="published")
    quarter.make_survey(
        centre=centre,
        businesses=businesses,
        surveyors=surveyors,
        version=survey,
        by=coordinator,
        plan=plan,
        random=random,
    )
    quarter.make_advice(centre=centre, businesses=businesses, by=coordinator, plan=plan, random=random)
    say("clients and consultations")
    clients, first_days = _people(centre, counsellors, plan, random)
    say("competence assessments")
    assessed = _assess(clients, first_days, programme.code, plan.scaled(plan.assessments), random)
    goals.confirm_fields(assessments=assessed, random=Random(plan.seed + 4))
    say("vacancies and placements")
    vacancies = work.make_vacancies(
        centre=centre, businesses=businesses, by=coordinator, plan=plan, number=96, random=random
    )
    work.make_placements(
        centre=centre, clients=clients, vacancies=vacancies, by=coordinator, plan=plan, random=random
    )
    # A stream of chance of its own: what is built after it stays as it was.
    businesses += second_wave.make_second_wave(
        centre=centre, businesses=businesses, surveyors=surveyors, version=survey, by=coordinator, plan=plan, random=Random(plan.seed + 5)
    )  # fmt: skip
    say("the present day")
    day = day or timezone.localdate()
    _present(centre, counsellors, businesses, coordinator, plan, day, random)
    today.make_wave(
        centre=centre,
        surveyors=surveyors,
        businesses=businesses,
        by=coordinator,
        plan=plan,
        today=day,
        version=survey,
    )
    streets.draw_plan(centre=centre, by=coordinator)
    streets.walk_again(businesses=businesses, by=surveyors[0], day=day)
    _follow_up(centre, counsellors, businesses, coordinator, plan, day)
    office.make_office_work(businesses=businesses, by=coordinator, day=day)
    # A stream of chance of its own: what was built before stays as it was.
    chance = Random(plan.seed + 1)
    places = referrals.make_directory(centre=centre, by=coordinator, random=chance)
    present = Client.objects.filter(centre=centre, programme_code=plan.present_code).order_by("pk")
    referrals.make_referrals(
        clients=list(present.select_related("counsellor")), places=places, plan=plan, today=day, random=chance
    )
    histories.make_histories(
        clients=list(present), counsellors=counsellors, today=day, random=Random(plan.seed + 2)
    )
    contacts.make_contacts(
        centre=centre, clients=list(present.select_related("counsellor")), by=coordinator, plan=plan, today=day,
        random=Random(plan.seed + 3),
    )  # fmt: skip
    chance = Random(plan.seed + 5)
    lasting.make_begun_this_year(
        centre=centre, clients=list(present.select_related("counsellor")), plan=plan, today=day, random=chance
    )
    lasting.make_checks(centre=centre, today=day, random=chance)
    demands.make_demands(centre=centre, counsellors=counsellors, today=day, random=Random(plan.seed + 6))
    searching.make_searches(
        centre=centre,
        clients=list(present.select_related("counsellor")),
        today=day,
        random=Random(plan.seed + 9),
    )
    processes.make_processes(centre=centre, plan=plan, today=day, random=Random(plan.seed + 6))
    participating.make_participations(
        clients=list(present.select_related("counsellor")),
        plan=plan,
        today=day,
        random=Random(plan.seed + 10),
    )
    # The database does not know yet how much there is now; until it does, some figures would take minutes.
    refresh_statistics()
    reports.make_reports(centre=centre, programme=programme, by=coordinator, second=second, plan=plan)
    return centre


def _follow_up(
    centre: Centre, counsellors: list[User], businesses: list[Business], by: User, plan: Plan, day: dt.date
) -> None:
    """What followed from the surveys, with chances of its own."""
    chance = Random(plan.seed + 5)
    after_survey.make_needs_of_then(centre=centre, by=by, plan=plan, random=chance)
    after_survey.make_needs_of_now(
        businesses=businesses, counsellors=counsellors, by=by, plan=plan, today=day
    )
    after_survey.make_events_of_now(
        centre=centre, businesses=businesses, by=by, plan=plan, today=day, random=chance
    )
    after_survey.make_drafts(centre=centre, businesses=businesses, by=by, plan=plan, today=day)


def _centre() -> tuple[Centre, list[User]]:
    centre = Centre.objects.create(
        name="Dialog", subtitle="Interkulturelle Beratungsstelle", code="dialog", street="Musterstraße 1", postal_code="04315",
        city="Leipzig", phone="0341 5550100", email=f"hallo@{STAFF_DOMAIN}",
    )  # fmt: skip
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=f"{given.lower()}@{STAFF_DOMAIN}", given_name=given, family_name=family, centre=centre, roles=[role.value],
            password=password, form_of_address="Herr" if given in ("Samir", "Tom", "Uwe") else "Frau",
        )
        for given, family, role in STAFF
    )  # fmt: skip
    return centre, users


def _programme(centre: Centre, by: User, plan: Plan) -> Programme:
    programme = Programme.objects.create(
        code=plan.programme_code, name="IQ_QUADRAT", created_by=by, starts_on=plan.starts_on, ends_on=plan.ends_on,
        title="Integration durch Qualifizierung im Quartier: Beratung, Kompetenzbilanzierung und Betriebe im Leipziger Osten",
    )  # fmt: skip
    programme.centres.add(centre)
    ProgrammeFunder.objects.bulk_create(
        ProgrammeFunder(programme=programme, position=number, name=name)
        for number, name in enumerate(FUNDERS, start=1)
    )
    Target.objects.bulk_create(
        Target(programme=programme, figure=code, value=value) for code, value in TARGETS.items()
    )
    Target.objects.bulk_create(
        Target(programme=programme, figure=code, value=value, year=year)
        for year, promised in YEAR_TARGETS.items()
        for code, value in promised.items()
    )
    return programme


def _people(
    centre: Centre, counsellors: list[User], plan: Plan, random: Random
) -> tuple[list[Client], dict[int, dt.date]]:
    days = workdays(plan.starts_on + dt.timedelta(days=7), plan.ends_on)
    clients = people.make_clients(
        centre=centre, counsellors=counsellors, number=max(plan.fewest_persons, plan.scaled(plan.persons)), entry_days=days, code=plan.programme_code, plan=plan,
        random=random,
    )  # fmt: skip
    consultations = people.make_consultations(
        clients=clients, last_day=plan.ends_on, code=plan.programme_code, random=random
    )
    people.make_short_contacts(
        centre=centre, counsellors=counsellors, number=plan.scaled(plan.short_contacts), days=days, code=plan.programme_code, plan=plan,
        random=random,
    )  # fmt: skip
    people.make_information_events(centre=centre, plan=plan, random=random)
    return clients, _first_days(consultations)


def _first_days(consultations: list[Consultation]) -> dict[int, dt.date]:
    first: dict[int, dt.date] = {}
    for row in consultations:
        if row.client_id is not None:
            first.setdefault(row.client_id, row.held_at.date())
    return first


def _assess(
    clients: list[Client], first_days: dict[int, dt.date], code: str, number: int, random: Random
) -> list[Assessment]:
    """Assess clients who speak one of the translated languages, a few who speak German among them, all early enough to finish."""
    version = Version.objects.with_content().get(questionnaire__key="competence", state="published")
    last = dt.date(2008, 9, 1)
    fitting = [
        client
        for client in clients
        if client.spoken_languages[0] in (*assessments.TRANSLATED, "de", "ku")
        and first_days[client.pk] < last
    ]
    chosen = random.sample(fitting, min(number, len(fitting)))
    made = assessments.make_assessments(
        clients=chosen, version=version, first_days=first_days, code=code, random=random
    )
    _read_evidence(made)
    return made


def _read_evidence(made: list[Assessment]) -> None:
    """Derive the results as at the end of a real sitting, and by the same service."""
    for assessment in made:
        if assessment.state == AssessmentState.FINISHED:
            store_result(assessment)


def _present(
    centre: Centre, counsellors: list[User], businesses: list[Business], by: User, plan: Plan, day: dt.date, random: Random
) -> None:  # fmt: skip
    today.make_programme(centre=centre, plan=plan, today=day, by=by)
    clients = today.make_present(
        centre=centre, counsellors=counsellors, businesses=businesses, plan=plan, today=day, random=random
    )
    first_days = {client.pk: client.in_charge_since for client in clients}
    version = Version.objects.with_content().get(questionnaire__key="competence", state="published")
    early = [
        client
        for client in clients
        if client.in_charge_since < day - dt.timedelta(days=40)
        and client.spoken_languages[0] in assessments.TRANSLATED
    ]
    made = assessments.make_assessments(
        clients=early[:14], version=version, first_days=first_days, code=plan.present_code, random=random
    )
    # A stream of chance of its own: what is built after it stays as it was. Some come again after half a year.
    chance = Random(plan.seed + 3)
    later = {client.pk: day - dt.timedelta(days=38) for client in early[:5]}
    made += assessments.make_assessments(
        clients=early[:5], version=version, first_days=later, code=plan.present_code, random=chance
    )
    _read_evidence(made)
    goals.make_goals(assessments=made, today=day, random=chance)
    goals.confirm_fields(assessments=made, random=chance)
