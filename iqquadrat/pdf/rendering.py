"""From a document to a PDF: accessible (PDF/UA), tagged, in whole fonts, without reaching for anything outside."""

import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from iqquadrat.pdf.documents import Document
from iqquadrat.pdf.fetching import STATIC_FOLDER, OwnFilesOnly, RefusedAddressError
from iqquadrat.pdf.letters import Fonts

MOST_PAGES = 200
STYLES = ("paper.css", "guide.css", "letters.css", "survey.css", "notices.css", "checklist.css")
# Family, weight and where its whole file lies under the folder of the family.
FONT_FILES = (
    ("Noto Sans", 400, "400Regular/NotoSans_400Regular.ttf"),
    ("Noto Sans", 500, "500Medium/NotoSans_500Medium.ttf"),
    ("Noto Sans", 600, "600SemiBold/NotoSans_600SemiBold.ttf"),
    ("Noto Sans", 700, "700Bold/NotoSans_700Bold.ttf"),
    ("Vazirmatn", 400, "Vazirmatn-Regular.ttf"),
    ("Vazirmatn", 500, "Vazirmatn-Medium.ttf"),
    ("Vazirmatn", 600, "Vazirmatn-SemiBold.ttf"),
    ("Vazirmatn", 700, "Vazirmatn-Bold.ttf"),
)


class PdfError(Exception):
    """The document cannot be made: it names a foreign address or has too many pages."""


@dataclass(frozen=True)
class _Tools:
    """What every document of this process shares: reading fonts and styles costs more than a page."""

    fonts: FontConfiguration
    styles: tuple[CSS, ...]


# Fonts are kept by a C library that several threads must not enter at once.
_one_at_a_time = threading.Lock()


def font_faces() -> str:
    """Return the @font-face rules for the whole font files."""
    rules = []
    for family, weight, name in FONT_FILES:
        address = (Path(settings.PDF_FONT_FOLDERS[family]) / name).resolve().as_uri()
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{address}") format("truetype"); }}'
        )
    return "\n".join(rules)


@cache
def _tools() -> _Tools:
    fonts, fetcher = FontConfiguration(), OwnFilesOnly()
    sheets = (font_faces(), *((STATIC_FOLDER / name).read_text(encoding="utf-8") for name in STYLES))
    return _Tools(fonts, tuple(CSS(string=sheet, font_config=fonts, url_fetcher=fetcher) for sheet in sheets))


def page_of(document: Document) -> str:
    """Return the finished HTML of a document: all that is asked of the database is asked here."""
    with translation.override(document.language):
        return render_to_string(
            document.template,
            {**document.context, "title": document.title, "language": document.language},
        )


def most_pages_of(document: Document) -> int:
    """Return how many pages a document may have."""
    return int(getattr(document, "most_pages", MOST_PAGES))


def zoom_of(document: Document) -> float:
    """Return how many times larger than it is described a document is drawn."""
    return float(getattr(document, "zoom", 1))


def draw(page: str, most: int = MOST_PAGES, zoom: float = 1) -> bytes:
    """Return finished HTML as PDF of at most so many pages. Raises ``PdfError``."""
    with _one_at_a_time:
        tools = _tools()
        try:
            drawn = HTML(string=page, url_fetcher=OwnFilesOnly()).render(
                font_config=tools.fonts, stylesheets=list(tools.styles), pdf_variant="pdf/ua-1"
            )
            if len(drawn.pages) > most:
                raise PdfError(f"more than {most} pages")
            drawn.fonts = Fonts()
            written: bytes = drawn.write_pdf(zoom=zoom, pdf_variant="pdf/ua-1")
        except RefusedAddressError as refused:
            raise PdfError(str(refused)) from None
    return written


def letters_of(page: str) -> tuple[frozenset[str], str]:
    """Draw finished HTML; return the families of fonts that were used, and the letters that none of them has."""
    with _one_at_a_time:
        tools = _tools()
        drawn = HTML(string=page, url_fetcher=OwnFilesOnly()).render(
            font_config=tools.fonts, stylesheets=list(tools.styles)
        )
        drawn.write_pdf()
    fonts = drawn.fonts.values()
    missing = {chr(code) for font in fonts for code in font.missing}
    return frozenset(font.family for font in fonts), "".join(sorted(missing))


def render(document: Document) -> bytes:
    """Return the document as PDF. Raises ``PdfError``."""
    return draw(page_of(document), most_pages_of(document), zoom_of(document))
