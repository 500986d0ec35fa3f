"""Rows of the desk's side rooms: absences, volunteers' hours, people of talks and events, imports, what changed after closing."""

import datetime as dt

from django.utils import timezone

from counselling.enums import MatchGround
from counselling.models import (
    Absence,
    AbsenceCover,
    Attendance,
    Client,
    Consultation,
    EventAttendance,
    GroupEvent,
    ImportProblem,
    ImportRow,
    ImportRun,
    VolunteerWork,
)
from iqquadrat.accounts.models import Centre
from iqquadrat.reporting.models import ClosedPeriod, LateChange
from tests.counselling.factories import (
    AbsenceFactory,
    AttendanceFactory,
    EventAttendanceFactory,
    GroupEventFactory,
    VolunteerWorkFactory,
)
from tests.rows.counselling import FEW, MANY, clients, talks
from tests.rows.registry import Users, bulk, rows, store

WITHOUT = {
    "counselling.CalendarFeed": "one a person",
    "counselling.ImportFilePart": "read by the computer, never listed",
    "counselling.ImportMapping": "read by the computer, never listed",
    "counselling.ImportedRecord": "counted, never listed; taking back reads it in pieces, measured in test_import_memory",
}
LONG_AGO = dt.date(2020, 1, 1)


@rows(Centre, makes=(Absence, VolunteerWork))
def _people(centre: Centre, users: Users, numbers: range) -> None:
    """One coordinator sees all, a counsellor the own absences; nobody is away twice at a time."""
    today = timezone.localdate()
    bulk(
        AbsenceFactory, numbers, counsellor=users["counsellor"], centre=centre, deputy=users["coordinator"],
        first_day=lambda n: today + dt.timedelta(days=2 * n), last_day=lambda n: today + dt.timedelta(days=2 * n),
    )  # fmt: skip
    bulk(VolunteerWorkFactory, numbers, centre=centre, name=lambda n: f"Frau {n}")


@rows(Absence, makes=(AbsenceCover,))
def _covers(absence: Absence, users: Users, numbers: range) -> None:
    found = clients(absence.centre, users, numbers)
    store([AbsenceCover(absence=absence, client=client, deputy=users["coordinator"]) for client in found])


@rows(Client)
def _took_part(client: Client, users: Users, numbers: range) -> None:
    """In talks noted with others, and in events."""
    others = clients(client.centre, users, numbers)
    held = talks([other for other in others if other != client], users)
    bulk(AttendanceFactory, range(len(held)), consultation=lambda n: held[n], client=client)
    events = bulk(GroupEventFactory, numbers, centre=client.centre)
    bulk(EventAttendanceFactory, range(len(events)), event=lambda n: events[n], client=client)


@rows(Consultation, makes=(Attendance,))
def _others_of_a_talk(talk: Consultation, users: Users, numbers: range) -> None:
    found = [client for client in clients(talk.centre, users, numbers[:FEW]) if client != talk.client]
    bulk(AttendanceFactory, range(len(found)), consultation=talk, client=lambda n: found[n])


@rows(GroupEvent, makes=(EventAttendance,))
def _on_the_list(event: GroupEvent, users: Users, numbers: range) -> None:
    found = clients(event.centre, users, numbers)
    bulk(EventAttendanceFactory, range(len(found)), event=event, client=lambda n: found[n])


@rows(Centre)
def _imports(centre: Centre, users: Users, numbers: range) -> None:
    store([
        ImportRun(centre=centre, created_by=users[role], kind="clients", state="mapping", file_name=f"liste{number}.csv")
        for role in ("counsellor", "coordinator") for number in numbers
    ])  # fmt: skip


@rows(ImportRun, makes=(ImportRun, ImportRow, ImportProblem))
def _staged(run: ImportRun, users: Users, numbers: range) -> None:
    """Rows of which each looks like somebody who is here, and each with something wrong in another one."""
    found = clients(run.centre, users, numbers)
    facts = {
        "given_name": "Amal",
        "family_name": "Haddad",
        "birth_date": "1990-03-04",
        "birth_precision": "day",
    }
    store([
        ImportRow(run=run, line=10 + 2 * number, cells=["Amal"], facts=facts, match=client, grounds=[MatchGround.NAME])
        for number, client in zip(numbers, found, strict=True)
    ])  # fmt: skip
    store([ImportRow(run=run, line=11 + 2 * number, cells=["?"]) for number in numbers])
    store([
        ImportProblem(run=run, line=11 + 2 * number, column=0, field="given_name", message="Das ist kein Name.")
        for number in numbers
    ])  # fmt: skip


@rows(ClosedPeriod, makes=(LateChange,))
def _late(period: ClosedPeriod, users: Users, numbers: range) -> None:
    store([
        LateChange(period=period, by=users["counsellor"], action="change", object_type="counselling.consultation", object_id=str(number), day=LONG_AGO)
        for number in numbers
    ])  # fmt: skip


@rows(Centre, makes=(ClosedPeriod,))
def _closed(centre: Centre, users: Users, numbers: range) -> None:
    store([
        ClosedPeriod(centre=centre, until=LONG_AGO + dt.timedelta(days=number), closed_by=users["coordinator"])
        for number in numbers[:MANY]
    ])  # fmt: skip
