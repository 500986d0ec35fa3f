"""Every write on second factors: an app, security keys, recovery codes. Nobody sets them up for somebody else; an administrator takes them away."""

import hmac
import secrets
import time
from dataclasses import dataclass

import pyotp
from django.db import transaction
from django.utils import timezone

from iqquadrat.accounts import security_keys
from iqquadrat.accounts.models import AuthenticatorApp, RecoveryCode, SecurityKey, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.sealing import fingerprints, seal, unseal
from iqquadrat.accounts.services.authority import authorise
from iqquadrat.accounts.services.errors import (
    KeyKnownError,
    LastFactorError,
    NoSecondFactorError,
    OwnFactorError,
    TooManyKeysError,
    WrongCodeError,
    WrongKeyError,
)  # fmt: skip
from iqquadrat.accounts.signals import account_changed

STEP_SECONDS, DIGITS = 30, 6  # RFC 6238 as every app knows it
DRIFT = 1  # so many steps a phone's clock may be off, either way
RECOVERY_CODES = 10
MOST_KEYS = 10
# Without what is mistaken for another on paper; 32 signs, so that ten of them are 50 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_APP = "authenticator app"


@dataclass(frozen=True)
class Site:
    """Where a security key is used: the name it is bound to, and the origin the browser reports."""

    name: str
    origin: str


def new_secret() -> str:
    """Return a secret of 160 bits for an app, in the letters that people can type (RFC 4648)."""
    return pyotp.random_base32()


def _fitting_step(secret: str, code: str, *, after: int) -> int | None:
    """Return the half minute a code belongs to; None if it is wrong, too old, or not later than the last one taken."""
    app, now = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS), int(time.time()) // STEP_SECONDS
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(app.generate_otp(step).encode(), code.encode()):
            return step
    return None


def _tidy(code: str) -> str:
    """What was typed without blanks and hyphens, in capitals."""
    return "".join(code.split()).replace("-", "").upper()


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _tell(user: User, *, by: User | None, changed: str) -> None:
    account_changed.send(sender=User, user=user, by=by, changed=[changed])


def _note_state(user: User) -> None:
    """Let the account say whether there is a factor; the last one takes its recovery codes with it."""
    there = (
        AuthenticatorApp.objects.filter(user=user).exists() or SecurityKey.objects.filter(user=user).exists()
    )
    if not there:
        RecoveryCode.objects.filter(user=user).delete()
    since = (user.second_factor_since or timezone.now()) if there else None
    if since != user.second_factor_since:
        user.second_factor_since = since
        user.save(update_fields=["second_factor_since"])


def _refuse_last(user: User) -> None:
    """A role that needs a second factor keeps one; another can be set up first."""
    if not user.needs_second_factor:
        return
    left = AuthenticatorApp.objects.filter(user=user).count() + SecurityKey.objects.filter(user=user).count()
    if left <= 1:
        raise LastFactorError


def _first_codes(user: User) -> list[str]:
    """Return fresh recovery codes with the first factor, nothing with a further one."""
    return [] if RecoveryCode.objects.filter(user=user).exists() else _write_codes(user)


def _write_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=fingerprints(code, purpose=f"recovery code of {user.pk}")[0])
        for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def set_up_app(*, by: User, secret: str, code: str) -> list[str]:
    """Set up the app that holds this secret, in place of one from before; returns recovery codes if these are the first.

    Raises ``WrongCodeError`` unless the app shows this code now: a phone that was not set up right would lock its owner out.
    """
    user = _locked(by)
    step = _fitting_step(secret, _tidy(code), after=0)
    if step is None:
        raise WrongCodeError
    AuthenticatorApp.objects.filter(user=user).delete()
    AuthenticatorApp.objects.create(user=user, secret=seal(secret, purpose=_APP), last_step=step)
    _note_state(user)
    _tell(user, by=by, changed="authenticator_app")
    return _first_codes(user)


@transaction.atomic
def remove_app(*, by: User) -> None:
    """Take the own app away; gone already is fine. Raises ``LastFactorError`` where the role needs one."""
    user = _locked(by)
    if not AuthenticatorApp.objects.filter(user=user).exists():
        return
    _refuse_last(user)
    AuthenticatorApp.objects.filter(user=user).delete()
    _note_state(user)
    _tell(user, by=by, changed="authenticator_app")


