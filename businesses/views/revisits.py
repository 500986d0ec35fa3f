"""Who is still wanted in a wave: on the screen, as a table, on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from businesses.forms.revisits import RevisitFilter
from businesses.models import Unit, Wave
from businesses.models.survey import UnitQuerySet
from businesses.revisit_papers import MOST_ON_PAPER, RevisitList, revisit_workbook
from businesses.revisits import lines, wanted_units
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.paging import page_of


@access(Permission.BUSINESS_READ, Permission.INTERVIEW_WRITE)
def revisits(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The list: for the office all of the wave, for a surveyor the own section, from where a call begins."""
    wave = _get(request, public_id)
    filters, units = _filtered(request, wave)
    page = page_of(units, request)
    context = {
        "wave": wave, "filters": filters, "page_obj": page, "rows": list(lines(page)),
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
        "may_walk": request.user.may(Permission.INTERVIEW_WRITE), "reads_all": request.user.may(Permission.BUSINESS_READ),
    }  # fmt: skip
    return render(request, "businesses/revisits.html", context)


@access(Permission.BUSINESS_EXPORT, fresh=True)
def revisits_xlsx(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The list as shown, as a table."""
    wave = _get(request, public_id)
    found = list(lines(_filtered(request, wave)[1]))
    record(Action.EXPORT, by=request.user, obj=wave, format="xlsx", rows=len(found))
    name = _("phone-and-re-visits")
    return download(revisit_workbook(found), f"{name}.xlsx")


@access(Permission.BUSINESS_EXPORT, fresh=True)
def revisits_pdf(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The list as shown, on paper."""
    wave = _get(request, public_id)
    units = _filtered(request, wave)[1]
    found = list(lines(units[:MOST_ON_PAPER]))
    document = RevisitList(wave, found, more=max(0, units.count() - len(found)))
    record(Action.EXPORT, by=request.user, obj=wave, format="pdf", rows=len(found))
    return pdf.response(document)


def _filtered(request: StaffRequest, wave: Wave) -> tuple[RevisitFilter, UnitQuerySet]:
    filters = RevisitFilter(request.GET, wave=wave, of_all=request.user.may(Permission.BUSINESS_READ))
    return filters, filters.apply(wanted_units(wave, Unit.objects.visible_to(request.user)))


def _get(request: StaffRequest, public_id: UUID) -> Wave:
    return get_object_or_404(
        Wave.objects.visible_to(request.user).select_related("centre"), public_id=public_id
    )
