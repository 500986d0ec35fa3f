"""The outermost doors: the language of the answer, and what no page could use is refused before anything reads it."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import translation

from iqquadrat.core.errors import answer_bad_request
from iqquadrat.core.text import ForbiddenCharacterError, clean_text

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_QUERY = 4000
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
