"""Streets and sections, kept by the coordination."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesses.errors import NameTakenError, RecordChangedError
from businesses.forms.places import StreetForm, StreetSectionForm
from businesses.geometry import frontage_of
from businesses.models import Section, Street
from businesses.services import delete_section, save_section, save_street
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.paging import page_of


@access(Permission.WAVE_WRITE)
def street_list(request: StaffRequest) -> HttpResponse:
    """The centre's streets with their sections."""
    streets = Street.objects.filter(centre=request.user.centre_id).prefetch_related("sections")
    return render(request, "businesses/street_list.html", {"page_obj": page_of(streets, request)})


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def street_create(request: StaffRequest) -> HttpResponse:
    """Write down a street."""
    return _street(request, None)


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def street_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a street's name, numbers or line; reckoned doors move with it."""
    return _street(request, _get(request, pk))


def _street(request: StaffRequest, street: Street | None) -> HttpResponse:
    heading = _("Change street") if street else _("New street")
    form = StreetForm(request.POST, street=street) if request.method == "POST" else StreetForm(street=street)
    if request.method == "POST" and form.is_valid():
        try:
            save_street(centre=request.user.centre, street=street, by=request.user, **form.cleaned_data)
        except NameTakenError:
            form.add_error("name", _("There is a street of this name already."))
        except RecordChangedError as error:
            return _overtaken(request, form, StreetForm(street=error.stored), heading)
        else:
            messages.success(request, _("Saved."))
            return redirect("businesses:street_list")
    return _form(request, form, heading)


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def street_section_create(request: StaffRequest, pk: int) -> HttpResponse:
    """Divide a street."""
    return _section(request, _get(request, pk), None)


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def street_section_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a section."""
    section = _get_section(request, pk)
    return _section(request, section.street, section)


@access(Permission.WAVE_WRITE, methods=["POST"])
def street_section_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Give up a section; its doors stay."""
    delete_section(section=_get_section(request, pk), by=request.user)
    messages.success(request, _("The section is gone; its shops stay in the register."))
    return redirect("businesses:street_list")


def _section(request: StaffRequest, street: Street, section: Section | None) -> HttpResponse:
    heading = _("Change section") if section else _("New section")
    form = StreetSectionForm(request.POST if request.method == "POST" else None, section=section)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {
            "frontage_m": form.cleaned_data["frontage_m"] or _proposal(street, form.cleaned_data)
        }
        try:
            save_section(street=street, section=section, by=request.user, **facts)
        except NameTakenError:
            form.add_error("name", _("The street has a section of this name already."))
        except RecordChangedError as error:
            return _overtaken(request, form, StreetSectionForm(section=error.stored), heading)
        else:
            messages.success(request, _("Saved."))
            return redirect("businesses:street_list")
    return _form(request, form, heading)


def _proposal(street: Street, facts: dict[str, Any]) -> int | None:
    """The frontage from the line of the street; None when it has none, or no number of the section lies on it."""
    if not street.line or street.number_at_start is None or street.number_at_end is None:
        return None
    proposal = frontage_of(
        street.line,
        street.number_at_start,
        street.number_at_end,
        facts["number_from"],
        facts["number_to"],
        facts["side"],
    )
    return proposal or None


def _overtaken(request: StaffRequest, form: Any, stored: Any, heading: str) -> HttpResponse:
    """Somebody was faster: both versions side by side, nothing overwritten, and what was typed ready to be sent again."""
    rows = differences(form, stored)
    on_top_of(form, stored.initial["revision"])
    return _form(request, form, heading, stored=rows)


def _form(request: StaffRequest, form: Any, heading: str, **more: Any) -> HttpResponse:
    address = reverse("businesses:street_list")
    context = {
        "form": form,
        "heading": heading,
        "cancel_url": address,
        "crumb_url": address,
        "crumb": _("Streets and sections"),
    }
    status = 409 if more else 422 if form.errors else 200
    return render(request, "businesses/form.html", context | more, status=status)


def _get(request: StaffRequest, pk: int) -> Street:
    return get_object_or_404(Street, centre=request.user.centre_id, pk=pk)


def _get_section(request: StaffRequest, pk: int) -> Section:
    found = Section.objects.select_related("street")
    return get_object_or_404(found, street__centre=request.user.centre_id, pk=pk)
