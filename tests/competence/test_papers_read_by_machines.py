"""Papers as machines read them: tagged, with a language and bookmarks, and Arabic script in the order in which it is spoken."""

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from pypdf import PdfReader

from competence.documents import ClientProfile
from competence.models import Assessment
from competence.paper import Writer
from competence.profile import load
from competence.released import items_of
from competence.services import papers, releases
from counselling.consents import current_text
from counselling.documents import ConsentPaper
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from tests.competence.profiles import well_known

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
PAPERS: dict[str, Callable[[Any], Any]] = {
    "client": lambda profile: ClientProfile(profile, "fa", TODAY),
    "counsellor": lambda profile: papers.counsellor_document(profile, TODAY),
    "short": lambda profile: papers.short_document(profile, TODAY),
    "cv": lambda profile: papers.cv_document(profile, TODAY),
}


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    made = well_known(counsellor)
    releases.release_items(
        assessment=made, items=items_of(load(made), "de"), explained_in="fa", seen=0, by=counsellor
    )
    return made


def structure(node: Any, found: list[Any] | None = None) -> list[Any]:
    """All elements of the tree of tags, in reading order."""
    found = [] if found is None else found
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for part in node:
            structure(part, found)
    elif hasattr(node, "get"):
        if "/S" in node:
            found.append(node)
        structure(node.get("/K", []), found)
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_tagged_with_a_language_a_title_and_bookmarks(assessment: Assessment, name: str) -> None:
    document = PAPERS[name](load(assessment))
    reader = PdfReader(io.BytesIO(pdf.render(document)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert "K-2026-0127" in (reader.metadata.title or "")
    assert not {"Reza", "Karimi"} & set((reader.metadata.title or "").split())
    assert len(reader.outline) > 0
    found = structure(root["/StructTreeRoot"])
    assert [element for element in found if element["/S"] == "/Figure" and not element.get("/Alt")] == []
    kinds = [str(element["/S"]) for element in found]
    assert kinds.index("/H1") < kinds.index("/H2")


def _letters(text: str) -> str:
    """Only letters and digits, as written: extracting drops joiners and puts full stops elsewhere."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")


@pytest.mark.parametrize("language", [code for code in settings.CLIENT_LANGUAGES if code != "de"])
def test_every_language_is_read_in_its_order(assessment: Assessment, language: str) -> None:
    profile = load(assessment)
    written = pdf.render(ClientProfile(profile, language, TODAY))
    text = _letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages))
    write = Writer(profile, language)
    sentences = [strength.text.other for strength in write.strengths()]
    # Numbers run the other way within a line; what stands before them is enough.
    sentences += [re.split(r"\d", line.heading.other)[0] for line in write.work()]
    sentences += [pair.other for pair in write.languages()[:2]]
    assert len(sentences) > 8
    missing = [sentence for sentence in sentences if _letters(sentence) not in text]
    assert not missing
    # The same letters backwards are somewhere only if they were drawn without a word about their order.
    assert not [sentence for sentence in sentences if len(sentence) > 15 and _letters(sentence)[::-1] in text]


def test_the_consent_in_arabic_is_read_in_its_order(assessment: Assessment) -> None:
    """The paper beside the release: what the client agrees to when data goes to a business."""
    with translation.override("de"):
        paper = ConsentPaper(
            current_text("share_with_employer", assessment.centre_id), "ar", assessment.client
        )
    text = _letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.render(paper))).pages))
    assert _letters("كيف يمكن التواصل معك") in text
