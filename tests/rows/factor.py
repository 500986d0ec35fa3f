"""Rows of the second factor and of the places where people are signed in."""

import datetime as dt
import time
from uuid import uuid4

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from iqquadrat.accounts.middleware import LAST_SEEN
from iqquadrat.accounts.models import Centre, SecurityKey, Sitting
from iqquadrat.accounts.services.factors import MOST_KEYS
from iqquadrat.accounts.sittings import DEVICE, STARTED_AT, SessionStore
from iqquadrat.accounts.views.sittings import MOST_PLACES
from tests.rows.registry import Users, rows, store

WITHOUT = {
    "accounts.AuthenticatorApp": "one a person",
    "accounts.RecoveryCode": "counted, never listed",
}


@rows(Centre, makes=(SecurityKey, Sitting))
def _keys_and_places(centre: Centre, users: Users, numbers: range) -> None:
    now = int(time.time())
    for user in users.values():
        store([
            SecurityKey(user=user, name=f"Schlüssel {n}", credential_id=uuid4().hex, public_key="AA") for n in numbers[: max(0, MOST_KEYS - numbers.start)]
        ])  # fmt: skip
        data = {
            SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash(), LAST_SEEN: now, STARTED_AT: now, DEVICE: "firefox:windows",
        }  # fmt: skip
        store([
            Sitting(session_key=uuid4().hex, user=user, session_data=SessionStore().encode(data), expire_date=timezone.now() + dt.timedelta(hours=9))
            for _n in numbers[: 2 * MOST_PLACES]
        ])  # fmt: skip
