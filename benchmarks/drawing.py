"""The floor of papers: the renderer alone, as fast as is known. Apart from Django's models, for it runs in processes of its own."""

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from iqquadrat.pdf.fetching import STATIC_FOLDER
from iqquadrat.pdf.rendering import font_faces

_tools: dict[str, object] = {}


def best_known(page: str) -> bytes:
    """Draw finished HTML as fast as the renderer can in one process."""
    if not _tools:
        fonts = FontConfiguration()
        sheets = (font_faces(), (STATIC_FOLDER / "paper.css").read_text(encoding="utf-8"))
        _tools["fonts"], _tools["styles"] = fonts, [CSS(string=sheet, font_config=fonts) for sheet in sheets]
    written: bytes = HTML(string=page).write_pdf(
        font_config=_tools["fonts"], stylesheets=_tools["styles"], pdf_variant="pdf/ua-1"
    )
    return written
