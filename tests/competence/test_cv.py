"""The German CV as PDF and as DOCX: the same facts, nothing that belongs to nobody but the person, plain text only."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from competence.cv import cv_of
from competence.cv_docx import write_docx
from competence.models import Assessment, FieldConfirmation
from competence.profile import load
from competence.services import papers
from counselling.models import Client
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.competence.profiles import SECRET_WORDS, anew, well_known
from tests.competence.test_counsellor_paper import EVIDENCE_WORDS

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
# A CV has an address and a birth date; the rest of the secrets are secrets here too.
NEVER = [words for words in (*SECRET_WORDS, *EVIDENCE_WORDS) if words not in ("Geheimgasse", "04399", "1987")]
EVIL = (
    '=cmd|"/c calc"!A1 {HYPERLINK "http://evil.example"} <w:fldSimple w:instr="DATE"/> & http://evil.example'
)


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    return well_known(counsellor)


def _docx(assessment: Assessment) -> Any:
    return Document(io.BytesIO(papers.cv_docx(load(assessment), TODAY)))


def _words(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_both_forms_say_the_same(assessment: Assessment, counsellor: User, paper_text: Any) -> None:
    written = paper_text(pdf.render(papers.cv_paper(assessment=assessment, by=counsellor)))
    typed = " ".join(_words(_docx(assessment)).split())
    for words in (
        "Lebenslauf", "Reza Karimi", "Geheimgasse 7, 04399", "0341 5550127", "Berufserfahrung", "8 Jahre, bis 2020", "Reparieren",
        "Autos", "Ausbildung und Schule", "in einer Ausbildung gelernt", "12 Schuljahre", "Schweißen", "Persisch", "Muttersprache",
        "Sprechen B1, Lesen A2 (Zertifikat)", "Praktisches Arbeiten, handwerkliches Geschick", "B, Stapler", "Ehrenamt",
    ):  # fmt: skip
        assert words in written, words
        assert words in typed, words
    for words in (*NEVER, "K-2026-0127"):
        assert words not in written, words
        assert words not in typed, words


def test_gaps_are_lines_to_fill_in(assessment: Assessment) -> None:
    Client.objects.filter(pk=assessment.client_id).update(email="", street="", postal_code="")
    fresh = anew(assessment)
    document = _docx(fresh)
    lines = [(row.cells[0].text, row.cells[1].text) for table in document.tables for row in table.rows]
    assert ("E-Mail", "") in lines
    assert ("Adresse", "") in lines
    assert lines.count(("Monat/Jahr bis Monat/Jahr", "")) == 3
    # On the PDF nothing is written on: no empty label.
    assert all(row.fact for section in cv_of(load(fresh)).sections for row in section.rows)


def test_the_file_is_plain(assessment: Assessment) -> None:
    Client.objects.filter(pk=assessment.client_id).update(latin_family_name=EVIL[:100], street=EVIL)
    fresh = anew(assessment)
    packed = zipfile.ZipFile(io.BytesIO(papers.cv_docx(load(fresh), TODAY)))
    body = packed.read("word/document.xml").decode()
    for code in ("<w:fldSimple", "<w:fldChar", "<w:instrText", "<w:hyperlink"):
        assert code not in body
    assert "evil.example" not in packed.read("word/_rels/document.xml.rels").decode()
    assert not [name for name in packed.namelist() if "vba" in name.lower() or "embeddings" in name]
    document = _docx(fresh)
    assert EVIL in _words(document)
    facts = document.core_properties
    assert (facts.title, facts.author, facts.comments) == ("Lebenslauf K-2026-0127", "", "")
    assert 'w:val="de-DE"' in packed.read("word/styles.xml").decode()


def test_letters_from_right_to_left_and_characters_xml_cannot_hold(assessment: Assessment) -> None:
    cv = cv_of(load(assessment))
    written = write_docx(type(cv)(name="رضا\x0b", sections=cv.sections), title="Lebenslauf")
    assert written.startswith(b"PK")
    Client.objects.filter(pk=assessment.client_id).update(latin_family_name="", latin_given_name="")
    fresh = anew(assessment)
    assert "رضا کریمی" in _words(_docx(fresh))


def test_an_empty_profile_is_a_cv_to_write_on(assessment: Assessment, paper_pages: Any) -> None:
    Answer.objects.all().delete()
    fresh = anew(assessment)
    assert "Berufserfahrung" in _words(_docx(fresh))
    assert paper_pages(pdf.render(papers.cv_document(load(fresh), TODAY))) == 1


def test_tagged_with_bookmarks_and_a_language(assessment: Assessment) -> None:
    reader = PdfReader(io.BytesIO(pdf.render(papers.cv_document(load(assessment), TODAY))))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.root_object["/Lang"] == "de"
    titles = [
        entry.title for part in reader.outline for entry in (part if isinstance(part, list) else [part])
    ]
    assert {"Berufserfahrung", "Sprachen"} <= set(titles)


def test_handing_out_is_recorded(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    browser = as_user(counsellor)
    assert (
        browser.get(reverse("competence:cv", args=[assessment.public_id]))["Content-Type"]
        == "application/pdf"
    )
    answer = browser.get(reverse("competence:cv_docx", args=[assessment.public_id]))
    assert answer["Content-Disposition"] == 'attachment; filename="lebenslauf-k-2026-0127.docx"'
    assert answer["Cache-Control"] == "no-store, private"
    formats = Entry.objects.filter(action="export", detail__paper="cv").values_list(
        "detail__format", flat=True
    )
    assert sorted(formats) == ["docx", "pdf"]


def test_a_personnel_officer_finds_the_longest_work_first_and_nothing_that_says_nothing(
    assessment: Assessment,
) -> None:
    every = ["repair", "kitchen", "construction", "sales", "cleaning", "other"]
    Answer.objects.filter(item__key="wrk_fields").update(choices=every)
    Answer.objects.filter(item__key="lng_other").update(choices=["en", "de", "other"])
    for key, years in (("field:sales", 3), ("field:construction", 6)):
        FieldConfirmation.objects.create(assessment=assessment, row_key=key, evidence=2, years=years)
    parts = {section.heading: section.rows for section in cv_of(load(anew(assessment))).sections}
    work = [(row.margin, row.fact) for row in parts["Berufserfahrung"]]
    assert work[:3] == [("8 Jahre, bis 2020", "Reparieren"), ("6 Jahre", "Bau"), ("3 Jahre", "Verkaufen")]
    assert work[3] == ("Weitere Arbeitsfelder", "Küche und Essen, Putzen")
    assert len(work) == 4
    assert [row.margin for row in parts["Sprachen"]] == ["Persisch", "Deutsch", "Weitere Sprachen"]
    assert "etwas anderes" not in str(parts)
    assert "nach etwa" not in str(parts["Ausbildung und Schule"])
    assert not [row for row in parts["Fähigkeiten"] if row.fact.startswith("Ich ")]


def test_the_file_holds_every_line_of_the_paper_in_its_order(assessment: Assessment, paper_text: Any) -> None:
    profile = load(assessment)
    cells = [
        " ".join(cell.text for cell in row.cells).split()
        for table in _docx(assessment).tables
        for row in table.rows
    ]
    typed = [" ".join(words) for words in cells]
    lines = [
        " ".join(filter(None, (row.margin, row.fact, row.more)))
        for section in cv_of(profile).sections
        for row in section.rows
    ]
    assert [line for line in typed if line in lines] == lines
    written = paper_text(pdf.render(papers.cv_document(profile, TODAY)))
    assert [line for line in lines if line.split()[-1] not in written] == []
