"""What browser and security key say to each other (WebAuthn), read with the ``webauthn`` library; nothing is stored here."""

import json
from dataclasses import dataclass
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

# What a browser answers takes some hundred bytes; a statement of the maker a few thousand.
LONGEST_ANSWER = 20_000
_PATIENCE = 120_000  # milliseconds in which somebody finds the key in a bag


@dataclass(frozen=True)
class NewKey:
    """The public half of a new key, as it is stored."""

    credential_id: str
    public_key: str
    sign_count: int


def new_challenge() -> str:
    """Return random bytes that a key is to sign, as text."""
    return bytes_to_base64url(generate_challenge())


def challenge_bytes(text: str) -> bytes:
    """Return a challenge as it was before it became text."""
    return base64url_to_bytes(text)


def _known(credential_ids: list[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in credential_ids]


def options_to_add(
    *, challenge: str, site: str, host: str, handle: bytes, account: str, person: str, known: list[str]
) -> str:
    """Return what the browser is asked for a new key, as JSON. ``known``: keys that are there already."""
    wanted = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return webauthn.options_to_json(
        webauthn.generate_registration_options(
            rp_id=host, rp_name=site, user_id=handle, user_name=account, user_display_name=person, timeout=_PATIENCE,
            challenge=base64url_to_bytes(challenge), authenticator_selection=wanted, exclude_credentials=_known(known),
        )
    )  # fmt: skip


def options_to_use(*, challenge: str, host: str, known: list[str]) -> str:
    """Return what the browser is asked at sign-in, as JSON."""
    return webauthn.options_to_json(
        webauthn.generate_authentication_options(
            rp_id=host, challenge=base64url_to_bytes(challenge), timeout=_PATIENCE, allow_credentials=_known(known),
            user_verification=UserVerificationRequirement.PREFERRED,
        )
    )  # fmt: skip


def _read(answer: str) -> dict[str, Any] | None:
    """The answer as a table; None if it is none. It comes from outside: anything may stand in it."""
    try:
        found = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def credential_of(answer: str) -> str:
    """Return which key answered, in the one way it is written here; empty if the answer does not say."""
    found = (_read(answer) or {}).get("id")
    try:
        return bytes_to_base64url(base64url_to_bytes(found)) if isinstance(found, str) else ""
    except ValueError:
        return ""


def read_new(answer: str, *, challenge: bytes, name: str, origin: str) -> NewKey | None:
    """Return the new key; None unless the answer is to this challenge and of this site."""
    if (found := _read(answer)) is None:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=found, expected_challenge=challenge, expected_rp_id=name, expected_origin=origin
        )
    except _FAULTS:
        return None
    return NewKey(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def check(
    answer: str, *, challenge: bytes, name: str, origin: str, public_key: str, sign_count: int
) -> int | None:
    """Return how often the key was used by its own count; None unless it signed this challenge for this site."""
    if (found := _read(answer)) is None:
        return None
    try:
        used = webauthn.verify_authentication_response(
            credential=found, expected_challenge=challenge, expected_rp_id=name, expected_origin=origin,
            credential_public_key=base64url_to_bytes(public_key), credential_current_sign_count=sign_count,
        )  # fmt: skip
    except _FAULTS:
        return None
    return used.new_sign_count


# What a malformed answer raises on its way through the library: its own errors, and those of the parts it reads with.
_FAULTS = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
