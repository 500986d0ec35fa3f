"""Handing a document to a browser."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from iqquadrat.pdf.documents import Document
from iqquadrat.pdf.rendering import render

_UNSAFE = re.compile(r"[^a-z0-9-]+")


def safe_file_name(name: str) -> str:
    """Return a name that every system can keep: small Latin letters, digits and hyphens, then ``.pdf``."""
    stem = _UNSAFE.sub("-", name.lower().removesuffix(".pdf")).strip("-")[:80]
    return f"{stem or 'document'}.pdf"


def response(document: Document, *, download: bool = False) -> HttpResponse:
    """Return the document as an answer that no cache keeps; shown in the browser unless ``download``."""
    answer = HttpResponse(render(document), content_type="application/pdf")
    disposition = content_disposition_header(download, safe_file_name(document.file_name))
    answer["Content-Disposition"] = disposition or "attachment"
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
