"""The public side of the kiosk: greeting, code, and the neutral page at the end."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string

from competence import kiosk_door
from competence.phrases import GREETINGS, OWN_NAMES, direction, phrases
from competence.services import sessions
from iqquadrat.accounts.access import public
from iqquadrat.core.text import latin_digits

CODE_LENGTH = 8
ENDS = ("finished", "paused")


def answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render a page of the kiosk. No context processors: they would look for a user."""
    content = render_to_string(f"competence/kiosk/{template}", context | {"csrf_token": get_token(request)})
    response = HttpResponse(content, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@public(methods=["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Greet in all languages; take the mother tongue and the code."""
    language = _language(request.POST.get("lang") or request.GET.get("lang"))
    if request.method != "POST":
        return _welcome(request, language)
    code = "".join(latin_digits(request.POST.get("code", "")[:40]).split())
    if not (code.isascii() and code.isdigit() and len(code) == CODE_LENGTH):
        return _welcome(request, language, refused="code_short", typed=code)
    try:
        token = sessions.redeem_code(
            code=code, language=language or "",
            device=kiosk_door.trace("device", f"{_address(request)} {request.headers.get('User-Agent', '')[:300]}"),
            network=kiosk_door.trace("network", _address(request)),
        )  # fmt: skip
    except sessions.CodeRefusedError as refusal:
        status = 429 if refusal.reason == "too_many" else 422
        return _welcome(request, language, refused=f"code_{refusal.reason}", status=status)
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        logout(request)  # the client must not meet somebody's open session at this PC
    response = redirect("kiosk:resume", token=token)
    kiosk_door.let_in(response, token)
    return response


@public()
def ended(request: HttpRequest) -> HttpResponse:
    """A neutral page after the end: what happens next, nothing of what was."""
    language = _language(request.GET.get("lang")) or "de"
    why = request.GET.get("why", "")
    context = {
        "ui": phrases(language), "language": language, "direction": direction(language), "two": language != "de",
        "is_finished": why == "finished",
    }  # fmt: skip
    response = answer(request, "ended.html", context)
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response


def _welcome(
    request: HttpRequest, language: str | None, *, refused: str = "", typed: str = "", status: int = 422
) -> HttpResponse:
    ui = phrases(language or "de")
    greetings = [
        {"code": code, "hello": GREETINGS[code], "name": OWN_NAMES[code], "dir": direction(code), "on": code == language}
        for code in settings.CLIENT_LANGUAGES
    ]  # fmt: skip
    context = {
        "ui": ui,
        "language": language or "",
        "greetings": greetings,
        "error": ui[refused] if refused else None,
        "typed": typed[:CODE_LENGTH] if typed.isdigit() else "",
        "pad": range(1, 10),
        "languages": [
            {"code": code, "ui": phrases(code), "dir": direction(code)} for code in settings.CLIENT_LANGUAGES
        ],
        "refused": refused,
        "site_name": settings.SITE_NAME,
    }
    return answer(request, "welcome.html", context, status=status if refused else 200)


def _language(code: str | None) -> str | None:
    return code if code in settings.CLIENT_LANGUAGES else None


def _address(request: HttpRequest) -> str:
    return str(get_client_ip_address(request) or "")
