"""Who may open the analysis of a survey, the figures of the city and the reports: the coordination."""

from collections.abc import Callable
from typing import Any

from businesses.models import AnalysisReport
from tests.access.table import K, Route
from tests.businesses.factories import WaveFactory

PLAN = frozenset({K})


def _wave(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": WaveFactory(centre=users[K].centre).public_id}


def _chapter(users: dict[str, Any]) -> dict[str, Any]:
    return _wave(users) | {"chapter": "jobs"}


def by_report(state: str, **facts: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def make(users: dict[str, Any]) -> dict[str, Any]:
        content = b"%PDF-" if state == "ready" else None
        wave = WaveFactory(centre=users[K].centre)
        report = AnalysisReport.objects.create(
            wave=wave, created_by=users[K], state=state, content=content, **facts
        )
        return {"public_id": report.public_id}

    return make


WORKING, READY, BROKEN = by_report("working"), by_report("ready"), by_report("working", fault="broken")

ROUTES = [
    Route("businesses:survey_analysis", PLAN, kwargs=_wave),
    Route("businesses:survey_chapter", PLAN, kwargs=_chapter),
    Route("businesses:survey_comparison", PLAN, kwargs=_wave),
    Route("businesses:analysis_report_order", PLAN, ("POST",), kwargs=_wave),
    Route("businesses:analysis_report", PLAN, kwargs=READY),
    Route("businesses:analysis_report_progress", PLAN, kwargs=WORKING),
    Route("businesses:analysis_report_stop", PLAN, ("POST",), kwargs=WORKING),
    Route("businesses:analysis_report_again", PLAN, ("POST",), kwargs=BROKEN),
    Route("businesses:analysis_report_file", PLAN, kwargs=READY),
    Route("businesses:city_figures", PLAN, other_centre=0),
    Route("businesses:city_figures_import", PLAN, ("GET", "POST"), other_centre=0),
    Route("businesses:city_figures_delete", PLAN, ("POST",), other_centre=0),
]
