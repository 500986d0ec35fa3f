"""The register: list, page, create, edit."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from businesses import queries
from businesses.errors import NotInLineError, NumberTakenError, RecordChangedError
from businesses.forms import BusinessFilter, BusinessForm
from businesses.forms.contacts import PredecessorForm
from businesses.models import Business
from businesses.services import change_business, confirm, create_business, succeed
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of, page_of
from iqquadrat.core.registry import panels_for

_TAKEN = gettext_lazy("Another business has this number.")
SORTS = {
    "address": (
        "premises__street__name",
        "premises__house_number",
        "premises__addition",
        "premises__floor",
        "pk",
    ),
    "name": ("sign_name", "legal_name", "pk"),
    "branch": ("branch__code", "premises__street__name", "premises__house_number", "pk"),
    "confirmed": ("-confirmed_on", "pk"),
}


@access(Permission.BUSINESS_READ)
def business_list(request: StaffRequest) -> HttpResponse:
    """The register with filters, order and totals."""
    visible = Business.objects.visible_to(request.user)
    filters = BusinessFilter(request.GET, centre=request.user.centre)
    found = filters.apply(visible.listed())
    sort = request.GET.get("sort", "address")
    sort = sort if sort in SORTS else "address"
    page = page_of(found.order_by(*SORTS[sort]), request)
    by_status = dict(found.order_by().values_list("status").annotate(Count("pk")))
    context = {
        "filters": filters, "page_obj": page, "sort": sort, "totals": queries.named_totals(by_status),
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
    }  # fmt: skip
    return render(request, "businesses/business_list.html", context)


@access(Permission.BUSINESS_READ)
def business_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything about one business."""
    business = _get(request, public_id)
    record(Action.VIEW, by=request.user, obj=business)
    part = partial(excerpt_of, request=request)
    context: dict[str, Any] = {
        "business": business,
        "neighbours": queries.history_of(business),
        "photo": queries.photo_of(business),
        "visits": part(queries.visits_of(business), key="visits"),
        "training_places": part(business.training_places.all(), key="training"),
        "talks": part(business.consultations.select_related("counsellor"), key="talks"),
        "attendances": part(queries.came_to(business), key="events"),
        "seen": part(business.observations.select_related("wave", "by"), key="seen"),
        "waves": queries.waves_of(business),
        "successors": list(business.successors.all()),
        "contacts": part(business.contacts.all(), key="contacts"),
        "today": timezone.localdate(),
        "consents": part(business.consents.select_related("contact"), key="consents"),
        "panels": panels_for("business", request.user),
    }
    if context["neighbours"] and request.user.may(Permission.BUSINESS_WRITE):
        context["predecessor_form"] = PredecessorForm(business=business)
        context["apart"] = queries.said_apart(request.user, business)
    if request.user.may(Permission.INTERVIEW_READ):
        context["interviews"] = part(queries.interviews_of(business), key="interviews")
    return render(request, "businesses/business_detail.html", context)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def business_create(request: StaffRequest) -> HttpResponse:
    """Write a business into the register."""
    form = BusinessForm(request.POST or None) if request.method == "POST" else BusinessForm()
    if request.method == "POST":
        form = BusinessForm(request.POST)
        if form.is_valid():
            try:
                business = create_business(
                    centre=request.user.centre, facts=form.facts(), by=request.user,
                    submission=form.cleaned_data["submission"],
                )  # fmt: skip
            except NumberTakenError:
                form.add_error("reference", _TAKEN)
            else:
                return redirect("businesses:business_detail", public_id=business.public_id)
    context = {
        "form": form, "heading": _("New business"), "cancel_url": reverse("businesses:business_list"),
        "crumb_url": reverse("businesses:business_list"), "crumb": _("Businesses"),
    }  # fmt: skip
    return render(request, "businesses/form.html", context, status=422 if form.errors else 200)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def business_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a business; somebody who was overtaken sees both versions."""
    business = _get(request, public_id)
    form = (
        BusinessForm(request.POST, business=business)
        if request.method == "POST"
        else BusinessForm(business=business)
    )
    address = reverse("businesses:business_detail", kwargs={"public_id": public_id})
    context: dict[str, Any] = {
        "form": form, "heading": _("Change business"), "business": business, "cancel_url": address, "crumb_url": address,
        "crumb": business.display_name,
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_business(
                business=business, facts=form.facts(), revision=form.cleaned_data["revision"] or 0, by=request.user,
                confirmed=form.cleaned_data["confirmed"],
            )  # fmt: skip
        except RecordChangedError as error:
            context["stored"] = queries.differences(error.stored, form)
            form.rebase(error.stored.revision)
            return render(request, "businesses/form.html", context, status=409)
        except NumberTakenError:
            form.add_error("reference", _TAKEN)
        else:
            return redirect(address)
    return render(request, "businesses/form.html", context, status=422 if form.errors else 200)


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def business_confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note that it is still there as described; on the same day by the same person nothing is added."""
    confirm(business=_get(request, public_id), by=request.user)
    messages.success(request, _("Noted: it was seen today as it is described here."))
    return redirect("businesses:business_detail", public_id=public_id)


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def business_predecessor(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say who was behind the same door before."""
    business = _get(request, public_id)
    form = PredecessorForm(request.POST, business=business)
    chosen = form.cleaned_data["predecessor"] if form.is_valid() else business
    try:
        succeed(business=business, predecessor=chosen, by=request.user)
    except NotInLineError:
        messages.error(
            request, _("This one cannot have been before it: it came later, or was behind another door.")
        )
    else:
        messages.success(request, _("Saved."))
    return redirect("businesses:business_detail", public_id=public_id)


def _get(request: StaffRequest, public_id: UUID) -> Business:
    found = Business.objects.visible_to(request.user).select_related(
        "premises__street", "branch", "confirmed_by", "predecessor"
    )
    return get_object_or_404(found, public_id=public_id)
