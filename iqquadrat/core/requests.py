"""Every request has a number: it stands in the answer and in all that is logged while it is answered."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.core.signals import request_finished
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

HEADER = "X-Request-ID"
# What a proxy may name a request: nothing that could be a name, an address or a line of its own.
_GIVEN = re.compile(r"[0-9a-f]{16,64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
NOTHING = "-"
request_id: ContextVar[str] = ContextVar("request_id", default=NOTHING)
log = logging.getLogger("iqquadrat.requests")


@receiver(request_finished)
def forget(**_facts: object) -> None:
    """What is logged after the answer belongs to no request. Only here: Django tells of its own after the last middleware."""
    request_id.set(NOTHING)


class NumberRequests:
    """Give each request its number, and tell the log its route, status and time: never its path, which can name a person.

    Files that are served as they lie (styles, scripts) are not told of.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        number = given if _GIVEN.fullmatch(given) else secrets.token_hex(16)
        request_id.set(number)
        begun = time.perf_counter()
        response = self.get_response(request)
        response[HEADER] = number
        self._tell(request, response.status_code, time.perf_counter() - begun)
        return response

    def _tell(self, request: HttpRequest, status: int, seconds: float) -> None:
        if request.resolver_match is None and status < 400:
            return
        facts = {"request": request, "status_code": status, "duration_ms": round(seconds * 1000, 1)}
        log.info("request", extra=facts)
