"""Who may open what in the room of figures and reports."""

from typing import Any

from iqquadrat.reporting.models import Programme
from tests.access.table import C, K, Route
from tests.reporting.factories import ProgrammeFactory

LEAD, SEE = frozenset({K}), frozenset({C, K})
BOTH = ("GET", "POST")


def _programme(users: dict[str, Any]) -> dict[str, Any]:
    programme: Programme = ProgrammeFactory(centres=[users[K].centre])
    return {"code": programme.code}


def _with_programme(users: dict[str, Any]) -> dict[str, Any]:
    """The report is about a programme; the address needs none."""
    _programme(users)
    return {}


ROUTES = [
    Route("reporting:dashboard", SEE, other_centre=0),
    Route("reporting:figure_detail", SEE, kwargs=lambda users: {"code": "contacts"}, other_centre=0),
    Route("reporting:definitions", SEE, other_centre=0),
    Route("reporting:report_xlsx", LEAD, other_centre=0),
    Route("reporting:report_json", LEAD, other_centre=0),
    Route("reporting:report_pdf", LEAD, kwargs=_with_programme, other_centre=0),
    Route("reporting:programme_list", LEAD, other_centre=0),
    Route("reporting:programme_create", LEAD, BOTH, other_centre=0),
    Route("reporting:programme_edit", LEAD, BOTH, kwargs=_programme),
]