@transaction.atomic
def add_security_key(*, by: User, name: str, answer: str, challenge: bytes, site: Site) -> list[str]:
    """Add a key from what the browser answered; returns recovery codes if these are the first.

    Raises ``WrongKeyError`` (not an answer to this challenge on this site), ``KeyKnownError`` and ``TooManyKeysError``.
    """
    user = _locked(by)
    made = security_keys.read_new(answer, challenge=challenge, name=site.name, origin=site.origin)
    if made is None:
        raise WrongKeyError
    if SecurityKey.objects.filter(credential_id=made.credential_id).exists():
        raise KeyKnownError
    if SecurityKey.objects.filter(user=user).count() >= MOST_KEYS:
        raise TooManyKeysError
    SecurityKey.objects.create(
        user=user,
        name=name,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
    )
    _note_state(user)
    _tell(user, by=by, changed="security_key")
    return _first_codes(user)


@transaction.atomic
def remove_security_key(*, by: User, key: SecurityKey) -> None:
    """Take one of the own keys away. Raises ``LastFactorError`` where the role needs one."""
    user = _locked(by)
    _refuse_last(user)
    SecurityKey.objects.filter(user=user, pk=key.pk).delete()
    _note_state(user)
    _tell(user, by=by, changed="security_key")


@transaction.atomic
def renew_recovery_codes(*, by: User) -> list[str]:
    """Return ten new codes; those from before no longer work. Raises ``NoSecondFactorError`` where there is nothing to recover."""
    user = _locked(by)
    if not user.has_second_factor:
        raise NoSecondFactorError
    codes = _write_codes(user)
    _tell(user, by=by, changed="recovery_codes")
    return codes


@transaction.atomic
def accept_code(*, user: User, code: str) -> bool:
    """Take a code of the app, or one of the recovery codes, and never the same one again; False if it does not fit."""
    typed = _tidy(code)
    if len(typed) == DIGITS and typed.isascii() and typed.isdigit():
        return _accept_app_code(user, typed)
    hashes = fingerprints(typed, purpose=f"recovery code of {user.pk}")
    unused = RecoveryCode.objects.filter(user=user, code_hash__in=hashes, used_at=None)
    if not unused.update(used_at=timezone.now()):
        return False
    _tell(user, by=user, changed="recovery_code_used")
    return True


def _accept_app_code(user: User, code: str) -> bool:
    app = AuthenticatorApp.objects.select_for_update().filter(user=user).first()
    secret = unseal(app.secret, purpose=_APP) if app else None
    if app is None or secret is None:
        return False
    step = _fitting_step(secret, code, after=app.last_step)
    if step is None:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


@transaction.atomic
def accept_security_key(*, user: User, answer: str, challenge: bytes, site: Site) -> bool:
    """Take what one of the account's keys answered to this challenge; False if it does not fit."""
    wanted = security_keys.credential_of(answer)
    key = SecurityKey.objects.select_for_update().filter(user=user, credential_id=wanted).first()
    if key is None:
        return False
    count = security_keys.check(
        answer,
        challenge=challenge,
        name=site.name,
        origin=site.origin,
        public_key=key.public_key,
        sign_count=key.sign_count,
    )
    if count is None:
        return False
    key.sign_count, key.used_at = count, timezone.now()
    key.save(update_fields=["sign_count", "used_at"])
    return True


@transaction.atomic
def take_second_factor_away(*, user: User, by: User | None) -> bool:
    """Take all factors from somebody who lost them, and end the sessions; False if there was none.

    A second person does it, never the owner: ``by=None`` is the command line, for the only administrator of a centre.
    """
    authorise(by, user.centre, Permission.USER_WRITE)
    if by is not None and by.pk == user.pk:
        raise OwnFactorError
    stored = _locked(user)
    if not stored.has_second_factor:
        return False
    AuthenticatorApp.objects.filter(user=stored).delete()
    SecurityKey.objects.filter(user=stored).delete()
    _note_state(stored)
    stored.session_epoch += 1
    stored.save(update_fields=["session_epoch"])
    _tell(stored, by=by, changed="second_factor")
    return True
