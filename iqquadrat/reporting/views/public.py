"""The public version: looked at before, given out, taken back; and what everybody may read without signing in."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access, public
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.reporting.errors import (
    AlreadyPublicError,
    BrokenSealError,
    CrossingPeriodError,
    ReportStateError,
)
from iqquadrat.reporting.models import FrozenReport, PublishedReport
from iqquadrat.reporting.publishing.content import PublicReport, as_csv, opened_public, read_public
from iqquadrat.reporting.publishing.protecting import CannotProtectError
from iqquadrat.reporting.publishing.services import may_show, publish_report, withdraw_report
from iqquadrat.reporting.views.reports import back_to, broken, moved_on, report_of

APPROVE = Permission.REPORT_APPROVE


@access(APPROVE, methods=["GET", "POST"])
def frozen_publish(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The public version as it would be; a press gives it to everybody."""
    report = report_of(request, public_id)
    if not report.is_approved:
        return moved_on(request, report)
    standing = report.publications.standing().first()
    try:
        if request.method == "POST":
            publish_report(report=report, by=request.user)
            messages.success(request, _("The public version can be read by everybody now."))
            return back_to(report)
        shown = opened_public(standing) if standing else read_public(may_show(report))
    except (ReportStateError, AlreadyPublicError):
        return moved_on(request, report)
    except BrokenSealError:
        return broken(request, report)
    except (CrossingPeriodError, CannotProtectError) as error:
        return _refused(request, report, error)
    context = {"frozen": report, "report": shown, "publication": standing, "submission": uuid4()}
    return render(request, "reporting/frozen_publish.html", context)


def _refused(
    request: StaffRequest, report: FrozenReport, error: CrossingPeriodError | CannotProtectError
) -> HttpResponse:
    crossed = error.earlier if isinstance(error, CrossingPeriodError) else ""
    return render(
        request,
        "reporting/frozen_publish.html",
        {"frozen": report, "report": None, "crossed": crossed},
        status=422,
    )


@access(APPROVE, methods=["POST"])
def frozen_withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the public version back."""
    report = report_of(request, public_id)
    standing = report.publications.standing().first()
    if standing is None:
        return moved_on(request, report)
    standing.report = report
    withdraw_report(publication=standing, by=request.user)
    messages.success(
        request, _("The public version is withdrawn. What it showed stays known; later ones go by it.")
    )
    return back_to(report)


def _published(public_id: UUID) -> PublicReport:
    """Return what everybody may read, or answer 404; what does not fit its hash any more is not shown."""
    publication = get_object_or_404(PublishedReport.objects.standing(), public_id=public_id)
    return opened_public(publication)


@public()
def public_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A public report, for everybody."""
    return render(
        request, "reporting/public_report.html", {"report": _published(public_id), "public_id": public_id}
    )


@public()
def public_csv(request: HttpRequest, public_id: UUID) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """The same numbers as CSV."""
    report = _published(public_id)
    return download(as_csv(report).encode(), _name(report, "csv"), "text/csv; charset=utf-8")


@public()
def public_json(request: HttpRequest, public_id: UUID) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """The same numbers as data, as they were kept."""
    publication = get_object_or_404(PublishedReport.objects.standing(), public_id=public_id)
    report = opened_public(publication)
    return download(publication.content.encode(), _name(report, "json"), "application/json")


def _name(report: PublicReport, suffix: str) -> str:
    return f"{report.programme['code']}-{report.ends_on:%Y-%m-%d}-public.{suffix}"
