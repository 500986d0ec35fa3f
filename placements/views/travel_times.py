"""The table of ways between postal codes, kept by the coordination."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of
from iqquadrat.core.text import latin_digits
from placements.matching_forms import WaysForm
from placements.models import TravelTime
from placements.services import travel_times as services


@access(Permission.TRAVEL_TIME_WRITE, methods=["GET", "POST"])
def travel_times(request: StaffRequest) -> HttpResponse:
    """The ways of the centre, and a field to paste a table into. Faults are named by their line, and nothing of it is stored."""
    form = WaysForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = services.keep_ways(ways=form.cleaned_data["ways"], by=request.user)
        new = ngettext("%(n)d new way", "%(n)d new ways", kept.added) % {"n": kept.added}
        messages.success(
            request, _("%(new)s, %(changed)d with other minutes.") % {"new": new, "changed": kept.changed}
        )
        return redirect("placements:travel_times")
    rows = TravelTime.objects.visible_to(request.user)
    typed = latin_digits(request.GET.get("code", "")[:5].strip())
    if typed:
        rows = rows.filter(Q(code_a__startswith=typed) | Q(code_b__startswith=typed))
    context = {"form": form, "page_obj": page_of(rows, request), "typed": typed}
    return render(
        request, "placements/matching/travel_times.html", context, status=422 if form.errors else 200
    )


@access(Permission.TRAVEL_TIME_WRITE, methods=["POST"])
def travel_time_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one way out of the table."""
    way = get_object_or_404(TravelTime.objects.visible_to(request.user), pk=pk)
    services.forget_way(way=way, by=request.user)
    messages.success(request, _("The way is removed."))
    return redirect("placements:travel_times")
