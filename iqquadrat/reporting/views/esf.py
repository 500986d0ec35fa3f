"""The table of the European Social Fund Plus: on screen without small counts, as paper and workbook for the funder."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from iqquadrat import pdf
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import XLSX
from iqquadrat.core.figures import Period
from iqquadrat.reporting.documents import EsfPaper
from iqquadrat.reporting.esf import COLUMNS, count_table, shown_table
from iqquadrat.reporting.esf_workbook import esf_workbook
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.views.figures import as_download, log_export, selection


@access(Permission.FIGURES_CENTRE)
def esf_table(request: StaffRequest) -> HttpResponse:
    """The table of a programme and period by gender."""
    form, programme, period = selection(request)
    reports_it = programme is not None and programme.esf_plus
    context = {
        "form": form, "programme": programme, "period": period, "query": request.GET.urlencode(), "columns": COLUMNS,
        "table": shown_table(period) if reports_it else None,
        "others": Programme.objects.visible_to(request.user).filter(esf_plus=True) if not reports_it else [],
    }  # fmt: skip
    return render(request, "reporting/esf_table.html", context, status=422 if form.errors else 200)


@access(Permission.REPORT_EXPORT, fresh=True)
def esf_xlsx(request: StaffRequest) -> HttpResponse:
    """The table as a workbook, with the definitions on a second sheet."""
    programme, period = _reported(request)
    log_export(request, programme, "esf.xlsx")
    response = HttpResponse(esf_workbook(count_table(period), programme), content_type=XLSX)
    return as_download(response, programme, period, "esf.xlsx")


@access(Permission.REPORT_EXPORT, fresh=True)
def esf_pdf(request: StaffRequest) -> HttpResponse:
    """The table on paper."""
    programme, period = _reported(request)
    log_export(request, programme, "esf.pdf")
    return pdf.response(EsfPaper(count_table(period), programme))


def _reported(request: StaffRequest) -> tuple[Programme, Period]:
    _form, programme, period = selection(request)
    if programme is None or not programme.esf_plus:
        raise Http404
    return programme, period
