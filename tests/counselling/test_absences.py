"""Somebody is away: for these days, and not a day longer, a deputy has the clients; and a caseload goes into other hands for good."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counselling import services
from counselling.errors import AbsenceKnownError, NotAllowedError
from counselling.models import Absence, AbsenceCover, Charge, Client
from counselling.queries import due_count, who_may_read
from counselling.rules import can_read_client, is_own
from iqquadrat.accesslog.models import Entry
from tests.counselling.factories import (
    AbsenceFactory,
    AppointmentFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 30)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


@pytest.fixture
def colleague(counsellor: Any) -> Any:
    """Who looks after the clients."""
    return UserFactory(centre=counsellor.centre, given_name="Lena", family_name="Wójcik")


@pytest.fixture
def week(counsellor: Any, colleague: Any) -> Absence:
    """Away from Monday to Sunday."""
    return AbsenceFactory(counsellor=counsellor, deputy=colleague, first_day=MONDAY)


def sees(user: Any, client: Client) -> bool:
    """Both doors say the same."""
    listed = Client.objects.own(user).filter(pk=client.pk).exists()
    assert is_own(user, client) == listed
    assert can_read_client(user, client) == listed
    return listed


# --- Access by days ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (
            dt.datetime(2026, 11, 29, 22, 59, tzinfo=dt.UTC),
            False,
        ),  # Sunday, a minute before midnight in Leipzig
        (dt.datetime(2026, 11, 29, 23, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 12, 6, 22, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 12, 6, 23, 0, tzinfo=dt.UTC), False),
    ],
)
def test_access_begins_and_ends_at_midnight_by_itself(
    week: Absence, colleague: Any, counsellor: Any, as_user: Any, moment: dt.datetime, expected: bool
) -> None:
    client = ClientFactory(counsellor=counsellor)
    with time_machine.travel(moment, tick=False):
        assert sees(colleague, client) is expected
        assert sees(counsellor, client) is True
        assert as_user(colleague).get(client.get_absolute_url()).status_code == (200 if expected else 404)


def test_one_client_can_be_somebody_else_s(week: Absence, colleague: Any, counsellor: Any) -> None:
    third = UserFactory(centre=counsellor.centre)
    usual, special = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    services.cover_client(absence=week, client=special, deputy=third, by=counsellor, note="Bescheid abwarten")
    with time_machine.travel(noon(MONDAY), tick=False):
        assert [sees(colleague, usual), sees(colleague, special)] == [True, False]
        assert [sees(third, usual), sees(third, special)] == [False, True]
        assert who_may_read(special) == [counsellor, third]
        assert who_may_read(usual) == [counsellor, colleague]
        # Who gets into other hands meanwhile is nobody's to cover.
        services.reassign_client(
            client=special, counsellor=UserFactory(centre=counsellor.centre), by=counsellor
        )
        special.refresh_from_db()
        assert sees(third, special) is False


def test_who_comes_into_charge_of_the_absent_one_is_covered_and_other_centres_never(
    week: Absence, colleague: Any, counsellor: Any, stranger: Any
) -> None:
    with time_machine.travel(noon(MONDAY), tick=False):
        assert sees(colleague, ClientFactory(counsellor=counsellor))
        assert not sees(colleague, ClientFactory(counsellor=stranger))
        assert not sees(stranger, ClientFactory(counsellor=counsellor))


def test_an_erased_or_merged_record_is_nobody_s(week: Absence, colleague: Any, counsellor: Any) -> None:
    kept, gone = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    Client.objects.filter(pk=gone.pk).update(merged_into=kept)
    with time_machine.travel(noon(MONDAY), tick=False):
        assert set(Client.objects.own(colleague)) == {kept}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.integers(-3, 3), length=st.integers(0, 3), for_all=st.booleans(), named=st.sampled_from([None, 0, 1]),
    deputises=st.booleans(), day=st.integers(-4, 7),
)  # fmt: skip
def test_both_doors_agree_whatever_the_days(
    counsellor: Any, first: int, length: int, for_all: bool, named: int | None, deputises: bool, day: int
) -> None:
    with transaction.atomic():
        people = [UserFactory(centre=counsellor.centre) for _ in range(2)]
        client = ClientFactory(counsellor=counsellor, deputies=[people[0]] if deputises else [])
        begin = MONDAY + dt.timedelta(days=first)
        absence = AbsenceFactory(
            counsellor=counsellor, deputy=people[0] if for_all else None, first_day=begin,
            last_day=begin + dt.timedelta(days=length),
        )  # fmt: skip
        if named is not None:
            AbsenceCover.objects.create(absence=absence, client=client, deputy=people[named])
        with time_machine.travel(noon(MONDAY + dt.timedelta(days=day)), tick=False):
            lasts = first <= day <= first + length
            covers = [
                lasts and (named == number if named is not None else for_all and number == 0)
                for number in range(2)
            ]
            deputises_today = client.deputies.filter(pk=people[0].pk).exists()
            assert [sees(user, client) for user in people] == [covers[0] or deputises_today, covers[1]]
        transaction.set_rollback(True)


def test_lists_cost_no_more_than_without_an_absence(
    week: Absence, colleague: Any, counsellor: Any, django_assert_num_queries: Any
) -> None:
    with time_machine.travel(noon(MONDAY), tick=False):
        for _more in range(2):
            ClientFactory(counsellor=counsellor)
            with django_assert_num_queries(1):
                assert list(Client.objects.own(colleague))
        client = ClientFactory(counsellor=counsellor)
        with django_assert_num_queries(1):
            assert is_own(colleague, client)


# --- Entering it ------------------------------------------------------------------------------------------
def _typed(**other: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "first_day": "30.11.2026", "last_day": "۶.۱۲.۲۰۲۶", "deputy": "",
    } | other  # fmt: skip


def test_an_absence_is_entered_once_by_the_person_or_the_coordination(
    as_user: Any, counsellor: Any, coordinator: Any, colleague: Any, stranger: Any
) -> None:
    url = reverse("counselling:absence_create")
    sent = _typed(deputy=str(colleague.pk))
    for _again in range(2):
        assert as_user(counsellor).post(url, sent).status_code == 302
    made = Absence.objects.get()
    assert (made.counsellor, made.deputy, made.last_day) == (counsellor, colleague, dt.date(2026, 12, 6))
    overlapping = _typed(counsellor=str(counsellor.pk), first_day="6.12.2026", last_day="8.12.2026")
    assert "schon eine Abwesenheit" in as_user(coordinator).post(url, overlapping).content.decode()
    for bad in (
        {"last_day": "29.11.2026"}, {"first_day": "x"}, {"deputy": str(counsellor.pk)}, {"deputy": str(stranger.pk)},
        {"deputy": str(coordinator.pk)}, {"deputy": "9" * 40},
    ):  # fmt: skip
        assert (
            as_user(counsellor).post(url, _typed(first_day="1.2.2027", last_day="2.2.2027") | bad).status_code
            == 422
        ), bad
    theirs = _typed(counsellor=str(colleague.pk))
    assert as_user(coordinator).post(url, theirs).status_code == 302
    # A counsellor enters nobody else's: the field is not read.
    assert (
        as_user(counsellor)
        .post(url, _typed(counsellor=str(colleague.pk), first_day="1.3.2027", last_day="2.3.2027"))
        .status_code
        == 302
    )
    assert Absence.objects.filter(counsellor=colleague).count() == 1
    with pytest.raises(NotAllowedError):
        services.enter_absence(counsellor=colleague, first_day=MONDAY, last_day=MONDAY, by=counsellor)


def test_the_database_refuses_two_at_once(week: Absence, counsellor: Any, colleague: Any) -> None:
    days = {"first_day": week.last_day, "last_day": week.last_day}
    with pytest.raises(AbsenceKnownError):
        services.enter_absence(counsellor=counsellor, by=counsellor, **days)
    with pytest.raises(IntegrityError), transaction.atomic():
        AbsenceFactory(counsellor=counsellor, deputy=colleague, **days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.filter(pk=week.pk).update(deputy=counsellor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.filter(pk=week.pk).update(last_day=MONDAY - dt.timedelta(days=1))
    services.enter_absence(
        counsellor=counsellor, by=counsellor, first_day=dt.date(2026, 12, 7), last_day=dt.date(2026, 12, 7)
    )


def test_the_second_editor_sees_both_versions(
    week: Absence, as_user: Any, counsellor: Any, colleague: Any
) -> None:
    url, desk = reverse("counselling:absence_edit", args=[week.pk]), as_user(counsellor)
    sent = {"first_day": "30.11.2026", "last_day": "4.12.2026", "deputy": str(colleague.pk), "revision": "1"}
    assert desk.post(url, sent).status_code == 302
    late = desk.post(url, sent | {"last_day": "5.12.2026"})
    assert late.status_code == 409
    assert "2026-12-04" in late.content.decode()
    assert as_user(colleague).get(url).status_code == 403


def test_coming_back_early_ends_the_access_at_once(
    week: Absence, colleague: Any, counsellor: Any, as_user: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    with time_machine.travel(noon(MONDAY + dt.timedelta(days=2)), tick=False):
        assert sees(colleague, client)
        assert as_user(colleague).post(reverse("counselling:absence_end", args=[week.pk])).status_code == 403
        assert as_user(counsellor).post(reverse("counselling:absence_end", args=[week.pk])).status_code == 302
        assert not sees(colleague, client)
        week.refresh_from_db()
        assert week.last_day == MONDAY + dt.timedelta(days=1)
        later = AbsenceFactory(
            counsellor=counsellor, deputy=colleague, first_day=MONDAY + dt.timedelta(days=9)
        )
        assert services.end_absence(absence=later, by=counsellor) is None
        assert not Absence.objects.filter(pk=later.pk).exists()


def test_names_and_notes_stand_on_the_page_only_for_those_who_deputise_and_only_meanwhile(
    week: Absence, colleague: Any, counsellor: Any, coordinator: Any, as_user: Any
) -> None:
    third, url = UserFactory(centre=counsellor.centre), reverse("counselling:absence_detail", args=[week.pk])
    client = ClientFactory(counsellor=counsellor)
    sent = {"client": str(client.public_id), "deputy": str(third.pk), "note": "Bescheid abwarten"}
    add = reverse("counselling:cover_add", args=[week.pk])
    assert as_user(counsellor).post(add, sent | {"client": "x"}).status_code == 422
    for _again in range(2):
        assert as_user(counsellor).post(add, sent).status_code == 302
    cover = AbsenceCover.objects.get()
    assert as_user(third).post(reverse("counselling:cover_remove", args=[cover.pk])).status_code == 404
    for day, user, name, note in (
        (MONDAY - dt.timedelta(days=1), third, False, False), (MONDAY, third, True, True), (MONDAY, colleague, True, True),
        (week.last_day + dt.timedelta(days=1), third, False, False), (MONDAY, coordinator, True, False),
        (MONDAY - dt.timedelta(days=1), counsellor, True, True),
    ):  # fmt: skip
        with time_machine.travel(noon(day), tick=False):
            page = as_user(user).get(url).content.decode()
        assert (client.get_absolute_url() in page or "Amal Haddad" in page, "Bescheid abwarten" in page) == (
            name,
            note,
        ), (day, user)
    stranger = UserFactory(centre=counsellor.centre)
    assert as_user(stranger).get(url).status_code == 404
    assert as_user(counsellor).post(reverse("counselling:cover_remove", args=[cover.pk])).status_code == 302


# --- The deputy's day -------------------------------------------------------------------------------------
def test_the_deputy_s_day_holds_what_the_absent_one_would_have_done(
    week: Absence, colleague: Any, counsellor: Any, as_user: Any
) -> None:
    client = ClientFactory(counsellor=counsellor, latin_family_name="Yıldız")
    for day in (MONDAY, week.last_day + dt.timedelta(days=1)):
        AppointmentFactory(client=client, starts_at=noon(day))
    AppointmentFactory(client=None, counsellor=counsellor, title="Arzttermin", starts_at=noon(MONDAY))
    FollowUpFactory(client=client, due_on=MONDAY, text="Bescheid?")
    with time_machine.travel(noon(MONDAY), tick=False):
        desk = as_user(colleague)
        page = desk.get("/").content.decode()
        for text in ("Sie vertreten Jana", "bis 6.12.", "Yıldız", "Bescheid?", "für Jana"):
            assert text in page
        assert "Arzttermin" not in page
        assert due_count(colleague) == 1
        assert due_count(counsellor) == 1
        assert "Yıldız" in desk.get("/appointments/week/").content.decode()
        assert "Yıldız" in desk.get(f"/appointments/reminders/?day={MONDAY}").content.decode()
        after = week.last_day + dt.timedelta(days=1)
        assert "Yıldız" not in desk.get(f"/appointments/week/?day={after}").content.decode()
        made = ConsultationFactory(client=client, counsellor=colleague)
    with time_machine.travel(noon(after), tick=False):
        page = as_user(colleague).get("/").content.decode()
        assert "Sie vertreten" not in page
        assert "Yıldız" not in page
        assert due_count(colleague) == 0
        assert made.counsellor == colleague, "what the deputy has written stays the deputy's"


def test_the_deputy_s_day_costs_the_same_at_one_and_three_rows(
    colleague: Any, counsellor: Any, as_user: Any, django_assert_num_queries: Any
) -> None:
    today = timezone.localdate()
    AbsenceFactory(counsellor=counsellor, deputy=colleague, first_day=today)
    desk = as_user(colleague)
    for more in (1, 2):
        for _row in range(more):
            client = ClientFactory(counsellor=counsellor)
            AppointmentFactory(client=client)
            FollowUpFactory(client=client)
        desk.get("/account/")
        with django_assert_num_queries(15):
            assert desk.get("/").status_code == 200
    for url, queries in (("counselling:absence_list", 8), ("counselling:absence_detail", 8)):
        args = [Absence.objects.get().pk] if url.endswith("detail") else []
        with django_assert_num_queries(queries):
            assert desk.get(reverse(url, args=args)).status_code == 200


# --- Handing over for good --------------------------------------------------------------------------------
def test_a_caseload_goes_to_several_counsellors_after_a_look_at_it(
    as_user: Any, coordinator: Any, counsellor: Any, colleague: Any
) -> None:
    third = UserFactory(centre=counsellor.centre)
    clients = [ClientFactory(counsellor=counsellor) for _ in range(4)]
    step = FollowUpFactory(client=clients[0])
    coming = AppointmentFactory(client=clients[0])
    past = AppointmentFactory(client=clients[0], starts_at=timezone.now() - dt.timedelta(days=2))
    counsellor.is_active = False  # who has left can still hand over
    counsellor.save()
    desk, url = as_user(coordinator), f"{reverse('counselling:hand_over')}?counsellor={counsellor.pk}"
    assert len(desk.get(url).context["rows"]) == 4
    sent = {
        "everybody": str(colleague.pk), f"to-{clients[1].public_id}": str(third.pk), f"to-{clients[2].public_id}": "stays",
        "reason": "Elternzeit", "with_tasks": "on",
    }  # fmt: skip
    shown = desk.post(url, sent)
    assert shown.status_code == 200
    assert shown.context["preview"] == sorted([(colleague, 2), (third, 1)], key=lambda pair: str(pair[0]))
    assert set(Client.objects.values_list("counsellor", flat=True)) == {counsellor.pk}, (
        "looking changes nothing"
    )
    for _again in range(2):
        answer = desk.post(url, sent | {"sure": "1"})
    assert answer.status_code in (200, 302, 422)
    assert [Client.objects.get(pk=client.pk).counsellor for client in clients] == [
        colleague,
        third,
        counsellor,
        colleague,
    ]
    for row in (step, coming, past):
        row.refresh_from_db()
    assert (step.assigned_to, coming.counsellor, past.counsellor) == (colleague, colleague, counsellor)
    assert (
        Charge.objects.in_charge().filter(client=clients[0], until__isnull=True).get().reason == "Elternzeit"
    )
    logged = Entry.objects.get(object_type="accounts.user", object_id=str(counsellor.pk), action="change")
    assert logged.detail == {"fields": ["clients"], "rows": 3, "follow_ups": 1, "appointments": 1}


def test_nonsense_hands_nobody_over(as_user: Any, coordinator: Any, counsellor: Any, stranger: Any) -> None:
    ClientFactory(counsellor=counsellor)
    desk, base = as_user(coordinator), reverse("counselling:hand_over")
    assert desk.post(f"{base}?counsellor=x", {}).status_code == 422
    assert desk.get(f"{base}?counsellor={stranger.pk}").context["form"] is None
    for sent in (
        {},
        {"everybody": "9" * 40},
        {"everybody": str(coordinator.pk)},
        {"everybody": str(stranger.pk), "sure": "1"},
    ):
        assert desk.post(f"{base}?counsellor={counsellor.pk}", sent).status_code == 422
    assert Client.objects.get().counsellor == counsellor
    with pytest.raises(NotAllowedError):
        services.hand_over(counsellor=counsellor, moves={}, by=counsellor)
    with pytest.raises(NotAllowedError):
        services.hand_over(counsellor=counsellor, moves={Client.objects.get().pk: stranger}, by=coordinator)


def test_who_was_given_away_meanwhile_is_left_alone(
    coordinator: Any, counsellor: Any, colleague: Any
) -> None:
    client, third = ClientFactory(counsellor=counsellor), UserFactory(centre=counsellor.centre)
    services.reassign_client(client=client, counsellor=third, by=coordinator)
    done = services.hand_over(counsellor=counsellor, moves={client.pk: colleague}, by=coordinator)
    assert (done.clients, done.skipped) == (0, 1)
    client.refresh_from_db()
    assert client.counsellor == third
