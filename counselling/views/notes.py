"""Addenda to locked notes, and the file opened in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.errors import NotAllowedError
from counselling.forms import AddendumForm, BreakGlassForm
from counselling.models import Client, Consultation, EmergencyAccess
from counselling.queries import consultations_for_list
from counselling.rules import can_change_consultation
from counselling.views.consultations import file_or_list
from counselling.views.lists import page_of
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def addendum_add(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add a word to one's own note."""
    consultation = get_object_or_404(
        Consultation.objects.visible_to(request.user).select_related("client", "main_topic"),
        public_id=public_id,
    )
    if not can_change_consultation(request.user, consultation):
        raise PermissionDenied
    form = AddendumForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_addendum(
            consultation=consultation, by=request.user, text=form.cleaned_data["text"],
            submission=form.cleaned_data["submission"],
        )  # fmt: skip
        messages.success(request, _("The addendum is saved."))
        return redirect(file_or_list(request.user, consultation.client))
    context = {
        "consultation": consultation,
        "form": form,
        "addenda": consultation.addenda.select_related("author"),
    }
    return render(request, "counselling/addendum.html", context, status=422 if form.is_bound else 200)


@access(Permission.CLIENT_BREAK_GLASS, methods=["GET", "POST"], fresh=True)
def emergency_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Ask for the reason; then show the talks with their notes for a day, never anybody's private notes."""
    client = get_object_or_404(
        Client.objects.visible_to(request.user).select_related("counsellor"), public_id=public_id
    )
    opened = EmergencyAccess.objects.now_open_to(request.user).filter(client=client).first()
    if opened is None:
        return _ask(request, client)
    record(Action.VIEW, by=request.user, obj=client, emergency=opened.pk)
    talks = Consultation.objects.filter(client=client)
    context = {
        "client": client, "opened": opened,
        "page_obj": page_of(consultations_for_list(talks).prefetch_related("addenda"), request),
    }  # fmt: skip
    return render(request, "counselling/emergency_file.html", context)


def _ask(request: StaffRequest, client: Client) -> HttpResponse:
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.break_glass(client=client, reason=form.cleaned_data["reason"], by=request.user)
        except NotAllowedError:
            raise PermissionDenied from None
        return redirect("counselling:emergency_file", public_id=client.public_id)
    context = {"client": client, "form": form}
    return render(request, "counselling/break_glass.html", context, status=422 if form.is_bound else 200)
