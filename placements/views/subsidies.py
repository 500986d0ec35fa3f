"""Wage subsidies: the list of those that run out, and the form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.paging import page_of
from iqquadrat.core.text import number_in
from placements.errors import NothingStartedError, StaleSubsidyError
from placements.models import Placement, WageSubsidy
from placements.process_forms import SubsidyForm
from placements.queries import named_clients
from placements.services import subsidies as services
from placements.views import READ
from placements.views.placements import own_placement_of

STATES = {
    "ending": gettext_lazy("End within 30 days"),
    "running": gettext_lazy("Running"),
    "undecided": pgettext_lazy("subsidy", "Applied for"),
    "all": gettext_lazy("All"),
}


@access(*READ)
def subsidy_list(request: StaffRequest) -> HttpResponse:
    """Wage subsidies of the reader's placements; at first those that end within 30 days."""
    today, mine = timezone.localdate(), WageSubsidy.objects.visible_to(request.user)
    chosen = request.GET.get("show", "") if request.GET.get("show", "") in STATES else "ending"
    rows = {
        "ending": mine.ending(today), "running": mine.running(today), "undecided": mine.undecided(), "all": mine,
    }[chosen]  # fmt: skip
    page = page_of(rows.select_related(*WageSubsidy.NAMED_BY), request)
    context = {
        "page_obj": page, "chosen": chosen, "states": list(STATES.items()), "today": today,
        "named": named_clients(request.user, [row.placement for row in page.object_list]),
    }  # fmt: skip
    return render(request, "placements/subsidy_list.html", context)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def subsidy_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note a subsidy of work that has started."""
    placement = own_placement_of(request, public_id)
    form = SubsidyForm(request.POST if request.method == "POST" else None, initial=_at_first(placement))
    if request.method == "POST" and form.is_valid():
        try:
            services.add_subsidy(
                placement=placement,
                submission=form.cleaned_data["submission"],
                by=request.user,
                **form.facts(),
            )
        except NothingStartedError:
            form.add_error(
                None, _("A wage subsidy belongs to work that has started. Record the start first.")
            )
        else:
            messages.success(request, _("The wage subsidy is noted."))
            return redirect("placements:placement_detail", public_id=public_id)
    return _page(request, placement, form, status=422 if form.errors else 200)


def _at_first(placement: Placement) -> dict[str, Any]:
    return {"kind": placement.funding or "wage_subsidy", "starts_on": placement.started_on}


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def subsidy_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a subsidy; what somebody else changed meanwhile is shown beside the own words."""
    subsidy = _own_subsidy(request, public_id)
    form = SubsidyForm(
        request.POST if request.method == "POST" else None, instance=_own_subsidy(request, public_id)
    )
    theirs, status = [], 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.change_subsidy(
                subsidy=subsidy, revision=form.cleaned_data["revision"] or 0, by=request.user, **form.facts()
            )
        except StaleSubsidyError as error:
            theirs, status = differences(form, SubsidyForm(instance=error.stored)), 409
            on_top_of(form, error.stored.revision)
        else:
            messages.success(request, _("The wage subsidy is changed."))
            return redirect("placements:placement_detail", public_id=subsidy.placement.public_id)
    return _page(request, subsidy.placement, form, status=status, subsidy=subsidy, theirs=theirs)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def subsidy_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take away a subsidy that was noted by mistake."""
    subsidy = _own_subsidy(request, public_id)
    seen = number_in(request.POST.get("revision", ""))
    try:
        services.delete_subsidy(subsidy=subsidy, revision=seen, by=request.user)
    except StaleSubsidyError:
        messages.error(request, _("Nothing was deleted: somebody else has changed the subsidy meanwhile."))
        return redirect("placements:subsidy_edit", public_id=public_id)
    messages.success(request, _("The wage subsidy is taken away."))
    return redirect("placements:placement_detail", public_id=subsidy.placement.public_id)


def _page(
    request: StaffRequest, placement: Placement, form: SubsidyForm, *, status: int, subsidy: WageSubsidy | None = None, theirs: Any = ()
) -> HttpResponse:  # fmt: skip
    context = {"placement": placement, "form": form, "subsidy": subsidy, "theirs": theirs}
    return render(request, "placements/subsidy_form.html", context, status=status)


def _own_subsidy(request: StaffRequest, public_id: UUID) -> WageSubsidy:
    rows = WageSubsidy.objects.visible_to(request.user).select_related(*WageSubsidy.NAMED_BY)
    subsidy = get_object_or_404(rows, public_id=public_id)
    if not named_clients(request.user, [subsidy.placement]):
        raise PermissionDenied
    return subsidy
