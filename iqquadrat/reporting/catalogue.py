"""All figures of the house by chapter, in the order of the report."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import businesses.reports
import competence.reports
import counselling.reports
import placements.reports
from iqquadrat.core.figures import Breakdown, Figure
from iqquadrat.reporting import esf
from iqquadrat.reporting.models import Programme

CHAPTERS: dict[str, str | Promise] = {
    "counselling": _("Counselling"),
    "competence": _("Competence assessment"),
    "businesses": _("Businesses of the quarter"),
    "placements": _("Vacancies and placement"),
    "esf": _("European Social Fund Plus"),
}

ROOMS = (counselling.reports, competence.reports, businesses.reports, placements.reports, esf)


def chapters_of(programme: Programme | None) -> dict[str, str | Promise]:
    """Return the chapters of a report: the table of the European Social Fund Plus only where the programme reports to it."""
    reports_it = programme is not None and programme.esf_plus
    return {key: title for key, title in CHAPTERS.items() if key != esf.CHAPTER or reports_it}


class UnknownFigureError(LookupError):
    """No figure has this code."""


def figures() -> Iterator[Figure]:
    """Yield every figure, chapter by chapter."""
    for room in ROOMS:
        yield from room.FIGURES


def breakdowns() -> Iterator[Breakdown]:
    """Yield every figure that is split by something."""
    for room in ROOMS:
        yield from room.BREAKDOWNS


@cache
def _by_code() -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in figures():
        if figure.code in found:
            message = f"two figures are called {figure.code}"
            raise ValueError(message)
        found[figure.code] = figure
    return found


def figure(code: str) -> Figure:
    """Return the figure of this code. Raises ``UnknownFigureError``."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownFigureError(code) from None


def figure_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of these figures in words, for the access log; a code that is gone is left out."""
    return {code: str(_by_code()[code].name) for code in codes if code in _by_code()}
