"""The figures on screen, the way down to their records, and the exports."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import XLSX, named
from iqquadrat.core.figures import Figure, Period
from iqquadrat.core.paging import page_of_list
from iqquadrat.reporting.catalogue import (
    CHAPTERS,
    UnknownFigureError,
    definitions_of,
    definitions_with,
    figure,
)
from iqquadrat.reporting.charts import may_be_counted, months_chart
from iqquadrat.reporting.documents import FunderReport
from iqquadrat.reporting.esf import shown_value
from iqquadrat.reporting.exports import as_data
from iqquadrat.reporting.forms import LONGEST_PERIOD_YEARS, SelectionForm
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.queries import Report, count_report, period_of, without_small_counts
from iqquadrat.reporting.spreadsheets import workbook

READ = (Permission.FIGURES_CENTRE, Permission.FIGURES_OWN)
PAGE_SIZE = 25
LONGEST_SEARCH = 100
# The report is written in the first of them unless the other is asked for.
PAPER_LANGUAGES = ("de", "en")
# Chapters whose figures are narrowed to the caseload of a counsellor who sees no more than that.
OWN_CHAPTERS = frozenset({"counselling", "competence", "placements", "esf"})


def selection(request: StaffRequest) -> tuple[SelectionForm, Programme | None, Period]:
    """Return the form, the programme and the period that the address asks for; by default the current programme."""
    form = SelectionForm(request.GET or None, user=request.user)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    programmes = Programme.objects.visible_to(request.user)
    programme = (
        chosen.get("programme")
        or programmes.filter(code=request.user.centre.current_programme_code).first()
        or programmes.first()
    )
    period = _period(request, programme, chosen.get("starts_on"), chosen.get("ends_on"))
    if not form.errors:
        # What is counted stands in the fields, whatever part of it the address left out.
        shown = {
            "programme": programme.code if programme else "",
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
        }
        form = SelectionForm(user=request.user, initial=shown)
    return form, programme, period


def _period(
    request: StaffRequest, programme: Programme | None, starts_on: date | None, ends_on: date | None
) -> Period:
    user = request.user
    if programme is None:
        last = ends_on or max(timezone.localdate(), starts_on or date.min)
        first = max(starts_on or date(last.year, 1, 1), date(last.year - LONGEST_PERIOD_YEARS, 1, 1))
        period = Period(starts_on=first, ends_on=last, centre_ids=(user.centre_id,))
    else:
        period = period_of(programme, starts_on=starts_on, ends_on=ends_on)
        if period.starts_on > period.ends_on:
            # The days of another programme were still in the address: then the whole of this one is meant.
            period = period_of(programme)
        period = replace(period, centre_ids=(user.centre_id,))
    if not user.may(Permission.FIGURES_CENTRE):
        period = replace(period, counsellor_id=user.pk)
    return period


def heads_of(report: Report) -> list[dict[str, Any]]:
    """Return the headlines with their squares, as the pages draw them."""
    employment, primary = report.value("employment_relationships"), report.value("primary_labour_market")
    heads = []
    for counted in report.headlines:
        half = employment - primary if counted.figure.code == "employment_relationships" else 0
        heads.append(
            {
                "counted": counted,
                "full": counted.value - half,
                "half": half,
                "drawn": may_be_counted(counted.value + counted.missing),
            }
        )
    return heads


@access(*READ)
def dashboard(request: StaffRequest) -> HttpResponse:
    """All figures of a programme and period: headlines, months, steps, breakdowns."""
    form, programme, period = selection(request)
    report = count_report(programme, period)
    if period.counsellor_id is None:  # the own caseload holds nobody whom the reader does not know
        report = without_small_counts(report)
    context = {
        "form": form, "programme": programme, "period": period, "report": report, "heads": heads_of(report),
        "chart": months_chart(report.months), "now": timezone.now(), "query": request.GET.urlencode(),
        "own_only": period.counsellor_id is not None,
    }  # fmt: skip
    return render(request, "reporting/dashboard.html", context, status=422 if form.errors else 200)


@access(*READ)
def figure_detail(request: StaffRequest, code: str) -> HttpResponse:
    """One figure: its definition, its value, and the records behind it for those who may see them."""
    form, programme, period = selection(request)
    try:
        chosen = figure(code)
    except UnknownFigureError:
        raise Http404 from None
    page = None
    if _may_see_records(request, chosen, period):
        page = Paginator(chosen.rows(period), PAGE_SIZE).get_page(request.GET.get("page"))
        record(Action.VIEW, by=request.user, object_type="figure", object_id=code, rows=page.paginator.count)
    hidden = chosen.of_persons and page is None and shown_value(code, period) is None
    context = {
        "figure": chosen, "value": None if hidden else chosen.count(period), "programme": programme, "period": period, "page_obj": page,
        "headings": [heading for heading, _value in chosen.columns], "rows": _rows(chosen, page), "form": form,
        "query": _without(request, "page"),
    }  # fmt: skip
    return render(request, "reporting/figure_detail.html", context)


@access(*READ)
def definitions(request: StaffRequest) -> HttpResponse:
    """What the figures and tables of a chapter say, or those that hold some words: the page one is pointed to when a number is doubted."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    chosen = request.GET.get("chapter", "")
    if chosen not in CHAPTERS:
        chosen = next(iter(CHAPTERS))
    page = page_of_list(definitions_with(text), request) if text else None
    context = {
        "chapters": CHAPTERS, "chosen": "" if text else chosen, "text": text, "page_obj": page,
        "entries": definitions_of(chosen) if page is None else page, "query": _without(request, "page", "size", "q", "chapter"),
        "title": _("Found") if text else CHAPTERS[chosen],
    }  # fmt: skip
    return render(request, "reporting/definitions.html", context)


