"""Error pages in the design, in the reader's language, with a way back and without details."""

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader

from iqquadrat.core.outage import answer_outage, is_full, is_outage


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"errors/{status}.html", {"bare": True}, status=status)


def answer_bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: what was sent could not be read."""
    return _answer(request, 400)


def answer_forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: a record one may know of, without the right to it."""
    return _answer(request, 403)


def answer_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: nothing here, or nothing that this reader may know of."""
    return _answer(request, 404)


def answer_conflict(request: HttpRequest) -> HttpResponse:
    """409: somebody else was faster."""
    return _answer(request, 409)


def answer_server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault, or 503: the database is away or a disk full. Rendered without context processors, so that it cannot break too."""
    error = sys.exc_info()[1]
    if is_outage(error) or is_full(error):
        return answer_outage(request, full=is_full(error))
    return HttpResponse(loader.get_template("errors/500.html").render({"bare": True}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 with the advice that helps: the page was open too long or in another tab. A script gets it as JSON."""
    if request.content_type == "application/json":
        return JsonResponse({"error": "csrf"}, status=403)
    return render(request, "errors/csrf.html", {"bare": True}, status=403)
