"""The app for the street on a phone: without connection, with a closed browser, sent twice, in two windows, by two persons."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Playwright, Request, expect

from businesses.models import ContactAttempt, FieldOperation, Interview, Unit
from businesses.services import begin_interview
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.businesses.factories import AssignmentFactory, StreetFactory, UnitFactory
from tests.businesses.field_app import (
    Answers,
    arrived,
    begin,
    go,
    hand_in,
    on_the_disk,
    open_app,
    phone,
    walk,
)
from tests.businesses.field_helpers import end_state
from tests.fixtures.people import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def doors(unit: Unit) -> list[Unit]:
    """Three doors of the own section."""
    street = unit.business.premises.street
    return [unit] + [
        UnitFactory(
            wave=unit.wave,
            business__premises__street=street,
            business__premises__house_number=number,
            business__sign_name=name,
        )
        for number, name in ((54, "Friseur Schick"), (56, "Gemüse Aras"))
    ]


def test_three_interviews_survive_everything_and_arrive_once(
    playwright: Playwright,
    live_server: Any,
    sign_in: Any,
    tmp_path: Path,
    doors: list[Unit],
    surveyor: User,
    core: Answers,
) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith(reverse("businesses:field_sync")):
            sent.append(request.post_data or "")

    with phone(playwright, tmp_path, live_server.url) as first:
        page = first.new_page()
        page.on("request", note)
        sign_in(page, surveyor)
        open_app(page)
        begin(page, doors[0], "vi")
        walk(page, core, until=lambda pages: pages == 6)
        first.set_offline(True)
        walk(page, core)
        hand_in(page)
        expect(page.locator("#net")).to_contain_text("Keine Verbindung")
        begin(page, doors[1], "ar")
        walk(page, core, until=lambda pages: pages == 4)
        # In the middle of a page the browser is gone.
        page.locator("#q-v05_goods").fill("Suppen und Nudeln")
        assert on_the_disk(page, "Suppen und Nudeln")
    assert Interview.objects.get().completed_at is None

    with phone(playwright, tmp_path, live_server.url, offline=True) as second:
        page = second.new_page()
        page.on("request", note)
        page.goto(reverse("businesses:field_app"))
        expect(page.locator("#net")).to_contain_text("Einträge warten")
        page.locator(f"[data-unit='{doors[1].pk}']").click()
        page.get_by_role("button", name="Interview weiterführen").click()
        expect(page.locator("#q-v05_goods")).to_have_value("Suppen und Nudeln")
        walk(page, core)
        hand_in(page)
        begin(page, doors[2])
        walk(page, core, until=lambda pages: pages == 12)
        second.set_offline(False)
        # The session went with the browser: said, and nothing stops.
        expect(page.locator("#net")).to_contain_text("Bitte melden Sie sich neu an")
        walk(page, core)
        hand_in(page)
        waiting = page.locator("#net [data-waiting]").get_attribute("data-waiting")
        assert int(waiting or 0) > 60
        sign_in(page, surveyor)
        page.reload()
        arrived(page)

    before = end_state(*doors)
    interviews = list(Interview.objects.filter(surveyor=surveyor).order_by("language"))
    assert [(one.language, one.disposition) for one in interviews] == [
        ("ar", "complete"),
        ("de", "complete"),
        ("vi", "complete"),
    ]
    for interview in interviews:
        rows = Answer.objects.filter(response=interview.response).select_related("item")
        stored = {row.item.key: row for row in rows}
        assert len(stored) == len(rows)
        for key, raw in core.items():
            if "choices" in raw:
                assert sorted(stored[key].choices) == sorted(raw["choices"]), key
            else:
                assert stored[key].text or str(stored[key].number) == str(raw["value"]), key
        # Every other question was asked, and nobody wanted to answer it.
        assert {row.status for key, row in stored.items() if key not in core} == {"skipped"}
    operations = FieldOperation.objects.count()

    again = Client()
    again.force_login(surveyor, backend="django.contrib.auth.backends.ModelBackend")
    assert len(sent) >= 3
    for body in sent:
        answer = again.post(reverse("businesses:field_sync"), body, content_type="application/json")
        assert {told["result"] for told in answer.json()["results"]} <= {"already", "overtaken"}
    assert end_state(*doors) == before
    assert FieldOperation.objects.count() == operations


def test_what_is_refused_is_said_and_kept(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User, core: Answers
) -> None:
    context = new_context(width=390, height=844)
    page = context.new_page()
    sign_in(page, surveyor)
    open_app(page)
    context.set_offline(True)
    begin(page, unit)
    walk(page, core, until=lambda pages: pages == 5)
    colleague = UserFactory(centre=surveyor.centre, roles=["surveyor"])
    AssignmentFactory(wave=unit.wave, surveyor=colleague, street=unit.business.premises.street)
    begin_interview(unit=unit, by=colleague)
    context.set_offline(False)
    expect(page.locator("#net")).to_contain_text("abgelehnt")
    page.locator("#net a").click()
    refused = page.locator("[data-entry]")
    expect(refused).to_have_count(6)
    expect(page.locator("[data-entry=begin] .fa-why")).to_contain_text(colleague.get_full_name())
    assert Interview.objects.get().surveyor == colleague
    # Even after the page was closed; until it was read. What was said can still be read.
    page.reload()
    last = page.locator("[data-entry=answers]").last
    last.locator("summary").click()
    expect(last.locator("dd")).to_have_text("Suppen und Nudeln")
    last.get_by_role("button", name="Gelesen").click()
    expect(refused).to_have_count(5)


def test_an_ended_session_loses_nothing(new_context: Any, sign_in: Any, unit: Unit, surveyor: User) -> None:
    context = new_context(width=390, height=844)
    page = context.new_page()
    sign_in(page, surveyor)
    open_app(page)
    context.clear_cookies()
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.fill("#note", "Chef ab 17 Uhr da")
    page.locator("[data-disposition=owner_absent]").click()
    expect(page.locator("#net")).to_contain_text("Bitte melden Sie sich neu an")
    expect(page.locator("#net [data-waiting='1']")).to_be_visible()
    expect(page.locator("[data-mark=waiting]")).to_be_visible()
    assert (
        page.locator("#net a").get_attribute("href")
        == f"{reverse('accounts:sign_in')}?next=%2Fbusinesses%2Ffield%2Fapp%2F"
    )
    # The page itself opens from the device; only the centre is closed.
    page.reload()
    expect(page.locator("#net [data-waiting='1']")).to_be_visible()
    sign_in(page, surveyor)
    page.reload()
    arrived(page)
    expect(page.locator("[data-mark=arrived]")).to_be_visible()
    visit = ContactAttempt.objects.get()
    assert (visit.disposition, visit.note) == ("owner_absent", "Chef ab 17 Uhr da")


def test_another_person_on_the_device(new_context: Any, sign_in: Any, unit: Unit, surveyor: User) -> None:
    context = new_context(width=390, height=844)
    page = context.new_page()
    sign_in(page, surveyor)
    open_app(page)
    context.set_offline(True)
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.locator("[data-disposition=no_contact]").click()
    expect(page.locator("#net [data-waiting='1']")).to_be_visible()
    # The session of the first ends; somebody else takes the device and signs in.
    second = UserFactory(centre=surveyor.centre, roles=["surveyor"])
    street = StreetFactory(centre=surveyor.centre, name="Torgauer Straße")
    AssignmentFactory(wave=unit.wave, surveyor=second, street=street)
    UnitFactory(wave=unit.wave, business__premises__street=street, business__sign_name="Späti am Eck")
    context.clear_cookies()
    sign_in(page, second)
    context.set_offline(False)
    page.goto("about:blank")
    page.goto(reverse("businesses:field_app"))
    expect(page.get_by_text("Späti am Eck")).to_be_visible()
    expect(page.get_by_text("Imbiss Hoa Sen")).to_have_count(0)
    expect(page.locator("#net [data-others='1']")).to_contain_text("einer anderen Person")
    expect(page.locator("#net [data-arrived]")).to_be_visible()
    assert not ContactAttempt.objects.exists()
    # When the first one comes back, it is sent, under that name.
    context.clear_cookies()
    sign_in(page, surveyor)
    page.reload()
    expect(page.get_by_text("Imbiss Hoa Sen")).to_be_visible()
    arrived(page)
    assert ContactAttempt.objects.get().surveyor == surveyor


def test_the_device_is_emptied(new_context: Any, sign_in: Any, unit: Unit, surveyor: User) -> None:
    context = new_context(width=390, height=844)
    page = context.new_page()
    sign_in(page, surveyor)
    open_app(page)
    context.set_offline(True)
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.locator("[data-disposition=no_contact]").click()
    page.locator("a[href='#device']").click()
    page.locator("[data-delete]").click()
    expect(page.get_by_role("alert")).to_contain_text("ginge endgültig verloren")
    context.set_offline(False)
    arrived(page)
    go(page)
    page.locator("a[href='#device']").click()
    page.locator("[data-leave]").click()
    expect(page.locator("h1")).to_have_text("Bitte melden Sie sich an")
    names = page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert names == []
    # Of the whole site the browser has kept the page and its files, and no word of the street.
    kept = page.evaluate(
        "caches.keys().then(async names => (await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat())"
    )
    assert [path for path in kept if not path.startswith("/static/")] == [reverse("businesses:field_app")]
    page.goto(reverse("businesses:field_home"))
    assert "sign-in" in page.url


def test_two_windows_do_no_harm(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User, core: Answers
) -> None:
    context = new_context(width=390, height=844)
    one, other = context.new_page(), context.new_page()
    sign_in(one, surveyor)
    open_app(one)
    open_app(other)
    context.set_offline(True)
    one.bring_to_front()
    begin(one, unit)
    # The other window knows of it, and goes on with the same interview.
    other.bring_to_front()
    other.locator(f"[data-unit='{unit.pk}']").click()
    other.get_by_role("button", name="Interview weiterführen").click()
    # A window that lies behind draws nothing, and whoever steers it would wait: each comes to the front first.
    one.bring_to_front()
    walk(one, core, until=lambda pages: pages == 3)
    other.bring_to_front()
    walk(other, core | {"v01_role": {"choices": ["partner"]}}, until=lambda pages: pages == 1)
    one.bring_to_front()
    walk(one, core)
    other.goto(one.url)
    context.set_offline(False)
    one.bring_to_front()
    hand_in(one)
    arrived(one)
    arrived(other)
    interview = Interview.objects.get()
    assert interview.disposition == "complete"
    answers = dict(Answer.objects.filter(response=interview.response).values_list("item__key", "choices"))
    assert answers["v01_role"] == ["partner"]
    assert FieldOperation.objects.filter(kind="begin").count() == 1
    assert not FieldOperation.objects.filter(result="refused").exists()


def test_the_language_of_the_owner_beside_german(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User, core: Answers, assert_readable: Any
) -> None:
    page = new_context(width=390, height=844).new_page()
    sign_in(page, surveyor)
    open_app(page)
    assert_readable(page)
    page.locator(f"[data-unit='{unit.pk}']").click()
    expect(page.locator("#language")).to_be_visible()
    assert_readable(page)
    go(page)
    begin(page, unit, "ar")
    own = page.locator("h1 .fa-own")
    assert (own.get_attribute("lang"), own.get_attribute("dir")) == ("ar", "rtl")
    expect(page.locator("h1 .fa-de")).to_have_attribute("lang", "de")
    assert page.locator(".fd-opt .fa-own[lang=ar]").count() == page.locator(".fd-opt").count()
    assert_readable(page)
    # Another language at any time, or German alone; what was chosen stays.
    page.get_by_text("Inhaber/in", exact=True).click()
    page.select_option(".fa-other", "vi")
    expect(page.locator("h1 .fa-own")).to_have_attribute("lang", "vi")
    page.get_by_role("button", name="Nur Deutsch").click()
    expect(page.locator("h1 .fa-own")).to_have_count(0)
    expect(page.locator("input[value=owner]")).to_be_checked()
    walk(page, core, until=lambda pages: pages == 1)
    page.locator("#next").click()
    expect(page.locator(".fld-error")).to_be_visible()
    assert_readable(page)
    go(page, "device")
    expect(page.locator("[data-delete]")).to_be_visible()
    assert_readable(page)


def test_too_little_is_no_interview(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User, core: Answers, assert_readable: Any
) -> None:
    page = new_context(width=390, height=844).new_page()
    sign_in(page, surveyor)
    open_app(page)
    begin(page, unit)
    walk(page, core, until=lambda pages: pages == 3)
    page.locator(".fd-nav .btn-quiet").click()
    expect(page.locator(".fa-open").first).to_contain_text("Was verkaufen Sie")
    page.locator("[data-hand-in]").click()
    expect(page.get_by_role("alert")).to_contain_text("Weniger als die Hälfte")
    assert_readable(page)
    assert Interview.objects.get().completed_at is None
