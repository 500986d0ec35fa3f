"""Between the right password and the code: who it is, kept for five minutes in a session that is nobody's yet.

The same way leads through a fresh sign-in: there the session is somebody's already, and only its clock is set anew.
"""

import time
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from iqquadrat.accounts.middleware import CONFIRMED_AT
from iqquadrat.accounts.models import User
from iqquadrat.accounts.security_keys import new_challenge

HALF_WAY = "half_way"
# The users of this site come from its own table; axes only counts tries.
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class HalfWay:
    """Somebody whose password was right. ``proof`` dies with the password, the roles and the account's closing."""

    user_id: int
    at: int
    proof: str
    challenge: str


def begin(request: HttpRequest, user: User) -> None:
    """Keep that this person's password was right. A new key: whoever knew the session before is left behind."""
    request.session.cycle_key()
    state = HalfWay(user.pk, int(time.time()), user.get_session_auth_hash(), new_challenge())
    request.session[HALF_WAY] = asdict(state)


def state_of(request: HttpRequest) -> tuple[User, HalfWay] | None:
    """Return who is half way in; None for nobody, too long ago, or somebody who may no longer."""
    kept: dict[str, Any] | None = request.session.get(HALF_WAY)
    if kept is None:
        return None
    state = HalfWay(**kept)
    if not 0 <= int(time.time()) - state.at <= settings.SECOND_STEP_SECONDS:
        return None
    user = User.objects.filter(pk=state.user_id, is_active=True).select_related("centre").first()
    if user is None or user.get_session_auth_hash() != state.proof:
        return None
    if request.user.is_authenticated and request.user.pk != user.pk:
        return None
    return user, state


def renew_challenge(request: HttpRequest) -> HalfWay:
    """A key is never asked the same twice. The time that is left stays as it was."""
    request.session[HALF_WAY] = request.session[HALF_WAY] | {"challenge": new_challenge()}
    return HalfWay(**request.session[HALF_WAY])


def give_up(request: HttpRequest) -> None:
    """Forget who was half way in."""
    request.session.pop(HALF_WAY, None)


def complete(request: HttpRequest, user: User) -> None:
    """Sign in, or set the clock of a fresh sign-in; either way under a new key."""
    give_up(request)
    if request.user.is_authenticated:
        request.session.cycle_key()
        request.session[CONFIRMED_AT] = int(time.time())
    else:
        login(request, user, backend=BACKEND)
