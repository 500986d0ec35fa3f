"""What somebody meets who tries too often to sign in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac


def pseudonym(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the key under which tries are counted: the same for every way to capitalise a name, and no name itself.

    People type passwords into the wrong field; the table of tries must not hold them.
    """
    field = settings.AXES_USERNAME_FORM_FIELD
    typed = (credentials or {}).get(field) or request.POST.get(field, "")
    return salted_hmac("iqquadrat.accounts.throttling", str(typed).strip().casefold()).hexdigest()


def answer_locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG001 - axes' signature
    """429 with the time to wait; the same for known and unknown names."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    response = render(request, "accounts/locked_out.html", {"bare": True, "minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
