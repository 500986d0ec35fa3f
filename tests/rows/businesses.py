"""Rows of the businesses: a register, waves with their doors, talks, evenings."""

from typing import Any

from django.utils import timezone

from businesses.models import (
    Assignment,
    Business,
    BusinessConsultation,
    CallBack,
    ContactAttempt,
    Doorstep,
    Event,
    EventAttendance,
    Interview,
    Observation,
    Premises,
    Section,
    Street,
    TrainingPlace,
    Unit,
    Wave,
    WzBranch,
)
from iqquadrat.accounts.models import Centre
from iqquadrat.questionnaires.models import Response
from tests.businesses.factories import (
    BusinessConsultationFactory,
    BusinessFactory,
    ContactAttemptFactory,
    EventFactory,
    InterviewFactory,
    PremisesFactory,
    StreetFactory,
    TrainingPlaceFactory,
    UnitFactory,
    WaveFactory,
    WzBranchFactory,
    _bare_version,
)
from tests.rows.registry import Users, bulk, rows, store

WITHOUT = {
    "businesses.WzBranch": "reference data of a fixed length",
    "businesses.BranchSuccession": "reference data of a fixed length",
    "businesses.FieldOperation": "kept for the devices, never shown",
    "businesses.BusinessConsent": "the newest one is shown, never listed",
    "businesses.Street": "comes with the premises",
}


def businesses(centre: Centre, numbers: range) -> list[Business]:
    """Businesses at addresses of their own, in one of seven streets."""
    branch: WzBranch = WzBranchFactory()
    streets = [StreetFactory(centre=centre, name=f"Straße {n}") for n in range(min(7, len(numbers)))]
    start = Premises.objects.filter(centre=centre).count()
    premises: list[Premises] = bulk(
        PremisesFactory, numbers, centre=centre, street=lambda n: streets[n % len(streets)], house_number=lambda n: start + n + 1
    )  # fmt: skip
    found: list[Business] = bulk(
        BusinessFactory, range(len(premises)), centre=centre, premises=lambda n: premises[n], languages=["tr"],
        branch=lambda n: branch if n % 2 else None, branch_words="Döner und Pizza",
        sign_name=lambda n: f"Laden {start + n}",
    )  # fmt: skip
    store([Observation(business=business, seen_on=timezone.localdate(), status="open") for business in found])
    # Sections of a quarter: not more for more shops.
    known = Section.objects.filter(street__centre=centre).count()
    store(
        [
            Section(street=streets[n % len(streets)], name=f"Abschnitt {known + n}")
            for n in range(max(0, min(len(found), 24 - known)))
        ]
    )
    return found


def _doors(wave: Wave, found: list[Business], users: Users) -> None:
    """A door a business, at which nobody opened, then an interview was begun."""
    of = range(len(found))
    units = bulk(UnitFactory, of, wave=wave, business=lambda n: found[n])
    attempts = bulk(ContactAttemptFactory, of, unit=lambda n: units[n], surveyor=users["surveyor"])
    store([Doorstep(attempt=attempt, branch_words="Imbiss") for attempt in attempts])
    responses = store([Response(version=wave.version) for _business in found])
    interviews = bulk(
        InterviewFactory, of, wave=wave, business=lambda n: found[n], response=lambda n: responses[n], surveyor=users["surveyor"],
        started_at=timezone.now(), completed_at=timezone.now(), disposition="complete",
    )  # fmt: skip
    now = timezone.now()
    store(
        [
            CallBack(interview=interview, seed=7, drawn_at=now, drawn_by=users["coordinator"])
            for interview in interviews
        ]
    )


@rows(
    Centre,
    makes=(
        Business,
        Premises,
        Street,
        TrainingPlace,
        BusinessConsultation,
        Event,
        EventAttendance,
        Wave,
        Unit,
        ContactAttempt,
        Interview,
        Assignment,
        CallBack,
        Doorstep,
        Observation,
        Section,
    ),
)
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    found = businesses(centre, numbers)
    of = range(len(found))
    bulk(TrainingPlaceFactory, of, business=lambda n: found[n])
    bulk(BusinessConsultationFactory, of, business=lambda n: found[n], counsellor=users["counsellor"])
    events = bulk(EventFactory, of, centre=centre)
    store(
        [
            EventAttendance(event=event, business=business)
            for event, business in zip(events, found, strict=True)
        ]
    )
    version = _bare_version()
    start = Wave.objects.filter(centre=centre).count()
    waves = bulk(
        WaveFactory,
        numbers[:40],
        centre=centre,
        version=version,
        name=lambda n: f"Welle {start + n} {centre.pk}",
    )
    store([
        Assignment(wave=wave, surveyor=users["surveyor"], street=business.premises.street, number_from=1, number_to=9000)
        for wave, business in zip(waves, found, strict=False)
    ])  # fmt: skip
    running = Wave.objects.filter(centre=centre).order_by("pk").first()
    if running is not None:
        _doors(running, found, users)


@rows(Business)
def _of_one(business: Business, users: Users, numbers: range) -> None:
    facts: dict[str, Any] = {"business": business}
    store(
        [Observation(business=business, seen_on=timezone.localdate(), status="open") for _number in numbers]
    )
    bulk(TrainingPlaceFactory, numbers, **facts)
    bulk(BusinessConsultationFactory, numbers, counsellor=users["counsellor"], **facts)
    events = bulk(EventFactory, numbers, centre=business.centre)
    store([EventAttendance(event=event, business=business) for event in events])
    start = Wave.objects.filter(centre=business.centre).count()
    version = _bare_version()
    waves = bulk(
        WaveFactory, numbers, centre=business.centre, version=version, name=lambda n: f"Runde {start + n}"
    )
    for wave in waves[:40]:
        _doors(wave, [business], users)


@rows(Wave)
def _of_a_wave(wave: Wave, users: Users, numbers: range) -> None:
    found = businesses(wave.centre, numbers)
    _doors(wave, found, users)
    store([
        Assignment(
            wave=wave, surveyor=users["surveyor"], street=business.premises.street, number_from=1,
            number_to=business.premises.house_number,
        )
        for business in found[:40]  # sections of a quarter
    ])  # fmt: skip


@rows(Unit)
def _of_a_door(unit: Unit, users: Users, numbers: range) -> None:
    attempts = bulk(ContactAttemptFactory, numbers, unit=unit, surveyor=users["surveyor"])
    store([Doorstep(attempt=attempt, branch_words="Imbiss") for attempt in attempts])
