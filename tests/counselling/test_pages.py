"""Pages: what is shown to whom, what a form says to bad input, and that a list costs the same with one row and with three."""

import io
import uuid
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from counselling.models import Appointment, Client, Consultation, FollowUp, ShortContact
from counselling.timeline import entries
from iqquadrat.accesslog.models import Entry
from iqquadrat.core import registry
from tests.counselling.factories import (
    AppointmentFactory,
    ClientFactory,
    ConsultationFactory,
    FollowUpFactory,
    topic,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _talk(client: Client | None = None, /, **typed: Any) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "submission": str(uuid.uuid4()), "client": str(client.public_id) if client else "",
        "held_on": f"{now:%Y-%m-%d}", "held_time": f"{now:%H:%M}", "minutes": "25", "channel": "phone",
        "languages": ["ar", "de"], "interpretation": "none", "topics": ["housing", "application"],
        "main_topic": "application", "concern": "Möchte arbeiten", "next_step": "", "next_step_on": "", "due_in": "",
    } | typed  # fmt: skip


# --- Who sees what --------------------------------------------------------------------------------------
def test_the_client_page_is_logged_once_and_shows_the_file(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor, residence_status="tolerated")
    ConsultationFactory(client=client, concern="Sucht Arbeit", private_note="nur ich")
    page = desk.get(client.get_absolute_url()).content.decode()
    for text in ("Amal Haddad", 'lang="ar"', "Sucht Arbeit", "nur ich", "Duldung"):
        assert text in page
    assert Entry.objects.filter(action="view", object_id=str(client.pk)).count() == 1


def test_a_deputy_reads_the_note_but_never_the_private_one(as_user: Any, counsellor: Any) -> None:
    deputy = UserFactory(centre=counsellor.centre)
    client = ClientFactory(counsellor=counsellor, deputies=[deputy])
    ConsultationFactory(client=client, concern="Sucht Arbeit", private_note="nur ich")
    page = as_user(deputy).get(client.get_absolute_url()).content.decode()
    assert "Sucht Arbeit" in page
    assert "nur ich" not in page


def test_a_coordinator_sees_name_and_charge_but_no_status_and_no_note(
    as_user: Any, coordinator: Any, counsellor: Any
) -> None:
    client = ClientFactory(
        counsellor=counsellor, residence_status="tolerated", labour_market_status="unemployed_long"
    )
    talk = ConsultationFactory(client=client, concern="Sucht Arbeit", agreed="Vereinbartes")
    browser = as_user(coordinator)
    for url in (
        client.get_absolute_url(),
        reverse("counselling:client_list"),
        reverse("counselling:consultation_list"),
    ):
        page = browser.get(url).content.decode()
        for secret in ("Duldung", "arbeitslos über", "Sucht Arbeit", "Vereinbartes"):
            assert secret not in page, (url, secret)
    assert "Haddad" in browser.get(client.get_absolute_url()).content.decode()
    listed = browser.get(reverse("counselling:consultation_list")).content.decode()
    assert client.number in listed
    assert "Haddad" not in listed
    assert browser.get(reverse("counselling:consultation_edit", args=[talk.public_id])).status_code == 403


