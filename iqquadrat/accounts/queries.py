"""Reads used by pages: the accounts of a centre, searched and filtered; where somebody is signed in, and by what."""

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from iqquadrat.accounts import devices
from iqquadrat.accounts.middleware import LAST_SEEN
from iqquadrat.accounts.models import AuthenticatorApp, RecoveryCode, SecurityKey, Sitting, User
from iqquadrat.accounts.sittings import DEVICE, STARTED_AT

# So finely is told when somebody was last seen: enough to know a place again, too coarse to watch somebody work.
SEEN_TO = 5 * 60


def find_accounts(reader: User, *, q: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Return the accounts of the reader's centre. ``state``: empty for open ones, ``closed``, ``all``."""
    accounts = User.objects.visible_to(reader).order_by("family_name", "given_name", "pk")
    for word in q.split():
        accounts = accounts.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word)
        )
    if role:
        accounts = accounts.filter(roles__contains=[role])
    if state != "all":
        accounts = accounts.filter(is_active=state != "closed")
    return accounts


def has_app(user: User) -> bool:
    """Tell whether an app makes codes for this account."""
    return AuthenticatorApp.objects.filter(user=user).exists()


def key_ids(user: User) -> list[str]:
    """Return which security keys may answer for this account."""
    return list(SecurityKey.objects.filter(user=user).values_list("credential_id", flat=True))


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes were not used yet."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


@dataclass(frozen=True)
class Place:
    """Where somebody is signed in. ``mark`` names it in addresses: the key of the session itself never stands in one."""

    sitting: Sitting
    mark: str
    device: str
    icon: str
    since: dt.datetime | None
    seen: dt.datetime | None
    is_here: bool


def places_of(user: User, *, here: str | None = None) -> list[Place]:
    """Return where somebody is signed in now, the place with the key ``here`` first, then as last seen."""
    proof, now = user.get_session_auth_hash(), int(time.time())
    found = []
    for sitting in Sitting.objects.filter(user=user, expire_date__gt=timezone.now()):
        data = sitting.get_decoded()
        # What ended with a change of the password or the roles, or by idling, is no place any more.
        if not constant_time_compare(data.get(HASH_SESSION_KEY, ""), proof):
            continue
        if now - data.get(LAST_SEEN, now) <= settings.STAFF_IDLE_SECONDS:
            found.append(_place(sitting, data, here))
    return sorted(found, key=lambda place: (not place.is_here, -_order(place)))


def _order(place: Place) -> float:
    return place.seen.timestamp() if place.seen else 0


def _place(sitting: Sitting, data: dict[str, Any], here: str | None) -> Place:
    kind, started, seen = data.get(DEVICE, ""), data.get(STARTED_AT), data.get(LAST_SEEN)
    return Place(
        sitting=sitting, mark=salted_hmac("iqquadrat.accounts.place", sitting.pk, algorithm="sha256").hexdigest()[:32],
        device=devices.words_for(kind), icon=devices.icon_for(kind),
        since=dt.datetime.fromtimestamp(started, dt.UTC) if started else None,
        seen=dt.datetime.fromtimestamp(max(seen - seen % SEEN_TO, started or 0), dt.UTC) if seen else None,
        is_here=sitting.pk == here,
    )  # fmt: skip
