"""Notices on paper: one page whatever is said, complete in every language, and silent about who is not to be named."""

import io
import re
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from iqquadrat import pdf
from placements.client_texts import NOTICES
from placements.enums import FieldOfWork, VacancyKind, WorkCertificate, WorkingSlot
from placements.models import Vacancy
from placements.models.vacancy import LICENCES
from placements.notice_words import week_lines
from placements.notices import Notice, WallList
from tests.businesses.factories import BusinessFactory
from tests.placements.factories import VacancyFactory

KEYS = {
    "days": {slot.value.split("_")[0] for slot in WorkingSlot}, "parts": {slot.value.split("_")[1] for slot in WorkingSlot},
    "licences": {code.value for code in LICENCES}, "fields": set(FieldOfWork.values), "certificates": set(WorkCertificate.values),
}  # fmt: skip


def _pages(document: Any) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf.render(document))).pages]


def test_the_words_are_complete_in_every_language() -> None:
    words = NOTICES.by_language
    assert set(words) == set(settings.CLIENT_LANGUAGES)
    for language, one in words.items():
        assert set(one) == set(words["de"]) >= set(VacancyKind.values)
        for part, keys in KEYS.items():
            assert set(one[part]) == keys, (language, part)
        said = [text for text in one.values() if isinstance(text, str)]
        assert all(text == text.strip() and text for text in said)
        assert "{value}" in one["at_least"]
        assert {"{first}", "{last}"} == set(re.findall(r"{\w+}", one["span"]))
        same = set(said) & {text for text in words["de"].values() if isinstance(text, str)}
        assert language == "de" or len(same) <= 1, same
    assert not re.search("[\u064a\u0643]", str(words["fa"]))


def test_the_week_is_said_in_few_words() -> None:
    codes = ["tue_am", "mon_am", "wed_am", "fri_am", "fri_pm", "fri_eve", "sun_eve"]
    assert week_lines("de", codes) == ["Mo bis Mi: vormittags", "Fr: ganztags", "So: abends"]
    assert week_lines("ar", ["mon_am", "mon_eve"]) == ["الاثنين: صباحًا، مساءً"]
    assert week_lines("de", []) == []
    assert NOTICES.fitting("xx") == "de"


@pytest.fixture
def full(counsellor: Any) -> Vacancy:
    """A vacancy of which everything is known, at its longest."""
    centre = counsellor.centre
    centre.name, centre.street, centre.postal_code, centre.city, centre.phone = (
        "Dialog",
        "Musterstraße 1",
        "04315",
        "Leipzig",
        "0341 5550100",
    )
    centre.save()
    vacancy = VacancyFactory(
        centre=centre, title="Fachkraft für Lagerlogistik " * 7, field_of_work="warehouse", positions=12, times="im Wechsel " * 18,
        place="Hermann-Liebmann-Straße 100, Hinterhaus links, zweiter Aufgang", postal_code="04315", german_required="B1",
        languages=[code for code, _name in settings.LANGUAGES if code != "de"], experience_years=2, licences_required=["a", "b", "be", "c1"],
        licences_desired=["c", "d", "forklift"], certificates_required=list(WorkCertificate.values)[:4],
        certificates_desired=list(WorkCertificate.values)[4:], other_certificate="Ladungssicherung " * 11, requirements="Pakete packen. " * 130,
        working_slots=["mon_am", "tue_pm", "wed_eve", "thu_am", "fri_pm", "sat_eve", "sun_am"], starts_on="2027-01-04",
        valid_until="2027-01-31", public=True, employer_hidden=False,
    )  # fmt: skip
    vacancy.refresh_from_db()
    return vacancy


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", "ar", "vi", "ru"])
def test_even_the_fullest_notice_is_one_page(full: Vacancy, language: str) -> None:
    [text] = _pages(Notice(full, language, public=False))
    assert "0341 5550100" in text
    assert NOTICES.by_language["de"]["help"] in " ".join(text.split())


