"""Who may open frozen reports: the coordination. What is public, everybody may."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from iqquadrat.reporting.enums import FileKind, FileState, ReportState
from tests.access.table import K, Route
from tests.reporting.factories import ProgrammeFactory
from tests.reporting.frozen import FrozenReportFactory, ReportFileFactory, published

LEAD = frozenset({K})


def by_report(
    state: ReportState = ReportState.DRAFT, **facts: Any
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def make(users: dict[str, Any]) -> dict[str, Any]:
        report = FrozenReportFactory(centre=users[K].centre, made_by=users[K], state=state, **facts)
        return {"public_id": report.public_id}

    return make


def by_file(state: FileState, **facts: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def make(users: dict[str, Any]) -> dict[str, Any]:
        report = FrozenReportFactory(centre=users[K].centre, made_by=users[K])
        content = b"%PDF-" if state == FileState.READY else None
        file = ReportFileFactory(report=report, kind=FileKind.PDF_DE, state=state, content=content, **facts)
        return {"public_id": file.public_id}

    return make


def by_publication(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": published(users[K].centre).public_id}


def by_public_report(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": published(users[K].centre).report.public_id}


def _with_programme(users: dict[str, Any]) -> dict[str, Any]:
    ProgrammeFactory(centres=[users[K].centre], starts_on=dt.date(2007, 7, 1), ends_on=dt.date(2007, 12, 31))
    return {}


COUNTING, APPROVED = by_report(ReportState.COUNTING), by_report(ReportState.APPROVED)

ROUTES = [
    Route("reporting:frozen_list", LEAD, other_centre=0),
    Route("reporting:frozen_order", LEAD, ("GET", "POST"), kwargs=_with_programme, other_centre=0),
    Route("reporting:frozen_report", LEAD, kwargs=by_report()),
    Route("reporting:frozen_progress", LEAD, kwargs=COUNTING),
    Route("reporting:frozen_stop", LEAD, ("POST",), kwargs=COUNTING),
    Route("reporting:frozen_again", LEAD, ("POST",), kwargs=by_report(ReportState.COUNTING, fault="broken")),
    Route("reporting:frozen_changes", LEAD, kwargs=by_report()),
    Route("reporting:frozen_approve", LEAD, ("POST",), kwargs=by_report()),
    Route("reporting:frozen_send_back", LEAD, ("GET", "POST"), kwargs=by_report()),
    Route("reporting:frozen_hand_in", LEAD, ("GET", "POST"), kwargs=APPROVED),
    Route("reporting:frozen_publish", LEAD, ("GET", "POST"), kwargs=APPROVED),
    Route("reporting:frozen_withdraw", LEAD, ("POST",), kwargs=by_public_report),
    Route("reporting:report_file_order", LEAD, ("POST",), kwargs=by_report()),
    Route("reporting:report_file", LEAD, kwargs=by_file(FileState.READY)),
    Route("reporting:report_file_progress", LEAD, kwargs=by_file(FileState.WORKING)),
    Route("reporting:report_file_stop", LEAD, ("POST",), kwargs=by_file(FileState.WORKING)),
    Route("reporting:report_file_again", LEAD, ("POST",), kwargs=by_file(FileState.WORKING, fault="broken")),
    Route("reporting:report_file_fetch", LEAD, kwargs=by_file(FileState.READY)),
    Route("reporting:public_report", public=True, kwargs=by_publication),
    Route("reporting:public_csv", public=True, kwargs=by_publication),
    Route("reporting:public_json", public=True, kwargs=by_publication),
]
