"""Who is in charge and who deputises: handed over by the coordination, deputies kept by the team itself too."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling import services
from counselling.enums import ChargeKind
from counselling.errors import ChargeDatesError, DeputyKnownError, NotAllowedError
from counselling.forms import ChargeForm, DeputyForm, ReassignForm
from counselling.models import Charge, Client
from counselling.rules import can_change_charges, can_read_client
from counselling.views.entries import EntryPage, entry_view
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission

TEAM = (Permission.CLIENT_CHANGE_OWN, Permission.CLIENT_REASSIGN)


def _client(user: User, public_id: UUID) -> Client:
    client = get_object_or_404(
        Client.objects.visible_to(user).select_related("counsellor", "centre"), public_id=public_id
    )
    if not can_change_charges(user, client):
        raise PermissionDenied
    return client


def _charge(user: User, pk: int) -> Charge:
    charge = get_object_or_404(Charge.objects.select_related("user", "client"), pk=pk)
    charge.client = _client(user, charge.client.public_id)
    return charge


def _back(user: User, client: Client) -> str:
    """Where the table stands: among the data for those who read the file, on the short page for the coordination."""
    if can_read_client(user, client):
        return reverse("counselling:client_data", args=[client.public_id]) + "#team"
    return client.get_absolute_url()


KNOWN = {
    DeputyKnownError: ("since", gettext_lazy("This person deputises on some of these days already.")),
    ChargeDatesError: ("last_day", gettext_lazy("This day lies before the first one.")),
}


@access(*TEAM, methods=["GET", "POST"])
def deputy_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let somebody deputise, from a day until a day."""
    client = _client(request.user, public_id)
    form = DeputyForm(request.POST or None, reader=request.user, client=client)
    page = EntryPage(
        client=client,
        title=_("Add a deputy"),
        back=_back(request.user, client),
        done=_("The deputy is written down."),
    )
    return entry_view(
        request,
        page,
        form,
        lambda: services.add_deputy(client=client, by=request.user, **form.facts()),
        refusals=KNOWN,
    )


@access(*TEAM, methods=["GET", "POST"])
def charge_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct the days of a deputy, or a reason."""
    charge = _charge(request.user, pk)
    form = ChargeForm(request.POST or None, charge=charge)
    page = EntryPage(
        client=charge.client, title=_("Correct the entry"), back=_back(request.user, charge.client),
        done=_("The entry is corrected."), lede=f"{charge.user.get_full_name()}, {charge.get_kind_display()}",
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.change_charge(charge=charge, by=request.user, **form.facts()),
        refusals=KNOWN,
        again=lambda: ChargeForm(charge=_charge(request.user, pk)),
    )


@access(*TEAM, methods=["POST"])
def charge_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a deputyship today."""
    charge = _charge(request.user, pk)
    if charge.kind != ChargeKind.DEPUTY:
        raise PermissionDenied
    back = _back(request.user, charge.client)
    services.end_deputy(charge=charge, by=request.user)
    messages.success(request, _("The deputyship has ended."))
    # Who ended the own deputyship may not see the client any more.
    seen = Client.objects.visible_to(request.user).filter(pk=charge.client.pk).exists()
    return redirect(back if seen else "counselling:client_list")


@access(Permission.CLIENT_REASSIGN, methods=["GET", "POST"])
def client_reassign(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give a client to another counsellor of the centre."""
    client = _client(request.user, public_id)
    form = ReassignForm(request.POST or None, user=request.user, initial={"counsellor": client.counsellor_id})
    if request.method == "POST" and form.is_valid():
        try:
            services.reassign_client(client=client, by=request.user, **form.cleaned_data)
        except NotAllowedError:
            raise PermissionDenied from None
        messages.success(request, _("%(number)s is in other hands now.") % {"number": client.number})
        return redirect(reverse("counselling:client_list"))
    status = 422 if request.method == "POST" else 200
    return render(
        request, "counselling/client_reassign.html", {"form": form, "client": client}, status=status
    )
