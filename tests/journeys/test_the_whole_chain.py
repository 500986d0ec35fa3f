"""Person, consultation, competence profile, business, vacancy, placement, figure: once through the house, in three browsers."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from businesses.models import Interview, Street
from businesses.services import BusinessFacts, Door, assign_section, create_business, create_wave
from competence.models import Assessment, EvidenceResult
from counselling.models import Client
from counselling.services.topics import ensure_topics
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from iqquadrat.reporting.services import create_programme
from placements.models import Placement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIGURES = (
    "persons_advised", "contacts", "assessments_completed", "businesses_surveyed", "vacancies", "employment_relationships",
    "primary_labour_market",
)  # fmt: skip


@pytest.fixture
def house(centre: Any, counsellor: User, coordinator: User, surveyor: User) -> None:
    """A centre at work: questionnaires loaded, a programme running, one shop on the list of a wave."""
    call_command("load_questionnaires", verbosity=0)
    ensure_topics()
    today = timezone.localdate()
    create_programme(
        by=coordinator, targets={"persons_advised": 5}, code="quartier", name="Beratung im Quartier",
        starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=300),
    )  # fmt: skip
    centre.current_programme_code = "quartier"
    centre.save()
    for user in (counsellor, coordinator, surveyor):
        user.refresh_from_db()
    door = Door(street="Eisenbahnstraße", house_number=61)
    create_business(
        centre=centre, facts=BusinessFacts(door=door, sign_name="Restaurant Levante"), by=coordinator
    )
    street = Street.objects.get()
    wave = create_wave(
        centre=centre, name="Herbst", starts_on=today - timedelta(days=3), ends_on=today + timedelta(days=10), by=coordinator,
        streets=[street], programme_code="quartier",
    )  # fmt: skip
    assign_section(wave=wave, surveyor=surveyor, street=street, by=coordinator)


def figures(page: Page) -> dict[str, int]:
    """Read the coordinator's figures from the page, those in closed chapters too."""
    page.goto("/figures/")
    rows = page.locator("table tr:has(a[href*='/figures/'])")
    found = {}
    for row in rows.all():
        code = re.search(r"/figures/([a-z0-9_]+)/", row.locator("a").first.get_attribute("href") or "")
        assert code
        found[code[1]] = int((row.locator("td.num").first.text_content() or "").strip().replace(".", ""))
    return found


def test_the_chain_once(
    house: None, new_context: Callable[..., BrowserContext], sign_in: Any, counsellor: User, coordinator: User, surveyor: User,
    paper_text: Callable[[bytes], str],
) -> None:  # fmt: skip
    desk, office = new_context().new_page(), new_context().new_page()
    sign_in(desk, counsellor)
    sign_in(office, coordinator)
    before = figures(office)
    client = takes_in_a_client(desk)
    logs_a_consultation(desk, client)
    assessment = answers_all_questions(desk, new_context, client)
    shows_profile_and_papers(desk, assessment, paper_text)
    surveys_the_business(new_context, sign_in, surveyor)
    places_the_client(desk, client)
    after = figures(office)
    assert {code: after[code] - before[code] for code in FIGURES} == dict.fromkeys(FIGURES, 1)


def takes_in_a_client(desk: Page) -> Client:
    desk.goto("/clients/new/")
    desk.fill("main [name=name]", "Amal Haddad")
    desk.locator("main form[role=search] [type=submit]").click()
    desk.locator("main .panel-foot a[href*='/clients/new/details/']").click()
    desk.fill("[name=given_name]", "أمل")
    desk.fill("[name=family_name]", "حدّاد")
    desk.fill("[name=latin_given_name]", "Amal")
    desk.fill("[name=latin_family_name]", "Haddad")
    desk.locator("main form.panel .actions [type=submit]").click()
    desk.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    return Client.objects.get()


def logs_a_consultation(desk: Page, client: Client) -> None:
    desk.goto(f"/consultations/new/?client={client.public_id}")
    desk.get_by_label("Arabisch").first.check(force=True)
    desk.fill("[name=minutes]", "45")
    desk.locator("[data-topics] label.chip").first.click()
    desk.fill("[name=concern]", "Möchte in einer Küche arbeiten.")
    desk.locator("main .actions [type=submit]").last.click()
    desk.wait_for_url(re.compile(r"/clients/[0-9a-f-]{36}/"))
    expect(desk.get_by_text("Möchte in einer Küche arbeiten.")).to_be_visible()


def answers_all_questions(
    desk: Page, new_context: Callable[..., BrowserContext], client: Client
) -> Assessment:
    desk.goto(f"/competence/start/{client.public_id}/")
    desk.locator("main form button[type=submit]").last.click()
    desk.wait_for_url("**/kiosk/")
    if not desk.locator(".code-cells").count():
        desk.locator("form[action$='/code/'] button").click()
    code = desk.locator(".code-cells").get_attribute("aria-label")
    assert code
    assessment = Assessment.objects.get()
    booth = new_context(width=1280, height=800).new_page()
    booth.goto("/k/")
    booth.locator(".greet-pick[value=ar]").click()
    for digit in code:
        booth.locator(f".pad [data-digit='{digit}']").click()
    booth.locator(".pad-go").click()
    booth.locator("button[name=action][value=yes]").click()
    answered = walk_through(booth)
    assert len(answered) == 80
    assert Answer.objects.filter(response=assessment.response, status="answered").count() == 80
    assert Answer.objects.filter(response=assessment.response, language_shown="ar").count() == 10
    assessment.refresh_from_db()
    assert assessment.state == "finished"
    assert EvidenceResult.objects.filter(assessment=assessment).exists()
    assert booth.context.cookies() == [] or all(
        "kiosk" not in cookie["name"] for cookie in booth.context.cookies()
    )
    return assessment


