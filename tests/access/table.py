"""The table of the whole policy: which role meets what at which route.

Each room lists its routes in ``tests/access/<room>.py`` as ``ROUTES``; ``tests/test_access.py`` walks view x role x method over
all of them and asserts that no route of the site is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

C, K, S, A = "counsellor", "coordinator", "surveyor", "administrator"
EVERYBODY = frozenset({C, K, S, A})


@dataclass(frozen=True)
class Route:
    """One route. ``roles`` may enter (answer below 400 or a 400 for an empty form), all others get 403, strangers sign in.

    ``kwargs`` builds the records for the path: it gets the users by role (``users["counsellor"]`` is in charge) and returns the
    path's arguments. ``public`` routes admit everybody; ``kiosk`` ones are tested in the kiosk's own tests and only listed.
    ``get_status`` is what an admitted role gets on GET where it is not 200 (a redirect, a file).
    """

    name: str
    roles: frozenset[str] = EVERYBODY
    methods: tuple[str, ...] = ("GET",)
    kwargs: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda users: {})
    # The record belongs to one person: ``kwargs`` makes one for each role, of ``users["me"]``.
    own: bool = False
    public: bool = False
    # Asked by a script: strangers get 401 instead of being sent to sign in.
    as_json: bool = False
    kiosk: bool = False
    get_status: int = 200
    post_statuses: tuple[int, ...] = (200, 204, 302, 303, 400, 409, 422)
    other_centre: int = (
        404  # what a user of another centre with an admitted role meets; 0: the route is about no record
    )
