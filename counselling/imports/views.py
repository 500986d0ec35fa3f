"""The pages of an import, step by step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from counselling.enums import ImportChoice, ImportKind
from counselling.imports import files, queries, services, undoing
from counselling.imports.forms import (
    ImportColumnsForm,
    ImportDecisionForm,
    ImportFileForm,
    ImportValuesForm,
)
from counselling.models import ImportRun
from counselling.views.lists import page_of
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.forms import ProblemFilterForm
from iqquadrat.core.importing.problems import problems_by_column, problems_workbook
from iqquadrat.core.importing.reading import REFUSALS
from iqquadrat.core.importing.states import ImportState

MOST_PROBLEMS = 20_000
WRITE = ["GET", "POST"]
admit = access(Permission.CLIENT_IMPORT)
post = access(Permission.CLIENT_IMPORT, methods=["POST"])


def _run(request: StaffRequest, public_id: UUID) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user).select_related("centre", "created_by")
    return get_object_or_404(runs, public_id=public_id)


def _back(run: ImportRun) -> HttpResponse:
    return redirect("counselling:import_detail", public_id=run.public_id)


def _too_late(request: StaffRequest, run: ImportRun) -> HttpResponse:
    messages.info(request, _("The import has moved on meanwhile. This is where it stands now."))
    return _back(run)


@admit
def import_list(request: StaffRequest) -> HttpResponse:
    """The own imports, newest first."""
    runs = ImportRun.objects.visible_to(request.user)
    return render(request, "counselling/imports/list.html", {"page_obj": page_of(runs, request)})


def _keep(request: StaffRequest) -> str:
    """Whoever chose a file while the password grew old does not choose it again: it waits here. What is none is chosen again."""
    form = ImportFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return request.get_full_path()
    return reverse("counselling:import_kept", args=[_begun(request, form, fresh=False).public_id])


def _begun(request: StaffRequest, form: ImportFileForm, *, fresh: bool) -> ImportRun:
    data = form.cleaned_data
    return services.begin_import(
        kind=data["kind"], file=data["file"].file, name=data["file"].name, by=request.user,
        submission=data["submission"], fresh=fresh,
    )  # fmt: skip


@access(Permission.CLIENT_IMPORT, methods=WRITE, fresh=True, keep=_keep)
def import_create(request: StaffRequest) -> HttpResponse:
    """Step 1: a file."""
    bound = request.method == "POST"
    form = ImportFileForm(request.POST, request.FILES) if bound else ImportFileForm()
    if bound and form.is_valid():
        return _back(_begun(request, form, fresh=True))
    return render(request, "counselling/imports/upload.html", {"form": form}, status=422 if bound else 200)


@access(Permission.CLIENT_IMPORT, methods=WRITE, fresh=True)
def import_kept(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Step 1, after the password was given once more: the file is here still."""
    run = _run(request, public_id)
    if run.state != ImportState.KEPT:
        return _back(run)
    if request.method == "POST":
        try:
            services.read_kept_file(run=run, by=request.user)
        except ImportStateError:
            return _too_late(request, run)
        return _back(run)
    return render(request, "counselling/imports/kept.html", {"run": run})


@admit
def import_template(request: StaffRequest, name: str) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """A list to fill in."""
    if name == "xlsx":
        return download(files.template_workbook(), _("template") + ".xlsx")
    if name not in ImportKind.values:
        raise Http404
    return download(
        files.template_csv(name), f"{_('template')}-{ImportKind(name).label}.csv", "text/csv; charset=utf-8"
    )


def _shown(run: ImportRun) -> dict[str, Any]:
    """What the page of a run shows at the place where it stands."""
    context: dict[str, Any] = {"run": run, "refusal": REFUSALS.get(run.fault, "")}
    if run.state == ImportState.CHECKED:
        rows = run.staged_rows
        context |= {
            "problem_count": run.problems.count(), "doubt_count": rows.doubtful().count(), "undecided": rows.undecided().count(),
            "coming": services.coming_rows(run).count(),
        }  # fmt: skip
    if run.state == ImportState.UNDONE:
        context["kept_names"] = undoing.kept_names(run)
    return context


@admit
def import_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where the file stands, and what comes next."""
    run = _run(request, public_id)
    steps = {ImportState.MAPPING: "counselling:import_columns", ImportState.KEPT: "counselling:import_kept"}
    if (step := steps.get(ImportState(run.state))) is not None:
        return redirect(step, public_id=run.public_id)
    return render(request, "counselling/imports/run.html", _shown(run))


@admit
def import_progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far the worker is; the page is loaded anew when it is through."""
    run = _run(request, public_id)
    response = render(request, "includes/import_progress.html", {"run": run, "room": "counselling"})
    if not run.is_working:
        response["HX-Refresh"] = "true"
    return response


