"""The questionnaire as delivered: 33 questions and 3 consents."""

from businesses.interviewing import CONSENT_ITEMS, Page, core_answered, pages, question_number
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.queries import version_content


def _pages(version: Version) -> list[Page]:
    return pages(version_content(version.pk).ordered_items)


def test_33_questions_in_order_and_3_consents(survey: Version) -> None:
    items = version_content(survey.pk).ordered_items
    numbers = [question_number(item.key) for item in items if item.key not in CONSENT_ITEMS]
    assert sorted(set(numbers)) == list(range(1, 34))
    assert numbers == sorted(numbers)
    assert {item.key for item in items} >= set(CONSENT_ITEMS)
    assert [item.key for item in items][-3:] == list(CONSENT_ITEMS)


def test_what_stands_together_is_one_question(survey: Version) -> None:
    for page in _pages(survey):
        assert len({question_number(item.key) for item in page.items}) == 1
    needs = next(page for page in _pages(survey) if page.number == 31)
    assert len(needs.items) == 7


def test_every_question_speaks_german_to_an_adult(survey: Version) -> None:
    items = version_content(survey.pk).ordered_items
    for item in items:
        assert item.label_de.endswith("?"), item.key
        assert not any(word in f" {item.label_de} " for word in (" du ", " dein ", " dir ")), item.key


def test_the_origin_is_only_asked_after_a_yes(survey: Version) -> None:
    items = version_content(survey.pk).items_by_key
    assert items["v06_country"].condition == "${v06_consent} = 'yes'"
    assert not items["v06_country"].required_core


def test_complete_partial_and_too_little(survey: Version) -> None:
    items = version_content(survey.pk).ordered_items
    core = [item.key for item in items if item.required_core]
    assert len(core) >= 20
    assert core_answered(items, core).disposition == "complete"
    assert core_answered(items, core[: len(core) * 3 // 5]).disposition == "partial"
    assert core_answered(items, core[: len(core) // 3]).disposition is None
    assert core_answered([], []).disposition is None
