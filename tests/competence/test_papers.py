"""The profile on paper, as rendered: text in each language, pages, no warning, nothing of the language evidence."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdf import PdfReader

from competence.documents import ClientProfile, UnknownLanguageError
from competence.models import Assessment, ClientRemark, FieldConfirmation
from competence.profile import load
from competence.services.papers import client_profile, counsellor_document
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.text import direction_of
from iqquadrat.pdf.rendering import page_of
from tests.competence.profiles import WISH, full_assessment, persian_client

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    client = persian_client(counsellor=counsellor, number="K-2026-0127")
    made = full_assessment(client, discussed_at=timezone.now())
    FieldConfirmation.objects.create(assessment=made, row_key="field:repair", evidence=3)
    return made


def _paper(assessment: Assessment, language: str) -> bytes:
    return pdf.render(ClientProfile(load(assessment), language, TODAY))


HEADINGS = {
    "de": "Das kann ich besonders gut", "ru": "Это я умею особенно хорошо", "vi": "Những điều tôi làm đặc biệt tốt",
    "tr": "Özellikle iyi yaptıklarım", "uk": "Це я вмію особливо добре", "fr": "Ce que je sais faire particulièrement bien", "en": "This is what I do especially well", "ku": "Ez van tiştan bi taybetî baş dikim", "ar": "مهاراتي", "fa": "مهارت‌های من",
}  # fmt: skip


@pytest.mark.parametrize("language", settings.CLIENT_LANGUAGES)
def test_the_profile_in_every_language(
    assessment: Assessment, language: str, paper_text: Any, paper_pages: Any
) -> None:
    written = _paper(assessment, language)
    text = paper_text(written)
    for german in (
        "Mein Kompetenzprofil", "Reza Karimi", "K-2026-0127", "Ich arbeite gut mit den Händen.", "Reparieren, 9 Jahre",
        "Dokument gesehen", "Praktisch arbeiten", "nicht genug Antworten", "Keine Anerkennung eines Berufs, kein Sprachzeugnis.",
        "24. November 2026", "17. November 2026 und ein Gespräch", WISH,
    ):  # fmt: skip
        assert german in text, german
    assert paper_pages(written) <= 3
    assert "verstanden" not in text
    if language in HEADINGS.keys() - {"de", "ar", "fa"}:
        assert HEADINGS[language] in text
    reader = PdfReader(io.BytesIO(written))
    assert reader.metadata.title == "Mein Kompetenzprofil K-2026-0127"
    assert "Das kann ich besonders gut" in [
        entry.title for entry in reader.outline[0:] if not isinstance(entry, list)
    ] or any(
        entry.title == "Das kann ich besonders gut"
        for part in reader.outline
        if isinstance(part, list)
        for entry in part
    )


def test_persian_has_its_calendar_and_its_digits(assessment: Assessment, paper_text: Any) -> None:
    text = paper_text(_paper(assessment, "fa"))
    assert "۱۴۰۵" in text
    assert "۹" in text


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_arabic_script_is_shaped_and_in_its_own_font(assessment: Assessment, language: str) -> None:
    page = PdfReader(io.BytesIO(_paper(assessment, language))).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("Vazirmatn" in font for font in fonts)
    assert all("Noto" in font or "Vazirmatn" in font for font in fonts), fonts


def test_without_a_talk_the_footnote_does_not_claim_one(assessment: Assessment, paper_text: Any) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(discussed_at=None)
    assessment.refresh_from_db()
    assert "und ein Gespräch" not in paper_text(_paper(assessment, "de"))


def test_an_empty_profile_is_a_paper_too(assessment: Assessment, paper_text: Any) -> None:
    assessment.response.answers.all().delete()
    text = paper_text(_paper(assessment, "tr"))
    assert text.count("nicht genug Antworten") == 6
    assert "Das kann ich besonders gut" not in text


def test_a_language_without_texts_is_refused(assessment: Assessment) -> None:
    with pytest.raises(UnknownLanguageError):
        ClientProfile(load(assessment), "ckb", TODAY)


def test_handing_it_out_is_recorded(assessment: Assessment, counsellor: User) -> None:
    client_profile(assessment=assessment, language="fa", by=counsellor)
    entry = Entry.objects.get(action="export")
    assert (entry.object_id, entry.detail) == (
        str(assessment.pk),
        {"paper": "client_profile", "language": "fa"},
    )


def test_the_command_writes_the_file(assessment: Assessment, tmp_path: Path, capsys: Any) -> None:
    for name in (assessment.public_id, assessment.pk):
        file = tmp_path / f"{name}.pdf"
        call_command("profile_pdf", str(name), str(file), "--language", "ar")
        assert file.read_bytes().startswith(b"%PDF")
    for wrong in ("999999999", "nonsense", "9" * 30):
        with pytest.raises(CommandError):
            call_command("profile_pdf", wrong, str(tmp_path / "x.pdf"))


def test_the_clients_own_words_run_in_their_own_direction(assessment: Assessment) -> None:
    said = "أريد أن أعمل قرب Eisenbahnstraße 54"
    ClientRemark.objects.create(
        assessment=assessment, text=said, said_on=TODAY, created_by=assessment.created_by
    )
    for document in (
        ClientProfile(load(assessment), "de", TODAY),
        counsellor_document(load(assessment), TODAY),
    ):
        assert f'dir="rtl">{said}<' in page_of(document)


def test_the_direction_of_a_text_is_that_of_its_first_letter() -> None:
    assert [direction_of(text) for text in ("54 قرب Straße", "Straße قرب", "", "۱۲", "שלום")] == [
        "rtl", "ltr", "ltr", "ltr", "rtl",
    ]  # fmt: skip
