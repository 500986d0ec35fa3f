"""Appointments: made, changed, cancelled."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import services
from counselling.birth_dates import read_date
from counselling.errors import NotAllowedError, RecordChangedError
from counselling.forms import AppointmentForm
from counselling.forms.fields import on_top_of
from counselling.models import Appointment, Client
from counselling.views.consultations import chosen_client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


def _page(
    request: StaffRequest, form: AppointmentForm, client: Client | None, appointment: Appointment | None, status: int = 200,
    *, conflict: bool = False,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "client": client, "appointment": appointment, "conflict": conflict}
    return render(request, "counselling/appointment_form.html", context, status=status)


def _day_view(appointment: Appointment) -> HttpResponse:
    return redirect(f"{reverse('home')}?day={timezone.localdate(appointment.starts_at):%Y-%m-%d}")


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def appointment_create(request: StaffRequest) -> HttpResponse:
    """Enter an appointment."""
    if request.method != "POST":
        read = read_date(request.GET.get("day", "")[:30])
        client = chosen_client(request.user, request.GET.get("client"))
        initial: dict[str, Any] = {"day": read[0] if read else timezone.localdate()}
        return _page(request, AppointmentForm(user=request.user, initial=initial), client, None)
    form = AppointmentForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, chosen_client(request.user, request.POST.get("client")), None, status=422)
    made = services.create_appointment(
        by=request.user, submission=form.cleaned_data["submission"], **form.facts()
    )
    messages.success(request, _("The appointment is entered."))
    return _day_view(made)


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def appointment_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Move or correct an appointment."""
    appointment = get_object_or_404(
        Appointment.objects.visible_to(request.user).select_related("client"), public_id=public_id
    )
    if request.method != "POST":
        return _page(
            request, AppointmentForm(user=request.user, record=appointment), appointment.client, appointment
        )
    form = AppointmentForm(request.POST, user=request.user, record=appointment)
    client = chosen_client(request.user, request.POST.get("client"))
    if not form.is_valid():
        return _page(request, form, client, appointment, status=422)
    try:
        changed = services.update_appointment(
            appointment=appointment, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
        )
    except NotAllowedError:
        raise PermissionDenied from None
    except RecordChangedError:
        appointment.refresh_from_db()
        on_top_of(form, appointment.revision)
        return _page(request, form, client, appointment, status=409, conflict=True)
    messages.success(request, _("The appointment is changed."))
    return _day_view(changed)


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def appointment_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Cancel an appointment."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user), public_id=public_id)
    answer = _day_view(appointment)
    services.delete_appointment(appointment=appointment, by=request.user)
    messages.success(request, _("The appointment is cancelled."))
    return answer
