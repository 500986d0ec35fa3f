"""Training places and talks with businesses."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesses.errors import RecordChangedError
from businesses.forms import ConsultationForm, TrainingPlaceForm
from businesses.models import Business, Need, TrainingPlace
from businesses.queries import differences
from businesses.services import change_training_place, create_training_place, log_business_consultation
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


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
            submission=form.cleaned_data["submission"],
            **form.facts(),
        )
        return redirect("businesses:business_detail", public_id=public_id)
    return _form(request, business, form, _("New training place"))


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def training_place_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a training place; somebody who was overtaken sees both versions."""
    places = TrainingPlace.objects.filter(business__in=Business.objects.visible_to(request.user))
    place = get_object_or_404(places.select_related("business__premises__street"), pk=pk)
    form = TrainingPlaceForm(request.POST if request.method == "POST" else None, place=place)
    stored = None
    if request.method == "POST" and form.is_valid():
        try:
            change_training_place(
                place=place, revision=form.cleaned_data["revision"] or 0, by=request.user, **form.facts()
            )
        except RecordChangedError as error:
            stored = differences(error.stored, form, theirs=TrainingPlaceForm(place=error.stored))
            form.rebase(error.stored.revision)
        else:
            return redirect("businesses:business_detail", public_id=place.business.public_id)
    return _form(request, place.business, form, _("Change training place"), stored=stored)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def consultation_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note a talk with a business."""
    business = _get(request, public_id)
    form = ConsultationForm(
        request.POST if request.method == "POST" else None, business=business, need=_need(request, business)
    )
    if request.method == "POST" and form.is_valid():
        log_business_consultation(
            business=business,
            by=request.user,
            programme_code=request.user.centre.current_programme_code,
            **form.cleaned_data,
        )
        if need := form.cleaned_data["need"]:
            return redirect("businesses:need_detail", public_id=need.public_id)
        return redirect("businesses:business_detail", public_id=public_id)
    return _form(request, business, form, _("Log a business consultation"))


def _need(request: StaffRequest, business: Business) -> Need | None:
    """The need that the address names."""
    try:
        wanted = UUID(request.GET.get("need", ""))
    except ValueError:
        return None
    return Need.objects.running().filter(business=business, public_id=wanted).first()


def _form(
    request: StaffRequest, business: Business, form: Form, heading: str, *, stored: list[tuple[str, str, str]] | None = None
) -> HttpResponse:  # fmt: skip
    address = reverse("businesses:business_detail", kwargs={"public_id": business.public_id})
    context = {
        "form": form, "heading": heading, "business": business, "cancel_url": address, "crumb_url": address,
        "crumb": business.display_name, "stored": stored,
    }  # fmt: skip
    status = 409 if stored else 422 if form.errors else 200
    return render(request, "businesses/form.html", context, status=status)


def _get(request: StaffRequest, public_id: UUID) -> Business:
    return get_object_or_404(
        Business.objects.visible_to(request.user).select_related("premises__street"), public_id=public_id
    )
