"""A whole consultation by keyboard alone, with the keys counted and the time taken; lost connections; the clock over a reload."""

import datetime as dt
import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from counselling.models import Consultation, Draft, FollowUp, ShortContact
from tests.counselling.factories import ClientFactory, InstitutionFactory, topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_KEYS = 40  # without the words of the note
MOST_SECONDS = 30.0


class Hands:
    """The keyboard, with every press counted."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.keys = self.words = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def write(self, text: str) -> None:
        """The words of the note, which nobody can spare."""
        self.page.keyboard.type(text)
        self.words += len(text)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.id"))


def test_a_whole_consultation_by_keyboard_alone(
    page: Any, sign_in: Any, counsellor: Any, record_property: Any
) -> None:
    person = ClientFactory(counsellor=counsellor)
    ClientFactory(
        counsellor=counsellor,
        latin_family_name="Nguyen",
        family_name="Nguyễn",
        given_name="Mai",
        latin_given_name="Mai",
    )
    place = InstitutionFactory(centre=counsellor.centre, name="IHK FOSA")
    InstitutionFactory(centre=counsellor.centre, name="Jobcenter")
    sign_in(page, counsellor)
    page.goto("/")
    hands, begun = Hands(page), time.monotonic()
    hands.press("n")
    page.wait_for_url("**/consultations/new/")
    expect(page.locator("#who")).to_be_focused()
    hands.type("hadad")
    hands.press("Enter")
    expect(page.locator("#who-found input:checked")).to_have_value(str(person.public_id))
    expect(page.locator("[name=languages]:checked")).to_have_count(1)
    assert focused(page) == "channel"
    hands.press("t")  # Telefon
    hands.press("Tab", "d", "Space")  # Arabic is remembered from the client, German comes along
    hands.press("Tab", "d")  # Dolmetscher/in
    hands.press("Alt+t", "2", "1", "5")
    hands.press("Alt+n")
    hands.write("Sucht Arbeit in einer Küche")
    hands.press("Tab")
    hands.write("Lebenslauf angefangen")
    hands.press("Alt+w")
    hands.write("Zeugnis mitbringen")
    hands.press("Tab", "ArrowRight", "ArrowRight")  # in a week
    hands.press("Alt+v")
    hands.type("fosa")
    hands.press("Tab", "Tab")
    hands.type("Name")
    hands.press("Tab", "Tab", "Space")
    hands.press("Control+Enter")
    page.wait_for_url(f"**/clients/{person.public_id}/")
    seconds = time.monotonic() - begun
    made = Consultation.objects.get()
    assert (made.client, made.channel, made.interpretation) == (person, "phone", "professional")
    assert sorted(made.languages) == ["ar", "de"]
    assert made.main_topic.key == "work_search"
    assert made.other_topics.count() == 2
    assert (made.concern, made.done) == ("Sucht Arbeit in einer Küche", "Lebenslauf angefangen")
    step = FollowUp.objects.get()
    assert (step.text, step.due_on) == ("Zeugnis mitbringen", timezone.localdate() + dt.timedelta(days=7))
    sent = person.referrals.get()
    assert (sent.institution, sent.passed_on, sent.consent.explained_in) == (place, "Name", "ar")
    assert made.minutes >= 1
    record_property("keys", hands.keys)
    record_property("seconds", round(seconds, 1))
    print(f"{hands.keys} keys beside {hands.words} letters of the note, {seconds:.1f} s")  # noqa: T201 - the figures are asked for
    assert hands.keys <= MOST_KEYS
    assert seconds <= MOST_SECONDS


def test_a_further_person_comes_in_by_keyboard(page: Any, sign_in: Any, counsellor: Any) -> None:
    first, second = (
        ClientFactory(
            counsellor=counsellor,
            latin_family_name=name,
            family_name=name,
            given_name="",
            latin_given_name="",
        )
        for name in ("Haddad", "Kovalenko")
    )
    sign_in(page, counsellor)
    page.goto(f"/consultations/new/?client={first.public_id}")
    hands = Hands(page)
    hands.press("Alt+m")
    hands.type("kovalen")
    hands.press("Enter")
    expect(page.locator(".companion")).to_have_count(1)
    hands.type("haddad")
    hands.press("Enter")
    expect(page.locator("#with")).to_have_value("")
    expect(page.locator(".companion")).to_have_count(1)  # the first person is there already
    hands.press("Alt+t", "1", "Control+Enter")
    page.wait_for_url(f"**/clients/{first.public_id}/")
    assert [row.client for row in Consultation.objects.get().attendances.all()] == [second]


def test_saving_waits_for_the_connection_and_then_saves_once(
    new_context: Any, sign_in: Any, counsellor: Any
) -> None:
    person = ClientFactory(counsellor=counsellor)
    context = new_context()
    page = context.new_page()
    sign_in(page, counsellor)
    page.goto(f"/consultations/new/?client={person.public_id}")
    page.keyboard.press("1")
    context.set_offline(True)
    page.locator("[name=concern]").fill("während des Ausfalls")
    for _impatient in range(3):
        page.keyboard.press("Control+Enter")
    state = page.locator("[data-draft-state]")
    expect(state).to_contain_text("Gespeichert wird, sobald")
    expect(page.locator("[name=concern]")).to_have_value("während des Ausfalls")
    assert not Consultation.objects.exists()
    context.set_offline(False)
    page.wait_for_url(f"**/clients/{person.public_id}/")
    assert Consultation.objects.get().concern == "während des Ausfalls"
    assert not Draft.objects.exists()


def test_a_double_click_saves_once(page: Any, sign_in: Any, counsellor: Any) -> None:
    person = ClientFactory(counsellor=counsellor)
    sign_in(page, counsellor)
    page.goto(f"/consultations/new/?client={person.public_id}")
    page.keyboard.press("1")
    page.locator(".actions .btn-primary").dblclick()
    page.wait_for_url(f"**/clients/{person.public_id}/")
    assert Consultation.objects.count() == 1


def test_the_clock_and_all_words_outlive_a_reload(page: Any, sign_in: Any, counsellor: Any) -> None:
    person = ClientFactory(counsellor=counsellor)
    sign_in(page, counsellor)
    page.goto(f"/consultations/new/?client={person.public_id}")
    page.evaluate("document.querySelector('[data-timer]').restart(`600;${Math.floor(Date.now() / 1000)};0`)")
    expect(page.locator("[name=minutes]")).to_have_value("10")
    page.keyboard.press("Alt+p")
    expect(page.locator("[data-pause]")).to_have_text("Weiter")
    page.locator("[name=concern]").fill("bleibt")
    expect(page.locator("[data-draft-state]")).to_contain_text("Entwurf gesichert")
    page.wait_for_url("**draft=**")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[role=timer]")).to_contain_text("10:0")
    expect(page.locator("[data-pause]")).to_have_text("Weiter")
    expect(page.locator("[name=concern]")).to_have_value("bleibt")
    page.locator("[name=minutes]").fill("25")
    page.keyboard.press("Tab")
    expect(page.locator("[name=minutes]")).to_have_value("25")


def test_a_short_contact_takes_two_clicks_from_any_page(page: Any, sign_in: Any, counsellor: Any) -> None:
    ShortContact.objects.create(
        centre=counsellor.centre, counsellor=counsellor, created_by=counsellor, language="ar", topic=topic()
    )
    sign_in(page, counsellor)
    page.goto("/institutions/")
    page.locator("[data-key=k]").click()
    page.get_by_role("button", name="Wohnen").click()
    expect(page.get_by_text("Gezählt: Arabisch, Wohnen.")).to_be_visible()
    assert ShortContact.objects.count() == 2
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_text("zurückgenommen")).to_be_visible()
    assert ShortContact.objects.count() == 1
