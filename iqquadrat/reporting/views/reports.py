"""Frozen reports: ordered, watched, looked at, approved, sent back, handed in, compared with today."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of
from iqquadrat.reporting import report_services as services
from iqquadrat.reporting.changes import what_changed
from iqquadrat.reporting.charts import months_chart
from iqquadrat.reporting.enums import FileKind, ReportState
from iqquadrat.reporting.errors import BrokenSealError, OwnReportError, ReportStateError
from iqquadrat.reporting.freezing import Frozen, opened
from iqquadrat.reporting.models import FrozenReport, Programme, ReportFile
from iqquadrat.reporting.queries import count_report, without_small_counts
from iqquadrat.reporting.report_forms import HandInForm, ReportForm, SendBackForm
from iqquadrat.reporting.tasks import period_of_report
from iqquadrat.reporting.views.figures import heads_of

CREATE, APPROVE = Permission.REPORT_CREATE, Permission.REPORT_APPROVE
PEOPLE = ("programme", "created_by", "approved_by", "sent_back_by", "handed_in_by")


def report_of(request: StaffRequest, public_id: UUID) -> FrozenReport:
    """Return a report that the reader may see, or answer 404."""
    rows = FrozenReport.objects.visible_to(request.user).select_related(*PEOPLE, "replaces")
    return get_object_or_404(rows, public_id=public_id)


def back_to(report: FrozenReport) -> HttpResponse:
    """Lead to the page of a report."""
    return redirect("reporting:frozen_report", public_id=report.public_id)


def moved_on(request: StaffRequest, report: FrozenReport) -> HttpResponse:
    """Say that somebody else was faster."""
    messages.info(request, _("The report has moved on meanwhile. This is where it stands now."))
    return back_to(report)


def broken(request: StaffRequest, report: FrozenReport) -> HttpResponse:
    """Say loudly that the figures are not what was frozen; nothing of them is shown."""
    return render(request, "reporting/frozen_broken.html", {"report": report}, status=409)


@access(CREATE)
def frozen_list(request: StaffRequest) -> HttpResponse:
    """All reports of the centre, the newest first."""
    rows = FrozenReport.objects.visible_to(request.user).without_content()
    rows = rows.select_related("programme", "created_by").prefetch_related("publications")
    return render(request, "reporting/frozen_list.html", {"page_obj": page_of(rows, request)})


@access(CREATE, methods=["GET", "POST"])
def frozen_order(request: StaffRequest) -> HttpResponse:
    """Let a report be counted and frozen."""
    if request.method == "POST":
        form = ReportForm(request.POST, user=request.user)
        if form.is_valid():
            return back_to(services.order_report(by=request.user, **form.cleaned_data))
    else:
        form = ReportForm(user=request.user, initial=_asked_for(request))
    has_programme = Programme.objects.visible_to(request.user).exists()
    return render(
        request, "reporting/frozen_order.html", {"form": form, "has_programme": has_programme}, status=422 if form.errors else 200
    )  # fmt: skip


def _asked_for(request: StaffRequest) -> dict[str, Any]:
    """What the address, or else the current programme, says about a new report."""
    earlier = None
    try:
        known = FrozenReport.objects.visible_to(request.user).select_related("programme")
        earlier = known.filter(public_id=request.GET.get("replaces") or uuid4()).first()
    except ValidationError:
        pass
    if earlier is not None:
        return {
            "programme": earlier.programme.code, "starts_on": earlier.starts_on, "ends_on": earlier.ends_on,
            "replaces": earlier.public_id,
        }  # fmt: skip
    programmes = Programme.objects.visible_to(request.user)
    wanted = request.GET.get("programme") or request.user.centre.current_programme_code
    programme = programmes.filter(code=wanted).first() or programmes.first()
    if programme is None:
        return {}
    return {
        "programme": programme.code, "starts_on": request.GET.get("starts_on") or programme.starts_on,
        "ends_on": request.GET.get("ends_on") or min(programme.ends_on, timezone.localdate()),
    }  # fmt: skip


@access(CREATE)
def frozen_report(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A report as it was frozen; while it is counted, how far it is."""
    report = report_of(request, public_id)
    if not report.is_frozen:
        return render(request, "reporting/frozen_progress_page.html", {"report": report})
    try:
        frozen = opened(report)
    except BrokenSealError:
        return broken(request, report)
    record(Action.VIEW, by=request.user, obj=report)
    return render(request, "reporting/frozen_report.html", _shown(request, report, frozen))


