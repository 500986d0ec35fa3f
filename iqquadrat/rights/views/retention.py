"""How long the centre keeps what, and what would go next."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.retention import clocks
from iqquadrat.rights import services
from iqquadrat.rights.forms import MonthsForm
from iqquadrat.rights.models import LegalHold


def _page(request: StaffRequest, failed: MonthsForm | None = None) -> HttpResponse:
    rows = []
    for due in services.what_is_due(request.user.centre):
        form = MonthsForm(clock=due.clock, initial={"months": due.months})
        rows.append((due, failed if failed is not None and failed.clock.key == due.clock.key else form))
    holds = (
        LegalHold.objects.standing().filter(client__centre_id=request.user.centre_id).select_related("client")
    )
    context = {"rows": rows, "holds": holds}
    return render(request, "rights/retention.html", context, status=422 if failed is not None else 200)


@access(Permission.RETENTION_KEEP)
def retention(request: StaffRequest) -> HttpResponse:
    """Every clock with its months and what the next run would let go."""
    return _page(request)


@access(Permission.RETENTION_KEEP, methods=["POST"])
def retention_set(request: StaffRequest, key: str) -> HttpResponse:
    """Set the months of a clock, from today on."""
    clock = next((clock for clock in clocks() if clock.key == key and not clock.fixed), None)
    if clock is None:
        raise Http404
    form = MonthsForm(request.POST, clock=clock)
    if not form.is_valid():
        return _page(request, form)
    services.set_months(clock=clock, months=form.cleaned_data["months"], by=request.user)
    messages.success(request, _("The new time holds from today on."))
    return redirect("rights:retention")
