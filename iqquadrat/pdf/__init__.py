"""Paper: the only room that renders PDFs. ``render(document) -> bytes``, ``render_many`` of many, ``response(document) -> HttpResponse``.

The renderer is loaded when the first document is made: it costs a second that no other page should pay.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from iqquadrat.pdf.documents import Document

if TYPE_CHECKING:
    from django.http import HttpResponse

__all__ = ["Document", "letters_of", "render", "render_many", "response"]

K = TypeVar("K")


def render(document: Document) -> bytes:
    """Return the document as PDF. Raises ``iqquadrat.pdf.rendering.PdfError``."""
    from iqquadrat.pdf import rendering  # noqa: PLC0415 - see above

    return rendering.render(document)


def render_many(documents: Iterable[tuple[K, Document]], *, processes: int) -> Iterator[tuple[K, bytes]]:
    """Yield each document's mark with its PDF, drawn by several processes. Raises ``iqquadrat.pdf.rendering.PdfError``."""
    from iqquadrat.pdf import many  # noqa: PLC0415 - see above

    yield from many.render_many(documents, processes=processes)


def response(document: Document, *, download: bool = False) -> "HttpResponse":
    """Return the document as an answer that no cache keeps; shown in the browser unless ``download``."""
    from iqquadrat.pdf import answers  # noqa: PLC0415 - see above

    return answers.response(document, download=download)


def letters_of(page: str) -> tuple[frozenset[str], str]:
    """Return the families of fonts that a page of HTML is drawn with, and the letters that none of them has."""
    from iqquadrat.pdf import rendering  # noqa: PLC0415 - see above

    return rendering.letters_of(page)
