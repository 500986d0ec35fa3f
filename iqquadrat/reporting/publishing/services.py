"""A report is given to everybody, and taken back; what was given once is never forgotten."""

from django.db import transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.reporting.errors import (
    AlreadyPublicError,
    CrossingPeriodError,
    MayNotReportError,
    ReportStateError,
)
from iqquadrat.reporting.freezing import opened, sealed
from iqquadrat.reporting.models import FrozenReport, Programme, PublishedReport
from iqquadrat.reporting.publishing.cells import Release, crossing, numbers_of, what_to_show
from iqquadrat.reporting.publishing.content import public_text, shown_in


def may_show(report: FrozenReport) -> str:
    """Return the public version as it would be given out now, beside everything that was before.

    Raises ``BrokenSealError``, ``CrossingPeriodError`` and ``CannotProtectError``.
    """
    new = Release(report.starts_on, report.ends_on, numbers_of(opened(report).report))
    earlier = []
    for before in _before(report):
        numbers = numbers_of(opened(before.report).report)
        release = Release(before.report.starts_on, before.report.ends_on, numbers, shown_in(before.content))
        if crossing(new, release):
            raise CrossingPeriodError(
                f"{before.report.starts_on:%d.%m.%Y} – {before.report.ends_on:%d.%m.%Y}"
            )
        earlier.append(release)
    return public_text(report.content, what_to_show(new, earlier))


def _before(report: FrozenReport) -> list[PublishedReport]:
    """Return what of this programme was published before, the oldest first, withdrawn or not."""
    rows = PublishedReport.objects.filter(
        report__programme=report.programme_id, report__centre=report.centre_id
    )
    return list(rows.select_related("report__programme").order_by("published_at", "pk"))


@transaction.atomic
def publish_report(*, report: FrozenReport, by: User) -> PublishedReport:
    """Give the public version to everybody.

    Raises ``MayNotReportError``, ``ReportStateError`` where nobody has approved the report, ``AlreadyPublicError``, and what ``may_show`` raises.
    """
    if not by.may(Permission.REPORT_APPROVE) or report.centre_id != by.centre_id:
        raise MayNotReportError
    # One after the other: each has to know those before.
    Programme.objects.select_for_update().get(pk=report.programme_id)
    stored = FrozenReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not stored.is_approved:
        raise ReportStateError
    if stored.publications.standing().exists():
        raise AlreadyPublicError
    content = may_show(stored)
    made = PublishedReport.objects.create(
        report=stored, content=content, sha256=sealed(content), published_by=by
    )
    record(Action.CREATE, by=by, obj=made, centre_id=by.centre_id, report=stored.pk)
    return made


@transaction.atomic
def withdraw_report(*, publication: PublishedReport, by: User) -> PublishedReport:
    """Take the public version back. Whoever read it has read it: later ones still go by it. The second time changes nothing."""
    if not by.may(Permission.REPORT_APPROVE) or publication.report.centre_id != by.centre_id:
        raise MayNotReportError
    stored = PublishedReport.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if stored.withdrawn_at is None:
        stored.withdrawn_at, stored.withdrawn_by = timezone.now(), by
        stored.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id, withdrawn=True)
    return stored
