"""The register as a list: taken out, and brought in step by step."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.enums import RowChoice, RowPlan
from businesses.exchange import exporting, services, undoing
from businesses.exchange.columns import COLUMNS
from businesses.exchange.matching import rows_above
from businesses.exchange.values import unknown_values
from businesses.forms import BusinessFilter
from businesses.forms.exchange import RegisterColumnsForm, RegisterFileForm, RowDecisionForm
from businesses.forms.values import PAGE, RegisterValuesForm
from businesses.models import Business, RegisterImport, RegisterRow
from businesses.views.register import SORTS
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import XLSX, named
from iqquadrat.core.importing.columns import of_choice
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.forms import ProblemFilterForm
from iqquadrat.core.importing.problems import problems_by_column, problems_of, problems_workbook
from iqquadrat.core.importing.reading import REFUSALS
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.paging import page_of

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "geojson": "application/geo+json"}
MOST_PROBLEMS = 20_000
# Columns whose values can be explained.
CODED = [*(column.field for column in of_choice(COLUMNS.values())), "branch"]
WRITE = ["GET", "POST"]
admit = access(Permission.BUSINESS_IMPORT)
post = access(Permission.BUSINESS_IMPORT, methods=["POST"])


@access(Permission.BUSINESS_EXPORT, fresh=True)
def register_export(request: StaffRequest, form: str) -> HttpResponse:
    """The register as the list shows it: the same filters, the same order."""
    if form not in TYPES:
        raise Http404
    filters = BusinessFilter(request.GET, centre=request.user.centre)
    sort = request.GET.get("sort", "address")
    found = filters.apply(Business.objects.visible_to(request.user)).order_by(
        *SORTS.get(sort, SORTS["address"])
    )
    record(
        Action.EXPORT, by=request.user, object_type="businesses.business", reason="register", format=form, rows=found.count()
    )  # fmt: skip
    name = f"{_('businesses')}-{timezone.localdate():%Y-%m-%d}.{form}"
    if form == "xlsx":
        return _workbook(found, name)
    parts = exporting.csv_lines(found) if form == "csv" else exporting.geojson_parts(found)
    return _sent(StreamingHttpResponse(parts, content_type=TYPES[form]), name)


def _workbook(businesses: Any, name: str) -> HttpResponse:
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - closed by the answer that sends it
    exporting.write_workbook(businesses, Path(file.name))
    return _sent(FileResponse(file, content_type=XLSX), name)


def _sent(response: Any, name: str) -> HttpResponse:
    named(response, name)
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]  # Django types streams apart; the handlers take both


@admit
def import_template(request: StaffRequest) -> HttpResponse:
    """A list to fill in, with a sheet that explains every column."""
    return _workbook(Business.objects.visible_to(request.user).none(), _("template") + ".xlsx")


@admit
def import_list(request: StaffRequest) -> HttpResponse:
    """The own imports, newest first."""
    runs = RegisterImport.objects.visible_to(request.user)
    return render(request, "businesses/imports/list.html", {"page_obj": page_of(runs, request)})


@access(Permission.BUSINESS_IMPORT, methods=WRITE)
def import_create(request: StaffRequest) -> HttpResponse:
    """Step 1: a file."""
    bound = request.method == "POST"
    form = RegisterFileForm(request.POST, request.FILES) if bound else RegisterFileForm()
    if bound and form.is_valid():
        data = form.cleaned_data
        run = services.begin_import(
            file=data["file"].file, name=data["file"].name, by=request.user, submission=data["submission"]
        )
        return _back(run)
    return render(request, "businesses/imports/upload.html", {"form": form}, status=422 if bound else 200)


@admit
def import_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where the file stands, and what comes next."""
    run = _run(request, public_id)
    if run.state == ImportState.MAPPING:
        return redirect("businesses:import_columns", public_id=public_id)
    context: dict[str, Any] = {"run": run, "refusal": REFUSALS.get(run.fault, "")}
    if run.state == ImportState.CHECKED:
        context |= _found(run)
    if run.state == ImportState.UNDONE:
        context["kept"] = undoing.kept_records(run)
    return render(request, "businesses/imports/run.html", context)


