"""What the PC shows at the kiosk's door: an address nobody can guess, and a signed cookie that belongs to it.

Neither is stored in the database, only a hash of the address. The cookie alone opens nothing without the address, the address
nothing without the cookie.
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "__Host-iq_kiosk" if settings.HTTPS else "iq_kiosk"
LONGEST = 90 * 60  # seconds; the session in the database may end sooner
_SALT = "competence.kiosk.door"


def new_token() -> str:
    """Return a random address for one session (128 bits)."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """Return what is stored of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hmac(code: str) -> str:
    """Return what is stored of a start code: without the site's key eight digits cannot be tried out."""
    return salted_hmac("competence.kiosk.code", code, algorithm="sha256").hexdigest()


def trace(kind: str, value: str) -> str:
    """Return a keyed hash of a device or network, enough to count tries and to tell nobody where from."""
    return salted_hmac(f"competence.kiosk.{kind}", value, algorithm="sha256").hexdigest()


def token_of(request: HttpRequest) -> str | None:
    """Return the address that this browser's cookie belongs to, or None when there is no valid cookie."""
    cookie = request.COOKIES.get(COOKIE)
    if not cookie or len(cookie) > 300:
        return None
    try:
        return signing.TimestampSigner(salt=_SALT).unsign(cookie, max_age=LONGEST)
    except signing.BadSignature:
        return None


def let_in(response: HttpResponse, token: str) -> None:
    """Give this browser the cookie of a session that was just opened."""
    response.set_cookie(
        COOKIE, signing.TimestampSigner(salt=_SALT).sign(token), max_age=LONGEST, path="/",
        secure=settings.HTTPS, httponly=True, samesite="Strict",
    )  # fmt: skip
    # The way to the address is not kept on the disk either: a browser stores a redirect that says nothing about it (tried).
    response.headers["Cache-Control"] = "no-store"


def close(response: HttpResponse) -> None:
    """Take everything back that this browser kept. Called after the session was ended in the database."""
    response.delete_cookie(COOKIE, path="/", samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    response.headers["Cache-Control"] = "no-store"
