"""Paper: the only room that renders PDFs. ``render(document) -> bytes``, ``response(document) -> HttpResponse``.

The renderer is loaded when the first document is made: it costs a second that no other page should pay.
"""

from typing import TYPE_CHECKING

from iqquadrat.pdf.documents import Document

if TYPE_CHECKING:
    from django.http import HttpResponse

__all__ = ["Document", "render", "response"]


def render(document: Document) -> bytes:
    """Return the document as PDF. Raises ``iqquadrat.pdf.rendering.PdfError``."""
    from iqquadrat.pdf import rendering  # noqa: PLC0415 - see above

    return rendering.render(document)


def response(document: Document, *, download: bool = False) -> "HttpResponse":
    """Return the document as an answer that no cache keeps; shown in the browser unless ``download``."""
    from iqquadrat.pdf import answers  # noqa: PLC0415 - see above

    return answers.response(document, download=download)
