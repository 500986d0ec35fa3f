"""Second factors for tests: an app whose secret is known, and the codes it shows."""

from datetime import timedelta
from typing import Any

import pyotp
import time_machine
from django.test import Client
from django.utils import timezone

from iqquadrat.accounts.models import User
from iqquadrat.accounts.services import new_secret, set_up_app
from tests.fixtures.people import PASSWORD

SIGN_IN, SECOND_STEP = "/account/sign-in/", "/account/second-step/"


def code_of(secret: str, *, seconds: int = 0) -> str:
    """What the app shows now, or so many seconds from now."""
    return pyotp.TOTP(secret).at(timezone.now(), counter_offset=seconds // 30)


def give_app(user: User) -> tuple[str, list[str]]:
    """Set up an app two minutes ago, so that the code of now is unused; return its secret and the recovery codes."""
    secret = new_secret()
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        codes = set_up_app(by=user, secret=secret, code=code_of(secret))
    user.refresh_from_db()
    return secret, codes


def give_password(client: Client, user: User, **more: Any) -> Any:
    """Take the first step of signing in."""
    return client.post(SIGN_IN, {"username": user.email, "password": PASSWORD, **more})


def give_code(client: Client, code: str, **more: Any) -> Any:
    """Take the second step."""
    return client.post(SECOND_STEP, {"code": code, **more})


def is_in(client: Client) -> bool:
    """Tell whether somebody is signed in."""
    return client.get("/account/").status_code == 200
