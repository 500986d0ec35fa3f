"""Several persons in one contact: one contact, every person counted, the note in one file only."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import reports, services
from counselling.enums import Cancelled
from counselling.errors import NotAllowedError, RecordChangedError
from counselling.models import Appointment, Attendance, Consultation
from counselling.queries import with_last_contact
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.figures import Period
from iqquadrat.core.registry import timeline_for
from tests.counselling.factories import (
    AppointmentFactory,
    AttendanceFactory,
    ChargeFactory,
    ClientFactory,
    ConsultationFactory,
    InstitutionFactory,
    topic,
)
from tests.counselling.typing_talks import typed
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


def log(counsellor: Any, client: Any, **more: Any) -> Consultation:
    return services.log_consultation(
        **{
            "by": counsellor, "client": client, "held_at": timezone.now(), "channel": "group", "minutes": 60, "languages": ["ar"],
            "main_topic": topic(), "concern": "nur für die Akte", **more,
        }
    )  # fmt: skip


def period(counsellor: Any, **more: Any) -> Period:
    today = timezone.localdate()
    return Period(**{"starts_on": today, "ends_on": today, "centre_ids": (counsellor.centre_id,), **more})


@pytest.fixture
def six(counsellor: Any) -> list[Any]:
    return [ClientFactory(counsellor=counsellor) for _each in range(6)]


def test_a_group_of_six_is_one_contact_with_six_persons(counsellor: Any, six: list[Any]) -> None:
    log(counsellor, six[0], companions=six[1:])
    now = period(counsellor)
    assert reports.contacts(now).count() == 1
    assert reports.persons_advised(now).count() == 6
    assert reports.new_persons(now).count() == 6
    assert [row.persons for row in reports.contacts_with_several(now)] == [6]
    assert reports.no_shows(now).count() == 0
    log(counsellor, six[2])
    assert reports.persons_advised(now).count() == 6, "who comes twice counts once"
    assert reports.contacts_with_several(now).count() == 1
    own = period(counsellor, counsellor_id=UserFactory(centre=counsellor.centre).pk)
    assert reports.persons_advised(own).count() == 0, "the caseload of somebody else"


def test_whoever_was_there_before_with_others_is_not_new(counsellor: Any, six: list[Any]) -> None:
    log(counsellor, six[0], companions=six[1:2], held_at=timezone.now() - dt.timedelta(days=40))
    log(counsellor, six[1])
    log(counsellor, six[2])
    assert list(reports.new_persons(period(counsellor))) == [six[2]]


def test_who_did_not_come_is_a_missed_appointment_of_their_own(counsellor: Any, six: list[Any]) -> None:
    made = log(counsellor, six[0], companions=six[1:4], absent=six[4:])
    now = period(counsellor)
    assert set(made.attendances.values_list("client_id", flat=True)) == {one.pk for one in six[1:4]}
    assert reports.persons_advised(now).count() == 4
    assert {row.client for row in reports.no_shows(now)} == set(six[4:])
    assert [entry.kind for entry in timeline_for(counsellor, six[5].pk)] == ["no_show"]


def test_when_nobody_came_each_has_missed_it(counsellor: Any, six: list[Any]) -> None:
    log(counsellor, six[0], companions=six[1:3], is_no_show=True)
    now = period(counsellor)
    assert reports.contacts(now).count() == reports.persons_advised(now).count() == 0
    assert {row.client for row in reports.no_shows(now)} == set(six[:3])
    assert not Attendance.objects.exists()


def test_a_companions_timeline_shows_facts_and_never_the_note(counsellor: Any, six: list[Any]) -> None:
    colleague = UserFactory(centre=counsellor.centre, roles=["counsellor"])
    made = log(
        counsellor,
        six[0],
        companions=[six[1]],
        private_note="geheim",
        next_step="Zeugnis?",
        next_step_on=timezone.localdate(),
    )
    type(six[1]).objects.filter(pk=six[1].pk).update(counsellor=colleague)
    (entry,) = timeline_for(colleague, six[1].pk)
    words = repr(entry)
    assert "nur für die Akte" not in words
    assert "geheim" not in words
    assert "Zeugnis" not in words
    assert six[0].number not in words
    assert str(six[0].public_id) not in words
    assert "2 Personen" in entry.meta
    assert entry.tags == ["Bewerbung"]
    assert (entry.note, entry.url) == ((), "")
    six[1].refresh_from_db()
    assert not Consultation.objects.visible_to(colleague).filter(pk=made.pk).exists()
    ChargeFactory(client=six[0], user=colleague)
    (entry,) = timeline_for(colleague, six[1].pk)
    assert entry.url == six[0].get_absolute_url(), "who may read that file finds the way"
    assert entry.note == ()


def test_only_own_clients_can_be_named_and_each_once(counsellor: Any, six: list[Any]) -> None:
    strangers = [
        ClientFactory(counsellor=UserFactory(centre=counsellor.centre, roles=["counsellor"])),
        ClientFactory(),
    ]
    for companions in ([strangers[0]], [strangers[1]], [six[0]], [six[1], six[1]]):
        with pytest.raises(NotAllowedError):
            log(counsellor, six[0], companions=companions)
    with pytest.raises(NotAllowedError):
        log(counsellor, None, companions=[six[1]])
    assert not Consultation.objects.exists()


def test_correcting_adds_and_takes_away_but_keeps_whom_one_may_not_see(
    counsellor: Any, six: list[Any]
) -> None:
    made = log(counsellor, six[0], companions=six[1:4])
    type(six[3]).objects.filter(pk=six[3].pk).update(counsellor=UserFactory(centre=counsellor.centre))
    facts = {"consultation": made, "by": counsellor, "other_topics": [], "main_topic": topic()}
    services.update_consultation(**facts, revision=1, companions=[six[1], six[4]])
    assert set(made.attendances.values_list("client_id", flat=True)) == {six[1].pk, six[4].pk, six[3].pk}
    with pytest.raises(RecordChangedError):
        services.update_consultation(**facts, revision=1, companions=[])
    services.update_consultation(**facts, revision=2)
    assert made.attendances.count() == 3, "without a word about them they stay"
    services.update_consultation(**facts, revision=2, companions=[six[1]], absent=[six[4]])
    assert set(made.attendances.values_list("client_id", flat=True)) == {six[1].pk, six[3].pk}
    assert Consultation.objects.get(is_no_show=True).client == six[4]


def test_the_last_contact_knows_of_talks_with_others(counsellor: Any, six: list[Any]) -> None:
    made = log(counsellor, six[0], companions=[six[1]])
    rows = with_last_contact(type(six[0]).objects.filter(pk__in=[six[1].pk, six[2].pk])).order_by("pk")
    assert [row.last_contact_at for row in rows] == [made.held_at, None]
    appointments = [
        AppointmentFactory(client=client, counsellor=counsellor, starts_at=made.held_at) for client in six[:3]
    ]
    stand = Appointment.objects.with_outcome().in_bulk()
    assert [stand[row.pk].came for row in appointments] == [True, True, False]


def test_the_look_at_a_companion_is_in_the_log(counsellor: Any, six: list[Any]) -> None:
    log(counsellor, six[0], companions=six[1:3])
    named = {
        entry.detail.get("client") for entry in Entry.objects.filter(object_type="counselling.attendance")
    }
    assert named == {six[1].pk, six[2].pk}


def test_two_records_of_one_person_in_one_talk_are_one_person_after_the_merge(
    counsellor: Any, six: list[Any]
) -> None:
    log(counsellor, six[0], companions=six[1:3])
    services.merge_clients(kept=six[1], absorbed=six[2], choices={}, by=counsellor)
    assert {row.pk for row in reports.persons_advised(period(counsellor)) if not row.merged_into_id} == {
        six[0].pk,
        six[1].pk,
    }
    services.merge_clients(kept=six[0], absorbed=six[1], choices={}, by=counsellor)
    assert len(timeline_for(counsellor, six[0].pk)) == 1, "not once as the first and once as a further person"


def test_who_was_there_with_two_records_is_counted_once(counsellor: Any, six: list[Any]) -> None:
    log(counsellor, six[0], companions=six[1:3])
    now = period(counsellor)
    for kept, absorbed, persons in ((1, 2, 2), (0, 1, 1)):
        made = services.merge_clients(kept=six[kept], absorbed=six[absorbed], choices={}, by=counsellor)
        assert reports.persons_advised(now).count() == persons
        assert reports.new_persons(now).count() == persons
        shown = [row.persons for row in reports.contacts_with_several(now)]
        assert shown == ([persons] if persons > 1 else []), "who is alone after all was there alone"
        (entry,) = timeline_for(counsellor, six[0].pk)
        assert ("2 Personen" in entry.meta) is (persons == 2)
    services.undo_merge(merge=made, by=counsellor)
    assert [row.persons for row in reports.contacts_with_several(now)] == [2]


# --- The page ---------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client: Browser, counsellor: Any) -> Browser:
    client.force_login(counsellor)
    return client


def test_the_form_takes_further_persons_and_who_stayed_away(desk: Browser, six: list[Any]) -> None:
    keys = [str(one.public_id) for one in six]
    sent = typed(six[0], companions=keys[1:4], absent=[keys[3], keys[5]])
    assert desk.post(reverse("counselling:consultation_create"), sent).status_code == 302
    made = Consultation.objects.contacts().get()
    assert set(made.attendances.values_list("client_id", flat=True)) == {six[1].pk, six[2].pk}
    assert Consultation.objects.get(is_no_show=True).client == six[3], "absent without being named is nobody"
    page = desk.get(reverse("counselling:consultation_edit", args=[made.public_id])).content.decode()
    assert page.count('name="companions"') == 2
    listed = desk.get(reverse("counselling:consultation_list")).content.decode()
    assert "mit 2 weiteren" in listed


def test_a_failed_form_and_a_draft_keep_the_further_persons(desk: Browser, six: list[Any]) -> None:
    keys = [str(one.public_id) for one in six]
    failed = desk.post(
        reverse("counselling:consultation_create"),
        typed(six[0], companions=keys[1:3], absent=keys[2:3], minutes="x"),
    )
    assert failed.status_code == 422
    assert failed.content.decode().count('name="companions"') == 2
    assert f'name="absent" value="{keys[2]}" checked' in failed.content.decode()
    key = str(uuid4())
    desk.post(
        reverse("counselling:draft_keep", args=[key]),
        typed(six[0], companions=keys[1:3], clock="75;1764165600;0"),
    )
    page = desk.get(reverse("counselling:consultation_create"), {"draft": key}).content.decode()
    assert page.count('name="companions"') == 2
    assert 'name="clock" value="75;1764165600;0"' in page


@pytest.mark.parametrize("bad", ["nonsense", "\x00", "00000000-0000-0000-0000-000000000000", "1" * 5000])
def test_forged_persons_are_refused_in_words(desk: Browser, six: list[Any], bad: str) -> None:
    answer = desk.post(reverse("counselling:consultation_create"), typed(six[0], companions=[bad]))
    assert answer.status_code in (400, 422)
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("clock", ["", "x", "1;2", "9" * 400, "0;0;2", "<b>"])
def test_a_senseless_clock_is_no_clock(desk: Browser, six: list[Any], clock: str) -> None:
    assert (
        desk.post(reverse("counselling:consultation_create"), typed(six[0], clock=clock)).status_code == 302
    )


def test_the_search_finds_own_clients_only(desk: Browser, six: list[Any]) -> None:
    ClientFactory(latin_family_name="Haddad", number="K-2026-9999")
    found = desk.get(reverse("counselling:consultation_people"), {"with": "haddad"}).content.decode()
    assert found.count("data-add-person") == 6
    assert "K-2026-9999" not in found


# --- A referral on the same page --------------------------------------------------------------------------


def test_a_referral_is_noted_with_the_talk(desk: Browser, counsellor: Any, six: list[Any]) -> None:
    place = InstitutionFactory(centre=counsellor.centre)
    sent = typed(
        six[0], refer_to=str(place.pk), passed_on="Name und Telefon", refer_agreed="on", explained_in="ar"
    )
    desk.post(reverse("counselling:consultation_create"), sent)
    made = six[0].referrals.get()
    assert (made.institution, made.consultation, made.topic) == (place, Consultation.objects.get(), topic())
    assert made.consent.explained_in == "ar"
    assert made.ask_on == made.on + dt.timedelta(days=14)


@pytest.mark.parametrize(
    "wrong",
    [
        {"passed_on": "Name"},
        {"passed_on": "Name", "refer_agreed": "on", "explained_in": ""},
        {"is_no_show": "on"},
        {"client": ""},
    ],
)
def test_nothing_is_passed_on_without_consent(
    desk: Browser, counsellor: Any, six: list[Any], wrong: dict[str, str]
) -> None:
    place = InstitutionFactory(centre=counsellor.centre)
    answer = desk.post(
        reverse("counselling:consultation_create"), typed(six[0], refer_to=str(place.pk)) | wrong
    )
    assert answer.status_code == 422
    assert not Consultation.objects.exists()
    assert not six[0].referrals.exists()


def test_places_of_other_centres_cannot_be_chosen(desk: Browser, six: list[Any]) -> None:
    answer = desk.post(
        reverse("counselling:consultation_create"), typed(six[0], refer_to=str(InstitutionFactory().pk))
    )
    assert answer.status_code == 422


# --- What an appointment fills in -------------------------------------------------------------------------


def begins(desk: Browser, person: Any, **more: Any) -> Any:
    return (
        desk.get(reverse("counselling:consultation_create"), {"client": str(person.public_id), **more})
        .context["form"]
        .initial
    )


def test_the_appointment_fills_in_begin_and_length(
    desk: Browser, counsellor: Any, six: list[Any], time_machine: Any
) -> None:
    start = dt.datetime(2026, 5, 12, 10, 0, tzinfo=timezone.get_current_timezone())
    planned = AppointmentFactory(client=six[0], starts_at=start, minutes=45, channel="video", language="ku")
    time_machine.move_to(start + dt.timedelta(minutes=12), tick=False)
    form = begins(desk, six[0])
    assert (form["held_time"], form["channel"], form["languages"]) == (dt.time(10, 0), "video", ["ku"])
    assert form["clock"].startswith("720;")
    assert "minutes" not in form
    time_machine.move_to(start + dt.timedelta(minutes=80), tick=False)
    form = begins(desk, six[0])
    assert (form["held_time"], form["minutes"]) == (dt.time(10, 0), 45)
    cancelled = {"cancelled": Cancelled.values[0], "cancelled_at": start, "cancelled_by": counsellor}
    Appointment.objects.filter(pk=planned.pk).update(**cancelled)
    assert begins(desk, six[0])["held_time"] == dt.time(11, 20), "cancelled"
    Appointment.objects.filter(pk=planned.pk).update(cancelled="", cancelled_at=None, cancelled_by=None)
    time_machine.move_to(start + dt.timedelta(days=1, hours=5), tick=False)
    assert begins(desk, six[0])["held_time"] == dt.time(15, 0), "yesterday's appointment is over"
    assert begins(desk, six[0], appointment=str(planned.public_id))["held_on"] == dt.date(2026, 5, 12)
    assert begins(desk, six[1], appointment=str(planned.public_id))["held_on"] == dt.date(2026, 5, 13), (
        "another person's"
    )
    ConsultationFactory(client=six[0], held_at=start)
    time_machine.move_to(start + dt.timedelta(minutes=90), tick=False)
    assert begins(desk, six[0])["held_time"] == dt.time(11, 30), "logged already"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_companions_page_costs_the_same(
    desk: Browser, counsellor: Any, rows: int, django_assert_num_queries: Any
) -> None:
    person = ClientFactory(counsellor=counsellor)
    for _each in range(rows):
        talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor))
        AttendanceFactory(consultation=talk, client=person)
        AttendanceFactory(consultation=talk)
    list(timeline_for(counsellor, person.pk))
    with django_assert_num_queries(TIMELINE_QUERIES):
        timeline_for(counsellor, person.pk)


TIMELINE_QUERIES = 13


def test_the_list_counts_persons_too(desk: Browser, counsellor: Any, six: list[Any]) -> None:
    log(counsellor, six[0], companions=six[1:3])
    services.merge_clients(kept=six[1], absorbed=six[2], choices={}, by=counsellor)
    page = desk.get(reverse("counselling:consultation_list")).content.decode()
    assert "mit 1 " in page
    assert "mit 2 " not in page
