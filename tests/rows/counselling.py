"""Rows of the counselling room: a centre's clients with what is done with them, and one client's long file."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.utils import timezone

from counselling import enums
from counselling.models import (
    Addendum,
    Appointment,
    Client,
    Consent,
    Consultation,
    Draft,
    EmergencyAccess,
    FollowUp,
    GroupEvent,
    Institution,
    Referral,
    ShortContact,
    Topic,
)
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre
from tests.counselling.factories import (
    AppointmentFactory,
    ClientFactory,
    ConsentFactory,
    ConsultationFactory,
    FollowUpFactory,
    GroupEventFactory,
    InstitutionFactory,
    ReferralFactory,
    ShortContactFactory,
    topic,
)
from tests.rows.registry import Users, bulk, rows, store

WITHOUT = {
    "counselling.ClientCounter": "one row a centre and year, never listed",
    "counselling.Merge": "a handful a person; what it moves is measured in test_merges",
}


# Where 300 is beyond what is ever reached: topics of a site, appointments of a day, one client's consents, emergencies of a month.
MANY, FEW = 30, 10


def _now(number: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(minutes=number)


def clients(centre: Centre, users: Users, numbers: range) -> list[Client]:
    """The centre's clients of these numbers; those who are missing are taken in by the counsellor, who has opened their files."""
    known = list(Client.objects.filter(centre=centre, number__startswith="K-2025-").order_by("pk"))
    made = bulk(
        ClientFactory, range(len(known), numbers.stop), centre=centre, counsellor=users["counsellor"],
        number=lambda number: f"K-2025-{number:05}", latin_family_name=lambda number: f"Haddad{number}",
        phone=lambda number: f"0341 5{number:06}", birth_date=dt.date(1990, 3, 4), birth_precision="day",
    )  # fmt: skip
    store([
        Entry(action=Action.VIEW, user_id=users["counsellor"].pk, centre_id=centre.pk, object_type="counselling.client", object_id=str(client.pk))
        for client in made
    ])  # fmt: skip
    return (known + made)[numbers.start : numbers.stop]


def talks(found: list[Client], users: Users) -> list[Consultation]:
    """One consultation a client, with two more topics, a next step and an addendum."""
    numbers = range(len(found))
    facts: dict[str, Any] = {
        "centre": lambda n: found[n].centre,
        "counsellor": users["counsellor"],
        "client": lambda n: found[n],
    }
    made: list[Consultation] = bulk(
        ConsultationFactory, numbers, main_topic=topic(), held_at=_now, concern="sucht Arbeit", agreed="ruft an",
        programme_code=lambda n: f"rows-{found[n].centre_id}-0", **facts,
    )  # fmt: skip
    through = Consultation.other_topics.through
    others = [topic("housing"), topic("family")]
    through.objects.bulk_create(
        through(consultation_id=talk.pk, topic_id=other.pk) for talk in made for other in others
    )
    bulk(
        FollowUpFactory,
        numbers,
        client=lambda n: found[n],
        consultation=lambda n: made[n],
        assigned_to=users["counsellor"],
    )
    store(
        [
            Addendum(consultation=talk, author=users["counsellor"], at=timezone.now(), text="Nachgetragen")
            for talk in made
        ]
    )
    return made


@rows(
    Centre,
    makes=(
        Client,
        Consultation,
        FollowUp,
        Addendum,
        Appointment,
        Draft,
        EmergencyAccess,
        Consent,
        Referral,
    ),
)
def _centre_clients(centre: Centre, users: Users, numbers: range) -> None:
    found = clients(centre, users, numbers)
    made = talks(found, users)
    of = range(len(found))
    facts: dict[str, Any] = {
        "client": lambda n: found[n],
        "centre": centre,
        "counsellor": users["counsellor"],
    }
    bulk(AppointmentFactory, of[:FEW], starts_at=_now, **facts)
    places = bulk(InstitutionFactory, of, centre=centre, name=lambda n: f"Ort {uuid4().hex[:8]} {n}")
    through = Institution.topics.through
    through.objects.bulk_create(through(institution_id=place.pk, topic_id=topic().pk) for place in places)
    consents = bulk(
        ConsentFactory, of, client=lambda n: found[n], purpose=enums.Purpose.REFERRAL, employer_name="Ort"
    )
    bulk(
        ReferralFactory, of, institution=lambda n: places[n], topic=topic(), consent=lambda n: consents[n], on=timezone.localdate(),
        consultation=lambda n: made[n], passed_on="Name", ask_on=timezone.localdate(), **facts,
    )  # fmt: skip
    drafts(found, users)
    store([
        EmergencyAccess(
            client=client, user=users["coordinator"], reason="Anruf der Klinik", opened_at=_now(1), until=_now(-60)
        )
        for client in found[:FEW]
    ])  # fmt: skip


