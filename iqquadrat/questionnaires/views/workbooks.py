"""Workbooks come in: read, reported, taken in."""

import io
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import xlsform
from iqquadrat.questionnaires.forms import WorkbookForm
from iqquadrat.questionnaires.models import PendingWorkbook
from iqquadrat.questionnaires.services.workbooks import apply_workbook, keep_workbook
from iqquadrat.questionnaires.xlsform.opening import MAX_BYTES
from iqquadrat.questionnaires.xlsform.report import Report, report_of

MAX_PROBLEMS = 50
MAX_LINES = 100


def _with_problems(
    request: StaffRequest, form: WorkbookForm, problems: list[xlsform.Problem], status: int
) -> HttpResponse:
    context = {
        "form": form,
        "problems": problems[:MAX_PROBLEMS],
        "more": max(0, len(problems) - MAX_PROBLEMS),
    }
    return render(request, "questionnaires/import.html", context, status=status)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
def import_workbook(request: StaffRequest) -> HttpResponse:
    """Read a workbook; one that is sound is kept until its report was read."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _with_problems(request, form, [], 200)
    if not form.is_valid():
        return _with_problems(request, form, [], 422)
    file = form.cleaned_data["file"]
    content = file.read(MAX_BYTES + 1)
    try:
        xlsform.read_workbook(io.BytesIO(content))
    except xlsform.WorkbookError as error:
        return _with_problems(request, form, error.problems, 422)
    pending = keep_workbook(name=file.name or "", content=content, by=request.user)
    return redirect("questionnaires:import_report", token=pending.token)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
def import_report(request: StaffRequest, token: UUID) -> HttpResponse:
    """Say what a kept workbook would change; take it in. Everybody sees only what they have brought themselves."""
    pending = get_object_or_404(
        PendingWorkbook.objects.select_related("version"), token=token, by=request.user
    )
    if pending.version is not None:
        return redirect("questionnaires:version_detail", pk=pending.version.pk)
    try:
        report = report_of(xlsform.read_workbook(io.BytesIO(bytes(pending.content))))
    except xlsform.WorkbookError as error:
        return _with_problems(request, WorkbookForm(), error.problems, 422)
    if request.method == "POST" and request.POST.get("seen") == report.seen:
        return _apply(request, pending)
    # Somebody has changed a text since the report was read: it is read anew, nothing is overwritten unseen.
    stale = request.method == "POST"
    context = _context(pending, report) | {"stale": stale}
    return render(request, "questionnaires/import_report.html", context, status=409 if stale else 200)


def _context(pending: PendingWorkbook, report: Report) -> dict[str, object]:
    names = dict(settings.LANGUAGES)
    return {
        "pending": pending,
        "report": report,
        "languages": [(names[row.language], row) for row in report.languages],
        "german": report.german[:MAX_LINES],
        "german_more": max(0, len(report.german) - MAX_LINES),
        "lines": [(names[line.language], line) for line in report.lines[:MAX_LINES]],
        "more": max(0, len(report.lines) - MAX_LINES),
    }


def _apply(request: StaffRequest, pending: PendingWorkbook) -> HttpResponse:
    try:
        imported = apply_workbook(pending=pending, by=request.user)
    except xlsform.WorkbookError as error:
        return _with_problems(request, WorkbookForm(), error.problems, 422)
    if imported.created:
        messages.success(request, _("A new draft was made of the workbook. It is used once you publish it."))
    else:
        messages.success(request, _("The translations of the workbook were taken over as drafts of yours."))
    return redirect("questionnaires:version_detail", pk=imported.version.pk)