def _without(request: StaffRequest, *names: str) -> str:
    """The address's query for the way back: programme and period stay, what belongs to this page does not."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def _may_see_records(request: StaffRequest, chosen: Figure, period: Period) -> bool:
    """Those who may see such records, and everybody those of the own caseload."""
    own = period.counsellor_id == request.user.pk and chosen.chapter in OWN_CHAPTERS
    return bool(chosen.columns) and (own or request.user.may(chosen.drill_permission))


def _rows(chosen: Figure, page: Any) -> list[tuple[str, list[tuple[object, object]]]]:
    """Return address and cells (heading, value) of every record on the page."""
    if page is None:
        return []
    return [
        (
            chosen.link(row) if chosen.link else "",
            [(heading, _cell(value(row))) for heading, value in chosen.columns],
        )
        for row in page.object_list
    ]


def _cell(value: object) -> object:
    """A value as people read it: days in the country's order, a dash for nothing."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "–" if value in (None, "") else value


@access(Permission.REPORT_EXPORT, fresh=True)
def report_xlsx(request: StaffRequest) -> HttpResponse:
    """The report as a workbook."""
    _form, programme, period = selection(request)
    report = count_report(programme, period)
    log_export(request, programme, "xlsx")
    response = HttpResponse(workbook(report), content_type=XLSX)
    return as_download(response, programme, period, "xlsx")


@access(Permission.REPORT_EXPORT, fresh=True)
def report_json(request: StaffRequest) -> HttpResponse:
    """The report as data."""
    _form, programme, period = selection(request)
    log_export(request, programme, "json")
    response = JsonResponse(
        as_data(count_report(programme, period)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    return as_download(response, programme, period, "json")


@access(Permission.REPORT_CREATE, fresh=True)
def report_pdf(request: StaffRequest) -> HttpResponse:
    """The report to the funder on paper, in German or in the language that the address asks for."""
    _form, programme, period = selection(request)
    language = request.GET.get("language", PAPER_LANGUAGES[0])
    if programme is None or language not in PAPER_LANGUAGES:
        raise Http404
    log_export(request, programme, "pdf")
    with translation.override(language):
        return pdf.response(FunderReport(count_report(programme, period), language))


def log_export(request: StaffRequest, programme: Programme | None, kind: str) -> None:
    record(
        Action.EXPORT,
        by=request.user,
        object_type="report",
        object_id=programme.code if programme else "",
        format=kind,
    )


def as_download(
    response: HttpResponse, programme: Programme | None, period: Period, suffix: str
) -> HttpResponse:
    code = programme.code if programme else "all"
    response["Cache-Control"] = "no-store"
    return named(response, f"{code}-{period.ends_on:%Y-%m-%d}.{suffix}")