def drafts(found: list[Client], users: Users) -> None:
    """Two drafts a client: one open, one thrown away."""
    now = timezone.now()
    store([
        Draft(key=uuid4(), author=users["counsellor"], client=client, typed={"concern": ["sucht"]}, begun_at=now, changed_at=now, discarded_at=gone)
        for client in found for gone in (None, now)
    ])  # fmt: skip


@rows(Centre, makes=(ShortContact, GroupEvent, Institution))
def _centre_rest(centre: Centre, users: Users, numbers: range) -> None:
    bulk(
        ShortContactFactory,
        numbers,
        centre=centre,
        counsellor=users["counsellor"],
        topic=topic("housing"),
        at=_now,
    )
    bulk(GroupEventFactory, numbers, centre=centre)


@rows(Centre, makes=(Topic,))
def _topics(centre: Centre, users: Users, numbers: range) -> None:
    known = Topic.objects.filter(key__startswith="thema-").count()
    store([
        Topic(key=f"thema-{number}", name_de=f"Thema {number}", position=100 + number, retired_at=timezone.now() if number % 2 else None)
        for number in range(known, min(numbers.stop, MANY))
    ])  # fmt: skip


@rows(Client)
def _one_file(client: Client, users: Users, numbers: range) -> None:
    talks([client for _number in numbers], users)
    facts: dict[str, Any] = {"client": client, "centre": client.centre, "counsellor": users["counsellor"]}
    bulk(AppointmentFactory, numbers, starts_at=lambda n: timezone.now() + dt.timedelta(hours=1 + n), **facts)
    places = bulk(
        InstitutionFactory, numbers, centre=client.centre, name=lambda n: f"Haus {uuid4().hex[:8]} {n}"
    )
    few = numbers[:FEW]
    bulk(
        ConsentFactory,
        few,
        client=client,
        purpose=enums.Purpose.REFERRAL,
        employer_name=lambda n: f"Haus {n}",
    )
    bulk(
        ConsentFactory,
        few,
        client=client,
        purpose=enums.Purpose.SHARE_WITH_EMPLOYER,
        employer_name=lambda n: f"Betrieb {n}",
    )
    consent = client.consents.filter(purpose=enums.Purpose.REFERRAL).first()
    bulk(
        ReferralFactory, numbers, institution=lambda n: places[n - numbers.start], consent=consent, topic=topic(),
        on=timezone.localdate(), ask_on=timezone.localdate(), passed_on="Name", **facts,
    )  # fmt: skip
    drafts([client for _number in numbers], users)
    store([
        EmergencyAccess(client=client, user=users["coordinator"], reason="Anruf der Klinik", opened_at=_now(1), until=_now(-60))
        for _number in few
    ])  # fmt: skip


@rows(Consultation)
def _addenda(talk: Consultation, users: Users, numbers: range) -> None:
    store(
        [
            Addendum(consultation=talk, author=users["counsellor"], at=timezone.now(), text=f"{n}. Nachtrag")
            for n in numbers
        ]
    )
    bulk(FollowUpFactory, numbers, client=talk.client, consultation=talk, assigned_to=users["counsellor"])


@rows(Institution)
def _referrals_there(place: Institution, users: Users, numbers: range) -> None:
    found = clients(place.centre, users, numbers)
    bulk(
        ReferralFactory, range(len(found)), client=lambda n: found[n], centre=place.centre, counsellor=users["counsellor"],
        institution=place, on=timezone.localdate(),
    )  # fmt: skip
