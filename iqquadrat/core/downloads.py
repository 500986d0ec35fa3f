"""Files to keep: a workbook, a list, a report, sent under a name of its own."""

from typing import Any, TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# For every workbook that is written: a text stays a text, whatever it looks like. No formula, no link, no number made of it.
TEXTS_ONLY: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Sheets that are written in any order and stay small.
IN_MEMORY = TEXTS_ONLY | {"in_memory": True}
# For lists of any length: rows go through a file, written from the top down.
LONG_LIST = TEXTS_ONLY | {"constant_memory": True, "remove_timezone": True}
Response = TypeVar("Response", bound=HttpResponseBase)


def named(response: Response, name: str) -> Response:
    """Let a response be kept as a file of this name, in whatever letters."""
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return response


def download(content: bytes, name: str, content_type: str = XLSX) -> HttpResponse:
    """Return a file of this name; a workbook unless the type says something else."""
    return named(HttpResponse(content, content_type=content_type), name)