def _found(run: RegisterImport) -> dict[str, Any]:
    """What the check found, in numbers."""
    rows = run.staged_rows
    return {
        "new": rows.filter(plan=RowPlan.NEW).count(), "changed": rows.filter(plan=RowPlan.CHANGED).count(),
        "same": rows.filter(plan=RowPlan.SAME).count(), "doubtful": rows.doubtful().count(), "undecided": rows.undecided().count(),
        "coming": rows.coming().count(), "problem_count": run.problems.count(),
        "has_values": bool(run.meanings) or run.problems.filter(field__in=CODED).exists(),
    }  # fmt: skip


@admit
def import_progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far the worker is; the page is loaded anew when it is through."""
    run = _run(request, public_id)
    response = render(request, "includes/import_progress.html", {"run": run, "room": "businesses"})
    if not run.is_working:
        response["HX-Refresh"] = "true"
    return response


@access(Permission.BUSINESS_IMPORT, methods=WRITE)
def import_columns(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Step 2: which column is what; then the rows are checked."""
    run = _run(request, public_id)
    if not run.is_open:
        return _back(run)
    bound = request.method == "POST"
    form = RegisterColumnsForm(request.POST if bound else None, run=run)
    if bound and form.is_valid():
        return _named(request, run, form.cleaned_data["columns"])
    context = {"run": run, "form": form}
    return render(request, "businesses/imports/columns.html", context, status=422 if bound else 200)


def _named(request: StaffRequest, run: RegisterImport, columns: dict[str, str]) -> HttpResponse:
    try:
        named = services.name_columns(run=run, columns=columns, by=request.user)
    except ImportStateError:
        return _too_late(request, run)
    if named.state == ImportState.MAPPING:
        return redirect("businesses:import_values", public_id=run.public_id)
    return _back(run)


