"""What no page could use is answered 400 (or an ordinary refusal), never 500."""

from typing import Any

import pytest
from django.test import Client

from iqquadrat.accounts.models import User

pytestmark = pytest.mark.django_db

BAD = {
    "NUL": "%00",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "overlong encoding": "%C0%AF",
    "bidi override": "%E2%80%AE",
    "bidi isolate": "%E2%81%A6",
    "control character": "%1B",
    "non-character": "%EF%BF%BF",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("where", ["/account/{}/", "/account/sign-in/?next={}", "/account/sign-in/?{}=1"])
def test_malformed_text_in_the_address_is_a_400(bad: str, where: str, client: Client) -> None:
    path, _, query = where.format(bad).partition("?")
    from urllib.parse import unquote_to_bytes

    response = client.generic(
        "GET", "/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"), QUERY_STRING=query
    )
    assert response.status_code == 400
    assert "default-src" in response["Content-Security-Policy"]


@pytest.mark.parametrize("good", ["محمد", "Nguyễn", "Ерmolова", "می\u200cخواهم", "a b", "x" * 3000])
def test_valid_text_in_the_address_passes(good: str, administrator: User, as_user: Any) -> None:
    assert (
        as_user(administrator).get("/administration/users/", {"q": good}).status_code == 200
        or len(good) > 3000
    )


def test_an_endless_query_is_a_400(client: Client) -> None:
    assert client.get("/account/sign-in/?next=" + "a" * 4001).status_code == 400


@pytest.mark.parametrize("cookie", ['iq="abcdefgh\\000"', 'iq_language="\\000"', "iq=\x7f" + "a" * 10])
def test_a_malformed_cookie_is_a_400(cookie: str, client: Client) -> None:
    assert client.get("/account/", HTTP_COOKIE=cookie).status_code == 400


def test_a_nul_in_a_header_is_a_400(client: Client) -> None:
    assert (
        client.post("/account/sign-in/", {"username": "a"}, headers={"User-Agent": "a\0b"}).status_code == 400
    )


TEXTS = {
    "NUL": "a\0b",
    "bidi override": "a\u202eb",
    "5,000 digits": "9" * 5000,
    "Arabic digits": "٣" * 40,
    "long": "x" * 100_000,
    "markup": "<script>alert(1)</script>",
    "template": "{{ user.password }}{% debug %}",
    "empty": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_sign_in_form_takes_any_text(text: str, client: Client) -> None:
    for fields in (
        {"username": text, "password": "x"},
        {"username": "a@example.org", "password": text},
        {"username": text},
    ):
        response = client.post("/account/sign-in/", fields)
        assert response.status_code in (422, 429)
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_the_reset_forms_take_any_text(text: str, client: Client) -> None:
    assert client.post("/account/password/forgotten/", {"email": text}).status_code == 422
    from urllib.parse import quote

    address = (
        f"/account/password/choose/{quote(text[:1000], safe='') or 'a'}/{quote(text[:1000], safe='') or 'b'}/"
    )
    assert client.get(address).status_code in (200, 400, 404)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_forms_of_the_administration_take_any_text(text: str, administrator: User, as_user: Any) -> None:
    client = as_user(administrator)
    good = {"given_name": "A", "family_name": "B", "email": "ab@example.org", "roles": ["counsellor"], "revision": "1",
            "submission": "8b7c1b9e-6f2c-4a6d-9a52-0b6f0c7c8d11", "language": "de", "theme": "auto"}  # fmt: skip
    for name in good:
        for path in ("/administration/users/new/", f"/administration/users/{administrator.pk}/", "/account/"):
            assert client.post(path, {**good, name: text}).status_code in (302, 409, 422), (path, name)


@pytest.mark.parametrize(
    "value", ["9" * 5000, "-1", "0", "1e400", "NaN", "٣", "x", "", "9999999999999999999999"]
)
def test_numbers_in_the_address_never_break_a_list(value: str, administrator: User, as_user: Any) -> None:
    client = as_user(administrator)
    for path in ("/administration/users/", "/administration/log/", "/account/log/"):
        for key in ("page", "person", "starts_on", "ends_on", "action", "role", "state"):
            response = client.get(path, {key: value})
            assert response.status_code == (400 if len(value) > 4000 else 200), (path, key)


@pytest.mark.parametrize("pk", ["0", "9" * 19, "9" * 400])
def test_numbers_in_the_path_are_a_404(pk: str, administrator: User, as_user: Any) -> None:
    assert as_user(administrator).get(f"/administration/users/{pk}/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"username": "\\ud800", "password": NaN}'),
        ("application/json", b"[" * 100_000),
        ("application/json", b"\xff\xfe\x00"),
        ("application/x-www-form-urlencoded", b"username=%ED%A0%80&password=%00"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(2100))),
        ("application/x-www-form-urlencoded; charset=nonsense", b"username=a"),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * (3 * 1024 * 1024)),
        ("multipart/form-data", b"no boundary at all"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nabc"),
        ("multipart/form-data; boundary=\xff", b"--\xff\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\0\"\r\n\r\nabc\r\n--x--"),
        ("text/nonsense", b"\0\0\0"),
        ("", b""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("strict", [True, False])
def test_garbage_as_a_body_is_refused(kind: str, body: bytes, strict: bool) -> None:
    client = Client(enforce_csrf_checks=strict)
    for path in ("/account/sign-in/", "/account/language/", "/account/password/forgotten/"):
        response = client.generic("POST", path, body, content_type=kind)
        assert response.status_code in ((400, 403) if strict else (400, 422)), (path, response.status_code)


def test_a_length_that_is_no_number_is_no_500(client: Client) -> None:
    for length in ("abc", "-1", "9" * 30):
        assert client.generic(
            "POST", "/account/sign-in/", b"username=a", CONTENT_LENGTH=length
        ).status_code in (400, 422)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_other_methods_are_refused(method: str, client: Client) -> None:
    assert client.generic(method, "/account/sign-in/").status_code == 405


def test_a_wrong_host_is_a_400(client: Client) -> None:
    assert client.get("/account/sign-in/", headers={"Host": "elsewhere.example"}).status_code == 400
