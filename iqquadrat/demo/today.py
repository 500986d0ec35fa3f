"""The present day of the same centre: a small programme, so that the day view lives."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from businesses.models import Assignment, Business, ContactAttempt, Street, Unit, Wave
from counselling.models import Absence, AbsenceCover, Appointment, Client, Consent
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo import people
from iqquadrat.demo.plan import Plan, moment, workdays
from iqquadrat.demo.work import FIELD_OF_BRANCH, JOBS
from iqquadrat.questionnaires.models import Version
from iqquadrat.reporting.models import Programme, ProgrammeFunder, Target
from placements.enums import Stage
from placements.models import Placement, PlacementEvent, Vacancy

SUBJECTS = [
    "Bewerbung überarbeiten", "Kompetenzprofil besprechen", "Anerkennung: Unterlagen für die IHK FOSA", "Vorstellungsgespräch vorbereiten",
    "Antrag auf Kita-Platz", "Rückfrage des Jobcenters",
]  # fmt: skip
HOURS = [(9, 0), (10, 0), (11, 30), (13, 30), (14, 30)]


def make_programme(*, centre: Centre, plan: Plan, today: dt.date, by: User) -> Programme:
    """Create the programme of the current year and make it the centre's present one."""
    programme = Programme.objects.create(
        code=plan.present_code, name=f"Beratung im Quartier {today.year}", created_by=by, esf_plus=True,
        starts_on=dt.date(today.year, 1, 1), ends_on=dt.date(today.year, 12, 31),
    )  # fmt: skip
    programme.centres.add(centre)
    ProgrammeFunder.objects.bulk_create([
        ProgrammeFunder(programme=programme, position=1, name="Stadt Leipzig", reference="18-0417", share=70),
        ProgrammeFunder(programme=programme, position=2, name="Europäischer Sozialfonds Plus", share=30),
    ])  # fmt: skip
    Target.objects.create(programme=programme, figure="persons_advised", value=80)
    centre.current_programme_code = programme.code
    centre.save(update_fields=["current_programme_code"])
    return programme


def make_present(
    *, centre: Centre, counsellors: Sequence[User], businesses: Sequence[Business], plan: Plan, today: dt.date, random: Random
) -> list[Client]:  # fmt: skip
    """Create clients of this year with their talks, appointments of this week, follow-ups, and placements under way."""
    days = workdays(
        max(dt.date(today.year, 1, 8), today - dt.timedelta(days=260)), today - dt.timedelta(days=1)
    )
    clients = people.make_clients(
        centre=centre,
        counsellors=counsellors,
        number=plan.present_clients,
        entry_days=days,
        code=plan.present_code,
        plan=plan,
        random=random,
    )
    consultations = people.make_consultations(
        clients=clients, last_day=today - dt.timedelta(days=1), code=plan.present_code, random=random
    )
    people.make_short_contacts(
        centre=centre,
        counsellors=counsellors,
        number=140,
        days=days,
        code=plan.present_code,
        plan=plan,
        random=random,
    )
    people.make_follow_ups(consultations, today=today, random=random)
    _make_appointments(centre, counsellors, clients, today, random)
    _send_away(centre, counsellors, clients, today)
    _make_running_placements(centre, clients, businesses, plan, today, random)
    _mark_consents(clients, random)
    return clients


def make_wave(
    *,
    centre: Centre,
    surveyors: Sequence[User],
    businesses: Sequence[Business],
    by: User,
    plan: Plan,
    today: dt.date,
    version: Version,
) -> None:
    """Create the survey wave that runs today, so that surveyors find their section of the street."""
    street = Street.objects.get(centre=centre, name="Eisenbahnstraße")
    wave = Wave.objects.create(
        centre=centre, name=f"Nachbefragung {today.year}", starts_on=today - dt.timedelta(days=4), ends_on=today + dt.timedelta(days=40),
        version=version, programme_code=plan.present_code, with_photos=True, created_by=by,
    )  # fmt: skip
    here = [
        shop
        for shop in businesses
        if shop.premises and shop.premises.street_id == street.pk and shop.status == "open"
    ]
    units = Unit.objects.bulk_create(
        Unit(wave=wave, business=shop, status=shop.status, disposition=first_visit(number))
        for number, shop in enumerate(here)
    )
    ContactAttempt.objects.bulk_create(
        ContactAttempt(
            unit=unit, surveyor=surveyors[(unit.business.premises.house_number + 1) % 2] if unit.business.premises else surveyors[0],
            at=moment(today - dt.timedelta(days=1 + number % 3), 9 + number % 9), disposition=unit.disposition,
        )
        for number, unit in enumerate(units)
        if unit.disposition
    )  # fmt: skip
    Assignment.objects.bulk_create(
        Assignment(wave=wave, surveyor=surveyor, street=street, side=side)
        for surveyor, side in zip(surveyors, ("odd", "even"), strict=False)
    )


def first_visit(number: int) -> str:
    """Every third door was knocked at in the first days; mostly the owner was not there."""
    results = {0: "owner_absent", 3: "no_contact", 6: "owner_absent", 9: "language_barrier"}
    return results.get(number % 12, "") if number < 80 else ""