@pytest.mark.django_db
def test_a_short_notice_is_one_page_in_large_letters(counsellor: Any) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre)
    for language in NOTICES.by_language:
        notice = Notice(vacancy, language)
        assert notice.context["size"] == "big"
        assert len(_pages(notice)) == 1
        heads = notice.context["heads"]
        assert [side.language for side in heads] == (["de"] if language == "de" else ["de", language])
        assert heads[-1].direction == ("rtl" if language in ("ar", "fa") else "ltr")


@pytest.mark.django_db
def test_in_public_who_is_hidden_is_nowhere(counsellor: Any) -> None:
    vacancy = VacancyFactory(
        centre=counsellor.centre, business=None, employer_name="Restaurant Levante", place="Eisenbahnstraße 61", postal_code="04315",
        requirements="Das Restaurant Levante sucht Verstärkung.", times="ab 17 Uhr", public=True, title="Küchenhilfe im LEVANTE",
        field_of_work="kitchen",
    )  # fmt: skip
    for document in (
        Notice(vacancy, "ar", public=True),
        WallList(vacancy.centre, [vacancy], "vi", public=True),
    ):
        said = " ".join([*_pages(document), document.title])
        assert "levante" not in said.casefold()
        assert "Küche" in said  # the field of work stands where the title would have told
        assert "Eisenbahnstraße" not in said
        assert "04315" in said
    assert "ab 17 Uhr" in _pages(Notice(vacancy, "de", public=True))[0]
    inside = _pages(Notice(vacancy, "de", public=False))[0]
    assert "Levante" in inside
    assert "Eisenbahnstraße 61" in inside


@pytest.mark.django_db
def test_a_notice_in_public_needs_the_employers_word(counsellor: Any, as_user: Any) -> None:
    desk = as_user(counsellor)
    business = BusinessFactory(centre=counsellor.centre)
    business.contacts.create(name="Aylin Demir", phone="0341 777")
    vacancy = VacancyFactory(centre=counsellor.centre, business=business)
    url = reverse("placements:notice_paper", args=[vacancy.public_id])
    assert desk.get(url, {"place_of_notice": "public"}).status_code == 404
    inside = desk.get(url, {"language": "tr", "place_of_notice": "internal"})
    assert inside["Content-Type"] == "application/pdf"
    assert "Aylin Demir" in PdfReader(io.BytesIO(inside.content)).pages[0].extract_text()
    page = desk.get(reverse("placements:notice", args=[vacancy.public_id])).content.decode()
    assert 'value="public"' not in page
    vacancy.public, vacancy.employer_hidden = True, False
    vacancy.save()
    outside = desk.get(url, {"language": "tr", "place_of_notice": "public"})
    assert "Aylin Demir" not in PdfReader(io.BytesIO(outside.content)).pages[0].extract_text()
    vacancy.state = "draft"
    vacancy.save()
    assert desk.get(url).status_code == 404


@pytest.mark.django_db
def test_the_list_for_the_wall_has_open_ones_only_and_in_public_fewer(counsellor: Any, as_user: Any) -> None:
    centre = counsellor.centre
    for title, facts in {
        "Küchenhilfe": {"public": True}, "Beikoch": {}, "Kellnerin": {"state": "filled", "public": True},
        "Bäckerin": {"valid_until": "2020-01-01", "public": True},
    }.items():  # fmt: skip
        VacancyFactory(centre=centre, title=title, **facts)
    desk = as_user(counsellor)
    url = reverse("placements:notice_wall_paper")

    def said(**asked: str) -> str:
        reader = PdfReader(io.BytesIO(desk.get(url, asked).content))
        return " ".join(page.extract_text() for page in reader.pages)

    inside, outside = said(language="fa"), said(language="fa", place_of_notice="public")
    assert "Beikoch" in inside
    assert "Küchenhilfe" in outside
    assert "Beikoch" not in outside
    assert not {"Kellnerin", "Bäckerin"} & set(inside.split() + outside.split())
    assert "Küchenhilfe" not in said(field_of_work="office")
