"""All figures of the house by chapter, in the order of the report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from iqquadrat.reporting.publishing import links

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


@dataclass(frozen=True)
class Definition:
    """A figure or a table as the page of definitions shows it."""

    said: Figure | Breakdown
    is_table: bool

    @property
    def stays_inside(self) -> str:
        """Why it stands in no public report; empty where it may."""
        declared = links.TABLES if self.is_table else links.FIGURES
        return "" if self.said.code in declared else str(links.NEVER.get(self.said.code, links.NOT_SAID))

    def holds(self, words: Iterable[str]) -> bool:
        """Tell whether all words, in small letters, occur in its code, its name or what it says."""
        text = f"{self.said.code} {self.said.name} {self.said.definition}".casefold()
        return all(word in text for word in words)


def definitions_of(chapter: str) -> list[Definition]:
    """Return what a chapter counts: its figures, then its tables."""
    found = [Definition(one, is_table=False) for one in figures() if one.chapter == chapter]
    return [*found, *(Definition(one, is_table=True) for one in breakdowns() if one.chapter == chapter)]


def definitions_with(text: str) -> list[Definition]:
    """Return what holds all words of a text, in the language of whoever reads, chapter by chapter."""
    words = text.casefold().split()
    return [one for chapter in CHAPTERS for one in definitions_of(chapter) if one.holds(words)]


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
