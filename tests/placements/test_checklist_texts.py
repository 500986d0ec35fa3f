"""The checklist a client reads: complete in ten languages, drawn on paper, shown on a screen turned round."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from counselling.models import LanguageSkill
from iqquadrat import pdf
from placements.client_texts import CHECKLIST
from placements.match_lists import match_of
from placements.match_paper import MatchPaper
from placements.matching.codes import Answer, Check, Criterion, Group
from tests.counselling.factories import ClientFactory
from tests.placements.factories import JobSearchFactory, VacancyFactory


def test_every_language_has_every_word_and_none_is_left_german() -> None:
    texts = CHECKLIST.by_language
    assert set(texts) == {"de", "en", "fr", "ru", "uk", "vi", "ar", "fa", "tr", "ku"}
    for language, words in texts.items():
        assert set(words) == set(texts["de"]), language
        assert all(words.values())
        same = {key for key in words if words[key] == texts["de"][key]}
        assert language == "de" or same == set() or same <= {"minutes", "field_office"}, (language, same)
    needed = (
        {f"line_{one}" for one in Criterion}
        | {f"check_{one}" for one in Check}
        | {f"answer_{one}" for one in Answer}
    )
    assert needed | {f"group_{one}" for one in Group} <= set(texts["de"])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "ar", "fa", "vi", "ku"])
def test_the_paper_shows_the_same_list_beside_german_and_names_nobody(
    counsellor: Any, paper_text: Callable[[bytes], str], language: str
) -> None:
    client = ClientFactory(
        counsellor=counsellor, latin_family_name="Haddad", family_name="Haddad", postal_code="04315"
    )
    JobSearchFactory(client=client, certificates=["hygiene"], slots=["mon_am"])
    LanguageSkill.objects.create(
        client=client, language="de", speaking="a2", source="self", noted_on=timezone.localdate()
    )
    vacancy = VacancyFactory(
        centre=counsellor.centre, german_required="B1", postal_code="04315", working_slots=["mon_am", "tue_am"], languages=["ar"],
        experience_years=2, certificates_desired=["hygiene"],
    )  # fmt: skip
    paper = MatchPaper(vacancy, match_of(client, vacancy), counsellor.centre, timezone.localdate(), language)
    text = " ".join(paper_text(pdf.render(paper)).split())
    for words in ("Küchenhilfe", "Passt diese Stelle zu mir?", "Der Betrieb wünscht", "B1", "A2", "zum Teil"):
        assert words in text
    assert "Haddad" not in text
    if language == "vi":
        assert CHECKLIST.by_language["vi"]["title"] in text


@pytest.mark.django_db
def test_the_turned_screen_speaks_the_clients_language_and_offers_the_others(
    as_user: Any, counsellor: Any
) -> None:
    client = ClientFactory(counsellor=counsellor, reading_language="prs", latin_family_name="Haddad")
    vacancy = VacancyFactory(centre=counsellor.centre)
    address = reverse(
        "placements:match_show", kwargs={"public_id": client.public_id, "vacancy_id": vacancy.public_id}
    )
    page = as_user(counsellor).get(address).content.decode()
    assert CHECKLIST.by_language["fa"]["title"] in page
    assert 'dir="rtl" lang="fa"' in page
    assert "Haddad" not in page
    turkish = as_user(counsellor).get(address, {"language": "tr"}).content.decode()
    assert CHECKLIST.by_language["tr"]["title"] in turkish
    assert "Passt diese Stelle zu mir?" in turkish
