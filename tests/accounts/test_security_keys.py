"""What browsers answer for security keys comes from outside: only the right answer counts, nothing else breaks anything."""

import base64
import hashlib
import json
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from iqquadrat.accounts import security_keys
from iqquadrat.accounts.models import SecurityKey, User
from iqquadrat.accounts.services import (
    KeyKnownError,
    Site,
    TooManyKeysError,
    WrongKeyError,
    accept_security_key,
    add_security_key,
)
from tests.accounts.factors import give_code, give_password, is_in

SITE = Site(name="localhost", origin="http://localhost:8000")
CHALLENGE = b"challenge-of-32-bytes-challenge-"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Device:
    """A key as the standard describes it: makes a pair, tells the public half, signs (WebAuthn level 2, 6.1 and 6.5)."""

    def __init__(self, identity: bytes = b"key-one") -> None:
        self.identity, self.uses, self.pair = identity, 0, ec.generate_private_key(ec.SECP256R1())

    def _client(self, kind: str, challenge: bytes, origin: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": _text(challenge), "origin": origin, "crossOrigin": False}
        ).encode()

    def _authenticator(self, site: str, more: bytes = b"") -> bytes:
        self.uses += 1
        flags = 0x41 if more else 0x01
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big") + more

    def make(self, *, challenge: bytes = CHALLENGE, site: Site = SITE) -> str:
        numbers = self.pair.public_key().public_numbers()
        public = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )
        more = bytes(16) + len(self.identity).to_bytes(2, "big") + self.identity + public
        statement = cbor2.dumps(
            {"fmt": "none", "attStmt": {}, "authData": self._authenticator(site.name, more)}
        )
        client = self._client("webauthn.create", challenge, site.origin)
        return self._answer({"clientDataJSON": _text(client), "attestationObject": _text(statement)})

    def sign(self, *, challenge: bytes = CHALLENGE, site: Site = SITE) -> str:
        client, known = self._client("webauthn.get", challenge, site.origin), self._authenticator(site.name)
        signature = self.pair.sign(known + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": _text(client),
                "authenticatorData": _text(known),
                "signature": _text(signature),
            }
        )

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps(
            {
                "id": _text(self.identity),
                "rawId": _text(self.identity),
                "type": "public-key",
                "response": response,
            }
        )


def _add(user: User, device: Device, **more: Any) -> list[str]:
    return add_security_key(
        by=user, name="Schlüssel", answer=device.make(**more), challenge=CHALLENGE, site=SITE
    )


def _use(user: User, answer: str, **more: Any) -> bool:
    return accept_security_key(user=user, answer=answer, **{"challenge": CHALLENGE, "site": SITE, **more})


@pytest.mark.django_db
def test_the_key_that_was_added_opens(counsellor: User) -> None:
    device = Device()
    assert len(_add(counsellor, device)) == 10
    counsellor.refresh_from_db()
    assert counsellor.has_second_factor
    assert _use(counsellor, device.sign())
    assert _use(counsellor, device.sign())


@pytest.mark.django_db
def test_another_challenge_site_key_or_person_does_not(counsellor: User, coordinator: User) -> None:
    device = Device()
    _add(counsellor, device)
    elsewhere = Site(name="evil.example", origin="https://evil.example")
    assert not _use(counsellor, device.sign(challenge=b"another-challenge"))
    assert not _use(counsellor, device.sign(site=elsewhere))
    assert not _use(counsellor, Device().sign())
    assert not _use(counsellor, Device(b"another").sign())
    assert not _use(coordinator, device.sign())


@pytest.mark.django_db
def test_a_copy_of_a_key_is_noticed(counsellor: User) -> None:
    """A key that counts never counts backwards; the same answer twice is such a one."""
    device = Device()
    _add(counsellor, device)
    answer = device.sign()
    assert _use(counsellor, answer)
    assert not _use(counsellor, answer)


@pytest.mark.django_db
def test_a_key_is_added_once_and_ten_are_enough(counsellor: User, coordinator: User) -> None:
    _add(counsellor, Device())
    with pytest.raises(KeyKnownError):
        _add(coordinator, Device())
    with pytest.raises(WrongKeyError):
        _add(counsellor, Device(b"two"), challenge=b"another")
    for number in range(9):
        _add(counsellor, Device(b"more-%d" % number))
    with pytest.raises(TooManyKeysError):
        _add(counsellor, Device(b"eleven"))
    assert SecurityKey.objects.filter(user=counsellor).count() == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer", ["x", "{}", "[]", "null", '{"id": 5}', '{"id": "AAAA"}', "[" * 9_000, '{"id": "ü"}']
)
def test_nonsense_is_refused_in_words(answer: str, counsellor: User, client: Client) -> None:
    device = Device()
    _add(counsellor, device)
    give_password(client, counsellor)
    assert client.post("/account/second-step/", {"answer": answer}).status_code == 422
    assert not is_in(client)


@pytest.mark.django_db
def test_a_recovery_code_stands_in_for_a_lost_key(counsellor: User, client: Client) -> None:
    codes = _add(counsellor, Device())
    give_password(client, counsellor)
    assert give_code(client, codes[0]).status_code == 302


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=10
)  # fmt: skip


@given(
    st.fixed_dictionaries(
        {}, optional={"id": json_like, "rawId": json_like, "type": st.just("public-key") | json_like, "response": st.dictionaries(st.sampled_from(["clientDataJSON", "attestationObject", "authenticatorData", "signature"]), json_like) | json_like},
    )
)  # fmt: skip
def test_whatever_comes_is_an_answer_or_none(found: dict[str, Any]) -> None:
    answer = json.dumps(found)
    assert security_keys.read_new(answer, challenge=CHALLENGE, name=SITE.name, origin=SITE.origin) is None
    assert (
        security_keys.check(
            answer, challenge=CHALLENGE, name=SITE.name, origin=SITE.origin, public_key="AA", sign_count=0
        )
        is None
    )
    assert isinstance(security_keys.credential_of(answer), str)
