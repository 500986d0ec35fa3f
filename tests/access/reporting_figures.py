"""Who compares periods and writes targets for single years."""

import datetime as dt
from typing import Any

from tests.access.table import C, K, Route
from tests.reporting.factories import ProgrammeFactory

LEAD, SEE = frozenset({K}), frozenset({C, K})


def _year(users: dict[str, Any]) -> dict[str, Any]:
    programme: Any = ProgrammeFactory(
        centres=[users[K].centre], starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31)
    )
    return {"code": programme.code, "year": 2026}


ROUTES = [
    Route("reporting:compare", SEE, other_centre=0),
    Route("reporting:compare_xlsx", LEAD, other_centre=0),
    Route("reporting:programme_year", LEAD, ("GET", "POST"), kwargs=_year),
]
