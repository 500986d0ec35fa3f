"""Handing over a caseload of hundreds: the same statements as for three, and everything written down for each."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counselling import services
from counselling.enums import ChargeKind
from counselling.errors import RecordChangedError
from counselling.models import Appointment, Charge, Client, FollowUp
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.counselling.factories import AppointmentFactory, ChargeFactory, ClientFactory, FollowUpFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
# The savepoint's two; the lock; clients, follow-ups and appointments for each of two receivers; charges that end, deputyships that
# are deleted and that end, charges that begin; the entries of the clients and that of the caseload. No number of clients in it.
HANDOVER_QUERIES = 15


@pytest.fixture
def receivers(counsellor: User) -> list[User]:
    return [UserFactory(centre=counsellor.centre, roles=["counsellor"]) for _each in range(2)]


def caseload(counsellor: User, number: int) -> list[Client]:
    """Clients with a charge, a follow-up and an appointment each, made in few statements."""
    first = ClientFactory(counsellor=counsellor)
    at = Client.objects.count() + 1000
    clients = Client.objects.bulk_create(
        Client(
            centre=first.centre, counsellor=counsellor, number=f"K-2025-{at + n}", family_name="x", in_charge_since=first.in_charge_since,
        )
        for n in range(number - 1)
    )  # fmt: skip
    clients = [first, *clients]
    FollowUp.objects.bulk_create(
        FollowUp(client=client, assigned_to=counsellor, due_on=timezone.localdate(), text="Zeugnis") for client in clients
    )  # fmt: skip
    Appointment.objects.bulk_create(
        Appointment(
            centre=client.centre, client=client, counsellor=counsellor, starts_at=timezone.now() + dt.timedelta(days=2), minutes=30,
            language="ar",
        )
        for client in clients
    )  # fmt: skip
    return clients


@pytest.mark.parametrize("number", [3, 300])
def test_the_statements_do_not_grow_with_the_caseload(
    counsellor: User, coordinator: User, receivers: list[User], number: int
) -> None:
    clients = caseload(counsellor, number)
    moves = {client.pk: receivers[place % 2] for place, client in enumerate(clients)}
    with CaptureQueriesContext(connection) as queries:
        done = services.hand_over(counsellor=counsellor, moves=moves, by=coordinator, reason="Elternzeit")
    assert len(queries) == HANDOVER_QUERIES, "\n".join(query["sql"][:120] for query in queries)
    assert (done.clients, done.follow_ups, done.appointments, done.skipped) == (number, number, number, 0)
    for client in Client.objects.all():
        assert client.counsellor == moves[client.pk]
    logged = Entry.objects.filter(object_type="counselling.client", action="change")
    assert set(logged.values_list("object_id", flat=True)) == {str(client.pk) for client in clients}
    assert {str(entry.detail) for entry in logged} == {
        "{'fields': ['counsellor', 'in_charge_since'], 'reason_given': True}"
    }


def test_many_at_once_leave_what_each_alone_would_leave(
    counsellor: User, coordinator: User, receivers: list[User]
) -> None:
    """The charges, field by field, against those that giving away a single client makes."""
    today, to = timezone.localdate(), receivers[0]
    pair = [ClientFactory(counsellor=counsellor) for _each in range(2)]
    for client in pair:
        ChargeFactory(client=client, user=to, since=today - dt.timedelta(days=20))
        ChargeFactory(
            client=client, user=to, since=today - dt.timedelta(days=90), until=today - dt.timedelta(days=60)
        )
        ChargeFactory(client=client, user=receivers[1], since=today - dt.timedelta(days=20))
    alone, among_many = pair
    services.reassign_client(client=alone, counsellor=to, by=coordinator, reason="Umzug")
    services.hand_over(counsellor=counsellor, moves={among_many.pk: to}, by=coordinator, reason="Umzug")

    def charges(client: Client) -> list[tuple[Any, ...]]:
        rows = Charge.objects.filter(client=client).order_by("kind", "user_id", "since")
        return list(
            rows.values_list("user_id", "kind", "since", "until", "reason", "revision", "created_by_id")
        )

    assert charges(alone) == charges(among_many)
    assert (to.pk, ChargeKind.IN_CHARGE, today, None, "Umzug", 1, coordinator.pk) in charges(among_many)
    for client in pair:
        client.refresh_from_db()
    assert [client.revision for client in pair] == [2, 2]
    assert {client.in_charge_since for client in pair} == {today}


def test_a_deputyship_to_come_goes_when_its_deputy_takes_over(
    counsellor: User, coordinator: User, receivers: list[User]
) -> None:
    client = ClientFactory(counsellor=counsellor)
    ChargeFactory(client=client, user=receivers[0], since=timezone.localdate() + dt.timedelta(days=10))
    services.hand_over(counsellor=counsellor, moves={client.pk: receivers[0]}, by=coordinator)
    assert not Charge.objects.deputies().exists()


def test_who_has_an_appointment_open_meanwhile_is_told(
    counsellor: User, coordinator: User, receivers: list[User]
) -> None:
    client = ClientFactory(counsellor=counsellor, deputies=[receivers[1]])
    planned = AppointmentFactory(client=client, starts_at=timezone.now() + dt.timedelta(days=3))
    step = FollowUpFactory(client=client, assigned_to=counsellor)
    services.hand_over(counsellor=counsellor, moves={client.pk: receivers[0]}, by=coordinator)
    before = (planned.revision, step.revision)
    planned.refresh_from_db()
    step.refresh_from_db()
    assert (planned.revision, step.revision) == (before[0] + 1, before[1] + 1)
    assert planned.counsellor == receivers[0]
    with pytest.raises(RecordChangedError):
        services.update_appointment(
            appointment=planned, by=receivers[0], revision=before[0], client=client, room="Raum 9"
        )
