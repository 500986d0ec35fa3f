"""What is typed and not saved: kept for its author, on the server, until it is saved, thrown away or too old."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from counselling import services
from counselling.models import Draft
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Browser, counsellor: Any) -> Browser:
    client.force_login(counsellor)
    return client


def keep(desk: Browser, key: Any, **typed: Any) -> Any:
    return desk.post(reverse("counselling:draft_keep", args=[key]), {"submission": str(key), **typed})


def test_a_draft_comes_back_as_it_was_typed(desk: Browser, counsellor: Any) -> None:
    person, key = ClientFactory(counsellor=counsellor), uuid4()
    typed = {
        "client": str(person.public_id), "languages": ["ar", "de"], "topics": ["application", "housing"],
        "main_topic": "housing", "minutes": "viele", "concern": "Die Wohnung ist zu klein", "held_on": "2026-11-20",
        "csrfmiddlewaretoken": "x", "something_else": "y",
    }  # fmt: skip
    assert "Entwurf" in keep(desk, key, **typed).json()["message"]
    stored = Draft.objects.get()
    assert stored.client == person
    assert set(stored.typed) == set(typed) - {"csrfmiddlewaretoken", "something_else"}
    page = desk.get(reverse("counselling:consultation_create"), {"draft": str(key)})
    form = page.context["form"]
    assert form["minutes"].value() == "viele", "even what is not a number yet"
    assert form["languages"].value() == ["ar", "de"]
    assert str(form["submission"].value()) == str(key)
    text = page.content.decode()
    assert "Die Wohnung ist zu klein" in text
    assert [(chip.value, rank) for chip, rank in form.topic_chips() if rank] == [
        ("application", 2),
        ("housing", 1),
    ]
    for where in ("home", "counselling:draft_list"):
        assert "Die Wohnung ist zu klein" in desk.get(reverse(where)).content.decode()


def test_saving_the_consultation_ends_its_draft_for_good(desk: Browser, counsellor: Any) -> None:
    person, key = ClientFactory(counsellor=counsellor), uuid4()
    keep(desk, key, client=str(person.public_id), concern="sucht Arbeit")
    sent = {
        "submission": str(key), "client": str(person.public_id), "held_on": "2026-01-05", "held_time": "10:00", "minutes": "20",
        "channel": "phone", "languages": ["ar"], "topics": ["application"], "main_topic": "application",
    }  # fmt: skip
    assert desk.post(reverse("counselling:consultation_create"), sent).status_code == 302
    assert not Draft.objects.exists()
    late = keep(desk, key, concern="kommt zu spät")
    assert late.status_code == 410
    assert not Draft.objects.exists()


def test_a_draft_is_its_authors_alone(desk: Browser, counsellor: Any) -> None:
    key = uuid4()
    keep(desk, key, concern="vertraulich")
    colleague = Browser()
    colleague.force_login(UserFactory(centre=counsellor.centre, roles=["counsellor"]))
    assert "vertraulich" not in colleague.get(reverse("counselling:draft_list")).content.decode()
    page = colleague.get(reverse("counselling:consultation_create"), {"draft": str(key)})
    assert "vertraulich" not in page.content.decode()
    assert keep(colleague, key, concern="überschrieben").status_code == 410
    assert colleague.post(reverse("counselling:draft_discard", args=[key])).status_code == 404
    assert Draft.objects.get().typed["concern"] == ["vertraulich"]


def test_a_client_who_is_no_longer_own_closes_the_draft(desk: Browser, counsellor: Any) -> None:
    person, key = ClientFactory(counsellor=counsellor), uuid4()
    keep(desk, key, client=str(person.public_id), concern="x")
    type(person).objects.filter(pk=person.pk).update(counsellor=UserFactory(centre=counsellor.centre))
    assert desk.get(reverse("counselling:consultation_create"), {"draft": str(key)}).status_code == 403


def test_thrown_away_and_brought_back(desk: Browser, time_machine: Any) -> None:
    key = uuid4()
    keep(desk, key, concern="doch nicht")
    desk.post(reverse("counselling:draft_discard", args=[key]))
    assert not Draft.objects.open().exists()
    assert "doch nicht" in desk.get(reverse("counselling:draft_list")).content.decode(), "for a day"
    desk.post(reverse("counselling:draft_restore", args=[key]))
    assert Draft.objects.open().exists()
    time_machine.move_to(timezone.now() + dt.timedelta(days=31), tick=False)
    assert not Draft.objects.open().exists()


def test_old_drafts_are_deleted_when_a_new_one_is_kept(counsellor: Any) -> None:
    long_ago = timezone.now() - dt.timedelta(days=31)
    Draft.objects.create(key=uuid4(), author=counsellor, typed={}, begun_at=long_ago, changed_at=long_ago)
    services.keep_draft(key=uuid4(), typed={"concern": ["neu"]}, client=None, by=counsellor)
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("bad", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_address_without_a_draft_opens_an_empty_form(desk: Browser, bad: str) -> None:
    assert desk.get(reverse("counselling:consultation_create"), {"draft": bad}).status_code == 200


def test_too_much_for_a_draft_is_refused(desk: Browser) -> None:
    assert keep(desk, uuid4(), concern="x" * 70_000).status_code == 413


def test_a_form_that_was_logged_elsewhere_makes_no_draft(desk: Browser, counsellor: Any) -> None:
    made = ConsultationFactory(client=ClientFactory(counsellor=counsellor), submission=uuid4())
    assert keep(desk, made.submission, concern="x").status_code == 410


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(
    desk: Browser, counsellor: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for _number in range(rows):
        services.keep_draft(
            key=uuid4(), typed={"concern": ["a"]}, client=ClientFactory(counsellor=counsellor), by=counsellor
        )
    desk.get(reverse("counselling:draft_list"))
    with django_assert_num_queries(9):
        desk.get(reverse("counselling:draft_list"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_and_a_closed_browser_lose_nothing(
    new_context: Any, sign_in: Any, counsellor: Any
) -> None:
    context = new_context(width=1440)
    page = context.new_page()
    sign_in(page, counsellor)
    page.goto("/consultations/new/")
    state = page.locator("[data-draft-state]")
    page.locator("[name=concern]").fill("vor dem Ausfall")
    expect(state).to_contain_text("Entwurf gesichert")
    context.set_offline(True)
    page.locator("[name=done]").fill("während des Ausfalls")
    expect(state).to_contain_text("Keine Verbindung")
    context.set_offline(False)
    expect(state).to_contain_text("Entwurf gesichert", timeout=10_000)
    context.close()

    later = new_context(width=390).new_page()
    sign_in(later, counsellor)
    later.goto("/")
    later.get_by_role("link", name="ohne Namen").click()
    expect(later.locator("[name=concern]")).to_have_value("vor dem Ausfall")
    expect(later.locator("[name=done]")).to_have_value("während des Ausfalls")
