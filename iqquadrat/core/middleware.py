"""The outermost doors: the language of the answer, and what no page could use is refused before anything reads it."""

import logging
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import translation

from iqquadrat.core.errors import answer_bad_request, answer_not_found
from iqquadrat.core.text import ForbiddenCharacterError, clean_text

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_QUERY = 4000
log = logging.getLogger("iqquadrat.gone")
_STILL_QUOTED = re.compile("%[0-9A-Fa-f]{2}")


class SpeakLanguage:
    """German unless the reader chose English by the switch; a signed-in account's language comes later and wins.

    The browser's list of languages is not asked: staff pages exist in two languages, and a client's page in the language
    that the client chose.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in settings.STAFF_LANGUAGES else settings.LANGUAGE_CODE)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response


class GrantNoDevices:
    """No page may use microphone, camera or the place of the reader, unless its view grants it to itself."""

    NOTHING = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.NOTHING)
        return response


class RefuseMalformedInput:
    """Answer 400 to NUL, half characters and endless text in path, query or cookies, which crash databases and templates.

    Django reads broken UTF-8 forgivingly, so the bytes themselves are looked at: what cannot be read is refused, not guessed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            self._check(request)
        except (ForbiddenCharacterError, UnicodeError, BadRequest, SuspiciousOperation):
            return answer_bad_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A body that broke off or is no form at all is the sender's fault, not ours."""
        if isinstance(exception, UnreadablePostError | MultiPartParserError):
            return answer_bad_request(request)
        return None

    def _check(self, request: HttpRequest) -> None:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest
        clean_text(request.path_info)
        if _STILL_QUOTED.search(
            request.path_info
        ):  # Django quotes again what is no UTF-8; no path of ours has a percent sign
            raise BadRequest
        # WSGI hands bytes over as Latin-1.
        clean_text(unquote_to_bytes(query.replace("+", " ").encode("latin-1")).decode(), lines=True)
        for key, values in request.GET.lists():
            clean_text(key, lines=True)
            for value in values:
                clean_text(value, lines=True)
        for value in request.COOKIES.values():
            clean_text(value)
        if any("\0" in value for key, value in request.META.items() if key.startswith("HTTP_")):
            raise BadRequest


class GoneMeanwhile:
    """Answer 404 where a record was deleted between the look at it and the write: two pressed the same button, one was first.

    Views look (and answer 404), services lock the row and read it again; what is missing there was there a moment ago. That is so
    for many services, and for all in the same way. The place is logged, because it could be a mistake of ours; reading (GET) locks
    nothing, so a record missing there is one and stays a 500.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Nothing of the request is stored: the service's transaction was rolled back."""
        if request.method != "POST" or not isinstance(exception, ObjectDoesNotExist):
            return None
        log.warning("gone", exc_info=exception, extra={"request": request, "status_code": 404})
        return answer_not_found(request)
