"""In a real browser: a consultation logged by keyboard only, the search as one types, and axe on the pages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from counselling.models import Consultation, FollowUp
from tests.counselling.factories import (
    AppointmentFactory,
    ClientFactory,
    ConsentFactory,
    ConsultationFactory,
    FollowUpFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_consultation_is_logged_by_keyboard_only(page: Any, sign_in: Any, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    sign_in(page, counsellor)
    page.goto("/clients/")
    keys = page.keyboard
    keys.press("n")
    page.wait_for_url("**/consultations/new/")
    page.locator("#who").focus()
    keys.type("حداد")
    expect(page.locator("#who-found input")).to_have_count(1)
    keys.press("Tab")
    keys.press("Space")
    expect(page.get_by_label("Arabisch")).to_be_checked()  # the client's language comes along
    keys.press("2")
    keys.press("1")
    keys.press("Alt+n")
    keys.type("Sucht Arbeit in einer Küche")
    keys.press("Alt+w")
    keys.type("Zeugnis da?")
    keys.press("Tab")
    keys.press("Tab")
    page.locator("input[name=due_in][value='7']").focus()
    keys.press("Space")
    keys.press("Control+Enter")
    page.wait_for_url(f"**/clients/{client.public_id}/")
    expect(page.get_by_text("Sucht Arbeit in einer Küche")).to_be_visible()
    made = Consultation.objects.get()
    assert made.client == client
    assert made.main_topic.key == "work_search"
    assert [topic.key for topic in made.other_topics.all()] == ["application"]
    assert made.minutes >= 1
    assert FollowUp.objects.get().text == "Zeugnis da?"


def test_the_box_finds_as_one_types_and_a_tick_has_a_way_back(
    page: Any, sign_in: Any, counsellor: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    FollowUpFactory(client=client)
    sign_in(page, counsellor)
    page.goto("/")
    page.locator(".tick").press("Space")
    page.locator(".todo button", has_text="Rückgängig").press("Enter")
    expect(page.locator(".tick")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("hadad")
    page.locator("#found .found-link").first.press("Enter")
    page.wait_for_url(f"**/clients/{client.public_id}/")


@pytest.mark.parametrize("address", ["/follow-ups/", "file"])
def test_each_button_of_a_follow_up_does_its_own_and_can_be_undone(
    page: Any, sign_in: Any, counsellor: Any, address: str
) -> None:
    client = ClientFactory(counsellor=counsellor)
    made = FollowUpFactory(client=client)
    other, due = FollowUpFactory(client=client, text="Bescheid?"), made.due_on
    sign_in(page, counsellor)
    page.goto(address if address != "file" else client.get_absolute_url())
    row, page_before = page.locator(f"#follow-up-{made.pk}"), page.url
    row.locator("summary").click()
    row.locator("button[name=days][value='7']").click()
    row.locator("button[name=until]").click()
    expect(row.locator("summary")).to_be_visible()
    made.refresh_from_db()
    assert (made.due_on, made.revision, made.done_at) == (due, 3, None)
    row.locator(".row-done, .tick").click()
    expect(row.locator("s")).to_be_visible()
    row.locator("button", has_text="Rückgängig").click()
    expect(row.locator("summary")).to_be_visible()
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.done_at, other.revision, other.done_at) == (None, 1, None)
    assert page.url == page_before, "without leaving the page"


def test_axe_finds_nothing_and_nothing_overflows(
    page: Any, sign_in: Any, assert_readable: Any, counsellor: Any
) -> None:
    client = ClientFactory(counsellor=counsellor, district="Reudnitz", work_permission="allowed")
    ConsentFactory(client=client)
    FollowUpFactory(client=client, consultation=ConsultationFactory(client=client, concern="Sucht Arbeit"))
    AppointmentFactory(client=client)
    sign_in(page, counsellor)
    for path in (
        "/", "/clients/", f"/clients/{client.public_id}/", f"/clients/{client.public_id}/data/",
        f"/clients/{client.public_id}/edit/", f"/consultations/new/?client={client.public_id}", "/consultations/",
        "/short-contacts/", "/follow-ups/", "/appointments/new/", "/clients/new/?name=Haddad", "/clients/search/?q=amal",
    ):  # fmt: skip
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert_readable(page)


def test_the_box_is_walked_by_arrows_left_by_escape_and_leads_to_taking_in(
    page: Any, sign_in: Any, assert_accessible: Any, counsellor: Any
) -> None:
    clients = [ClientFactory(counsellor=counsellor) for _ in range(2)]
    sign_in(page, counsellor)
    page.goto("/clients/")
    box = page.locator("#find-box")
    page.keyboard.press("/")
    page.keyboard.type("hadad")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#found-said")).to_have_text("2 Treffer")
    assert_accessible(page)
    page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "found-new")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "found-2")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()
    page.keyboard.type("d")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/*-*/")
    assert page.url.split("/")[-2] in {str(client.public_id) for client in clients}
    page.keyboard.press("/")
    page.keyboard.type("Xylophon")
    expect(page.locator("#found-said")).to_contain_text("0 Treffer")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/clients/new/?name=Xylophon")
