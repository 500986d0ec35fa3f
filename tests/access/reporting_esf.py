"""Who opens the table of the European Social Fund Plus."""

from typing import Any

from tests.access.table import K, Route
from tests.counselling.participating import esf_programme

LEAD = frozenset({K})


def _reported(users: dict[str, Any]) -> dict[str, Any]:
    """The table is about a programme; the address needs none."""
    esf_programme(users[K].centre, code=f"esf-{users[K].centre_id}")
    return {}


ROUTES = [
    Route("reporting:esf_table", LEAD, kwargs=_reported, other_centre=0),
    Route("reporting:esf_xlsx", LEAD, kwargs=_reported, other_centre=0),
    Route("reporting:esf_pdf", LEAD, kwargs=_reported, other_centre=0),
]
