"""The paper room: what it loads, what it refuses, what a file says about itself."""

import io
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from pypdf import PdfReader

from iqquadrat import pdf
from iqquadrat.pdf.answers import safe_file_name
from iqquadrat.pdf.fetching import OwnFilesOnly, RefusedAddressError
from iqquadrat.pdf.rendering import FONT_FILES, PdfError, draw

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """A small document."""

    body: str = "Grüße"
    template: str = "tests_pdf/sample.html"
    language: str = "de"
    title: str = "Muster"
    file_name: str = "muster-K-2026-0001.pdf"
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def context(self) -> dict[str, Any]:
        return {"body": self.body, "address": "", **self.extra}


class LongSample(Sample):
    """One that may be long."""

    most_pages = 1_000


@pytest.fixture(autouse=True)
def own_templates():
    engines = [{**engine, "DIRS": [*engine["DIRS"], HERE / "templates"]} for engine in settings.TEMPLATES]
    with override_settings(TEMPLATES=engines):
        yield


def test_a_document_is_accessible_and_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(pdf.render(Sample())))
    assert reader.metadata.title == "Muster"
    assert reader.trailer["/Root"]["/Lang"] == "de"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert [entry.title for entry in reader.outline] == ["Überschrift"]


def test_every_script_is_set_in_whole_embedded_fonts(paper_text: Any) -> None:
    words = "Straße · Улица · Đường phố · Işık · شارع · می‌خواهم"
    written = pdf.render(Sample(body=words))
    fonts = set()
    for page in PdfReader(io.BytesIO(written)).pages:
        fonts |= {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("Noto" in font for font in fonts)
    assert any("Vazirmatn" in font for font in fonts)
    assert not any("DejaVu" in font or "Liberation" in font for font in fonts), fonts
    text = paper_text(written)
    assert "Straße · Улица · Đường phố · Işık" in text
    assert "شارع" in text


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/logo.png", "http://127.0.0.1/logo.png", "file:///etc/passwd", "data:image/png;base64,AAAA",
        "ftp://example.org/a", "file://host/etc/passwd",
        f"file://{settings.PDF_FONT_FOLDERS['Vazirmatn']}/../../package.json",
    ],
)  # fmt: skip
def test_nothing_else_is_loaded(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        OwnFilesOnly().fetch(address)
    with pytest.raises(PdfError):
        pdf.render(Sample(extra={"address": address}))


def test_own_fonts_are_loaded() -> None:
    for family, _weight, name in FONT_FILES:
        address = (Path(settings.PDF_FONT_FOLDERS[family]) / name).as_uri()
        assert OwnFilesOnly().fetch(address).read()[:4] == b"\x00\x01\x00\x00"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iqquadrat.pdf.rendering.MOST_PAGES", 1)
    with pytest.raises(PdfError, match="pages"):
        pdf.render(Sample(body="Zeile\n" * 400))
    assert pdf.render(LongSample(body="Zeile\n" * 400)).startswith(b"%PDF")


def test_the_answer_is_not_kept_and_has_a_safe_name() -> None:
    answer = pdf.response(Sample(file_name='Profil "Amal"\r\n../x.pdf'))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="profil-amal-x.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert pdf.response(Sample(), download=True)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "safe"), [("", "document.pdf"), ("أمل.pdf", "document.pdf"), ("A b.PDF", "a-b.pdf")]
)
def test_file_names(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["Chọn ngôn ngữ, đọc thong thả", "một con số"]),
        ("ar", ["يُرجى الانتظار", "كلاهما يمكن", "خطٍّ ثم خط", "وسهلًا كلا"]),
        ("fa", ["اندازهٔ نوشته لطفاً"]),
    ],
)
def test_letters_with_marks_are_read_as_they_are_written(language: str, words: list[str]) -> None:
    """Each of these letters is drawn with a mark first and alone later: neither swallows the other."""
    paragraphs = "".join(f'<p dir="auto">{word}</p>' for word in words)
    page = f'<html lang="{language}"><body>{paragraphs}</body></html>'
    read = PdfReader(io.BytesIO(draw(page))).pages[0].extract_text()
    # The order of a mark and its letter is one in print.
    letters = [
        "".join(char for char in text if unicodedata.category(char)[0] == "L")
        for text in (read, "".join(words))
    ]
    assert sorted(letters[0]) == sorted(letters[1])
    marks = [sum(unicodedata.category(char) == "Mn" for char in text) for text in (read, "".join(words))]
    assert marks[0] == marks[1]
