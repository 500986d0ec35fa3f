"""Frozen reports: counted in the background, approved by a second person or sent back, handed in; files made of them."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.submissions import take_turns
from iqquadrat.reporting.enums import FileKind, FileState, ReportState
from iqquadrat.reporting.errors import MayNotReportError, OwnReportError, ReportStateError
from iqquadrat.reporting.models import FrozenReport, Programme, ReportFile
from iqquadrat.reporting.tasks import count_frozen, make_file


@transaction.atomic
def order_report(
    *,
    programme: Programme,
    starts_on: dt.date,
    ends_on: dt.date,
    by: User,
    replaces: FrozenReport | None = None,
    submission: UUID | None = None,
) -> FrozenReport:
    """Let a report be counted and frozen in the background. The same ``submission`` again returns what it ordered the first time.

    Raises ``MayNotReportError`` where the centre takes no part in the programme, or the report to replace is not of both.
    """
    if not by.may(Permission.REPORT_CREATE) or not programme.centres.filter(pk=by.centre_id).exists():
        raise MayNotReportError
    if replaces is not None and (replaces.centre_id, replaces.programme_id) != (by.centre_id, programme.pk):
        raise MayNotReportError
    take_turns(submission)
    known = FrozenReport.objects.filter(submission=submission, created_by=by).first() if submission else None
    if known is not None:
        return known
    report = FrozenReport(
        centre_id=by.centre_id, programme=programme, starts_on=starts_on, ends_on=ends_on, replaces=replaces,
        created_by=by, submission=submission,
    )  # fmt: skip
    report.asked_for()
    report.save()
    record(Action.CREATE, by=by, obj=report)
    count_frozen.enqueue(report.pk, report.attempt)
    return report


def _taken(report: FrozenReport, by: User, permission: Permission, *states: ReportState) -> FrozenReport:
    """Return the stored report in one of these states, held for this transaction."""
    if not by.may(permission) or report.centre_id != by.centre_id:
        raise MayNotReportError
    stored = FrozenReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if stored.state not in states:
        raise ReportStateError
    return stored


@transaction.atomic
def stop_report(*, report: FrozenReport, by: User) -> FrozenReport:
    """Ask the worker for an end; where none is at it, it ends at once. Raises ``ReportStateError``."""
    stored = _taken(report, by, Permission.REPORT_CREATE, ReportState.COUNTING)
    if stored.ask_for_an_end():
        stored.state = ReportState.CANCELLED
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, stopped=True)
    return stored


@transaction.atomic
def try_report_again(*, report: FrozenReport, by: User) -> FrozenReport:
    """Hand over once more what broke off, or of which nothing was heard. Raises ``ReportStateError``."""
    stored = _taken(report, by, Permission.REPORT_CREATE, ReportState.COUNTING)
    if not stored.may_be_tried_again:
        raise ReportStateError
    stored.asked_for()
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, again=True)
    count_frozen.enqueue(stored.pk, stored.attempt)
    return stored


@transaction.atomic
def approve_report(*, report: FrozenReport, by: User) -> FrozenReport:
    """Approve what somebody else has made. Raises ``OwnReportError`` and ``ReportStateError``."""
    stored = _taken(report, by, Permission.REPORT_APPROVE, ReportState.DRAFT)
    if stored.created_by_id == by.pk:
        raise OwnReportError
    stored.state, stored.approved_at, stored.approved_by = ReportState.APPROVED, timezone.now(), by
    return _stored(stored, by, "approved_at")


@transaction.atomic
def send_report_back(*, report: FrozenReport, reason: str, by: User) -> FrozenReport:
    """Send a draft back with the reason; a corrected one is counted anew. Raises ``ReportStateError``."""
    stored = _taken(report, by, Permission.REPORT_APPROVE, ReportState.DRAFT)
    stored.state, stored.sent_back_at, stored.sent_back_by = ReportState.SENT_BACK, timezone.now(), by
    stored.sent_back_reason = reason
    return _stored(stored, by, "sent_back_at")


@transaction.atomic
def hand_report_in(*, report: FrozenReport, on: dt.date, to: str, by: User) -> FrozenReport:
    """Note on which day an approved report went to whom. Raises ``ReportStateError``."""
    stored = _taken(report, by, Permission.REPORT_APPROVE, ReportState.APPROVED)
    stored.state, stored.handed_in_on, stored.handed_in_to, stored.handed_in_by = (
        ReportState.HANDED_IN,
        on,
        to,
        by,
    )
    return _stored(stored, by, "handed_in_on")


def _stored(report: FrozenReport, by: User, field: str) -> FrozenReport:
    report.revision += 1
    report.save()
    record(Action.CHANGE, by=by, obj=report, fields=[field])
    return report


@transaction.atomic
def order_file(
    *, report: FrozenReport, kind: FileKind, by: User, submission: UUID | None = None
) -> ReportFile:
    """Let a file be made of a frozen report. Raises ``ReportStateError`` where there is nothing to make it of."""
    if not by.may(Permission.REPORT_EXPORT) or report.centre_id != by.centre_id:
        raise MayNotReportError
    take_turns(submission)
    known = ReportFile.objects.filter(submission=submission, report=report).first() if submission else None
    if known is not None:
        return known
    public = kind == FileKind.PUBLIC
    if not report.is_frozen or (public and not report.publications.standing().exists()):
        raise ReportStateError
    file = ReportFile(report=report, kind=kind, created_by=by, submission=submission)
    file.asked_for()
    file.save()
    record(Action.CREATE, by=by, obj=file, centre_id=by.centre_id, kind=kind)
    make_file.enqueue(file.pk, file.attempt)
    return file


def _working(file: ReportFile, by: User) -> ReportFile:
    if not by.may(Permission.REPORT_EXPORT) or file.report.centre_id != by.centre_id:
        raise MayNotReportError
    stored = ReportFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if stored.state != FileState.WORKING:
        raise ReportStateError
    return stored


@transaction.atomic
def stop_file(*, file: ReportFile, by: User) -> ReportFile:
    """Ask the worker for an end; where none is at it, it ends at once. Raises ``ReportStateError``."""
    stored = _working(file, by)
    if stored.ask_for_an_end():
        stored.state = FileState.CANCELLED
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id, stopped=True)
    return stored


@transaction.atomic
def try_file_again(*, file: ReportFile, by: User) -> ReportFile:
    """Hand over once more what broke off, or of which nothing was heard. Raises ``ReportStateError``."""
    stored = _working(file, by)
    if not stored.may_be_tried_again:
        raise ReportStateError
    stored.asked_for()
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id, again=True)
    make_file.enqueue(stored.pk, stored.attempt)
    return stored
