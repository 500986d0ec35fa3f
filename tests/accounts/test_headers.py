"""What every answer carries for the browser, and what production turns on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from iqquadrat.accounts.checks import routes

pytestmark = pytest.mark.django_db
PUBLIC = [
    route.name for route in routes()
    if route.view.access_rule.kind == "public" and "GET" in route.view.access_rule.methods and "<" not in route.pattern
]  # fmt: skip


def test_there_are_public_pages() -> None:
    assert len(PUBLIC) >= 4


@pytest.mark.parametrize(
    "path", [*PUBLIC, "/nothing/here/", "/account/%00/", "/account/password/choose/a/b/"]
)
def test_every_public_answer_carries_the_headers(path: str, client: Client) -> None:
    response = client.get(path if path.startswith("/") else reverse(path))
    policy = response["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_out_of_reach_of_scripts(counsellor: object, client: Client) -> None:
    client.get("/account/sign-in/")
    client.post(
        "/account/sign-in/", {"username": "counsellor@example.org", "password": "ein-langes-Kennwort-1"}
    )
    assert {"iq", "iq_csrf"} <= set(client.cookies)
    assert all(cookie["httponly"] for cookie in client.cookies.values())
    assert client.cookies["iq_csrf"]["samesite"] == "Strict"
    assert client.cookies["iq"]["expires"] == ""  # ends with the browser


def test_sign_in_pages_are_not_stored(client: Client) -> None:
    assert "no-store" in client.get("/account/sign-in/")["Cache-Control"]


_PRODUCTION = """
import django
from django.conf import settings
django.setup()
assert settings.SESSION_COOKIE_NAME == "__Host-iq" and settings.SESSION_COOKIE_SECURE and settings.SESSION_COOKIE_HTTPONLY
assert settings.CSRF_COOKIE_NAME == "__Host-iq_csrf" and settings.CSRF_COOKIE_SECURE and settings.CSRF_COOKIE_HTTPONLY
assert settings.LANGUAGE_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS >= 31536000
assert settings.SESSION_COOKIE_DOMAIN is None and settings.SESSION_COOKIE_PATH == "/"
print("as it should be")
"""


def test_production_turns_on_what_https_allows() -> None:
    environment = {
        **os.environ,
        "IQ_HTTPS": "1",
        "IQ_SECRET_KEY": "of-this-test-only-" + "x" * 50,
        "IQ_TESTING": "0",
        "DJANGO_SETTINGS_MODULE": "iqquadrat.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", _PRODUCTION], env=environment, cwd=Path(__file__).parents[2], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert run.stdout.strip() == "as it should be", run.stderr


def test_what_staff_see_is_kept_by_no_browser(as_user: Any, counsellor: Any, coordinator: Any) -> None:
    """PCs are shared: the way back after signing out must not show the last file."""
    for user in (counsellor, coordinator):
        for address in ("/", "/clients/", "/consultations/", "/nowhere/"):
            assert "no-store" in as_user(user).get(address)["Cache-Control"], address
    assert "no-store" in as_user(counsellor).post("/account/sign-out/")["Cache-Control"]
