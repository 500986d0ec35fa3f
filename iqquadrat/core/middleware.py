"""The outermost doors: the language of the answer, and what no page could use is refused before anything reads it."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import translation

from iqquadrat.core.errors import answer_bad_request
from iqquadrat.core.text import ForbiddenCharacterError, clean_text

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_QUERY = 4000


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


class RefuseMalformedInput:
    """Answer 400 to NUL, half characters and endless text in path or query, which crash databases and templates."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            self._check(request)
        except (ForbiddenCharacterError, UnicodeError, BadRequest, TooManyFieldsSent, RequestDataTooBig):
            return answer_bad_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A body that broke off or is no form at all is the sender's fault, not ours."""
        if isinstance(exception, UnreadablePostError | MultiPartParserError):
            return answer_bad_request(request)
        return None

    def _check(self, request: HttpRequest) -> None:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            raise BadRequest
        clean_text(request.path_info)
        for key, values in request.GET.lists():
            clean_text(key, lines=True)
            for value in values:
                clean_text(value, lines=True)