def _make_appointments(
    centre: Centre, counsellors: Sequence[User], clients: Sequence[Client], today: dt.date, random: Random
) -> None:
    rows = []
    for counsellor in counsellors:
        own = [client for client in clients if client.counsellor_id == counsellor.pk]
        for day in workdays(today - dt.timedelta(days=7), today + dt.timedelta(days=11)) + (
            [today] if today.weekday() > 4 else []
        ):
            guests = random.sample(own, min(len(own), len(HOURS)))
            for client, (hour, minute) in zip(guests, HOURS, strict=False):
                rows.append(
                    Appointment(
                        centre=centre, counsellor=counsellor, client=client, starts_at=moment(day, hour, minute), minutes=random.choice([45, 60]),
                        title=random.choice(SUBJECTS), language=client.spoken_languages[0], room="Raum 2",
                    )
                )  # fmt: skip
            rows.append(
                Appointment(
                    centre=centre,
                    counsellor=counsellor,
                    starts_at=moment(day, 16),
                    minutes=120,
                    title="Offene Sprechstunde",
                    room="Foyer",
                )
            )
    Appointment.objects.bulk_create(rows)


def _send_away(
    centre: Centre, counsellors: Sequence[User], clients: Sequence[Client], today: dt.date
) -> None:
    """The last counsellor is away since yesterday; the first looks after the clients, and one client is somebody else's."""
    if len(counsellors) < 2:
        return
    away, deputy = counsellors[-1], counsellors[0]
    absence = Absence.objects.create(
        centre=centre, counsellor=away, first_day=today - dt.timedelta(days=1), last_day=today + dt.timedelta(days=6), deputy=deputy,
        created_by=away,
    )  # fmt: skip
    theirs = next((client for client in clients if client.counsellor_id == away.pk), None)
    if theirs is not None:
        AbsenceCover.objects.create(
            absence=absence, client=theirs, deputy=counsellors[1] if len(counsellors) > 2 else deputy,
            note="Wartet auf den Bescheid vom Jobcenter. Bitte am Freitag nachfragen.",
        )  # fmt: skip


def _make_running_placements(
    centre: Centre, clients: Sequence[Client], businesses: Sequence[Business], plan: Plan, today: dt.date, random: Random
) -> None:  # fmt: skip
    open_ones = [business for business in businesses if business.status == "open"]
    fields = [field for field in JOBS if field in FIELD_OF_BRANCH.values()]
    vacancies = Vacancy.objects.bulk_create(
        Vacancy(
            centre=centre, business=random.choice(open_ones[:36]), title=random.choice(JOBS[field]), field_of_work=field, source="visit",
            hours_per_week=random.choice([10, 20, 25, 40]), german_required=random.choice(["", "A1", "A2", "B1"]), programme_code=plan.present_code,
            opened_on=today - dt.timedelta(days=random.randint(2, 40)), valid_until=today + dt.timedelta(days=random.randint(10, 60)),
        )
        for field in (fields * 3)[:18]
    )  # fmt: skip
    stages = (
        [Stage.PROPOSED] * 5
        + [Stage.APPLIED] * 4
        + [Stage.INTERVIEW] * 3
        + [Stage.TRIAL] * 2
        + [Stage.STARTED] * 2
    )
    chosen = random.sample(list(clients), len(stages))
    placements = Placement.objects.bulk_create(
        _running(centre, client, random.choice(vacancies), stage, plan, today)
        for client, stage in zip(chosen, stages, strict=True)
    )
    PlacementEvent.objects.bulk_create(
        PlacementEvent(
            placement=placement,
            stage=stage,
            at=moment(today - dt.timedelta(days=random.randint(1, 12)), 11),
            by_id=placement.client.counsellor_id,
        )
        for placement, stage in zip(placements, stages, strict=True)
    )
    Consent.objects.bulk_create(
        Consent(
            client=placement.client, purpose="share_with_employer", text_version="2026-01", employer_name=placement.vacancy.employer,
            explained_in=placement.client.reading_language or "de", given_at=moment(placement.client.in_charge_since, 12),
        )
        for placement in placements
    )  # fmt: skip


def _employer(field: str, businesses: Sequence[Business], random: Random) -> Business:
    """Return a business whose branch fits to the field of work, if there is one in the street."""
    fitting = [
        shop for shop in businesses[:40] if shop.branch and FIELD_OF_BRANCH.get(shop.branch.code[:2]) == field
    ]
    return random.choice(fitting or list(businesses[:40]))


def _running(
    centre: Centre, client: Client, vacancy: Vacancy, stage: Stage, plan: Plan, today: dt.date
) -> Placement:
    on_trial, started = stage is Stage.TRIAL, stage is Stage.STARTED
    return Placement(
        centre=centre, client=client, vacancy=vacancy, programme_code=plan.present_code, created_by=client.counsellor,
        trial_basis="activation" if on_trial else "", trial_until=today + dt.timedelta(days=12) if on_trial else None,
        category="SV_FT" if started else "", started_on=today - dt.timedelta(days=6) if started else None,
        hours_per_week=40 if started else None,
    )  # fmt: skip


def _mark_consents(clients: Sequence[Client], random: Random) -> None:
    """Some clients have agreed to the measuring of language switches, some to being asked again later."""
    Consent.objects.bulk_create(
        Consent(
            client=client, purpose=purpose, text_version="2026-01", explained_in=client.reading_language or "de",
            given_at=moment(client.in_charge_since, 13),
        )
        for client in clients
        for purpose in ("switch_measuring", "ask_later")
        if random.random() < 0.5
    )  # fmt: skip