def _shown(request: StaffRequest, report: FrozenReport, frozen: Frozen) -> dict[str, Any]:
    shown = without_small_counts(frozen.report)
    files = ReportFile.objects.visible_to(request.user).filter(report=report).defer("content")
    return {
        "frozen": report, "sealed": frozen, "report": shown, "programme": frozen.report.programme, "period": shown.period,
        "heads": heads_of(shown), "chart": months_chart(shown.months), "now": frozen.counted_at, "own_only": False,
        "query": urlencode({"programme": report.programme.code, "starts_on": report.starts_on, "ends_on": report.ends_on}),
        "files": files.exclude(pk__in=ReportFile.objects.outlived().values("pk"))[:6],
        "kinds": [kind for kind in FileKind if kind != FileKind.PUBLIC], "submission": uuid4(),
        "publication": report.publications.standing().first(), "is_own": report.created_by_id == request.user.pk,
        "replaced_by": report.replaced_by.without_content().exclude(state=ReportState.CANCELLED).first(),
    }  # fmt: skip


@access(CREATE)
def frozen_progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far the worker is; the page is loaded anew when it is through."""
    report = report_of(request, public_id)
    response = render(request, "reporting/frozen_progress.html", {"report": report})
    if not report.is_working:
        response["HX-Refresh"] = "true"
    return response


@access(CREATE)
def frozen_changes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Count now, and show what differs from what was frozen, and why."""
    report = report_of(request, public_id)
    if not report.is_frozen:
        return back_to(report)
    try:
        frozen = opened(report)
    except BrokenSealError:
        return broken(request, report)
    now = count_report(report.programme, period_of_report(report))
    chapters = what_changed(frozen.report, now, since=frozen.counted_at)
    context = {
        "report": report, "chapters": [one for one in chapters if one.differences], "now": timezone.now(),
        "numbers": sum(one.numbers for one in chapters), "changed": sum(len(one.differences) for one in chapters),
    }  # fmt: skip
    return render(request, "reporting/frozen_changes.html", context)


def _step(
    request: StaffRequest, public_id: UUID, take: Callable[[FrozenReport], Any], said: str
) -> HttpResponse:
    report = report_of(request, public_id)
    try:
        take(report)
    except ReportStateError:
        return moved_on(request, report)
    if said:
        messages.success(request, said)
    return back_to(report)


@access(CREATE, methods=["POST"])
def frozen_stop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End the count."""
    return _step(request, public_id, lambda report: services.stop_report(report=report, by=request.user), "")


@access(CREATE, methods=["POST"])
def frozen_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand a count over once more that broke off."""
    return _step(
        request, public_id, lambda report: services.try_report_again(report=report, by=request.user), ""
    )


@access(APPROVE, methods=["POST"])
def frozen_approve(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Approve what somebody else has made."""
    report = report_of(request, public_id)
    try:
        opened(report)
        services.approve_report(report=report, by=request.user)
    except OwnReportError:
        messages.error(request, _("You made this report yourself. Somebody else has to approve it."))
        return back_to(report)
    except ReportStateError:
        return moved_on(request, report)
    except BrokenSealError:
        return broken(request, report)
    messages.success(request, _("The report is approved. It can be handed in and made public."))
    return back_to(report)


@access(APPROVE, methods=["GET", "POST"])
def frozen_send_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Send a draft back, with the reason."""
    report = report_of(request, public_id)
    if report.state != ReportState.DRAFT:
        return moved_on(request, report)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = _("The report was sent back.")
        return _step(
            request, public_id,
            lambda one: services.send_report_back(report=one, by=request.user, **form.cleaned_data), said,
        )  # fmt: skip
    context = {"report": report, "form": form}
    return render(request, "reporting/frozen_send_back.html", context, status=422 if form.is_bound else 200)


@access(APPROVE, methods=["GET", "POST"])
def frozen_hand_in(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note when an approved report went to whom."""
    report = report_of(request, public_id)
    if report.state != ReportState.APPROVED:
        return moved_on(request, report)
    funder = report.programme.funders.first()
    initial = {"on": timezone.localdate(), "to": funder.name[:200] if funder else ""}
    form = HandInForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        said = _("It is noted that the report was handed in.")
        return _step(
            request, public_id,
            lambda one: services.hand_report_in(report=one, by=request.user, **form.cleaned_data), said,
        )  # fmt: skip
    context = {"report": report, "form": form}
    return render(request, "reporting/frozen_hand_in.html", context, status=422 if form.is_bound else 200)
