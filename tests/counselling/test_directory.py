"""Institutions, referrals, topics, settings: what is kept, who may, and what the figures and the small counts show of it."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from counselling import enums, reports, services
from counselling.errors import ConsentError, InstitutionKnownError, NotAllowedError, TopicUsedError
from counselling.models import Consent, Institution, Referral, Topic
from counselling.timeline import referral_entries
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.figures import Period
from tests.counselling.factories import (
    ClientFactory,
    ConsultationFactory,
    InstitutionFactory,
    ReferralFactory,
    topic,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    return as_user(counsellor)


def _place(**typed: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "name_de": "Frauenberatung Ostlicht", "kind": "family", "street": "Ostweg 4",
        "languages": ["ar", "fa"], "topics": [topic("family").pk], "website": "ostlicht.example",
    } | typed  # fmt: skip


# --- Institutions -----------------------------------------------------------------------------------------
def test_a_place_is_added_once_found_by_sound_and_corrected(desk: Browser, counsellor: Any) -> None:
    typed = _place()
    for _again in range(2):  # a double click
        desk.post(reverse("counselling:institution_create"), typed)
    place = Institution.objects.get()
    assert (place.centre, place.languages, place.website) == (
        counsellor.centre,
        ["ar", "fa"],
        "https://ostlicht.example",
    )
    for text in ("Ostlicht", "frauenberatung ost", "Ostwg 4", "ostliht"):
        assert (
            "Ostlicht" in desk.get(reverse("counselling:institution_list"), {"q": text}).content.decode()
        ), text
    assert (
        "Ostlicht"
        not in desk.get(reverse("counselling:institution_list"), {"q": "Sparkasse"}).content.decode()
    )
    for filters, found in (
        ({"language": "fa"}, True),
        ({"language": "vi"}, False),
        ({"topic": "family"}, True),
        ({"kind": "school"}, False),
    ):
        page = desk.get(reverse("counselling:institution_list"), filters).content.decode()
        assert ("Frauenberatung Ostlicht" in page) is found, filters
    answer = desk.post(
        reverse("counselling:institution_edit", args=[place.pk]), _place(revision=1, phone="0341 55")
    )
    assert answer.status_code == 302
    late = desk.post(
        reverse("counselling:institution_edit", args=[place.pk]), _place(revision=1, phone="0341 99")
    )
    assert late.status_code == 409
    assert "0341 55" in late.content.decode()
    assert "0341 99" in late.content.decode()
    place.refresh_from_db()
    assert place.phone == "0341 55"


def test_a_place_much_like_a_known_one_is_shown_first(desk: Browser, counsellor: Any) -> None:
    InstitutionFactory(centre=counsellor.centre, name="Frauenberatung Ostlicht", street="Ostweg 4")
    answer = desk.post(
        reverse("counselling:institution_create"),
        _place(name_de="Frauenberatung Ostlicht", street="Westweg 1"),
    )
    assert answer.status_code == 422
    assert "Ostweg 4" in answer.content.decode()
    answer = desk.post(reverse("counselling:institution_create"), _place(street="Westweg 1", sure="on"))
    assert answer.status_code == 302
    with pytest.raises(InstitutionKnownError):
        services.create_institution(
            by=counsellor, name_de="frauenberatung  OSTLICHT", kind="family", street="Ostweg 4"
        )


def test_a_retired_place_is_not_chosen_and_comes_back(
    coordinator: Any, counsellor: Any, as_user: Any
) -> None:
    place = InstitutionFactory(centre=coordinator.centre, name="Ostlicht")
    ReferralFactory(client=ClientFactory(counsellor=counsellor), institution=place)
    browser = as_user(coordinator)
    browser.post(reverse("counselling:institution_retire", args=[place.pk]))
    assert "Ostlicht" not in browser.get(reverse("counselling:institution_list")).content.decode()
    assert (
        "Ostlicht" in browser.get(reverse("counselling:institution_list"), {"retired": "on"}).content.decode()
    )
    with pytest.raises(NotAllowedError):
        services.retire_institution(institution=place, by=counsellor)
    browser.post(reverse("counselling:institution_restore", args=[place.pk]))
    assert "Ostlicht" in browser.get(reverse("counselling:institution_list")).content.decode()
    assert Entry.objects.filter(object_type="counselling.institution", action="change").count() == 2


# --- Referrals --------------------------------------------------------------------------------------------
def _referral(institution: Institution, **typed: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "institution": institution.pk, "direction": "to", "on": f"{TODAY():%Y-%m-%d}",
        "topic": "family", "passed_on": "Name und Telefon", "agreed": "on", "explained_in": "ar",
    } | typed  # fmt: skip


def test_a_referral_with_consent_is_asked_after_two_weeks(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    talk = ConsultationFactory(client=client)
    place = InstitutionFactory(centre=counsellor.centre, name="Ostlicht")
    address = reverse("counselling:referral_create", args=[client.public_id])
    assert "Ostlicht" in desk.get(address, {"consultation": talk.public_id}).content.decode()
    refused = desk.post(address, _referral(place, agreed=""))
    assert refused.status_code == 422
    assert not Referral.objects.exists()
    typed = _referral(place, consultation=str(talk.public_id))
    for _again in range(2):
        desk.post(address, typed)
    made = Referral.objects.get()
    assert (made.consultation, made.ask_on) == (talk, TODAY() + dt.timedelta(days=14))
    consent = Consent.objects.get(purpose=enums.Purpose.REFERRAL)
    assert (made.consent, consent.employer_name, consent.explained_in) == (consent, "Ostlicht", "ar")
    assert "Ostlicht" in desk.get(client.get_absolute_url()).content.decode()
    assert desk.get(reverse("counselling:client_data", args=[client.public_id])).status_code == 200
    with pytest.raises(ConsentError):
        services.refer(client=client, institution=place, by=counsellor, passed_on="Name")


def test_arrival_is_answered_in_one_click_and_taken_back(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    due = ReferralFactory(client=client, on=TODAY() - dt.timedelta(days=14))
    ReferralFactory(client=client, institution=due.institution)  # not due yet
    today = reverse("counselling:referrals_today")
    assert desk.get(today).content.decode().count("<li id=") == 1
    answer = desk.post(
        reverse("counselling:referral_arrival", args=[due.public_id]),
        {"arrived": "yes"},
        headers={"HX-Request": "true"},
    )
    assert f"referral-{due.pk}" in answer.content.decode()
    due.refresh_from_db()
    assert (due.arrived, due.asked_on, due.asked_by) == ("yes", TODAY(), counsellor)
    assert "<li id=" not in desk.get(today).content.decode()
    desk.post(reverse("counselling:referral_arrival", args=[due.public_id]), {"arrived": ""})
    due.refresh_from_db()
    assert (due.arrived, due.asked_on) == ("", None)
    assert (
        desk.post(
            reverse("counselling:referral_arrival", args=[due.public_id]), {"arrived": "gone"}
        ).status_code
        == 400
    )
    desk.post(reverse("counselling:referral_delete", args=[due.public_id]))
    assert Referral.objects.count() == 1


def test_somebody_who_came_from_there_is_not_asked(counsellor: Any) -> None:
    client, place = ClientFactory(counsellor=counsellor), InstitutionFactory(centre=counsellor.centre)
    came = services.refer(client=client, institution=place, by=counsellor, direction="from")
    assert (came.ask_on, came.consent) == (None, None)
    with pytest.raises(NotAllowedError):
        services.note_arrival(referral=came, arrived="yes", by=counsellor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=came.pk).update(arrived="yes")


def test_nobody_refers_or_reads_another_ones_client(counsellor: Any) -> None:
    client, place = ClientFactory(counsellor=counsellor), InstitutionFactory(centre=counsellor.centre)
    colleague, stranger = UserFactory(centre=counsellor.centre), UserFactory()
    referral = ReferralFactory(client=client, institution=place)
    for somebody in (colleague, stranger):
        assert list(referral_entries(somebody, client.pk)) == []
        with pytest.raises(NotAllowedError):
            services.refer(client=client, institution=place, by=somebody)
        with pytest.raises(NotAllowedError):
            services.note_arrival(referral=referral, arrived="yes", by=somebody)
    with pytest.raises(NotAllowedError):  # nor to a place of another centre
        services.refer(client=client, institution=InstitutionFactory(), by=counsellor)
    assert len(list(referral_entries(counsellor, client.pk))) == 1


def test_referrals_and_arrivals_are_figures(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    place = InstitutionFactory(centre=counsellor.centre)
    ReferralFactory(client=client, institution=place, arrived="yes", asked_on=TODAY())
    ReferralFactory(client=client, institution=place)
    ReferralFactory(client=client, institution=place, direction="from", ask_on=None)
    ReferralFactory(client=client, institution=place, on=TODAY() - dt.timedelta(days=400))
    period = Period(
        starts_on=TODAY() - dt.timedelta(days=30), ends_on=TODAY(), centre_ids=(counsellor.centre_id,)
    )
    figures = {figure.code: figure for figure in reports.FIGURES}
    assert (figures["referrals"].count(period), figures["referrals_arrived"].count(period)) == (2, 1)
    row = figures["referrals_arrived"].rows(period).get()
    assert [value(row) for _heading, value in figures["referrals_arrived"].columns][1] == client.number


# --- Topics -----------------------------------------------------------------------------------------------
def test_topics_are_named_moved_retired_and_only_unused_ones_deleted(
    coordinator: Any, counsellor: Any, as_user: Any
) -> None:
    browser = as_user(coordinator)
    ConsultationFactory(client=ClientFactory(counsellor=counsellor), main_topic=topic("housing"))
    form = browser.get(reverse("counselling:topic_create")).context["form"]
    answer = browser.post(
        reverse("counselling:topic_create"),
        {"seen": form["seen"].value(), "name_de": "Rente", "name_ar": "المعاش"},
    )
    assert answer.status_code == 302
    made = Topic.objects.get(key="rente")
    assert made.position == max(Topic.objects.values_list("position", flat=True))
    before = list(Topic.objects.order_by("position").values_list("key", flat=True))
    browser.post(reverse("counselling:topic_move", args=[made.pk]), {"up": "1"})
    after = list(Topic.objects.order_by("position").values_list("key", flat=True))
    assert after == [*before[:-2], "rente", before[-2]]
    for key, there in (("rente", False), ("housing", True)):
        browser.post(reverse("counselling:topic_delete", args=[topic(key).pk]))
        assert Topic.objects.filter(key=key).exists() is there
    browser.post(reverse("counselling:topic_retire", args=[topic("housing").pk]), {"retired": "1"})
    assert topic("housing").retired_at is not None
    browser.post(reverse("counselling:topic_retire", args=[topic("housing").pk]), {"retired": "0"})
    assert topic("housing").retired_at is None
    with pytest.raises(TopicUsedError):
        services.delete_topic(topic=topic("housing"), by=coordinator)
    with pytest.raises(NotAllowedError):
        services.retire_topic(topic=topic("housing"), by=counsellor)
    services.ensure_topics()  # a deleted topic does not come back by itself
    assert not Topic.objects.filter(key="rente").exists()


@pytest.mark.django_db
def test_an_update_brings_the_names_of_a_new_language() -> None:
    delivered = topic("housing").name_uk
    Topic.objects.update(name_uk=None)
    Topic.objects.filter(key="health").update(name_de="Gesund bleiben")
    Topic.objects.filter(key="debts").update(name_fr=None)
    services.ensure_topics()
    assert topic("housing").name_uk == delivered
    assert topic("health").name_uk is None  # the centre means something else by now
    assert topic("debts").name_fr is None  # somebody took it out
    Topic.objects.filter(key="housing").update(name_uk=None)
    services.ensure_topics()
    assert topic("housing").name_uk is None


def test_two_people_who_rename_a_topic_are_told(coordinator: Any, as_user: Any) -> None:
    browser, address = as_user(coordinator), reverse("counselling:topic_edit", args=[topic("housing").pk])
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert browser.post(address, typed | {"name_de": "Wohnung"}).status_code == 302
    late = browser.post(address, typed | {"name_de": "Wohnen und Umzug"})
    assert late.status_code == 409
    assert "Wohnung" in late.content.decode()
    assert "Wohnen und Umzug" in late.content.decode()
    assert topic("housing").name == "Wohnung"
    again = {name: late.context["form"][name].value() for name in form.fields}
    assert browser.post(address, again).status_code == 302
    assert topic("housing").name == "Wohnen und Umzug"


# --- Settings ---------------------------------------------------------------------------------------------
def test_the_coordination_says_when_to_ask_and_the_log_knows(coordinator: Any, as_user: Any) -> None:
    browser, centre = as_user(coordinator), coordinator.centre
    page = browser.get(reverse("administration:settings")).content.decode()
    for name in (
        "counselling:topic_list",
        "counselling:institution_list",
        "administration:desk",
        "reporting:programme_list",
    ):
        assert reverse(name) in page
    assert (
        reverse("administration:centre") not in page.split("settings-places")[1]
    )  # name and address are the administration's
    typed = {
        "phone": "0341 1",
        "opening_hours": "Mo 9-12",
        "what_to_bring": "Pass",
        "referral_ask_days": "21",
        "revision": centre.revision,
    }
    assert browser.post(reverse("administration:desk"), typed).status_code == 302
    centre.refresh_from_db()
    assert (centre.referral_ask_days, centre.opening_hours) == (21, "Mo 9-12")
    assert browser.post(reverse("administration:desk"), typed | {"phone": "0341 2"}).status_code == 409
    assert browser.post(reverse("administration:desk"), typed | {"referral_ask_days": "0"}).status_code == 422
    assert Entry.objects.filter(object_type="accounts.centre").exists()
    counsellor = UserFactory(centre=centre)
    made = services.refer(
        client=ClientFactory(counsellor=counsellor),
        institution=InstitutionFactory(centre=centre),
        by=counsellor,
    )
    assert made.ask_on == TODAY() + dt.timedelta(days=21)


# --- Cost -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_with_three(
    desk: Browser, coordinator: Any, counsellor: Any, as_user: Any, rows: int
) -> None:
    topics = [topic("family"), topic("housing")]
    for _row in range(rows):
        place = InstitutionFactory(centre=counsellor.centre, topics=topics)
        ReferralFactory(
            client=ClientFactory(counsellor=counsellor),
            institution=place,
            topic=topics[0],
            on=TODAY() - dt.timedelta(days=20),
        )
    client = ClientFactory(counsellor=counsellor)
    for _row in range(rows):
        ReferralFactory(client=client, institution=place, topic=topics[0])
    panel = reverse("counselling:client_referrals", args=[client.public_id])
    boss = as_user(coordinator)
    for browser in (desk, boss):
        browser.get("/")  # the first request of a session also writes its clock
    counts = {}
    for name, browser, address in (
        ("institutions", desk, reverse("counselling:institution_list")),
        ("institution", boss, place.get_absolute_url()),
        ("referrals", desk, reverse("counselling:referral_list")),
        ("today", desk, reverse("counselling:referrals_today")),
        ("client", desk, panel),
        ("topics", boss, reverse("counselling:topic_list")),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address, headers={"HX-Request": "true"}).status_code == 200
        counts[name] = len(queries)
    assert counts == {
        "institutions": 10, "institution": 8, "referrals": 9, "today": 7, "client": 7, "topics": 6,
    }  # fmt: skip
