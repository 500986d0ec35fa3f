"""Who was proposed and who began, by gender and language: whether matching leaves a group behind."""

from django.http import HttpResponse
from django.shortcuts import render

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from placements.matching_audit import audit, quarter_of, quarters


@access(Permission.FIGURES_CENTRE)
def matching_audit(request: StaffRequest) -> HttpResponse:
    """One quarter; no names, no numbers of clients, no cell below five."""
    known = quarters()
    chosen = quarter_of(request.GET.get("quarter", "")) or known[0]
    context = {"quarters": known, "chosen": chosen, "tables": audit(request.user.centre_id, chosen)}
    return render(request, "placements/matching/audit.html", context)
