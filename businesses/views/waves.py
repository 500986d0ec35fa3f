"""Survey waves: list, plan, progress, street sections."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from businesses import queries
from businesses.errors import NoQuestionnaireError, WavesOverlapError
from businesses.forms import SectionForm, WaveForm
from businesses.models import Assignment, Unit, Wave
from businesses.planning import open_sections
from businesses.services import assign_section, create_wave, remove_section
from businesses.views.board import overlap_words
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of


@access(Permission.BUSINESS_READ)
def wave_list(request: StaffRequest) -> HttpResponse:
    """All waves with how far they are."""
    page = page_of(queries.waves_with_counts(request.user), request)
    return render(request, "businesses/wave_list.html", {"page_obj": page})


@access(Permission.WAVE_WRITE, methods=["GET", "POST"])
def wave_create(request: StaffRequest) -> HttpResponse:
    """Plan a wave."""
    centre = request.user.centre
    form = WaveForm(request.POST, centre=centre) if request.method == "POST" else WaveForm(centre=centre)
    if request.method == "POST" and form.is_valid():
        try:
            wave = create_wave(
                centre=centre,
                by=request.user,
                programme_code=centre.current_programme_code,
                **form.cleaned_data,
            )
        except NoQuestionnaireError:
            form.add_error(None, _("No questionnaire for businesses is published."))
        except WavesOverlapError as error:
            form.add_error(None, overlap_words(error))
        else:
            return redirect("businesses:wave_detail", public_id=wave.public_id)
    waves = reverse("businesses:wave_list")
    context = {
        "form": form,
        "heading": _("New survey wave"),
        "cancel_url": waves,
        "crumb_url": waves,
        "crumb": _("Survey waves"),
    }
    return render(request, "businesses/form.html", context, status=422 if form.errors else 200)


@access(Permission.BUSINESS_READ)
def wave_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One wave: progress by result, sections, and the units by side of the street."""
    return _detail(request, _get(request, public_id))


@access(Permission.WAVE_WRITE, methods=["POST"])
def section_assign(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give a street section to a surveyor."""
    wave = _get(request, public_id)
    form = SectionForm(request.POST, wave=wave)
    if not form.is_valid():
        return _detail(request, wave, form)
    assign_section(wave=wave, by=request.user, **form.cleaned_data)
    return redirect("businesses:wave_detail", public_id=public_id)


@access(Permission.WAVE_WRITE, methods=["POST"])
def section_remove(request: StaffRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Take a street section back."""
    wave = _get(request, public_id)
    remove_section(assignment=get_object_or_404(Assignment, wave=wave, pk=pk), by=request.user)
    return redirect("businesses:wave_detail", public_id=public_id)


def _detail(request: StaffRequest, wave: Wave, form: SectionForm | None = None) -> HttpResponse:
    units = Unit.objects.visible_to(request.user).filter(wave=wave)
    may_plan = request.user.may(Permission.WAVE_WRITE)
    page = page_of(queries.with_door(units), request)
    context = {
        "wave": wave, "progress": queries.progress_of(units), "page_obj": page, "may_plan": may_plan,
        "assignments": list(wave.assignments.select_related("surveyor", "street")),
        "form": (form or SectionForm(wave=wave)) if may_plan else None,
        "to_give": open_sections(wave).count() if may_plan else 0,
    }  # fmt: skip
    return render(
        request, "businesses/wave_detail.html", context, status=422 if form and form.errors else 200
    )


def _get(request: StaffRequest, public_id: UUID) -> Wave:
    return get_object_or_404(Wave.objects.visible_to(request.user), public_id=public_id)
