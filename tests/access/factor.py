"""The second factor, and where somebody is signed in."""

from typing import Any

from iqquadrat.accounts.models import SecurityKey
from tests.access.table import EVERYBODY, A, Route
from tests.fixtures.people import UserFactory

_SOMEBODY = {"kwargs": lambda users: {"pk": UserFactory(centre=users["counsellor"].centre).pk}}


def _own_key(users: dict[str, Any]) -> dict[str, Any]:
    user = users["me"]
    known = SecurityKey.objects.filter(user=user).count()
    key = SecurityKey.objects.create(
        user=user, name="Schlüssel", credential_id=f"key-{user.pk}-{known}", public_key="AA"
    )
    return {"pk": key.pk}


ROUTES = [
    Route("accounts:second_step", methods=("GET", "POST"), public=True),
    Route("accounts:factors", EVERYBODY, other_centre=0),
    Route("accounts:factor_app", EVERYBODY, ("GET", "POST"), other_centre=0),
    Route("accounts:app_remove", EVERYBODY, ("POST",), other_centre=0),
    Route("accounts:recovery_codes", EVERYBODY, ("POST",), other_centre=0),
    Route("accounts:key_add", EVERYBODY, ("GET", "POST"), other_centre=0),
    Route("accounts:key_remove", EVERYBODY, ("POST",), own=True, kwargs=_own_key),
    Route("accounts:places", EVERYBODY, other_centre=0),
    Route("accounts:places_end", EVERYBODY, ("POST",), other_centre=0),
    Route(
        "accounts:place_end", EVERYBODY, ("POST",), kwargs=lambda users: {"mark": "0" * 32},
        # Nobody's place: the own ones are ended in the tests of the room.
        post_statuses=(404,),
    ),
    Route("administration:user_factor_remove", frozenset({A}), ("POST",), **_SOMEBODY),
    Route("administration:user_sign_out", frozenset({A}), ("POST",), **_SOMEBODY),
]  # fmt: skip