@access(Permission.CLIENT_IMPORT, methods=WRITE)
def import_columns(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Step 2: which column is what."""
    run = _run(request, public_id)
    if not run.is_open:
        return _back(run)
    bound = request.method == "POST"
    form = ImportColumnsForm(request.POST if bound else None, run=run, user=request.user)
    if bound and form.is_valid():
        try:
            services.name_columns(
                run=run, columns=form.cleaned_data["columns"], defaults=form.defaults(), by=request.user
            )
        except ImportStateError:
            return _too_late(request, run)
        return redirect("counselling:import_values", public_id=run.public_id)
    context = {"run": run, "form": form}
    return render(request, "counselling/imports/columns.html", context, status=422 if bound else 200)


@access(Permission.CLIENT_IMPORT, methods=WRITE)
def import_values(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Step 3: what the values mean; then the rows are checked."""
    run = _run(request, public_id)
    if run.state != ImportState.MAPPING or not run.columns:
        return _back(run)
    bound = request.method == "POST"
    form = ImportValuesForm(request.POST if bound else None, run=run)
    if bound and form.is_valid():
        try:
            services.name_values(run=run, meanings=form.meanings(), by=request.user)
        except ImportStateError:
            return _too_late(request, run)
        return _back(run)
    context = {"run": run, "form": form}
    return render(request, "counselling/imports/values.html", context, status=422 if bound else 200)


def _problems(request: StaffRequest, run: ImportRun) -> tuple[ProblemFilterForm, Any]:
    form = ProblemFilterForm(request.GET, columns=problems_by_column(run))
    problems = run.problems.order_by("line", "column", "pk")
    column = form.cleaned_data.get("column") if form.is_valid() else ""
    if column:
        problems = problems.filter(column=None if column == "row" else int(column))
    return form, problems


@admit
def import_problems(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What is wrong, by line and column."""
    run = _run(request, public_id)
    form, problems = _problems(request, run)
    page = page_of(problems, request)
    context = {
        "run": run,
        "filter_form": form,
        "page_obj": page,
        "lines": queries.problem_lines(run, page.object_list),
    }
    return render(request, "counselling/imports/problems.html", context)


@access(Permission.CLIENT_IMPORT, fresh=True)
def import_problems_export(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The errors as a spreadsheet, beside which one corrects the file."""
    run = _run(request, public_id)
    _form, problems = _problems(request, run)
    count = problems.count()

    def lines() -> Any:
        for page in Paginator(problems[:MOST_PROBLEMS], 1_000):
            yield from queries.problem_lines(run, page.object_list)

    record(Action.EXPORT, by=request.user, obj=run, format="xlsx", rows=min(count, MOST_PROBLEMS))
    return download(problems_workbook(lines(), max(0, count - MOST_PROBLEMS)), _("errors") + ".xlsx")


@access(Permission.CLIENT_IMPORT, methods=WRITE)
def import_doubts(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Rows that may be here already: what becomes of them."""
    run = _run(request, public_id)
    if run.state != ImportState.CHECKED:
        return _back(run)
    if request.method == "POST":
        return _decide(request, run)
    rows = run.staged_rows.doubtful().select_related("match__counsellor")
    page = page_of(rows, request)
    context = {
        "run": run, "page_obj": page, "lines": queries.doubts(run, page.object_list),
        "undecided": run.staged_rows.undecided().count(), "choices": _choices(run),
    }  # fmt: skip
    record(
        Action.SEARCH, by=request.user, object_type="counselling.client", reason="duplicate", found=len(page)
    )
    return render(request, "counselling/imports/doubts.html", context)


def _choices(run: ImportRun) -> list[tuple[str, str]]:
    """A consultation that is here already is no person that a row could be."""
    known = run.kind == ImportKind.CLIENTS
    return [
        (value, str(label)) for value, label in ImportChoice.choices if known or value != ImportChoice.SAME
    ]


def _decide(request: StaffRequest, run: ImportRun) -> HttpResponse:
    form = ImportDecisionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            _("Please choose what becomes of the row."), status=400, content_type="text/plain; charset=utf-8"
        )
    line = form.cleaned_data["line"]
    try:
        services.decide(
            run=run,
            choice=form.cleaned_data["choice"],
            by=request.user,
            lines=None if line is None else [line],
        )
    except ImportStateError:
        return _too_late(request, run)
    if request.htmx and line is not None:
        row = get_object_or_404(run.staged_rows.select_related("match__counsellor"), line=line)
        context = {
            "run": run, "line": queries.doubts(run, [row])[0], "choices": _choices(run),
            "undecided": run.staged_rows.undecided().count(), "page_obj": None,
        }  # fmt: skip
        return render(request, "counselling/imports/doubt.html", context)
    return redirect(request.get_full_path())


@access(Permission.CLIENT_IMPORT, methods=WRITE, fresh=True)
def import_start(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The last step: what will happen, and the button."""
    run = _run(request, public_id)
    if run.state != ImportState.CHECKED:
        return _back(run)
    if request.method == "POST":
        try:
            services.start_import(run=run, by=request.user)
        except ImportStateError:
            return _too_late(request, run)
        return _back(run)
    return render(request, "counselling/imports/start.html", _shown(run))


@access(Permission.CLIENT_IMPORT, methods=WRITE, fresh=True)
def import_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take an import back: what will happen, and the button."""
    run = _run(request, public_id)
    if not run.can_be_undone:
        return _back(run)
    if request.method == "POST":
        try:
            services.undo_import(run=run, by=request.user)
        except ImportStateError:
            return _too_late(request, run)
        return _back(run)
    return render(request, "counselling/imports/undo.html", {"run": run})


@post
def import_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Check once more, or hand work over once more that broke off."""
    run = _run(request, public_id)
    try:
        if run.state == ImportState.CHECKED:
            services.check_again(run=run, by=request.user)
        else:
            services.try_again(run=run, by=request.user)
    except ImportStateError:
        return _too_late(request, run)
    return _back(run)


@post
def import_stop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End the work that is going on; nothing has been changed then."""
    run = _run(request, public_id)
    try:
        services.stop_work(run=run, by=request.user)
    except ImportStateError:
        return _too_late(request, run)
    return _back(run)


@post
def import_discard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Throw the file away."""
    run = _run(request, public_id)
    try:
        services.discard(run=run, by=request.user)
    except ImportStateError:
        return _too_late(request, run)
    messages.success(request, _("The file and everything read from it are deleted."))
    return redirect("counselling:import_list")
