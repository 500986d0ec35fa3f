"""Reports of the programme: the first half year, frozen, approved and handed in to nobody yet; the whole programme as a draft."""

import datetime as dt

from django.utils.translation import override

from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.plan import Plan, moment
from iqquadrat.reporting.enums import ReportState
from iqquadrat.reporting.freezing import SOFTWARE, frozen_text, sealed
from iqquadrat.reporting.models import FrozenReport, Programme
from iqquadrat.reporting.queries import count_report
from iqquadrat.reporting.tasks import period_of_report

HALF_YEAR = dt.date(2007, 12, 31)


def make_reports(*, centre: Centre, programme: Programme, by: User, second: User, plan: Plan) -> None:
    """Freeze both by the same functions as the worker, on the days on which they would have been counted."""
    made = _frozen(centre, programme, by, HALF_YEAR, moment(dt.date(2008, 1, 14), 10))
    approved_at = moment(dt.date(2008, 1, 16), 9)
    FrozenReport.objects.filter(pk=made.pk).update(
        state=ReportState.APPROVED, approved_at=approved_at, approved_by=second, changed_at=approved_at
    )
    _frozen(centre, programme, by, plan.ends_on, moment(dt.date(2008, 10, 6), 11))


def _frozen(
    centre: Centre, programme: Programme, by: User, ends_on: dt.date, counted_at: dt.datetime
) -> FrozenReport:
    report = FrozenReport(
        centre=centre, programme=programme, starts_on=programme.starts_on, ends_on=ends_on, created_by=by, attempt=1,
        queued_at=counted_at, counted_at=counted_at, heard_at=counted_at, software=SOFTWARE, state=ReportState.DRAFT,
    )  # fmt: skip
    with override("de"):
        counted = count_report(programme, period_of_report(report))
        report.content = frozen_text(counted, centres=[centre], counted_at=counted_at, software=SOFTWARE)
    report.sha256 = sealed(report.content)
    report.save()
    FrozenReport.objects.filter(pk=report.pk).update(created_at=counted_at, changed_at=counted_at)
    return report
