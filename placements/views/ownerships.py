"""Which business a client runs: a part of the client's data, and the page to find the business on."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.models import Business
from counselling.models import Client
from counselling.rules import can_change_client
from counselling.views.lists import own_client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.folding import search_key
from placements.models import Ownership
from placements.services import ownerships as services

SHOWN = 10
LONGEST_SEARCH = 100


@access(Permission.PLACEMENT_READ_OWN)
def client_businesses(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The part of the client's data: businesses that the client runs."""
    client = own_client(request.user, public_id)
    rows = Ownership.objects.filter(client=client).select_related("business__premises__street")[:SHOWN]
    context = {"client": client, "ownerships": rows, "may_change": can_change_client(request.user, client)}
    return render(request, "placements/client_businesses.html", context)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def ownership_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Find the business in the register and note that the client runs it."""
    client = own_client(request.user, public_id)
    if not can_change_client(request.user, client):
        raise PermissionDenied
    businesses = Business.objects.visible_to(request.user)
    if request.method == "POST":
        try:
            services.note_ownership(client=client, business=_chosen(request), by=request.user)
        except services.NotAllowedError:
            raise PermissionDenied from None
        messages.success(request, _("Noted."))
        return redirect("counselling:client_data", public_id=client.public_id)
    typed = request.GET.get("q", "")[:LONGEST_SEARCH]
    found = []
    if words := search_key(typed).split():
        for word in words:
            businesses = businesses.filter(search_key__contains=word)
        found = list(businesses.select_related("premises__street").order_by("sign_name", "pk")[: SHOWN + 1])
    context = {"client": client, "typed": typed, "found": found[:SHOWN], "more": len(found) > SHOWN}
    return render(request, "placements/ownership_form.html", context)


def _chosen(request: StaffRequest) -> Business:
    try:
        wanted = UUID(request.POST.get("business", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Business.objects.visible_to(request.user), public_id=wanted)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def ownership_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the note away."""
    own = Client.objects.visible_to(request.user)
    row = get_object_or_404(Ownership.objects.filter(client__in=own).select_related("client"), pk=pk)
    try:
        services.remove_ownership(ownership=row, by=request.user)
    except services.NotAllowedError:
        raise PermissionDenied from None
    messages.success(request, _("Taken away."))
    return redirect("counselling:client_data", public_id=row.client.public_id)
