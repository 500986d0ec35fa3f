"""The answers of an assessment on a page: four ways of having no answer, languages, who may, queries."""

import re
from typing import Any

import pytest
from django.urls import reverse

from competence.answers_page import AnswerLine, Standing, answers_of
from competence.models import Assessment
from competence.profile import load
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import AssessmentFactory
from tests.competence.profiles import WISH, full_assessment, persian_client
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db

ANSWERS_QUERIES = 16


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    return full_assessment(persian_client(counsellor=counsellor))


def _url(assessment: Assessment) -> str:
    return reverse("competence:answers", kwargs={"public_id": assessment.public_id})


def _lines(assessment: Assessment) -> dict[int, AnswerLine]:
    page = answers_of(load(assessment))
    return {line.number: line for section in page.sections for line in section.lines}


def _text(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_all_eighty_questions_by_section(assessment: Assessment) -> None:
    page = answers_of(load(assessment))
    assert (len(page.sections), page.total, list(_lines(assessment))) == (9, 80, list(range(1, 81)))
    assert page.answered + page.dont_know + page.skipped + page.open + page.not_asked == 80
    assert {line.standing for line in _lines(assessment).values()} >= {
        Standing.ANSWERED, Standing.DONT_KNOW, Standing.SKIPPED
    }  # fmt: skip


def test_having_no_answer_is_four_different_things(assessment: Assessment) -> None:
    answers = assessment.response.answers
    answers.filter(item__key="wrk_ever").update(choices=["no"])
    answers.filter(item__key="dig_devices").delete()
    found = _lines(assessment)
    keys = {item.key: item.position for item in assessment.response.version.items.all()}
    assert found[keys["wrk_years"]].standing is Standing.NOT_ASKED
    assert found[keys["wrk_years"]].parts == ()  # what was answered before is hidden with its question
    assert found[keys["dig_devices"]].standing is Standing.OPEN
    assert found[keys["dig_doc"]].standing is Standing.DONT_KNOW
    assert found[keys["start_mood"]].standing is Standing.SKIPPED
    words = {str(line.words) for line in found.values() if line.words}
    icons = {line.icon for line in found.values() if line.icon}
    assert len(words) == len(icons) == 4


def test_the_page_says_answers_in_german_and_the_language_shown(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    Answer.objects.filter(response=assessment.response, item__key="prk_cook").update(language_shown="fa")
    Answer.objects.filter(response=assessment.response, item__key="avl_from").update(
        status="answered", date="2027-02-01", date_precision="month"
    )
    answer = as_user(counsellor).get(_url(assessment))
    text = _text(answer.content.decode())
    for words in (
        "Reza Karimi", "2021", "Februar 2027", WISH, "weiß es nicht", "übersprungen", "Persisch", "Montag", "Angezeigte Sprache",
    ):  # fmt: skip
        assert words in text, words
    cook = assessment.response.version.items.get(key="prk_cook")
    line = text.split(cook.label_de, 1)[1][:80]
    assert "gut" in line
    assert "Persisch" in line
    entry = Entry.objects.get(action="view", object_id=str(assessment.pk))
    assert entry.detail == {"part": "answers"}


def test_the_bands_lead_to_the_answers(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    page = as_user(counsellor).get(reverse("competence:profile", args=[assessment.public_id]))
    assert f'href="{_url(assessment)}"' in page.content.decode()


def test_only_the_counsellor_in_charge(
    assessment: Assessment, centre: Any, coordinator: User, as_user: Any
) -> None:
    assert as_user(UserFactory(centre=centre)).get(_url(assessment)).status_code == 404
    assert as_user(coordinator).get(_url(assessment)).status_code == 403


def test_an_assessment_that_was_just_begun(counsellor: User, as_user: Any) -> None:
    begun = AssessmentFactory(running=True, client__counsellor=counsellor)
    page = as_user(counsellor).get(_url(begun)).content.decode()
    assert "noch ohne Antwort" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    rows: int, assessment: Assessment, counsellor: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    kept = list(assessment.response.answers.values_list("pk", flat=True)[:rows])
    assessment.response.answers.exclude(pk__in=kept).delete()
    browser = as_user(counsellor)
    browser.get("/competence/")
    with django_assert_num_queries(ANSWERS_QUERIES):
        browser.get(_url(assessment))
