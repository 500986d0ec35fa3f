"""The way to an institution on paper: in the client's language beside German, on one half sheet, about nobody."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from counselling.slips import InstitutionSlip
from iqquadrat.pdf import render
from tests.counselling.factories import ClientFactory, InstitutionFactory, ReferralFactory

pytestmark = pytest.mark.django_db

HEADINGS = {
    "de": "Bitte gehen Sie hierhin", "ru": "Пожалуйста, обратитесь сюда", "vi": "Xin mời đến đây", "tr": "Lütfen buraya gidin",
}  # fmt: skip


@pytest.fixture
def place(centre: Any) -> Any:
    return InstitutionFactory(
        centre=centre, name="Frauenberatung Ostlicht", name_ar="استشارات النساء", phone="0341 98 76 54", opening_hours="Mo, Di 9–12 Uhr\nDo 14–18 Uhr",
        directions="Straßenbahn 1, 3, 8 bis Hermann-Liebmann-Straße. Eingang im Hof, 2. Stock", ask_for="Frau Nguyen, Zimmer 204",
        languages=["de", "ar", "ku", "fa", "vi", "en"],
    )  # fmt: skip


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_one_half_sheet_in_every_language(
    place: Any, centre: Any, language: str, paper_text: Any, paper_pages: Any
) -> None:
    slip = InstitutionSlip(place, centre, language)
    paper = render(slip)
    assert paper_pages(paper) == 1
    text = " ".join(paper_text(paper).split())
    for fact in (
        "Ostlicht",
        "Lindenhof 3",
        "04315 Leipzig",
        "Hermann-Liebmann",
        "Zimmer 204",
        "0341 98 76 54",
        "Kurmanc",
        "Bitte gehen Sie hierhin",
    ):
        assert fact in text, fact
    assert HEADINGS.get(language, "Bitte") in text
    assert slip.file_name == f"weg-{place.pk}-{language}.pdf"


def test_what_is_not_known_has_no_line(centre: Any) -> None:
    bare = InstitutionFactory(centre=centre, street="", postal_code="", city="", languages=[])
    assert [line.german or line.words for line in InstitutionSlip(bare, centre, "de")._lines()] == [
        "Hat es nicht geklappt? Kommen Sie wieder zu uns oder rufen Sie uns an."
    ]


def test_a_referral_leads_to_the_slip_in_the_clients_language(
    place: Any, counsellor: Any, as_user: Any
) -> None:
    client = ClientFactory(counsellor=counsellor, reading_language="prs", spoken_languages=["ku"])
    ReferralFactory(client=client, institution=place)
    browser = as_user(counsellor)
    address = f"{reverse('counselling:institution_slip', args=[place.pk])}?language=fa"
    assert address in browser.get(reverse("counselling:referral_list")).content.decode()
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert browser.get(address.replace("fa", "xx")).status_code == 404


@pytest.mark.parametrize(
    ("reads", "speaks", "paper"),
    [("ar", [], "ar"), ("", ["ckb", "tr"], "tr"), ("", ["ku"], "ku"), ("", ["ckb"], "de"), ("prs", [], "fa")],
)
def test_the_language_of_a_paper(reads: str, speaks: list[str], paper: str) -> None:
    assert (
        ClientFactory.build(
            counsellor=None, centre=None, reading_language=reads, spoken_languages=speaks
        ).paper_language
        == paper
    )
