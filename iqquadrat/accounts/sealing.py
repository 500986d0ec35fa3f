"""What lies in the database or in a page so that only this site can read it: sealed with a key made of ``SECRET_KEY``.

A secret of an authenticator app has to be read again, so a hash will not do. Whoever has the database without the key has nothing; keys
from before (``SECRET_KEY_FALLBACKS``) still open what they sealed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _box(purpose: str) -> MultiFernet:
    """A box for each purpose: what was sealed for one is not taken for another."""
    salt = f"iqquadrat.accounts.sealing:{purpose}"
    keys = (salted_hmac(salt, "key", secret=key, algorithm="sha256").digest() for key in _keys())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(text: str, *, purpose: str) -> str:
    """Return the text as only this site can read it."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, seconds: int | None = None) -> str | None:
    """Return what was sealed; None if it is not ours, for something else, or older than ``seconds``."""
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except (InvalidToken, UnicodeEncodeError):
        return None


def fingerprints(text: str, *, purpose: str) -> list[str]:
    """Return the keyed hashes of a text of many random bits, the one of today's key first."""
    salt = f"iqquadrat.accounts.fingerprint:{purpose}"
    return [salted_hmac(salt, text, secret=key, algorithm="sha256").hexdigest() for key in _keys()]
