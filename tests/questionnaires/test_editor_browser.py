"""The editor in a real browser: a small questionnaire is built from a copy, put in order by mouse and keys, looked at, published; an
assessment that was running stays on its version. With and without scripts, accessible at every width and in both themes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from iqquadrat.questionnaires.models import Version
from tests.competence.factories import AssessmentFactory, small_version
from tests.fixtures.people import UserFactory
from tests.questionnaires.drafting import fresh, small_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _draft() -> Version:
    return Version.objects.with_content().get(state="draft")


def _order() -> list[str]:
    return [item.key for item in _draft().ordered_items]


def _save(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def test_a_questionnaire_is_built_from_a_copy(
    new_context: Callable[..., BrowserContext], sign_in: Callable[..., None]
) -> None:
    old = small_version()
    assessment = AssessmentFactory(running=True)
    assert assessment.response.version_id == old.pk
    page = new_context().new_page()
    sign_in(page, UserFactory(roles=["coordinator"]))
    page.goto(f"/questionnaires/{old.pk}/")
    _save(page, "In einen Entwurf kopieren")
    page.get_by_role("link", name="Abschnitt hinzufügen").click()
    page.get_by_label("Titel").fill("Garten")
    _save(page, "Abschnitt hinzufügen")
    expect(page.locator("#s-garten")).to_be_visible()
    _add(page, "Arbeiten Sie gern im Garten?", "eine Antwort", "ja\nnein")
    _add(page, "Welche Pflanzen kennen Sie?", "kurzer Text", "")
    page.locator("#h-condition + a").click()
    _condition(page)
    assert _draft().items_by_key["pflanzen_kennen"].condition == "${arbeiten_garten} = 'ja'"
    page.get_by_role("link", name="Wie Klient/innen es sehen").click()
    expect(page.get_by_role("heading", name="Welche Pflanzen kennen Sie?")).to_be_visible()
    page.goto(f"/questionnaires/{_draft().pk}/edit/")
    _reorder(page)
    page.get_by_role("link", name="Diese Version veröffentlichen").click()
    expect(page.get_by_role("heading", name="Neue Fragen")).to_be_visible()
    _save(page, "Diese Version veröffentlichen")
    expect(page.locator(".msg.ok")).to_be_visible()
    new = Version.objects.get(state="published")
    assessment.refresh_from_db()
    assert new.pk != old.pk
    assert assessment.response.version_id == old.pk, "who has begun answers what was asked at the beginning"
    assert [item.key for item in fresh(old).ordered_items] == [item.key for item in old.ordered_items]
    assert {"arbeiten_garten", "pflanzen_kennen"} <= {item.key for item in fresh(new).ordered_items}


def _add(page: Page, label: str, kind: str, answers: str) -> None:
    page.goto(f"/questionnaires/{_draft().pk}/edit/")
    page.locator("#s-garten .panel-foot a").click()
    page.get_by_label("Frage", exact=True).fill(label)
    page.get_by_label("Art der Antwort").select_option(label=kind)
    if answers:
        page.get_by_label("oder eine neue Liste").fill(answers)
    else:
        expect(page.get_by_label("oder eine neue Liste")).to_be_hidden()
    _save(page, "Frage hinzufügen")
    expect(page.get_by_role("heading", name="Frage bearbeiten")).to_be_visible()


def _condition(page: Page) -> None:
    """The answers come as soon as the question is chosen, without leaving the page."""
    page.locator("#question-0").select_option(label="Arbeiten Sie gern im Garten?")
    expect(page.locator("#answer-0")).to_be_visible()
    page.locator("#answer-0").select_option(label="ja")
    expect(page.locator("#question-1")).to_be_visible()
    _save(page, "Speichern")
    expect(page.get_by_text("Nur, wenn „Arbeiten Sie gern im Garten?“ ist „ja“")).to_be_visible()


def _reorder(page: Page) -> None:
    """By Alt and an arrow the question that is asked about would come second: refused in words. A section goes up, a question is dragged."""
    page.locator("#i-arbeiten_garten .qe-words a").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".msg.bad")).to_contain_text("„Arbeiten Sie gern im Garten?“ ist keine frühere Frage")
    page.locator("#s-garten h2 a").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_url("**/edit/#s-garten")
    expect(page.locator("#s-garten")).to_be_focused()
    sections = [section.key for section in _draft().ordered_sections]
    assert sections.index("garten") == len(sections) - 2
    last = _draft().ordered_items[-1].key
    before = _order()
    page.locator("#i-pflanzen_kennen [data-grip]").drag_to(
        page.locator(f"#i-{last}"), target_position={"x": 60, "y": 4}
    )
    page.wait_for_url("**/edit/#i-pflanzen_kennen")
    after = _order()
    assert after.index("pflanzen_kennen") == after.index(last) - 1
    assert sorted(after) == sorted(before)


def test_the_same_works_without_scripts(
    new_context: Callable[..., BrowserContext], sign_in: Callable[..., None]
) -> None:
    coordinator = UserFactory(roles=["coordinator"])
    draft = small_draft(coordinator)
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, coordinator)
    page.goto(f"/questionnaires/{draft.pk}/edit/")
    expect(page.locator("[data-grip]").first).to_be_hidden()
    page.get_by_role("button", name="Nach unten: Seit wann?").click()
    assert _order()[4:6] == ["from_day", "since"]
    page.locator("#i-years summary").click()
    page.locator("#i-years select").select_option("rest")
    page.locator("#i-years").get_by_role("button", name="Verschieben").click()
    assert _order()[-1] == "years"
    page.goto(f"/questionnaires/{draft.pk}/edit/question/wish/condition/")
    page.locator("#question-0").select_option("ever")
    page.get_by_role("button", name="Antworten zeigen oder noch eine Zeile").click()
    page.locator("#answer-0").select_option("no")
    page.get_by_role("button", name="Speichern").click()
    assert _draft().items_by_key["wish"].condition == "${ever} = 'no'"
    page.goto(f"/questionnaires/{draft.pk}/edit/list/fields/answer/garden/")
    page.get_by_label("Sonne").check(force=True)
    page.get_by_role("button", name="Speichern").click()
    assert _draft().choice_lists.get(name="fields").choices.get(key="garden").icon == "sun"


def test_every_page_is_readable(
    new_context: Callable[..., BrowserContext],
    sign_in: Callable[..., None],
    assert_readable: Callable[[Page], None],
) -> None:
    coordinator = UserFactory(roles=["coordinator"])
    draft = small_draft(coordinator)
    page = new_context().new_page()
    sign_in(page, coordinator)
    addresses: list[Any] = [
        "", "title/", "sections/new/", "section/work/", "section/work/remove/", "section/work/new/", "question/tasks/",
        "question/tasks/condition/", "question/tasks/condition/?as=text", "question/field/remove/", "lists/", "lists/new/", "list/tasks/",
        "list/tasks/new/", "list/tasks/answer/bake/", "list/sign/answer/open/remove/",
    ]  # fmt: skip
    for address in addresses:
        page.goto(f"/questionnaires/{draft.pk}/edit/{address}")
        assert_readable(page)
    page.goto(f"/questionnaires/{draft.pk}/publish/")
    assert_readable(page)
