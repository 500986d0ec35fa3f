"""The picture guide beside the PC, as rendered: one page in every language, read in its order, by those who may."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from pypdf import PdfReader

from competence.guide import PICTURES_ONLY, PictureGuide, UnknownGuideError
from competence.phrases import phrases
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from tests.competence.test_papers_read_by_machines import _letters, structure
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db

# What each step says, in the order of the page.
SAID = (
    "guide_title", "no_rush", "choose_language", "enter_code", "guide_pair", "guide_answer", "guide_switch", "listen", "text_size",
    "guide_free", "guide_back", "pause_title", "last_title",
)  # fmt: skip
BUTTONS = (
    "Weiter",
    "Vorlesen",
    "Starker Kontrast",
    "Weiß ich nicht",
    "Überspringen",
    "Zurück",
    "Pause",
    "Hilfe",
    "Beenden",
)
EVERY = (*settings.CLIENT_LANGUAGES, PICTURES_ONLY)


def _page(counsellor: User, language: str, size: str = "a4") -> bytes:
    counsellor.centre.name = "Interkulturelle Beratungsstelle Dialog"
    return pdf.render(PictureGuide(counsellor.centre, language, size))


@pytest.mark.parametrize("language", EVERY)
def test_one_sheet_in_every_language(
    counsellor: User, language: str, paper_text: Callable[[bytes], str], paper_pages: Callable[[bytes], int]
) -> None:
    written = _page(counsellor, language)
    assert paper_pages(written) == 1
    text = paper_text(written)
    assert "Interkulturelle Beratungsstelle Dialog" in text
    if language == PICTURES_ONLY:
        assert not [word for word in BUTTONS if word in text]
        return
    for word in (*BUTTONS, phrases("de")["guide_switch"].de):
        assert word in text, word


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_the_steps_are_read_in_their_order(counsellor: User, language: str) -> None:
    """As a reader of the tags meets them: the words of the steps one after the other, in the order in which they are spoken."""
    text = _letters(
        "".join(page.extract_text() for page in PdfReader(io.BytesIO(_page(counsellor, language))).pages)
    )
    words = phrases(language)
    last = -1
    for key in SAID:
        found = text.find(_letters(words[key].l1), last + 1)
        assert found > last, (key, words[key].l1)
        last = found


@pytest.mark.parametrize("language", EVERY)
def test_tagged_and_every_picture_says_what_it_is(counsellor: User, language: str) -> None:
    reader = PdfReader(io.BytesIO(_page(counsellor, language)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == (language if language != PICTURES_ONLY else "de")
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == phrases(language if language != PICTURES_ONLY else "de")["guide_title"].l1
    found = structure(root["/StructTreeRoot"])
    kinds = [str(element["/S"]) for element in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 11
    figures = [element for element in found if element["/S"] == "/Figure"]
    assert len(figures) > 20
    assert [figure for figure in figures if not figure.get("/Alt")] == []


@pytest.mark.parametrize("language", ["de", "ar", PICTURES_ONLY])
def test_the_poster_is_the_same_page_larger(counsellor: User, language: str) -> None:
    sheet, poster = _page(counsellor, language), _page(counsellor, language, "a3")
    pages = [PdfReader(io.BytesIO(made)).pages[0] for made in (sheet, poster)]
    sizes = [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in pages]
    assert sizes == [(210, 297), (297, 420)]
    assert len({_letters(page.extract_text()) for page in pages}) == 1


def test_persian_numbers_are_persian(counsellor: User, paper_text: Callable[[bytes], str]) -> None:
    text = paper_text(_page(counsellor, "fa"))
    assert {"۱", "۲", "۹"} <= set(text)


def test_another_language_or_size_is_not_there(counsellor: User, as_user: Any) -> None:
    for language, size in (("ckb", "a4"), ("de", "a0")):
        with pytest.raises(UnknownGuideError):
            PictureGuide(counsellor.centre, language, size)
        assert (
            as_user(counsellor).get(f"{reverse('competence:guide', args=[language])}?size={size}").status_code
            == 404
        )


@pytest.mark.parametrize(
    ("role", "status"), [("counsellor", 200), ("coordinator", 200), ("surveyor", 403), ("administrator", 403)]
)
def test_who_may_print_it(role: str, status: int, centre: Any, as_user: Any) -> None:
    browser = as_user(UserFactory(centre=centre, roles=[role]))
    assert browser.get(reverse("competence:guides")).status_code == status
    answer = browser.get(reverse("competence:guide", args=["ar"]))
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'inline; filename="anleitung-pc-ar-a4.pdf"'
        page = browser.get(reverse("competence:guides")).content.decode()
        for language in EVERY:
            address = reverse("competence:guide", args=[language])
            assert re.findall(rf'href="({address}(?:\?size=a3)?)"', page) == [address, f"{address}?size=a3"]


def test_it_is_offered_where_a_session_is_started(counsellor: User, as_user: Any) -> None:
    from tests.competence.factories import AssessmentFactory
    from tests.counselling.factories import ClientFactory

    client = ClientFactory(counsellor=counsellor)
    assessment = AssessmentFactory(client=client, centre=client.centre, mother_tongue="fa")
    board = as_user(counsellor).get(reverse("kiosk:board", args=[assessment.public_id])).content.decode()
    assert reverse("competence:guide", args=["fa"]) in board
    assert reverse("competence:guides") in board
    other = ClientFactory(counsellor=counsellor)
    start = as_user(counsellor).get(reverse("kiosk:start", args=[other.public_id])).content.decode()
    assert reverse("competence:guides") in start
