"""Appointments: made, changed, cancelled, taken back, printed for the client."""

import contextlib
import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counselling import services
from counselling.agenda import Clash, clashes, state_of
from counselling.appointment_slip import AppointmentSlip, UnknownLanguageError, slip_language
from counselling.birth_dates import read_date
from counselling.enums import Cancelled
from counselling.errors import NotAllowedError, RecordChangedError
from counselling.forms import AppointmentForm
from counselling.models import Appointment, Client
from counselling.rules import can_read_client
from counselling.views.consultations import chosen_client
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import on_top_of
from iqquadrat.core.text import latin_digits


def _page(
    request: StaffRequest, form: AppointmentForm, client: Client | None, appointment: Appointment | None, status: int = 200,
    *, conflict: bool = False, found: list[Clash] | None = None,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "form": form, "client": client, "appointment": appointment, "conflict": conflict, "clashes": found or [],
    }  # fmt: skip
    if appointment is not None:
        # In other hands meanwhile: the page shows the number, and what is written there stays.
        context["number"] = "" if _may_read(request, appointment) else appointment.client.number  # type: ignore[union-attr]  # then there is one
        names = dict(settings.LANGUAGES)
        context |= {
            "state": state_of(appointment, timezone.now()), "reasons": Cancelled.choices,
            "slip_language": slip_language(appointment),
            "slip_languages": [(code, names[code]) for code in settings.CLIENT_LANGUAGES],
        }  # fmt: skip
    return render(request, "counselling/appointment_form.html", context, status=status)


def _day_view(appointment: Appointment) -> HttpResponse:
    return redirect(f"{reverse('home')}?day={timezone.localdate(appointment.starts_at):%Y-%m-%d}")


def _fetch(request: StaffRequest, public_id: UUID) -> Appointment:
    rows = Appointment.objects.visible_to(request.user).select_related("client", "counsellor", "centre")
    return get_object_or_404(rows.with_outcome(), public_id=public_id)


def _beginning(request: StaffRequest) -> dict[str, Any]:
    """What a link fills in: the day and the time of a free place in the week."""
    read = read_date(request.GET.get("day", "")[:30])
    initial: dict[str, Any] = {"day": read[0] if read else timezone.localdate()}
    with contextlib.suppress(ValueError):
        initial["time"] = dt.time.fromisoformat(latin_digits(request.GET.get("time", "")[:5]))
    return initial


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def appointment_create(request: StaffRequest) -> HttpResponse:
    """Enter an appointment, or several at the same hour. What stands at that time already is shown first."""
    if request.method != "POST":
        client = chosen_client(request.user, request.GET.get("client"))
        return _page(request, AppointmentForm(user=request.user, initial=_beginning(request)), client, None)
    form = AppointmentForm(request.POST, user=request.user)
    client = chosen_client(request.user, request.POST.get("client"))
    if not form.is_valid():
        return _page(request, form, client, None, status=422)
    if found := _clashes(request, form, None):
        return _page(request, form, client, None, status=422, found=found)
    made = services.create_appointment(
        by=request.user, submission=form.cleaned_data["submission"], **(form.facts() | form.repetition())
    )
    times = form.repetition()["times"]
    text = ngettext("The appointment is entered.", "%(n)s appointments are entered.", times)
    messages.success(request, text % {"n": times})
    return _day_view(made)


def _clashes(request: StaffRequest, form: AppointmentForm, but: Appointment | None) -> list[Clash]:
    """What stands at the same time, unless the reader has seen it and goes on, or this very form has been stored before."""
    data, facts = form.cleaned_data, form.facts()
    if data["anyway"]:
        return []
    moved = but is None or any(
        getattr(but, name) != facts[name] for name in ("starts_at", "minutes", "room", "counsellor")
    )
    if not moved:
        return []
    found = clashes(
        request.user, counsellor=facts["counsellor"], moments=form.moments(), room=facts["room"], but=but
    )
    # Looked at in this order: a twin that was stored in between is among what was found, and known by its mark.
    mark = data.get("submission")
    if not found or (mark and Appointment.objects.filter(submission=mark).exists()):
        return []
    form.ask_again()
    return found


def _may_read(request: StaffRequest, appointment: Appointment) -> bool:
    """Whether the client of an own appointment is still (or again) the reader's own; one without a client is nobody else's."""
    return appointment.client is None or can_read_client(request.user, appointment.client)


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def appointment_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Move or correct an appointment; here it is also cancelled, taken back, and printed for the client."""
    appointment = _fetch(request, public_id)
    if request.method != "POST":
        form = AppointmentForm(user=request.user, record=appointment)
        return _page(request, form, appointment.client, appointment)
    if not _may_read(request, appointment):
        raise PermissionDenied
    form = AppointmentForm(request.POST, user=request.user, record=appointment)
    client = chosen_client(request.user, request.POST.get("client"))
    if not form.is_valid():
        return _page(request, form, client, appointment, status=422)
    if found := _clashes(request, form, appointment):
        return _page(request, form, client, appointment, status=422, found=found)
    try:
        changed = services.update_appointment(
            appointment=appointment, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
        )
    except NotAllowedError:
        raise PermissionDenied from None
    except RecordChangedError:
        appointment = _fetch(request, public_id)
        on_top_of(form, appointment.revision)
        return _page(request, form, client, appointment, status=409, conflict=True)
    messages.success(request, _("The appointment is changed."))
    return _day_view(changed)


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def appointment_cancel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note that it does not take place; it stays visible and can be taken back."""
    appointment = _fetch(request, public_id)
    cancelled = request.POST.get("cancelled", "")
    if cancelled not in Cancelled.values:
        raise BadRequest
    rows = services.cancel_appointment(
        appointment=appointment, by=request.user, cancelled=cancelled, following=request.POST.get("following") == "1"
    )  # fmt: skip
    if rows:
        text = ngettext("The appointment is cancelled.", "%(n)s appointments are cancelled.", len(rows))
        messages.success(request, text % {"n": len(rows)})
    return _day_view(appointment)


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def appointment_restore(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a cancellation back."""
    appointment = _fetch(request, public_id)
    services.restore_appointment(appointment=appointment, by=request.user)
    messages.success(request, _("The appointment stands again."))
    return _day_view(appointment)


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def appointment_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take away what was entered by mistake."""
    appointment = _fetch(request, public_id)
    answer = _day_view(appointment)
    services.delete_appointment(appointment=appointment, by=request.user)
    messages.success(request, _("The appointment is deleted."))
    return answer


@access(Permission.CONSULTATION_WRITE)
def appointment_slip(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand out the slip for the client as PDF, in the client's language or the one that was chosen."""
    appointment = _fetch(request, public_id)
    wanted = request.GET.get("language", "")[:5] or slip_language(appointment)
    try:
        slip = AppointmentSlip(appointment, wanted)
    except UnknownLanguageError:
        raise Http404 from None
    record(Action.EXPORT, by=request.user, obj=appointment, format="pdf", language=wanted)
    return pdf.response(slip)
