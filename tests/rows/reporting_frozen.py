"""Rows of frozen reports: the list of a centre, and the files of a report."""

import datetime as dt

from django.utils import timezone

from iqquadrat.accounts.models import Centre
from iqquadrat.reporting.models import FrozenReport, PublishedReport, ReportFile
from tests.reporting.factories import ProgrammeFactory
from tests.reporting.frozen import count_into
from tests.rows.registry import Users, rows, store


@rows(Centre, makes=(FrozenReport, PublishedReport))
def _reports(centre: Centre, users: Users, numbers: range) -> None:
    if not numbers:
        return
    programme = ProgrammeFactory(centres=[centre])
    by = users["coordinator"]
    first = FrozenReport(
        centre=centre, programme=programme, starts_on=dt.date(2007, 7, 1), ends_on=dt.date(2007, 9, 30)
    )
    count_into(first)
    made = store([
        FrozenReport(
            centre=centre, programme=programme, starts_on=first.starts_on, ends_on=first.ends_on, state="draft", content=first.content,
            sha256=first.sha256, counted_at=first.counted_at, software=first.software, created_by=by,
        )
        for _n in numbers
    ])  # fmt: skip
    store([
        PublishedReport(report=report, content="{}", sha256="0" * 64, published_by=by, withdrawn_at=timezone.now(), withdrawn_by=by)
        for report in made
    ])  # fmt: skip


@rows(FrozenReport, makes=(ReportFile,))
def _files(report: FrozenReport, users: Users, numbers: range) -> None:
    store([
        ReportFile(report=report, kind="xlsx", state="ready", content=b"PK", created_by=users["coordinator"]) for _n in numbers
    ])  # fmt: skip