PREFERRED = {
    "wrk_ever": "yes",
    "sch_attended": "long",
    "voc_way": "vocational",
    "wrk_main": "kitchen",
    "wrk_fields": "kitchen",
    "wsh_field": "kitchen",
}


def walk_through(booth: Page) -> list[str]:
    """Answer every question; switch each eighth one to Arabic first. Returns the keys in order."""
    answered: list[str] = []
    while True:
        question = booth.locator("#question, [data-last]").first
        expect(question).to_be_visible()
        key = question.get_attribute("data-key")
        if key is None:
            break
        if len(answered) % 8 == 3 and booth.locator(".q-tab.mine").count():
            booth.locator(".q-tab.mine").click()
            expect(booth.locator(".q-block")).to_have_attribute("dir", "rtl")
        answer(booth, key, question.get_attribute("data-type") or "")
        booth.locator(".q-next").click()
        expect(booth.locator(f"#question[data-key='{key}']")).to_have_count(0)
        answered.append(key)
    booth.locator("[data-last] button[type=submit]").click()
    booth.wait_for_url("**/k/ended/**")
    return answered


def answer(booth: Page, key: str, kind: str) -> None:
    picks = booth.locator("#question input[name=choice]")
    if picks.count():
        wanted = booth.locator(f"#question label.pick:has(input[value='{PREFERRED.get(key, '-')}'])")
        (wanted if wanted.count() else booth.locator("#question label.pick")).first.click()
    elif kind in ("integer", "year"):
        booth.locator("[name=number]").fill("٢٠١٩" if kind == "year" else "8")
    elif kind == "date":
        booth.locator("[name=year]").fill(str(timezone.localdate().year + 1))
    else:
        booth.locator("[name=text]").fill("Brot backen wie hier")


def shows_profile_and_papers(desk: Page, assessment: Assessment, read: Callable[[bytes], str]) -> None:
    desk.goto(f"/competence/{assessment.public_id}/")
    expect(desk.get_by_role("heading", name="Fähigkeiten")).to_be_visible()
    expect(desk.get_by_text("Deutsch verstehen in diesem Fragebogen")).to_be_visible()
    for language, words in (("de", ["Amal Haddad", "Küche"]), ("ar", ["Amal Haddad", "Küche", "المطبخ"])):
        paper = desk.request.get(f"/competence/{assessment.public_id}/paper/{language}/")
        assert paper.ok, paper.status
        text = read(paper.body())
        for word in words:
            assert word in text, (language, word)


def surveys_the_business(new_context: Callable[..., BrowserContext], sign_in: Any, surveyor: User) -> None:
    phone = new_context(width=390, height=844).new_page()
    sign_in(phone, surveyor)
    phone.goto("/businesses/field/")
    phone.get_by_text("Restaurant Levante").click()
    phone.locator("form.bz-start button[type=submit]").click()
    while "/q/" in phone.url:
        for item in phone.locator(".bz-item").all():
            options = item.locator(".fd-opt:not(.quiet)")
            if options.count():
                options.first.click()
            else:
                field = item.locator("input.form-control, textarea").first
                field.fill("2001" if "founded" in (field.get_attribute("name") or "") else "1")
        with phone.expect_navigation():
            phone.locator(".fd-nav button[type=submit]").click()
        assert not phone.locator(".fld-error").count(), phone.locator(".fld-error").first.inner_text()
    phone.locator(".fd-nav button[type=submit]").click()
    phone.wait_for_url("**/businesses/field/**")
    assert Interview.objects.get().disposition == "complete"


def places_the_client(desk: Page, client: Client) -> None:
    today = timezone.localdate()
    desk.goto("/vacancies/new/")
    desk.fill("[name=title]", "Küchenhilfe")
    desk.fill("[name=business_find]", "Restaurant Levante")
    desk.select_option("[name=field_of_work]", "kitchen")
    desk.locator("main .actions [type=submit]").click()
    desk.wait_for_url(re.compile(r"/vacancies/[0-9a-f-]{36}/"))
    vacancy = re.search(r"[0-9a-f-]{36}", desk.url)
    assert vacancy
    desk.goto(f"/placements/new/?client={client.public_id}&vacancy={vacancy[0]}")
    desk.locator("[name=agreed]").check(force=True)
    # Nobody has gone through the job search with the client: a proposal needs a reason.
    desk.select_option("[name=match_reason]", "client_wishes")
    desk.locator("main .actions [type=submit]").click()
    desk.wait_for_url(re.compile(r"/placements/[0-9a-f-]{36}/"))
    desk.locator("label:has(input[name=stage][value=started])").click()
    desk.select_option("[name=category]", "SV_PT")
    desk.fill("[name=started_on]", today.isoformat())
    desk.locator("form[data-steps] [type=submit]").click()
    expect(desk.locator("form[action$='/undo/']")).to_be_visible()
    assert Placement.objects.get().counts_as_primary
