"""Photos of shop signs: seen by who may see the unit, removed by the office."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from businesses.models import UnitPhoto
from businesses.services import remove_photo
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.BUSINESS_READ, Permission.INTERVIEW_WRITE)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The picture."""
    found = _get(request, public_id)
    try:
        with found.file.open() as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(data, content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = "inline"
    return response


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def photo_remove(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Remove a photo, for instance because somebody is to be seen on it."""
    found = _get(request, public_id)
    business = found.unit.business
    remove_photo(photo=found, by=request.user)
    messages.success(request, _("The photo is removed."))
    return redirect("businesses:business_detail", public_id=business.public_id)


def _get(request: StaffRequest, public_id: UUID) -> UnitPhoto:
    found = UnitPhoto.objects.visible_to(request.user).select_related("unit__wave", "unit__business")
    return get_object_or_404(found, public_id=public_id)
