"""Analysis reports: ordered, stopped, tried again. The worker makes them (``businesses.tasks``)."""

from uuid import UUID

from django.db import transaction

from businesses.enums import ReportState
from businesses.errors import ReportStateError
from businesses.models import AnalysisReport, Wave
from businesses.tasks import make_report
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns


@transaction.atomic
def order_report(*, wave: Wave, by: User, submission: UUID | None = None) -> AnalysisReport:
    """Let a report be made in the background. The same ``submission`` again returns the report it ordered the first time."""
    take_turns(submission)
    known = AnalysisReport.objects.filter(submission=submission, wave=wave).first() if submission else None
    if known is not None:
        return known
    report = AnalysisReport(wave=wave, created_by=by, submission=submission)
    report.asked_for()
    report.save()
    record(Action.CREATE, by=by, obj=report)
    make_report.enqueue(report.pk, report.attempt)
    return report


def _working(report: AnalysisReport) -> AnalysisReport:
    stored = AnalysisReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if stored.state != ReportState.WORKING:
        raise ReportStateError
    return stored


@transaction.atomic
def stop_report(*, report: AnalysisReport, by: User) -> AnalysisReport:
    """Ask the worker for an end; where none is at it, the report ends at once. Raises ``ReportStateError``."""
    stored = _working(report)
    if stored.ask_for_an_end():
        stored.state = ReportState.CANCELLED
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, stopped=True)
    return stored


@transaction.atomic
def try_report_again(*, report: AnalysisReport, by: User) -> AnalysisReport:
    """Hand over once more what broke off, or of which nothing was heard. Raises ``ReportStateError``."""
    stored = _working(report)
    if not stored.may_be_tried_again:
        raise ReportStateError
    stored.asked_for()
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, again=True)
    make_report.enqueue(stored.pk, stored.attempt)
    return stored
