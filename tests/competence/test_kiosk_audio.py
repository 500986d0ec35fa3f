"""Recordings at the client's PC: the page names them, the door lets them through and nothing else, the browser plays them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from competence.models import Assessment
from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.audio import address_of
from iqquadrat.questionnaires.models import Recording, Version
from tests.competence.factories import AssessmentFactory
from tests.competence.kiosk import Pc, sit_down
from tests.competence.test_kiosk_browser import come_in
from tests.fixtures.people import UserFactory
from tests.questionnaires.test_recordings import wav
from tests.questionnaires.test_translations import slot_of


def _recorded(
    assessment: Assessment,
    key: str,
    language: str,
    tone: int = 0,
    *,
    element: str = "item",
    field: str = "label",
) -> Recording:
    version = Version.objects.with_content().get(pk=assessment.response.version_id)
    slot = slot_of(version, element, key, field)
    return services.keep_recording(
        version=version, slot=slot, language=language, data=wav(0.3, tone), by=UserFactory()
    )


@pytest.mark.django_db
def test_the_button_names_what_was_recorded() -> None:
    pc: Pc = sit_down()
    assert "data-l1-label" not in pc.get("question", key="start_mood").content.decode()
    arabic = address_of(_recorded(pc.assessment, "start_mood", "ar"))
    german = address_of(_recorded(pc.assessment, "start_mood", "de", tone=3))
    page = pc.get("question", key="start_mood").content.decode()
    assert f'data-l1-label="{arabic}"' in page
    assert f'data-de-label="{german}"' in page
    assert "data-de-hint" not in page
    assert "data-l1-label" not in pc.get("question", key="arr_year").content.decode()


@pytest.mark.django_db
def test_answers_are_recorded_too_but_not_those_of_a_probe() -> None:
    pc: Pc = sit_down()
    spoken = {"element": "choice", "field": "text"}
    arabic = address_of(_recorded(pc.assessment, "mood.good", "ar", **spoken))
    german = address_of(_recorded(pc.assessment, "mood.bad", "de", 3, **spoken))
    page = pc.get("question", key="start_mood").content.decode()
    assert page.count(f'data-l1="{arabic}"') == page.count(f'data-de="{german}"') == 1
    with pytest.raises(services.NoTextError):
        _recorded(pc.assessment, "probe.cup", "de", **spoken)


@pytest.mark.django_db
def test_the_door_lets_recordings_through_and_nothing_else(counsellor: Any) -> None:
    pc = sit_down()
    address = address_of(_recorded(pc.assessment, "start_mood", "ar"))
    assert pc.browser.get(address).content == wav(0.3)
    version = pc.assessment.response.version_id
    text = reverse(
        "questionnaires:text", kwargs={"pk": version, "language": "ar", "name": "item.start_mood.label"}
    )
    for other in (text, reverse("questionnaires:index"), "/"):
        assert pc.browser.get(other).status_code == 404
    assert Client().get(address).status_code == 200


@pytest.mark.django_db
def test_a_question_takes_no_query_more(django_assert_num_queries: Any) -> None:
    pc = sit_down()
    pc.get("question", key="start_mood")
    with django_assert_num_queries(4):
        pc.get("question", key="start_mood")
    _recorded(pc.assessment, "start_mood", "ar")
    pc.get("question", key="start_mood")
    with django_assert_num_queries(4):
        pc.get("question", key="start_mood")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_recording_is_played_where_there_is_no_voice(page: Page) -> None:
    assessment = AssessmentFactory()
    address = address_of(_recorded(assessment, "start_mood", "ar"))
    come_in(page, assessment)
    expect(page.locator("[data-read]")).to_be_hidden()  # German: neither recording nor voice
    page.locator(".q-tab.mine").click()
    expect(page.locator("[data-read]")).to_be_visible()
    with page.expect_response(lambda response: response.url.endswith(address)) as heard:
        page.locator("[data-read]").click()
    assert heard.value.status in (200, 206)
    page.locator(".q-tab[lang=de]").click()
    expect(page.locator("[data-read]")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_question_and_answers_are_heard_one_after_the_other(page: Page) -> None:
    assessment = AssessmentFactory()
    wanted = [address_of(_recorded(assessment, "start_mood", "ar"))]
    for tone, key in enumerate(("mood.good", "mood.bad"), 5):
        wanted.append(address_of(_recorded(assessment, key, "ar", tone, element="choice", field="text")))
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url) if "/audio/" in request.url else None)
    come_in(page, assessment)
    page.locator(".q-tab.mine").click()
    page.locator("[data-read]").click()
    page.wait_for_function(
        "count => performance.getEntriesByType('resource').filter(one => one.name.includes('/audio/')).length >= count",
        arg=3,
    )
    assert [url for address in wanted for url in heard if url.endswith(address)][:3] == heard[:3]