@access(Permission.BUSINESS_IMPORT, methods=WRITE)
def import_values(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Step 3, where values are not known: what they mean, some at a time; then the rows are checked."""
    run = _run(request, public_id)
    if not run.is_open or not run.columns:
        return _back(run)
    unknown = unknown_values(run)
    page = Paginator(unknown.values, PAGE).get_page(request.GET.get("page"))
    bound = request.method == "POST"
    form = RegisterValuesForm(request.POST if bound else None, run=run, values=list(page.object_list))
    if bound and form.is_valid():
        goes_on = page.has_next() and "check" not in request.POST
        try:
            services.name_values(run=run, meanings=form.meanings(), by=request.user, check=not goes_on)
        except ImportStateError:
            return _too_late(request, run)
        return redirect(f"{request.path}?page={page.next_page_number()}") if goes_on else _back(run)
    context = {"run": run, "form": form, "page_obj": page, "has_more": unknown.has_more}
    return render(request, "businesses/imports/values.html", context, status=422 if bound else 200)


def _problems(request: StaffRequest, run: RegisterImport) -> tuple[ProblemFilterForm, Any]:
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
        "run": run, "filter_form": form, "page_obj": page, "lines": problems_of(run, page.object_list, COLUMNS),
    }  # fmt: skip
    return render(request, "businesses/imports/problems.html", context)


@admit
def import_problems_export(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The errors as a spreadsheet, beside which one corrects the file."""
    run = _run(request, public_id)
    _form, problems = _problems(request, run)
    count = problems.count()

    def lines() -> Any:
        for page in Paginator(problems[:MOST_PROBLEMS], 1_000):
            yield from problems_of(run, page.object_list, COLUMNS)

    record(Action.EXPORT, by=request.user, obj=run, format="xlsx", rows=min(count, MOST_PROBLEMS))
    content = problems_workbook(lines(), max(0, count - MOST_PROBLEMS))
    return _sent(HttpResponse(content, content_type=XLSX), _("errors") + ".xlsx")


@access(Permission.BUSINESS_IMPORT, methods=WRITE)
def import_doubts(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Rows that may be here already, or that say what a row above says: what becomes of them."""
    run = _run(request, public_id)
    if run.state != ImportState.CHECKED:
        return _back(run)
    if request.method == "POST":
        return _decide(request, run)
    page = page_of(run.staged_rows.doubtful().select_related("match__premises__street"), request)
    context = {
        "run": run, "page_obj": page, "undecided": run.staged_rows.undecided().count(), "choices": RowChoice.choices,
        "lines": _in_doubt(run, list(page.object_list)),
    }  # fmt: skip
    return render(request, "businesses/imports/doubts.html", context)


# So many rows above one can be pointed at; a further one is named by its number.
MOST_ABOVE, MOST_DIFFERENCES = 2, 3


@dataclass(frozen=True)
class Doubt:
    """A row in doubt, and the rows above that say the same door and name, the nearest ones, each with what differs."""

    row: RegisterRow
    names: list[str]
    above: list[tuple[RegisterRow, list[str]]]
    has_more: bool


def _in_doubt(run: RegisterImport, rows: Sequence[RegisterRow]) -> list[Doubt]:
    found = rows_above(run.pk, [row.line for row in rows], MOST_ABOVE + 1)
    wanted = {row.line for row in rows}.union(*found.values())
    known = {row.line: row for row in run.staged_rows.filter(line__in=wanted)}
    return [
        Doubt(
            row, _names(run, row), [(known[line], _differences(run, row, known[line])) for line in found.get(row.line, ())[-MOST_ABOVE:]],
            has_more=len(found.get(row.line, ())) > MOST_ABOVE,
        )
        for row in rows
    ]  # fmt: skip


NAMING = (
    "reference",
    "sign_name",
    "legal_name",
    "street",
    "house_number",
    "address",
    "branch_words",
    "status",
)


def _names(run: RegisterImport, row: RegisterRow) -> list[str]:
    """The few cells by which a row is known."""
    places = {field: int(place) for place, field in run.columns.items()}
    cells = [row.cells[places[name]] for name in NAMING if name in places and places[name] < len(row.cells)]
    return [cell.strip()[:60] for cell in cells if cell.strip()]


def _differences(run: RegisterImport, row: RegisterRow, above: RegisterRow) -> list[str]:
    """Say in which columns two rows differ, the first few."""
    places = sorted(int(place) for place in run.columns)
    pairs = [(place, _cell(above, place), _cell(row, place)) for place in places]
    return [
        _("%(column)s: %(there)s, here %(here)s")
        % {"column": run.headers[place][:30], "there": there[:30] or "–", "here": here[:30] or "–"}
        for place, there, here in pairs
        if there != here
    ][:MOST_DIFFERENCES]


def _cell(row: RegisterRow, place: int) -> str:
    return str(row.cells[place]).strip() if place < len(row.cells) else ""


def _decide(request: StaffRequest, run: RegisterImport) -> HttpResponse:
    form = RowDecisionForm(request.POST)
    if not form.is_valid():
        words = _("Please choose what becomes of the row.")
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    line = form.cleaned_data["line"]
    try:
        services.decide(
            run=run,
            choice=form.cleaned_data["choice"],
            by=request.user,
            lines=None if line is None else [line],
            same_line=None if line is None else form.cleaned_data["same_line"],
        )
    except ImportStateError:
        return _too_late(request, run)
    return redirect(request.get_full_path())


@post
def import_start(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let everything come in."""
    run = _run(request, public_id)
    return _step(request, run, lambda: services.start_import(run=run, by=request.user))


@post
def import_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take an import back."""
    run = _run(request, public_id)
    return _step(request, run, lambda: services.undo_import(run=run, by=request.user))


@post
def import_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Check once more, or hand work over once more that broke off."""
    run = _run(request, public_id)
    verb = services.check_again if run.state == ImportState.CHECKED else services.try_again
    return _step(request, run, lambda: verb(run=run, by=request.user))


@post
def import_stop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End the work that is going on; nothing has been changed then."""
    run = _run(request, public_id)
    return _step(request, run, lambda: services.stop_work(run=run, by=request.user))


@post
def import_discard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Throw the file away."""
    run = _run(request, public_id)
    try:
        services.discard(run=run, by=request.user)
    except ImportStateError:
        return _too_late(request, run)
    messages.success(request, _("The file and everything read from it are deleted."))
    return redirect("businesses:import_list")


def _step(request: StaffRequest, run: RegisterImport, verb: Callable[[], Any]) -> HttpResponse:
    try:
        verb()
    except ImportStateError:
        return _too_late(request, run)
    return _back(run)


def _too_late(request: StaffRequest, run: RegisterImport) -> HttpResponse:
    messages.info(request, _("The import has moved on meanwhile. This is where it stands now."))
    return _back(run)


def _back(run: RegisterImport) -> HttpResponse:
    return redirect("businesses:import_detail", public_id=run.public_id)


def _run(request: StaffRequest, public_id: UUID) -> RegisterImport:
    runs = RegisterImport.objects.visible_to(request.user).select_related("centre", "created_by")
    return get_object_or_404(runs, public_id=public_id)
