"""What somebody meets who tries too often to sign in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def answer_locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG001 - axes' signature
    """429 with the time to wait; the same for known and unknown names."""
    return render(request, "accounts/locked_out.html", {"bare": True}, status=429)
