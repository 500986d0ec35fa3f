"""Who is in charge and who deputises: one at a time, from a day until a day, and what was stays written down."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.enums import ChargeKind
from counselling.errors import ChargeDatesError, DeputyKnownError, NotAllowedError, RecordChangedError
from counselling.models import Charge, Client
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.counselling.factories import ChargeFactory, ClientFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def colleague(counsellor: User) -> User:
    return UserFactory(centre=counsellor.centre, given_name="Lena", family_name="Wójcik")


@pytest.fixture
def client(counsellor: User) -> Client:
    return ClientFactory(counsellor=counsellor)


# --- What the database says -----------------------------------------------------------------------------
def test_a_record_begins_with_its_charge_however_it_is_made(counsellor: User) -> None:
    one = ClientFactory(counsellor=counsellor)
    many = Client.objects.bulk_create(
        ClientFactory.build(centre=counsellor.centre, counsellor=counsellor) for _each in range(2)
    )
    for client in (one, *many):
        charge = client.charges.get()
        assert (charge.kind, charge.user, charge.since, charge.until) == (
            "in_charge", counsellor, client.in_charge_since, None,
        )  # fmt: skip
    one.save()
    assert one.charges.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "in_charge", "since": dt.date(2026, 5, 1)}, {"kind": "in_charge", "since": dt.date(2025, 1, 1)},
        {"kind": "ghost"}, {"until": dt.date(2026, 2, 2)},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_charge(client: Client, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeFactory(client=client, **wrong)


def test_the_database_refuses_two_deputyships_of_one_person_on_a_day(client: Client, colleague: User) -> None:
    first = ChargeFactory(client=client, user=colleague, until=dt.date(2026, 3, 1))
    ChargeFactory(client=client, user=colleague, since=first.until)
    ChargeFactory(client=client)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeFactory(client=client, user=colleague, since=dt.date(2026, 2, 28))


def test_before_the_counsellor_in_charge_there_may_have_been_another(client: Client, colleague: User) -> None:
    earlier = ChargeFactory(
        client=client, user=colleague, kind="in_charge", since=dt.date(2025, 1, 1), until=client.in_charge_since
    )  # fmt: skip
    assert list(client.charges.in_charge()) == [client.charges.get(user=client.counsellor), earlier]


# --- Who may read ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("since", "until", "reads"),
    [
        (0, None, True), (-5, 1, True), (0, 1, True), (-5, 0, False), (1, None, False), (1, 5, False), (0, 0, False),
    ],
)  # fmt: skip
def test_a_deputy_reads_the_file_on_the_days_agreed_and_only_then(
    client: Client, colleague: User, as_user: Any, since: int, until: int | None, reads: bool
) -> None:
    today = timezone.localdate()
    ChargeFactory(
        client=client, user=colleague, since=today + since * DAY, until=None if until is None else today + until * DAY
    )  # fmt: skip
    assert Client.objects.own(colleague).exists() is reads
    assert client.deputies.filter(pk=colleague.pk).exists() is reads
    assert as_user(colleague).get(client.get_absolute_url()).status_code == (200 if reads else 404)


def test_who_was_in_charge_no_longer_reads_the_file(
    client: Client, counsellor: User, colleague: User, coordinator: User
) -> None:
    services.reassign_client(client=client, counsellor=colleague, by=coordinator, reason="Elternzeit")
    assert not Client.objects.own(counsellor).exists()
    assert Client.objects.own(colleague).exists()


# --- Services -------------------------------------------------------------------------------------------
def test_handing_over_ends_one_charge_and_begins_the_next(
    client: Client, counsellor: User, colleague: User, coordinator: User
) -> None:
    today = timezone.localdate()
    ChargeFactory(client=client, user=colleague)
    stored = services.reassign_client(
        client=client, counsellor=colleague, by=coordinator, reason="Elternzeit"
    )
    now, deputy, before = client.charges.order_by("-pk")
    assert (now.user, now.since, now.until, now.reason) == (colleague, today, None, "Elternzeit")
    assert (before.user, before.until, deputy.until) == (counsellor, today, today)
    assert (stored.counsellor, stored.in_charge_since) == (colleague, today)
    # The same day back again: three charges, none of them on the same day as another.
    services.reassign_client(client=client, counsellor=counsellor, by=coordinator)
    services.reassign_client(client=client, counsellor=counsellor, by=coordinator)
    assert [charge.user for charge in client.charges.in_charge().on(today)] == [counsellor]
    assert client.charges.in_charge().count() == 3


def test_a_deputy_is_added_once_and_not_twice_for_the_same_days(
    client: Client, counsellor: User, colleague: User
) -> None:
    today, submission = timezone.localdate(), uuid.uuid4()
    facts: dict[str, Any] = {"client": client, "user": colleague, "by": counsellor}
    made = services.add_deputy(**facts, until=today + 14 * DAY, reason="Urlaub", submission=submission)
    assert services.add_deputy(**facts, submission=submission) == made
    assert (made.since, made.last_day) == (today, today + 13 * DAY)
    with pytest.raises(DeputyKnownError):
        services.add_deputy(**facts, since=today + 13 * DAY)
    with pytest.raises(ChargeDatesError):
        services.add_deputy(**facts, since=today + 30 * DAY, until=today + 29 * DAY)
    services.add_deputy(**facts, since=today + 14 * DAY)
    assert Entry.objects.filter(action="change").count() == 2


def test_only_counsellors_of_the_centre_deputise_and_only_the_team_says_so(
    client: Client, counsellor: User, colleague: User, coordinator: User, surveyor: User, stranger: User
) -> None:
    for nobody in (stranger, surveyor, counsellor, coordinator):
        with pytest.raises(NotAllowedError):
            services.add_deputy(client=client, user=nobody, by=counsellor)
    for other in (colleague, stranger, surveyor):
        with pytest.raises(NotAllowedError):
            services.add_deputy(client=client, user=colleague, by=other)
    assert services.add_deputy(client=client, user=colleague, by=coordinator).pk


def test_ending_and_correcting(client: Client, counsellor: User, colleague: User, stranger: User) -> None:
    today = timezone.localdate()
    running, to_come = (
        ChargeFactory(client=client, user=colleague),
        ChargeFactory(client=client, since=today + DAY),
    )
    changed = services.change_charge(
        charge=running, by=counsellor, revision=1, since=today - 3 * DAY, until=today + DAY, reason="Urlaub"
    )
    assert (changed.since, changed.last_day, changed.reason, changed.revision) == (
        today - 3 * DAY, today, "Urlaub", 2,
    )  # fmt: skip
    with pytest.raises(RecordChangedError):
        services.change_charge(charge=running, by=counsellor, revision=1, reason="")
    with pytest.raises(ChargeDatesError):
        services.change_charge(charge=running, by=counsellor, revision=2, until=today - 4 * DAY, reason="")
    with pytest.raises(NotAllowedError):
        services.end_deputy(charge=running, by=stranger)
    services.end_deputy(charge=running, by=counsellor)
    services.end_deputy(charge=to_come, by=counsellor)
    assert not client.deputies.exists()
    assert [charge.pk for charge in client.charges.deputies()] == [running.pk]
    own = client.charges.in_charge().get()
    with pytest.raises(NotAllowedError):
        services.end_deputy(charge=own, by=counsellor)
    services.change_charge(charge=own, by=counsellor, revision=1, reason="nach Wunsch", until=today)
    own.refresh_from_db()
    assert (own.reason, own.until) == ("nach Wunsch", None)


def test_deputies_set_as_a_whole_keep_what_was(client: Client, counsellor: User, colleague: User) -> None:
    other, today = UserFactory(centre=counsellor.centre), timezone.localdate()
    old = ChargeFactory(client=client, user=colleague)
    services.update_client(client=client, by=counsellor, revision=1, deputies=[other])
    assert list(client.deputies) == [other]
    old.refresh_from_db()
    assert old.until == today
    services.update_client(client=client, by=counsellor, revision=2, deputies=[other])
    services.update_client(client=client, by=counsellor, revision=2, deputies=[other, colleague])
    assert client.charges.deputies().count() == 3


# --- Pages ----------------------------------------------------------------------------------------------
@pytest.fixture
def desk(counsellor: User, as_user: Any) -> Browser:
    return as_user(counsellor)


def _typed(user: User, **more: str) -> dict[str, str]:
    return {
        "submission": str(uuid.uuid4()), "user": str(user.pk), "since": "1.12.2026", "last_day": "", "reason": ""
    } | more  # fmt: skip


def test_a_deputy_is_added_corrected_and_ended_on_the_page(
    desk: Browser, client: Client, colleague: User
) -> None:
    add, typed = (
        reverse("counselling:deputy_add", args=[client.public_id]),
        _typed(colleague, reason="Urlaub"),
    )
    for _again in range(2):
        assert desk.post(add, typed | {"last_day": "۱۴.۱۲.۲۰۲۶"}).status_code == 302
    charge = client.charges.deputies().get()
    assert (charge.since, charge.until) == (dt.date(2026, 12, 1), dt.date(2026, 12, 15))
    page = desk.get(reverse("counselling:client_data", args=[client.public_id])).content.decode()
    for text in ("Lena Wójcik", "Urlaub", "1.12.2026 – 14.12.2026", "Absagen"):
        assert text in page
    edit = reverse("counselling:charge_edit", args=[charge.pk])
    assert 'value="2026-12-14"' in desk.get(edit).content.decode()
    corrected = {"since": "2.12.2026", "last_day": "", "reason": "Kur", "revision": "1"}
    assert desk.post(edit, corrected).status_code == 302
    late = desk.post(edit, corrected | {"reason": "Reise"})
    assert late.status_code == 409
    assert [(row[1], row[2]) for row in late.context["theirs"]] == [("Kur", "Reise")]
    assert desk.post(reverse("counselling:charge_end", args=[charge.pk])).status_code == 302
    assert not client.charges.deputies().exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"user": ""}, {"user": "x"}, {"user": "9" * 30}, {"user": "\x00"}, {"since": ""}, {"since": "31.2.2026"},
        {"last_day": "30.11.2026"}, {"last_day": "morgen"}, {"reason": "x" * 201}, {"reason": "a\u202eb"},
        {"submission": "x"}, {"since": "3.2.2026", "last_day": "4.2.2026"},
    ],
    ids=lambda wrong: str(wrong)[:40],
)  # fmt: skip
def test_bad_input_of_a_deputy_is_answered_in_words(
    desk: Browser, client: Client, colleague: User, wrong: dict[str, str]
) -> None:
    ChargeFactory(client=client, user=colleague, until=dt.date(2026, 3, 1))
    answer = desk.post(
        reverse("counselling:deputy_add", args=[client.public_id]), _typed(colleague, reason="Urlaub") | wrong
    )
    assert answer.status_code == 422
    assert wrong.get("reason", "Urlaub")[0] in answer.content.decode()
    assert client.charges.deputies().count() == 1


def test_the_coordination_hands_over_with_a_reason_and_names_deputies(
    as_user: Any, coordinator: User, client: Client, colleague: User
) -> None:
    browser = as_user(coordinator)
    assert (
        browser.post(
            reverse("counselling:deputy_add", args=[client.public_id]), _typed(colleague)
        ).status_code
        == 302
    )
    typed = {"counsellor": str(colleague.pk), "reason": "Elternzeit"}
    assert (
        browser.post(reverse("counselling:client_reassign", args=[client.public_id]), typed).status_code
        == 302
    )
    page = browser.get(client.get_absolute_url()).content.decode()
    assert "Elternzeit" in page
    assert Charge.objects.get(kind=ChargeKind.IN_CHARGE, until=None).user == colleague


def test_the_table_costs_the_same_with_one_and_with_three(
    desk: Browser, client: Client, django_assert_num_queries: Any
) -> None:
    url = reverse("counselling:client_data", args=[client.public_id])
    desk.get(url)
    for number in (1, 3):
        while client.charges.count() < number:
            ChargeFactory(client=client)
        with django_assert_num_queries(QUERIES):
            desk.get(url)


QUERIES = 17
