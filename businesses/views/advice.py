"""Training places, talks with businesses, courses and the regulars' table."""

from uuid import UUID

from django.db.models import Count
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesses.forms import ConsultationForm, EventForm, TrainingPlaceForm
from businesses.models import Business, Event
from businesses.services import create_training_place, hold_event, log_business_consultation
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def training_place_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note a training place that was created."""
    business = _get(request, public_id)
    form = TrainingPlaceForm(request.POST) if request.method == "POST" else TrainingPlaceForm()
    if request.method == "POST" and form.is_valid():
        create_training_place(
            business=business,
            by=request.user,
            programme_code=request.user.centre.current_programme_code,
            **form.cleaned_data,
        )
        return redirect("businesses:business_detail", public_id=public_id)
    return _form(request, business, form, _("New training place"))


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def consultation_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note a talk with a business."""
    business = _get(request, public_id)
    form = ConsultationForm(request.POST) if request.method == "POST" else ConsultationForm()
    if request.method == "POST" and form.is_valid():
        log_business_consultation(
            business=business,
            by=request.user,
            programme_code=request.user.centre.current_programme_code,
            **form.cleaned_data,
        )
        return redirect("businesses:business_detail", public_id=public_id)
    return _form(request, business, form, _("Log a business consultation"))


def _form(request: StaffRequest, business: Business, form: Form, heading: str) -> HttpResponse:
    address = reverse("businesses:business_detail", kwargs={"public_id": business.public_id})
    context = {
        "form": form, "heading": heading, "business": business, "cancel_url": address, "crumb_url": address,
        "crumb": business.display_name,
    }  # fmt: skip
    return render(request, "businesses/form.html", context, status=422 if form.errors else 200)


@access(Permission.BUSINESS_READ)
def event_list(request: StaffRequest) -> HttpResponse:
    """Courses, regulars' tables and information events."""
    events = (
        Event.objects.visible_to(request.user)
        .annotate(business_count=Count("attendances"))
        .order_by("-at", "-pk")
    )
    page = page_of(events, request)
    return render(request, "businesses/event_list.html", {"page_obj": page})


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_create(request: StaffRequest) -> HttpResponse:
    """Note an event and who came."""
    centre = request.user.centre
    form = EventForm(request.POST, centre=centre) if request.method == "POST" else EventForm(centre=centre)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        attendance = dict.fromkeys(facts.pop("businesses"), 1)
        hold_event(
            centre=centre,
            by=request.user,
            attendance=attendance,
            programme_code=centre.current_programme_code,
            **facts,
        )
        return redirect("businesses:event_list")
    events = reverse("businesses:event_list")
    context = {
        "form": form,
        "heading": _("New event"),
        "cancel_url": events,
        "crumb_url": events,
        "crumb": _("Events"),
    }
    return render(request, "businesses/form.html", context, status=422 if form.errors else 200)


def _get(request: StaffRequest, public_id: UUID) -> Business:
    return get_object_or_404(
        Business.objects.visible_to(request.user).select_related("premises__street"), public_id=public_id
    )
