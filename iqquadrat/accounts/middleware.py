"""A session of staff: the language and appearance of the account, its centre before the database, and an end when nobody is there."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from iqquadrat.accounts.sittings import note_place
from iqquadrat.core import walls

LAST_SEEN = "last_seen"
# When the password was last given; what takes data out of the house asks for it again after a while.
CONFIRMED_AT = "confirmed_at"
# Written at most once a minute, so that reading pages does not write a session row each time.
WRITE_EVERY = 60
# Sent by a page that renews itself: nobody need be there, so it does not count as being seen.
POLLING_HEADER = "X-Polling"


@receiver(user_logged_in, dispatch_uid="accounts.start_clock")
def start_clock(sender: Any, request: HttpRequest, **kwargs: Any) -> None:  # noqa: ARG001 - a receiver's signature
    """The idle time runs from signing in, also when no page is opened after it."""
    now = int(time.time())
    request.session[LAST_SEEN] = request.session[CONFIRMED_AT] = now
    note_place(request, now=now)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the password was given in this session a short while ago."""
    return int(time.time()) - int(request.session.get(CONFIRMED_AT, 0)) <= settings.FRESH_SIGN_IN_SECONDS


class StaffSession:
    """Sign out after idling; speak the language of the account; let the database show its centre only; leave nothing in the browser.

    Counsellors share PCs and hand them to clients: without ``no-store`` the way back shows the last file as it was, to whoever sits
    there after signing out. Pages that say otherwise themselves keep what they say.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._end_if_idle(request)
        if not (settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated):
            return self.get_response(request)
        translation.activate(request.user.language)
        with walls.in_centre(request.user.centre_id):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    @staticmethod
    def _end_if_idle(request: HttpRequest) -> None:
        now = int(time.time())
        seen = request.session.get(LAST_SEEN, now)
        if now - seen > settings.STAFF_IDLE_SECONDS:
            request.ended_by = "idle"  # type: ignore[attr-defined]  # read by the access log
            logout(request)
        elif POLLING_HEADER in request.headers:
            return
        elif LAST_SEEN not in request.session or now - seen > WRITE_EVERY:
            request.session[LAST_SEEN] = now
