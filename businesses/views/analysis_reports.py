"""The analysis report: ordered, watched, stopped, taken out."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from businesses.enums import ReportState
from businesses.errors import ReportStateError
from businesses.models import AnalysisReport
from businesses.services import order_report, stop_report, try_report_again
from businesses.views.analysis import wave_of
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


def _report(request: StaffRequest, public_id: UUID) -> AnalysisReport:
    reports = AnalysisReport.objects.visible_to(request.user).defer("content").select_related("wave")
    return get_object_or_404(reports, public_id=public_id)


def _back(report: AnalysisReport) -> HttpResponse:
    return redirect("businesses:analysis_report", public_id=report.public_id)


def _too_late(request: StaffRequest, report: AnalysisReport) -> HttpResponse:
    messages.info(request, _("The report has moved on meanwhile. This is where it stands now."))
    return _back(report)


@access(Permission.REPORT_EXPORT, methods=["POST"])
def analysis_report_order(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let the report of a wave be made."""
    wave = wave_of(request, public_id)
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:
        submission = uuid4()
    return _back(order_report(wave=wave, by=request.user, submission=submission))


@access(Permission.REPORT_EXPORT)
def analysis_report(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where a report stands."""
    report = _report(request, public_id)
    return render(request, "businesses/analysis_report_detail.html", {"report": report, "wave": report.wave})


@access(Permission.REPORT_EXPORT)
def analysis_report_progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far the worker is; the page is loaded anew when it is through."""
    report = _report(request, public_id)
    response = render(request, "businesses/includes/report_progress.html", {"report": report})
    if not report.is_working:
        response["HX-Refresh"] = "true"
    return response


@access(Permission.REPORT_EXPORT, methods=["POST"])
def analysis_report_stop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End the work."""
    report = _report(request, public_id)
    try:
        stop_report(report=report, by=request.user)
    except ReportStateError:
        return _too_late(request, report)
    return _back(report)


@access(Permission.REPORT_EXPORT, methods=["POST"])
def analysis_report_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand work over once more that broke off."""
    report = _report(request, public_id)
    try:
        try_report_again(report=report, by=request.user)
    except ReportStateError:
        return _too_late(request, report)
    return _back(report)


def _keep(request: StaffRequest) -> str:
    """Whoever had to give the password again presses once more: the report still waits there."""
    match = request.resolver_match
    return reverse("businesses:analysis_report", kwargs=match.kwargs if match else {})


@access(Permission.REPORT_EXPORT, fresh=True, keep=_keep)
def analysis_report_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The report as PDF."""
    report = _report(request, public_id)
    if report.state != ReportState.READY:
        return _too_late(request, report)
    record(Action.EXPORT, by=request.user, obj=report.wave, format="pdf", report=report.pk)
    name = f"analysis-{report.wave.ends_on:%Y-%m-%d}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(report.content or b""), content_type="application/pdf", headers=headers)
