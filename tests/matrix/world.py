"""One client with everything that hangs on it, and everybody who could want to see it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client as Browser
from django.utils import timezone

from counselling.models import Client
from iqquadrat.accounts.models import Centre, User
from iqquadrat.rights.models import PersonRequest
from tests.businesses.factories import (
    AssignmentFactory,
    BusinessFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)
from tests.competence.kiosk import Pc
from tests.counselling.factories import AppointmentFactory, ChargeFactory, ClientFactory, ConsultationFactory
from tests.fixtures.people import CentreFactory, UserFactory
from tests.matrix import table
from tests.placements.factories import PlacementFactory, VacancyFactory
from tests.reporting.frozen import FrozenReportFactory

NAME, TELEPHONE, UNTIL = "Ẽrdoğmuş", "0341 77889910", dt.date(2031, 7, 19)
NOTE, PRIVATE = "NotizImGesprächẼ", "NurFürMichẼ"
# What a page holds when it shows the group of columns; a day stands in a form or in a text.
MARKS = {
    "name": (NAME,),
    "telephone": (TELEPHONE,),
    "status": (UNTIL.isoformat(), f"{UNTIL:%d.%m.%Y}"),
    "notes": (NOTE,),
    "private note": (PRIVATE,),
}


@dataclass(frozen=True)
class World:
    """``records``: the arguments of the paths, by the name of the record. ``browsers``: everybody, signed in."""

    client: Client
    users: dict[str, User]
    records: dict[str, dict[str, Any]]
    browsers: dict[str, Browser]


def build(centre: Centre) -> World:
    """Make the world of one centre, and people of another one."""
    users = _users(centre)
    today, day = timezone.localdate(), dt.timedelta(days=1)
    client = ClientFactory(
        counsellor=users[table.OWN], latin_family_name=NAME, phone=TELEPHONE, residence_status="residence",
        residence_until=UNTIL,
    )  # fmt: skip
    ChargeFactory(client=client, user=users[table.DEPUTY], since=today)
    ChargeFactory(client=client, user=users[table.PAST], since=today - 9 * day, until=today)
    ChargeFactory(client=client, user=users[table.FUTURE], since=today + day)
    talk = ConsultationFactory(client=client, concern=NOTE, private_note=PRIVATE)
    deputys = ConsultationFactory(client=client, counsellor=users[table.DEPUTY])
    wish = PersonRequest.objects.create(
        client=client, centre=centre, kind="erase", asked_by="client", way="spoken", received_on=today, due_on=today
    )  # fmt: skip
    pc = Pc(client=client)
    assert pc.come_in().status_code == 302
    records = _records(centre, client, users) | {
        "client": {"public_id": client.public_id},
        "talk": {"public_id": talk.public_id},
        "deputys talk": {"public_id": deputys.public_id},
        "wish": {"pk": wish.pk},
        "assessment": {"public_id": pc.assessment.public_id},
        "kiosk": {"token": pc.token},
    }
    browsers = {name: Browser() for name in users}
    for name, browser in browsers.items():
        browser.force_login(users[name])
    return World(client, users, records, browsers | {table.KIOSK: pc.browser, table.ANONYMOUS: Browser()})


def _users(centre: Centre) -> dict[str, User]:
    roles = dict.fromkeys(table.COUNSELLORS, "counsellor") | {
        table.COORDINATOR: "coordinator", table.ADMINISTRATOR: "administrator", table.SURVEYOR: "surveyor",
        table.OTHER_SURVEYOR: "surveyor",
    }  # fmt: skip
    elsewhere = CentreFactory()
    here = {name: UserFactory(centre=centre, roles=[role]) for name, role in sorted(roles.items())}
    return here | {
        name: UserFactory(centre=elsewhere, roles=[name.removesuffix(" elsewhere")]) for name in table.FOREIGN
    }


def _records(centre: Centre, client: Any, users: dict[str, User]) -> dict[str, dict[str, Any]]:
    wave, street = WaveFactory(centre=centre), StreetFactory(centre=centre)
    AssignmentFactory(wave=wave, surveyor=users[table.SURVEYOR], street=street)
    unit = UnitFactory(wave=wave, business__premises__street=street)
    interview = InterviewFactory(wave=wave, business=unit.business, surveyor=users[table.SURVEYOR])
    froze = UserFactory(centre=centre, roles=["coordinator"])
    made = {
        "appointment": AppointmentFactory(client=client),
        "business": BusinessFactory(centre=centre),
        "wave": wave,
        "interview": interview,
        "vacancy": VacancyFactory(centre=centre),
        "placement": PlacementFactory(client=client),
        "report": FrozenReportFactory(centre=centre, made_by=froze),
    }
    found = {name: {"public_id": record.public_id} for name, record in made.items()}
    return found | {"door": {"pk": unit.pk}, "account": {"pk": users[table.COLLEAGUE].pk}}
