"""After a start: the other ways of the same client, to be closed in one go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from placements.enums import Stage
from placements.process_forms import OthersForm
from placements.services import placements as services
from placements.views.placements import own_placement_of

MOST_CLOSED_SHOWN = 25


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def placement_others(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose which other placements of somebody who has begun to work are closed; each can be undone here."""
    placement = own_placement_of(request, public_id)
    if services.current_stage(placement) is not Stage.STARTED:
        if request.method == "POST":
            messages.error(request, _("Nothing was closed: this work is not recorded as begun any more."))
        return redirect("placements:placement_detail", public_id=public_id)
    running = services.other_running(placement).select_related("vacancy__business").order_by("pk")
    form = OthersForm(request.POST if request.method == "POST" else None, placements=list(running))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        closed = services.close_others(
            started=placement, chosen=data["placements"], reason=data["reason"], by=request.user
        )
        words = ngettext("%(n)s placement is closed.", "%(n)s placements are closed.", len(closed))
        messages.success(request, words % {"n": len(closed)})
        return redirect("placements:placement_others", public_id=public_id)
    context = {
        "placement": placement, "form": form, "closed": services.closed_since(placement)[:MOST_CLOSED_SHOWN], "ticked": set(form.ticked),
    }  # fmt: skip
    return render(request, "placements/others.html", context, status=422 if form.errors else 200)
