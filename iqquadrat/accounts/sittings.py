"""The sessions of staff, as Django's own in the database, and beside each whose it is: so that somebody can see and end them."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from iqquadrat.accounts import devices

# When somebody signed in, and with what kind of device. The rest of the row is Django's.
STARTED_AT, DEVICE = "started_at", "device"


class SessionStore(DatabaseStore):
    """Keeps a session in ``accounts.Sitting``. The key of a session may change; the owner comes with what it holds."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table; models load after this module."""
        from iqquadrat.accounts.models import Sitting  # noqa: PLC0415 - the settings name this module before models load

        return Sitting

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row as it is stored: with the person who is signed in, or nobody."""
        row: Any = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row


def note_place(request: Any, *, now: int) -> None:
    """Keep in the session since when and on what kind of device it runs."""
    request.session[STARTED_AT] = now
    request.session[DEVICE] = devices.kind_of(request.headers.get("User-Agent", ""))
