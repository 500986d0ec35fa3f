"""Files to keep: a workbook, a list, a report, sent under a name of its own."""

from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
