"""At the doors with the app: refusals, what was seen, shops on no list, photos, the position, and what an earlier wave knew."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from businesses.models import Business, ContactAttempt, Interview, Observation, Unit, UnitPhoto
from businesses.services import record_interview
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.businesses.factories import UnitFactory, WaveFactory
from tests.businesses.field_app import Answers, answer_page, arrived, begin, go, open_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_the_doors(new_context: Any, sign_in: Any, unit: Unit, surveyor: User) -> Page:
    """The app on a phone, with the doors of the own section."""
    page: Page = new_context(width=390, height=844).new_page()
    sign_in(page, surveyor)
    open_app(page)
    return page


def test_a_refusal_with_what_was_told(at_the_doors: Page, unit: Unit) -> None:
    page = at_the_doors
    page.context.set_offline(True)
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.locator("#main a", has_text="Verweigert").click()
    page.locator("[data-reason=no_time]").click()
    page.get_by_role("button", name="Antworten speichern").click()
    expect(page.get_by_role("alert").filter(has_text="Eine Antwort genügt")).to_be_visible()
    page.fill("[name=branch_words]", "Handyreparatur")
    page.fill("[name=since_year]", "٢٠١٥")
    # The page is closed in the middle: the refusal is noted all the same, with what was told.
    page.goto("about:blank")
    page.goto(reverse("businesses:field_app"))
    expect(page.locator("#net [data-waiting='1']")).to_be_visible()
    page.context.set_offline(False)
    arrived(page)
    expect(page.locator("[data-mark=refused]")).to_have_count(0)
    attempt = ContactAttempt.objects.select_related("doorstep").get()
    assert (attempt.disposition, attempt.reason) == ("refusal", "no_time")
    assert (attempt.doorstep.branch_words, attempt.doorstep.since_year) == ("Handyreparatur", 2015)


def test_what_was_seen(at_the_doors: Page, unit: Unit) -> None:
    page = at_the_doors
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.get_by_role("button", name="Alles noch wie zuvor").click()
    expect(page.get_by_text("Was Sie gesehen haben, ist notiert.").first).to_be_visible()
    arrived(page)
    same = Observation.objects.get()
    assert (same.business, same.status) == (unit.business, "open")
    go(page, f"door/{unit.pk}/changed")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Es wurde nichts geändert")
    page.fill("[name=sign_name]", "Imbiss Hoa Mai")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Was Sie gesehen haben, ist notiert.").first).to_be_visible()
    arrived(page)
    assert Business.objects.get(pk=unit.business_id).sign_name == "Imbiss Hoa Mai"
    assert Observation.objects.count() == 2


def test_a_new_shop_is_asked_at_once(at_the_doors: Page, unit: Unit, core: Answers, tmp_path: Any) -> None:
    unit.wave.with_photos = True
    unit.wave.save()
    page = at_the_doors
    page.reload()
    arrived(page)
    page.context.set_offline(True)
    page.locator("#main a", has_text="Neuen Laden aufnehmen").click()
    page.fill("[name=sign_name]", "Café Sonne")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Hausnummer")
    page.fill("[name=number]", "62 a")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#main h1")).to_have_text("Café Sonne")
    picture = tmp_path / "sign.png"
    Image.new("RGB", (2400, 1200), "teal").save(picture)
    page.set_input_files("#photo", picture)
    expect(page.get_by_text("Ein Foto wartet auf diesem Gerät.")).to_be_visible()
    page.get_by_role("button", name="Interview beginnen").click()
    answer_page(page, core)
    page.context.set_offline(False)
    arrived(page)
    made = Unit.objects.exclude(pk=unit.pk).select_related("business__premises").get()
    assert (made.business.sign_name, made.business.premises.number, made.wave) == (
        "Café Sonne",
        "62a",
        unit.wave,
    )
    photo = UnitPhoto.objects.get(unit=made)
    with Image.open(photo.file) as stored:
        assert (stored.format, stored.size) == ("JPEG", (1600, 800))
    assert Interview.objects.get().business == made.business
    # The interview goes on at the door as the centre knows it now.
    answer_page(page, core)
    go(page)
    expect(page.locator(f"[data-unit='{made.pk}']")).to_contain_text("läuft")
    expect(page.locator(".bz-door", has_text="Café Sonne")).to_have_count(1)
    arrived(page)
    assert Answer.objects.count() == 2


def test_the_position_is_given_after_a_tap_only(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User
) -> None:
    context = new_context(
        width=390,
        height=844,
        geolocation={"latitude": 51.3412, "longitude": 12.4011, "accuracy": 12},
        permissions=["geolocation"],
    )
    page = context.new_page()
    sign_in(page, surveyor)
    open_app(page)
    other = UnitFactory(
        wave=unit.wave,
        business__premises__street=unit.business.premises.street,
        business__premises__house_number=54,
    )
    page.locator(f"[data-unit='{unit.pk}']").click()
    page.locator("[data-disposition=no_contact]").click()
    expect(page.locator(f"[data-unit='{unit.pk}'] [data-mark=arrived]")).to_be_visible()
    assert ContactAttempt.objects.get().position_lat is None
    go(page, "device")
    page.locator("[data-place=false]").click()
    expect(page.locator("[data-place=true]")).to_be_visible()
    go(page)
    page.locator(f"[data-unit='{other.pk}']").click()
    expect(page.locator("[data-disposition=no_contact]")).to_be_visible()
    page.wait_for_timeout(500)
    page.locator("[data-disposition=no_contact]").click()
    expect(page.locator(f"[data-unit='{other.pk}'] [data-mark=arrived]")).to_be_visible()
    placed = ContactAttempt.objects.get(unit=other)
    assert (float(placed.position_lat), float(placed.position_lon), float(placed.position_accuracy)) == (
        51.3412,
        12.4011,
        12.0,
    )


def test_what_an_earlier_wave_knew(
    new_context: Any, sign_in: Any, unit: Unit, surveyor: User, core: Answers, assert_readable: Any
) -> None:
    day = timezone.localdate() - dt.timedelta(365)
    earlier = WaveFactory(
        centre=unit.wave.centre,
        version=unit.wave.version,
        name="Herbst 2025",
        starts_on=day,
        ends_on=day + dt.timedelta(20),
    )
    at = timezone.now() - dt.timedelta(360)
    record_interview(
        unit=UnitFactory(wave=earlier, business=unit.business), answers=core | {"consent_panel": {"choices": ["yes"]}}, by=surveyor,
        started_at=at, completed_at=at + dt.timedelta(minutes=20),
    )  # fmt: skip
    page = new_context(width=390, height=844).new_page()
    sign_in(page, surveyor)
    open_app(page)
    begin(page, unit)
    box = page.locator("[data-before]")
    expect(box).to_contain_text("Herbst 2025")
    expect(box).to_contain_text("Inhaber/in")
    assert_readable(page)
    page.locator("[data-still]").click()
    expect(page.locator("#q-v02_founded")).to_be_visible()
    box.get_by_role("button", name="hat sich geändert").click()
    expect(box).to_have_count(0)
    answer_page(page, {"v02_founded": {"value": "2001"}})
    arrived(page)
    now = Answer.objects.filter(response__interview__wave=unit.wave)
    assert {row.item.key: row.choices or row.number for row in now.select_related("item")} == {
        "v01_role": ["owner"],
        "v02_founded": 2001,
    }
