"""Files of frozen reports: ordered, watched, stopped, taken out."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import XLSX, download
from iqquadrat.reporting.enums import FileKind, FileState
from iqquadrat.reporting.errors import ReportStateError
from iqquadrat.reporting.models import ReportFile
from iqquadrat.reporting.report_services import order_file, stop_file, try_file_again
from iqquadrat.reporting.views.reports import moved_on, report_of

EXPORT = Permission.REPORT_EXPORT


def _file(request: StaffRequest, public_id: UUID, *, whole: bool = False) -> ReportFile:
    rows = ReportFile.objects.visible_to(request.user).select_related("report__programme")
    rows = rows.defer("report__content") if whole else rows.defer("content", "report__content")
    return get_object_or_404(rows, public_id=public_id)


def _back(file: ReportFile) -> HttpResponse:
    return redirect("reporting:report_file", public_id=file.public_id)


def _too_late(request: StaffRequest, file: ReportFile) -> HttpResponse:
    messages.info(request, _("The file has moved on meanwhile. This is where it stands now."))
    return _back(file)


@access(EXPORT, methods=["POST"])
def report_file_order(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let a file be made of a frozen report."""
    report = report_of(request, public_id)
    kind = request.POST.get("kind", "")
    if kind not in FileKind.values:
        return HttpResponseBadRequest()
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:
        submission = uuid4()
    try:
        return _back(order_file(report=report, kind=FileKind(kind), by=request.user, submission=submission))
    except ReportStateError:
        return moved_on(request, report)


@access(EXPORT)
def report_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where a file stands."""
    return render(request, "reporting/report_file.html", {"file": _file(request, public_id)})


@access(EXPORT)
def report_file_progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far the worker is; the page is loaded anew when it is through."""
    file = _file(request, public_id)
    response = render(request, "reporting/report_file_progress.html", {"file": file})
    if not file.is_working:
        response["HX-Refresh"] = "true"
    return response


@access(EXPORT, methods=["POST"])
def report_file_stop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End the work."""
    file = _file(request, public_id)
    try:
        stop_file(file=file, by=request.user)
    except ReportStateError:
        return _too_late(request, file)
    return _back(file)


@access(EXPORT, methods=["POST"])
def report_file_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand work over once more that broke off."""
    file = _file(request, public_id)
    try:
        try_file_again(file=file, by=request.user)
    except ReportStateError:
        return _too_late(request, file)
    return _back(file)


def _keep(request: StaffRequest) -> str:
    """Whoever had to give the password again presses once more: the file still waits there."""
    match = request.resolver_match
    return reverse("reporting:report_file", kwargs=match.kwargs if match else {})


@access(EXPORT, fresh=True, keep=_keep)
def report_file_fetch(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The file itself."""
    file = _file(request, public_id, whole=True)
    if file.state != FileState.READY:
        return _too_late(request, file)
    record(Action.EXPORT, by=request.user, obj=file.report, format=file.kind)
    is_sheet = file.kind == FileKind.XLSX
    suffix = {FileKind.XLSX: ".xlsx", FileKind.PDF_EN: "-en.pdf", FileKind.PUBLIC: "-public.pdf"}.get(
        FileKind(file.kind), ".pdf"
    )
    name = f"{file.report.programme.code}-{file.report.ends_on:%Y-%m-%d}-frozen{suffix}"
    response = download(bytes(file.content or b""), name, XLSX if is_sheet else "application/pdf")
    response["Cache-Control"] = "no-store, private"
    return response
