"""A PC with a running questionnaire reaches that questionnaire and nothing else."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from competence.kiosk_door import COOKIE, token_hash, token_of
from iqquadrat.core import walls
from iqquadrat.core.errors import answer_not_found
from iqquadrat.questionnaires.doors import AUDIO_PATH

# The public pages of the kiosk have short names; 22 characters are somebody's own address.
_INSIDE = re.compile(r"/k/([A-Za-z0-9_-]{22})(?:/|$)")


class KioskDoor:
    """While the kiosk's cookie is valid, only its own address answers; without it, no address of a kiosk does.

    Stands before the sessions: requests of the kiosk never touch a session or a user. Whether the session is still live is asked by
    the views in the one query that they need anyway; here only where the browser leaves the questionnaire.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = token_of(request)
        inside = self._token_in(request.path_info)
        if token is None:
            return self.get_response(request) if inside is None else self._nothing(request)
        if inside is not None and inside == token:
            # No member of staff is known in here, whatever else the browser may carry.
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            with walls.at_kiosk(token_hash(token)):
                response = self.get_response(request)
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        if request.path_info.startswith((settings.STATIC_URL, AUDIO_PATH)):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            return self.get_response(request)
        return self._outside(request, token)

    def _outside(self, request: HttpRequest, token: str) -> HttpResponse:
        from competence.models import KioskSession  # noqa: PLC0415 - models load after middleware is imported

        with walls.at_kiosk(token_hash(token)):
            is_live = KioskSession.objects.live(token_hash=token_hash(token), now=timezone.now())
        if is_live:
            return self._nothing(request)
        response = self.get_response(request)
        response.delete_cookie(COOKIE, path="/", samesite="Strict")
        return response

    @staticmethod
    def _token_in(path: str) -> str | None:
        """Return the random part of ``/k/<random>/…``; None for the public pages of the kiosk and all others."""
        found = _INSIDE.match(path)
        return found[1] if found else None

    @staticmethod
    def _nothing(request: HttpRequest) -> HttpResponse:
        # The error page must not look for a user: there is none before the sessions.
        response = answer_not_found(request)
        response.headers["Cache-Control"] = "no-store"
        return response
