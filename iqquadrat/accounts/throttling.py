"""What somebody meets who tries too often to sign in, or to guess a secret address."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from iqquadrat.accounts.models import User

# At sign-in so many tries by name and address. At a secret address by the remote address alone, behind which a whole office may sit
# with telephones that still ask for calendars closed long ago.
SIGN_IN_TRIES, SECRET_TRIES = 5, 20
_SECRET = "secret address: "  # noqa: S105 - no password, but what tries of this kind are counted under


def limit(request: HttpRequest, credentials: dict[str, Any] | None) -> int:  # noqa: ARG001 - axes' signature
    """Return after how many tries the door is shut for a while."""
    name = str((credentials or {}).get(settings.AXES_USERNAME_FORM_FIELD) or "")
    return SECRET_TRIES if name.startswith(_SECRET) else SIGN_IN_TRIES


def _tried(request: HttpRequest, kind: str) -> tuple[HttpRequest, dict[str, str]]:
    """The request as the tries are kept: from which address, and without the secret that was tried."""
    tried = HttpRequest()
    tried.method = request.method
    tried.META = {**request.META, "PATH_INFO": f"/{kind}/", "QUERY_STRING": ""}
    return tried, {settings.AXES_USERNAME_FORM_FIELD: f"{_SECRET}{kind}"}


def too_many_guesses(request: HttpRequest, kind: str) -> bool:
    """Tell whether too many secret addresses of a kind were tried in vain from where this request comes."""
    return not AxesProxyHandler.is_allowed(*_tried(request, kind))


def count_guess(request: HttpRequest, kind: str) -> None:
    """Note that a secret address of a kind was tried in vain; counted and forgotten like a wrong password."""
    tried, credentials = _tried(request, kind)
    AxesProxyHandler.user_login_failed(sender=kind, credentials=credentials, request=tried)


def _second_step(user: User) -> tuple[HttpRequest, dict[str, str]]:
    """Wrong codes count by the account alone: whoever has the password could guess from many addresses."""
    tried = HttpRequest()
    tried.method = "POST"
    tried.META = {
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_X_FORWARDED_FOR": "127.0.0.1",
        "PATH_INFO": "/second-step/",
        "QUERY_STRING": "",
    }
    return tried, {settings.AXES_USERNAME_FORM_FIELD: f"second step: {user.pk}"}


def too_many_codes(user: User) -> bool:
    """Tell whether too many wrong codes were given for an account."""
    return not AxesProxyHandler.is_allowed(*_second_step(user))


def count_code(user: User) -> None:
    """Note that a code, or what a security key answered, did not fit."""
    tried, credentials = _second_step(user)
    AxesProxyHandler.user_login_failed(sender="second step", credentials=credentials, request=tried)


def forget_codes(user: User) -> None:
    """The right one came: wrong ones from before count no more."""
    AxesProxyHandler.reset_attempts(username=pseudonym(*_second_step(user)))


def wait_seconds() -> int:
    """Return how long the door stays shut."""
    return round(settings.AXES_COOLOFF_TIME * 3600)


def pseudonym(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the key under which tries are counted: the same for every way to capitalise a name, and no name itself.

    People type passwords into the wrong field; the table of tries must not hold them.
    """
    field = settings.AXES_USERNAME_FORM_FIELD
    typed = (credentials or {}).get(field) or request.POST.get(field, "")
    return salted_hmac("iqquadrat.accounts.throttling", str(typed).strip().casefold()).hexdigest()


def answer_locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG001 - axes' signature
    """429 with the time to wait; the same for known and unknown names."""
    minutes = wait_seconds() // 60
    response = render(request, "accounts/locked_out.html", {"bare": True, "minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
