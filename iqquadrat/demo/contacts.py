"""Talks with several persons, events with lists, outreach and volunteers' hours; a stream of chance of their own."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from counselling.enums import GroupEventKind, VolunteerActivity
from counselling.models import (
    Attendance,
    Client,
    Consultation,
    EventAttendance,
    GroupEvent,
    Topic,
    VolunteerWork,
)
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.plan import Plan, moment, workdays

EVENTS = [
    ("Arbeitsrecht in einfachen Worten", "work_search", ["ar", "de"]), ("Wie läuft ein Vorstellungsgespräch?", "application", ["ru", "uk", "de"]),
    ("Anerkennung ausländischer Abschlüsse", "recognition", ["vi", "de"]), ("Bewerben am PC", "digital", ["de"]),
]  # fmt: skip
OUTREACH = [
    ("Stand beim Straßenfest", "Eisenbahnstraße"),
    ("Unterwegs im Stadtteilpark", "Stadtteilpark"),
    ("Besuch im Deutschkurs", "Sprachschule"),
]
PLACES = ["Bürgertreff im Quartier", "Foyer der Beratungsstelle", "Stadtteilbibliothek"]
VOLUNTEERS = ["Frau Rahimi", "Herr Petrov", "Linh", "Frau Schuster"]


def make_contacts(
    *, centre: Centre, clients: Sequence[Client], by: User, plan: Plan, today: dt.date, random: Random
) -> None:
    """Add to the present day what belongs to more than one person. The programme of 2007/08 stays as it is published."""
    _take_others_along(clients, plan, random)
    days = workdays(today - dt.timedelta(days=150), today - dt.timedelta(days=3))
    topics = {topic.key: topic for topic in Topic.objects.all()}
    for number, day in enumerate(days[4::21]):
        title, key, languages = EVENTS[number % len(EVENTS)]
        event = _event(
            centre, by, plan, title, day, languages=languages, topic=topics[key], place=random.choice(PLACES)
        )
        guests = random.sample(list(clients), k=min(len(clients), random.randint(3, 7)))
        EventAttendance.objects.bulk_create(
            EventAttendance(event=event, client=guest, came=random.random() < 0.85, created_by=guest.counsellor) for guest in guests
        )  # fmt: skip
        event.head_count = event.attendances.filter(came=True).count() + random.randint(4, 16)
        event.volunteers = random.choice(VOLUNTEERS)
        event.save(update_fields=["head_count", "volunteers"])
    for (title, place), day in zip(OUTREACH, days[9::35], strict=False):
        _event(
            centre,
            by,
            plan,
            title,
            day,
            kind=GroupEventKind.OUTREACH,
            place=place,
            languages=["ar", "ru", "vi"],
            head_count=random.randint(18, 60),
        )
    title, key, languages = EVENTS[0]
    coming = _event(
        centre,
        by,
        plan,
        title,
        today + dt.timedelta(days=9),
        languages=languages,
        topic=topics[key],
        place=PLACES[0],
    )
    EventAttendance.objects.bulk_create(
        EventAttendance(event=coming, client=guest, created_by=guest.counsellor)
        for guest in list(clients)[:5]
    )
    VolunteerWork.objects.bulk_create(
        VolunteerWork(
            centre=centre, created_by=by, name=random.choice(VOLUNTEERS), on=day, minutes=random.choice([60, 90, 120, 150, 180]),
            activity=random.choice(VolunteerActivity.values[:6]), programme_code=plan.present_code,
        )
        for day in days[1::4]
    )  # fmt: skip


def _take_others_along(clients: Sequence[Client], plan: Plan, random: Random) -> None:
    """Some talks were held with more than one person: sisters, friends, a group that writes applications together."""
    held = Consultation.objects.contacts().filter(programme_code=plan.present_code, client__in=clients)
    talks = random.sample(list(held.order_by("pk")), k=min(14, held.count()))
    rows = []
    for talk in talks:
        mates = [
            one for one in clients if one.counsellor_id == talk.counsellor_id and one.pk != talk.client_id
        ]
        chosen = random.sample(mates, k=min(len(mates), random.choice([1, 1, 2, 5])))
        rows += [
            Attendance(consultation=talk, client=mate)
            for mate in chosen
            if mate.in_charge_since <= talk.held_at.date()
        ]
    Attendance.objects.bulk_create(rows)
    shared = {row.consultation_id for row in rows}
    Consultation.objects.filter(pk__in=shared).update(channel="group")


def _event(
    centre: Centre, by: User, plan: Plan, title: str, day: dt.date, *, languages: list[str], kind: str = GroupEventKind.INFORMATION,
    topic: Topic | None = None, place: str = "", head_count: int = 0,
) -> GroupEvent:  # fmt: skip
    return GroupEvent.objects.create(
        centre=centre, created_by=by, title=title, kind=kind, at=moment(day, 17), languages=languages, topic=topic, place=place,
        head_count=head_count, minutes=90, programme_code=plan.present_code,
    )  # fmt: skip
