"""The city's figures: seen, taken in with a look before, deleted."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from businesses.forms.city import CityFiguresForm
from businesses.models import CityFigure
from businesses.services import delete_city_figures, store_city_figures
from businesses.survey_analysis.cuts import branch_names
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

# What stands on the page before it is stored: the rest is in the file.
SHOWN = 100


@access(Permission.WAVE_WRITE)
def city_figures(request: StaffRequest) -> HttpResponse:
    """The sets that are there."""
    return render(request, "businesses/city_figures.html", {"sets": _sets(request)})


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def city_figures_import(request: StaffRequest) -> HttpResponse:
    """Read a file, show what it holds, and store it when that is pressed."""
    if request.method == "GET":
        return _page(request, CityFiguresForm(), status=200)
    form = CityFiguresForm(request.POST, request.FILES)
    if not form.is_valid() or form.table is None:
        return _page(request, form, status=422)
    if form.table.problems or "store" not in request.POST:
        return _page(request, form, status=422 if form.table.problems else 200)
    data = form.cleaned_data
    number = store_city_figures(
        version=data["version"], year=data["year"], source=data["source"], units=form.table.units, by=request.user
    )  # fmt: skip
    messages.success(request, _("Stored: %(number)d figures.") % {"number": number})
    return redirect("businesses:city_figures")


@access(Permission.WAVE_WRITE, methods=["POST"])
def city_figures_delete(request: StaffRequest) -> HttpResponse:
    """Delete a set."""
    version, year = request.POST.get("version", ""), request.POST.get("year", "")
    if version.isdecimal() and year.isdecimal() and len(version + year) <= 8:
        delete_city_figures(version=int(version), year=int(year), by=request.user)
        messages.success(request, _("The figures are deleted."))
    return redirect("businesses:city_figures")


def _page(request: StaffRequest, form: CityFiguresForm, *, status: int) -> HttpResponse:
    table = form.table
    context: dict[str, Any] = {"form": form, "table": table}
    if table and not form.errors:
        version = form.cleaned_data["version"]
        names = branch_names(version)
        context |= {
            "rows": [(code, names[code], number) for code, number in list(table.units.items())[:SHOWN]],
            "more": max(0, len(table.units) - SHOWN), "text": form.text, "version": version,
            "replaces": CityFigure.objects.filter(
                centre=request.user.centre_id, branch__version=version, year=form.cleaned_data["year"]
            ).count(),
        }  # fmt: skip
    return render(request, "businesses/city_figures_import.html", context, status=status)


def _sets(request: StaffRequest) -> Any:
    return (
        CityFigure.objects.filter(centre=request.user.centre_id)
        .order_by()
        .values("branch__version", "year")
        .annotate(number=Count("pk"), total=Sum("units"), source=Min("source"), at=Max("created_at"))
        .order_by("-year", "-branch__version")
    )
