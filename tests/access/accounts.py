"""Signing in, the own account, the accounts of the centre."""

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.access.table import EVERYBODY, A, K, Route
from tests.fixtures.people import UserFactory

# An account of its own: closing one of the walkers would end the walk.
_SOMEBODY = {"kwargs": lambda users: {"pk": UserFactory(centre=users["counsellor"].centre).pk}}


def _reset_link(users: dict[str, Any]) -> dict[str, Any]:
    user = users["counsellor"]
    return {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }


ROUTES = [
    Route("accounts:account", EVERYBODY, ("GET", "POST"), other_centre=0),
    Route("accounts:sign_in", methods=("GET", "POST"), public=True),
    Route("accounts:confirm", EVERYBODY, ("GET", "POST"), other_centre=0),
    Route("accounts:sign_out", EVERYBODY, ("POST",), other_centre=0),
    Route("accounts:set_language", methods=("POST",), public=True),
    Route("accounts:set_theme", EVERYBODY, ("POST",), other_centre=0),
    Route("accounts:password_change", EVERYBODY, ("GET", "POST"), other_centre=0),
    Route("accounts:password_ask", methods=("GET", "POST"), public=True),
    Route("accounts:password_sent", public=True),
    Route("accounts:password_confirm", methods=("GET", "POST"), public=True, kwargs=_reset_link),
    Route("accounts:password_done", public=True),
    Route("administration:settings", frozenset({K, A}), other_centre=0),
    Route("administration:desk", frozenset({K, A}), ("GET", "POST"), other_centre=0),
    Route("administration:centre", frozenset({A}), ("GET", "POST"), other_centre=0),
    Route("administration:user_list", frozenset({K, A}), other_centre=0),
    Route("administration:user_create", frozenset({A}), ("GET", "POST"), other_centre=0),
    Route("administration:user_edit", frozenset({A}), ("GET", "POST"), **_SOMEBODY),
    Route("administration:user_close", frozenset({A}), ("POST",), **_SOMEBODY),
    Route("administration:user_reopen", frozenset({A}), ("POST",), **_SOMEBODY),
    Route("administration:user_password_link", frozenset({A}), ("POST",), **_SOMEBODY),
]