def test_a_colleague_s_client_does_not_exist(as_user: Any, counsellor: Any, stranger: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    for other in (stranger, UserFactory(centre=counsellor.centre)):
        assert as_user(other).get(client.get_absolute_url()).status_code == 404


# --- Taking somebody in ---------------------------------------------------------------------------------
def test_the_search_before_shows_few_fields_of_a_colleague_s_client(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(
        counsellor=UserFactory(centre=counsellor.centre), phone="0151 5550", district="Reudnitz"
    )
    page = desk.get(reverse("counselling:client_check"), {"name": "حداد"}).content.decode()
    assert client.number in page
    for secret in ("0151", "Reudnitz", client.get_absolute_url()):
        assert secret not in page
    assert Entry.objects.get(action="search").detail == {"reason": "duplicate", "found": 1}


def test_somebody_is_taken_in_once(desk: Browser) -> None:
    step2 = desk.get(reverse("counselling:client_create"), {"name": "Amal Haddad", "birth": "14.3.1991"})
    assert step2.context["form"]["family_name"].value() == "Haddad"
    typed = {
        "submission": str(uuid.uuid4()), "given_name": "أمل", "family_name": "حدّاد", "birth": "۱۴.۳.۱۹۹۱",
        "nationalities": "Syrien, Libanon", "spoken_languages": ["ar", "ku"],
    }  # fmt: skip
    for _again in range(2):
        answer = desk.post(reverse("counselling:client_create"), typed)
        assert answer.status_code == 302
    client = Client.objects.get()
    assert f"{client.birth_date} {client.birth_precision}" == "1991-03-14 day"
    assert client.nationalities == ["Syrien", "Libanon"]


def test_the_second_of_two_editors_sees_both_versions(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    url = reverse("counselling:client_edit", args=[client.public_id])
    typed = {"given_name": "أمل", "family_name": "حدّاد", "revision": "1"}
    assert desk.post(url, typed | {"district": "Reudnitz"}).status_code == 302
    late = desk.post(url, typed | {"district": "Neustadt"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Reudnitz" in page
    assert "Neustadt" in page
    assert Client.objects.get().district == "Reudnitz"
    again = {"revision": late.context["form"]["revision"].value()}
    assert desk.post(url, typed | {"district": "Neustadt"} | again).status_code == 302
    assert Client.objects.get().district == "Neustadt"


# --- Consultations --------------------------------------------------------------------------------------
def test_a_consultation_is_logged_once_with_what_was_typed(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    typed = _talk(client, next_step="Zeugnis da?", due_in="7")
    for _again in range(2):
        assert desk.post(reverse("counselling:consultation_create"), typed).status_code == 302
    made = Consultation.objects.get()
    assert (made.main_topic.key, made.minutes, made.languages) == ("application", 25, ["ar", "de"])
    assert [t.key for t in made.other_topics.all()] == ["housing"]
    assert FollowUp.objects.get().due_on == timezone.localdate() + timezone.timedelta(days=7)


def test_the_last_talk_fills_in_the_next(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    ConsultationFactory(client=client, channel="video", languages=["ku"], concern="Vom letzten Mal")
    page = desk.get(reverse("counselling:consultation_create"), {"client": client.public_id})
    assert page.context["form"]["channel"].value() == "video"
    assert page.context["form"]["languages"].value() == ["ku"]
    assert "Vom letzten Mal" in page.content.decode()


def test_a_failed_form_keeps_everything(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    follow_up = FollowUpFactory(client=client)
    typed = _talk(
        client, minutes="", agreed="Sie fragt nach", private_note="leise", finished=[str(follow_up.pk)]
    )
    answer = desk.post(reverse("counselling:consultation_create"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("Möchte arbeiten", "Sie fragt nach", "leise", typed["submission"], str(client.public_id)):
        assert text in page
    assert [chip.value for chip, rank in answer.context["form"].topic_chips() if rank == 1] == ["application"]
    assert f'value="{follow_up.pk}" checked' in " ".join(page.split())
    assert not Consultation.objects.exists()


def test_a_no_show_needs_nothing_but_somebody(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    empty = {"minutes": "", "languages": [], "topics": [], "is_no_show": "on"}
    assert desk.post(reverse("counselling:consultation_create"), _talk(None, **empty)).status_code == 422
    assert desk.post(reverse("counselling:consultation_create"), _talk(client, **empty)).status_code == 302
    assert Consultation.objects.get().is_no_show


def test_a_correction_conflicts_like_any_edit(desk: Browser, counsellor: Any) -> None:
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor))
    url = reverse("counselling:consultation_edit", args=[talk.public_id])
    assert desk.get(url).status_code == 200
    assert desk.post(url, _talk(concern="Erste Fassung", revision="1")).status_code == 302
    late = desk.post(url, _talk(concern="Zweite Fassung", revision="1"))
    assert late.status_code == 409
    assert "Erste Fassung" in late.content.decode()
    assert Consultation.objects.get().concern == "Erste Fassung"


BAD = [
    {"client": "no-uuid"}, {"client": "0b5a3a1e-6a1e-4b7c-9d5e-0f6f5a3c2b1d"}, {"held_on": "31.2.2026"}, {"held_on": "gestern"},
    {"held_on": "1.1.2099"}, {"held_time": "25:00"}, {"minutes": "-1"}, {"minutes": "9" * 5000}, {"minutes": "NaN"},
    {"minutes": "1e400"}, {"minutes": "1441"}, {"channel": "pigeon"}, {"languages": ["xx"]}, {"languages": []},
    {"topics": ["no-such"]}, {"topics": []}, {"topics": ["housing", "forms", "debts", "health"]},
    {"concern": "a\x00b"}, {"concern": "x" * 10_001}, {"agreed": "\u202eabc"}, {"next_step": "y" * 301},
    {"next_step": "Anrufen"}, {"next_step_on": "32.1.2026"}, {"finished": ["99999999999999999999"]},
    {"finished": ["x"]}, {"submission": "no-uuid"}, {"submission": ""}, {"interpretation": "ghost"},
    {"due_in": "12345"}, {"client": "a\x00b"}, {"topics": ["a\x00b"]}, {"finished": ["\x00"]},
]  # fmt: skip


@pytest.mark.parametrize("wrong", BAD, ids=lambda wrong: str(wrong)[:40])
def test_bad_input_of_a_consultation_is_answered_in_words(
    desk: Browser, counsellor: Any, wrong: dict[str, Any]
) -> None:
    answer = desk.post(
        reverse("counselling:consultation_create"), _talk(ClientFactory(counsellor=counsellor), **wrong)
    )
    assert answer.status_code in (400, 422), answer.status_code
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"given_name": "", "family_name": ""}, {"given_name": "x" * 121}, {"given_name": "A\x07"}, {"birth": "31.2.1990"},
        {"birth": "1.1.2999"}, {"birth": "1799"}, {"arrived_year": "12"}, {"arrived_year": "9" * 400},
        {"email": "no mail"}, {"spoken_languages": ["xx"]}, {"residence_until": "2027-13-01"},
        {"residence_until": "2027-01-01"}, {"gender": "x"}, {"deputies": ["77777777777777777777"]}, {"deputies": ["me"]},
        {"submission": "1"}, {"family_name": "\u2066x"}, {"phone": "1" * 51},
    ],
    ids=lambda wrong: str(wrong)[:40],
)  # fmt: skip
def test_bad_input_of_a_client_is_answered_in_words(desk: Browser, wrong: dict[str, Any]) -> None:
    typed = {"submission": str(uuid.uuid4()), "given_name": "Amal", "family_name": "Haddad"} | wrong
    assert desk.post(reverse("counselling:client_create"), typed).status_code == 422
    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "?language=xx&charge=99999999999999999999&page=-1&sort=evil", "?q=%00", "?page=99999999999999999999", "?day=x",
        "?begin=gestern&end=9999-99-99&topic=x&who=y", "?q=" + "a" * 3000, "?day=0001-01-01", "?day=9999-12-31",
        "?name=%E2%80%AEx", "?client=x", "?charge=me&district=nowhere", "?kind=%3Cscript%3E", "?q=%25%5C_",
    ],
)  # fmt: skip
def test_bad_addresses_never_break_a_page(desk: Browser, counsellor: Any, query: str) -> None:
    client = ClientFactory(counsellor=counsellor)
    for name in (
        "home", "counselling:client_list", "counselling:client_search", "counselling:client_check",
        "counselling:client_create", "counselling:client_export", "counselling:consultation_list",
        "counselling:consultation_create", "counselling:consultation_aside", "counselling:short_contacts",
        "counselling:follow_up_list", "counselling:appointment_create",
    ):  # fmt: skip
        answer = desk.get(reverse(name) + query)
        assert answer.status_code in (200, 400, 422), (name, answer.status_code)
    assert desk.get(client.get_absolute_url() + query).status_code in (200, 400)


# --- The rest -------------------------------------------------------------------------------------------
def test_filters_keep_the_list_small_and_live_in_the_address(desk: Browser, counsellor: Any) -> None:
    ClientFactory(counsellor=counsellor, district="Reudnitz")
    ClientFactory(
        counsellor=counsellor, latin_given_name="Olena", spoken_languages=["uk"], district="Neustadt"
    )
    url = reverse("counselling:client_list")
    for query, expected in (
        ({}, 2), ({"language": "uk"}, 1), ({"district": "Reudnitz"}, 1), ({"q": "olena"}, 1), ({"charge": "me"}, 2),
        ({"status": "employed"}, 0), ({"language": "uk", "district": "Reudnitz"}, 0), ({"language": "xx"}, 2),
    ):  # fmt: skip
        assert desk.get(url, query).context["page_obj"].paginator.count == expected, query


def test_the_spreadsheet_holds_what_is_shown_and_no_formula(desk: Browser, counsellor: Any) -> None:
    ClientFactory(counsellor=counsellor, latin_family_name="=1+1", district="Reudnitz")
    ClientFactory(counsellor=counsellor, district="Neustadt")
    answer = desk.get(reverse("counselling:client_export"), {"district": "Reudnitz"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 1
    assert (rows[0][2].value, rows[0][2].data_type) == ("Amal =1+1", "s")
    assert Entry.objects.get(action="export").detail == {"format": "xlsx", "rows": 1}


def test_consents_are_given_and_withdrawn_on_the_page(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    give = reverse("counselling:consent_give", args=[client.public_id])
    typed = {
        "purpose": "ask_later", "text_version": "2026-1", "explained_in": "ar", "given_on": f"{timezone.localdate()}",
    }  # fmt: skip
    for wrong in (
        {"given_on": "1.1.2199"},
        {"text_version": "x"},
        {"purpose": "x"},
        {"purpose": "share_with_employer"},
    ):
        assert desk.post(give, typed | wrong).status_code == 422, wrong
    assert desk.post(give, typed).status_code == 302
    consent = client.consents.get()
    assert desk.post(reverse("counselling:consent_withdraw", args=[consent.pk])).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at


def test_a_short_contact_is_two_clicks_and_one_to_undo(desk: Browser) -> None:
    typed = {"submission": str(uuid.uuid4()), "language": "ar", "topic": "housing"}
    for _again in range(2):
        assert desk.post(reverse("counselling:short_contact_log"), typed).status_code == 302
    made = ShortContact.objects.get()
    assert desk.post(reverse("counselling:short_contact_log"), {"topic": "x"}).status_code == 422
    assert desk.post(reverse("counselling:short_contact_undo", args=[made.pk])).status_code == 302
    assert not ShortContact.objects.exists()


def test_a_follow_up_is_ticked_by_htmx_with_a_way_back(desk: Browser, counsellor: Any) -> None:
    follow_up = FollowUpFactory(client=ClientFactory(counsellor=counsellor))
    done = desk.post(
        reverse("counselling:follow_up_done", args=[follow_up.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert reverse("counselling:follow_up_reopen", args=[follow_up.pk]) in done
    assert "<html" not in done
    assert desk.post(reverse("counselling:follow_up_reopen", args=[follow_up.pk])).status_code == 302
    follow_up.refresh_from_db()
    assert follow_up.done_at is None


def test_an_appointment_is_entered_moved_and_cancelled(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    typed = {
        "submission": str(uuid.uuid4()), "client": str(client.public_id), "day": "2026-12-01", "time": "10:00",
        "minutes": "45", "title": "", "channel": "person_planned", "language": "", "room": "2",
    }  # fmt: skip
    assert desk.post(reverse("counselling:appointment_create"), typed | {"client": ""}).status_code == 422
    for _again in range(2):
        assert desk.post(reverse("counselling:appointment_create"), typed).status_code == 302
    made = Appointment.objects.get()
    assert "Amal" in desk.get("/?day=2026-12-01").content.decode()
    url = reverse("counselling:appointment_edit", args=[made.public_id])
    assert desk.post(url, typed | {"revision": "1", "time": "11:00"}).status_code == 302
    assert desk.post(url, typed | {"revision": "1", "time": "12:00"}).status_code == 409
    assert desk.post(reverse("counselling:appointment_delete", args=[made.public_id])).status_code == 302
    assert not Appointment.objects.exists()


def test_everybody_has_a_first_page(
    as_user: Any, coordinator: Any, surveyor: Any, administrator: Any
) -> None:
    for user in (coordinator, surveyor, administrator):
        assert as_user(user).get("/").status_code == 200


# --- The same number of queries with one row and with three ----------------------------------------------
def _fill(counsellor: Any) -> Client:
    client = ClientFactory(counsellor=counsellor)
    talk = ConsultationFactory(client=client)
    talk.other_topics.add(topic("housing"))
    FollowUpFactory(client=client, consultation=talk)
    AppointmentFactory(client=client)
    return client


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("home", 15), ("counselling:client_list", 10), ("counselling:consultation_list", 14),
        ("counselling:follow_up_list", 8), ("counselling:short_contacts", 9),
    ],
)  # fmt: skip
def test_lists_cost_the_same_at_one_and_three_rows(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any, name: str, queries: int
) -> None:
    for more in (1, 2):
        for _row in range(more):
            _fill(counsellor)
        desk.get("/account/")  # the session notes now and then that it is in use
        with django_assert_num_queries(queries):
            assert desk.get(reverse(name)).status_code == 200


def test_the_client_page_costs_the_same_at_one_and_three_rows(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any, monkeypatch: Any
) -> None:
    # What rooms above add to the timeline is counted in their own tests.
    monkeypatch.setattr(registry._registry, "timeline", {"counselling": entries})
    client = _fill(counsellor)
    for more in (0, 2):
        for _row in range(more):
            talk = ConsultationFactory(client=client)
            talk.other_topics.add(topic("housing"))
            FollowUpFactory(client=client, consultation=talk)
            AppointmentFactory(client=client)
        with django_assert_num_queries(23):
            assert desk.get(client.get_absolute_url()).status_code == 200
