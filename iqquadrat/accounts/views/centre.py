"""The settings of the centre: its name, its address, how it is reached."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.forms import CentreForm, DeskForm
from iqquadrat.accounts.models import Centre
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.services import (
    CentreNameTakenError,
    StaleCentreError,
    change_centre,
    change_desk,
)
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.registry import panels_for


@access(Permission.CENTRE_WRITE, methods=["GET", "POST"])
def edit_centre(request: StaffRequest) -> HttpResponse:
    """Change the own centre. Somebody else's change in between is shown, not overwritten."""
    centre = get_object_or_404(Centre, pk=request.user.centre_id)
    stored = {name: getattr(centre, name) for name in (*CentreForm.FACTS, "revision")}
    form = CentreForm(request.POST if request.method == "POST" else None, initial=stored)
    status = 422 if request.method == "POST" else 200
    theirs: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_centre(
                centre=centre, by=request.user, revision=form.cleaned_data["revision"] or 0, **form.facts()
            )
        except StaleCentreError:
            on_top_of(form, centre.revision)
            theirs, status = differences(form, CentreForm(initial=stored)), 409
        except CentreNameTakenError as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("The settings of the centre are saved."))
            return redirect("administration:centre")
    context = {"form": form, "centre": centre, "theirs": theirs}
    return render(request, "accounts/centre.html", context, status=status)


@access(Permission.CENTRE_DESK)
def settings_page(request: StaffRequest) -> HttpResponse:
    """Everything that the centre keeps for itself, as far as the reader may change it."""
    return render(request, "accounts/settings.html", {"places": panels_for("settings", request.user)})


@access(Permission.CENTRE_DESK, methods=["GET", "POST"])
def edit_desk(request: StaffRequest) -> HttpResponse:
    """Change what clients are told. Somebody else's change in between is shown, not overwritten."""
    centre = get_object_or_404(Centre, pk=request.user.centre_id)
    stored = {name: getattr(centre, name) for name in (*DeskForm.FACTS, "revision")}
    form = DeskForm(request.POST if request.method == "POST" else None, initial=stored)
    status = 422 if request.method == "POST" else 200
    theirs: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_desk(
                centre=centre, by=request.user, revision=form.cleaned_data["revision"] or 0, **form.facts()
            )
        except StaleCentreError:
            on_top_of(form, centre.revision)
            theirs, status = differences(form, DeskForm(initial=stored)), 409
        else:
            messages.success(request, _("The settings of the centre are saved."))
            return redirect("administration:settings")
    return render(request, "accounts/desk.html", {"form": form, "theirs": theirs}, status=status)
