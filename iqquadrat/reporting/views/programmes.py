"""Programmes and their targets."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.reporting import services
from iqquadrat.reporting.forms import ProgrammeForm, YearTargetsForm
from iqquadrat.reporting.models import Programme


@access(Permission.PROGRAMME_WRITE)
def programme_list(request: StaffRequest) -> HttpResponse:
    """The programmes in which the centre takes part."""
    programmes = Programme.objects.visible_to(request.user).prefetch_related("targets", "funders")
    context = {"programmes": programmes, "current_code": request.user.centre.current_programme_code}
    return render(request, "reporting/programme_list.html", context)


@access(Permission.PROGRAMME_WRITE, methods=["GET", "POST"])
def programme_create(request: StaffRequest) -> HttpResponse:
    """Create a programme with its targets."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.create_programme(
            by=request.user, targets=form.targets(), funders=form.funders(), **form.facts()
        )
        messages.success(request, _("The programme is saved."))
        return redirect("reporting:programme_list")
    context: dict[str, Any] = {"form": form, "programme": None, "theirs": []}
    return render(request, "reporting/programme_form.html", context, status=422 if form.errors else 200)


@access(Permission.PROGRAMME_WRITE, methods=["GET", "POST"])
def programme_edit(request: StaffRequest, code: str) -> HttpResponse:
    """Change a programme; when somebody else was faster, nothing is overwritten."""
    rows = Programme.objects.visible_to(request.user)
    programme = get_object_or_404(rows, code=code)
    # The form works on a copy of its own: checking what was typed must not change what the page says is stored.
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, instance=get_object_or_404(rows, code=code)
    )
    theirs, status = [], 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.change_programme(
                programme=programme,
                revision=form.cleaned_data["revision"] or 0,
                by=request.user,
                targets=form.targets(),
                funders=form.funders(),
                **form.facts(),
            )
        except services.StaleProgrammeError as error:
            theirs, status = differences(form, ProgrammeForm(instance=error.stored)), 409
            on_top_of(form, error.stored.revision)
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("reporting:programme_list")
    context = {"form": form, "programme": programme, "theirs": theirs}
    return render(request, "reporting/programme_form.html", context, status=status)


@access(Permission.PROGRAMME_WRITE, methods=["GET", "POST"])
def programme_year(request: StaffRequest, code: str, year: int) -> HttpResponse:
    """What was promised for one year; when somebody else was faster, nothing is overwritten."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    if year not in programme.years:
        raise Http404
    form = YearTargetsForm(request.POST if request.method == "POST" else None, programme=programme, year=year)
    theirs, status = [], 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.set_year_targets(
                programme=programme, year=year, revision=form.cleaned_data["revision"], by=request.user, targets=form.targets()
            )  # fmt: skip
        except services.StaleProgrammeError as error:
            theirs = differences(form, YearTargetsForm(programme=error.stored, year=year))
            on_top_of(form, error.stored.revision)
            status = 409
        else:
            messages.success(request, _("The programme is saved."))
            return redirect("reporting:programme_edit", code=code)
    context = {"form": form, "programme": programme, "theirs": theirs, "year": year}
    return render(request, "reporting/programme_form.html", context, status=status)


@access(Permission.PROGRAMME_WRITE, methods=["POST"])
def programme_use(request: StaffRequest, code: str) -> HttpResponse:
    """Make it the programme in which new records are done."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    services.use_programme(programme=programme, by=request.user)
    messages.success(
        request,
        _("New records are done in the programme %(programme)s from now on.") % {"programme": programme},
    )
    return redirect("reporting:programme_list")


@access(Permission.PROGRAMME_WRITE, methods=["POST"])
def programme_rest(request: StaffRequest, code: str) -> HttpResponse:
    """Do new records in no programme."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    services.rest_programme(programme=programme, by=request.user)
    messages.success(request, _("New records are done in no programme until you choose one."))
    return redirect("reporting:programme_list")
