"""The pages of an interview show the language it is held in beside German."""

from typing import Any

import pytest
from django.urls import reverse

from businesses.interviewing import beside_german
from businesses.models import Unit
from businesses.services import begin_interview
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.texts import text

pytestmark = pytest.mark.django_db


def page_of(client: Any, unit: Unit, by: User, language: str, key: str = "v01_role") -> str:
    interview = begin_interview(unit=unit, by=by, language=language)
    address = reverse("interviews:question", kwargs={"public_id": interview.public_id, "key": key})
    shown: str = client.get(address).content.decode()
    return shown


def test_arabic_beside_german(as_user: Any, unit: Unit, surveyor: User, survey: Version) -> None:
    shown = page_of(as_user(surveyor), unit, surveyor, "ar")
    item = survey.items.get(key="v01_role")
    for own in [text(item, "label", "ar"), *(text(choice, "text", "ar") for choice in item.all_choices)]:
        assert f'lang="ar" dir="rtl">{own}</span>' in shown
    assert item.label_de in shown
    assert 'lang="ar" dir="rtl">لا جواب</span>' in shown


@pytest.mark.parametrize("language", ["de", "other"])
def test_german_alone(as_user: Any, unit: Unit, surveyor: User, language: str) -> None:
    assert "fa-own" not in page_of(as_user(surveyor), unit, surveyor, language)


def test_a_language_that_is_switched_off(survey: Version) -> None:
    assert beside_german("ar", survey) == "ar"
    survey.questionnaire.languages_off = ["ar"]
    assert beside_german("ar", survey) == ""
