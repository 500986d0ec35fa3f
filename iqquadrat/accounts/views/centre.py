"""The settings of the centre: its name, its address, how it is reached."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.forms import CentreForm
from iqquadrat.accounts.models import Centre
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.services import CentreNameTakenError, StaleCentreError, change_centre


@access(Permission.CENTRE_WRITE, methods=["GET", "POST"])
def edit_centre(request: StaffRequest) -> HttpResponse:
    """Change the own centre. Somebody else's change in between is shown, not overwritten."""
    centre = get_object_or_404(Centre, pk=request.user.centre_id)
    stored = {name: getattr(centre, name) for name in (*CentreForm.FACTS, "revision")}
    form = CentreForm(request.POST if request.method == "POST" else None, initial=stored)
    status = 422 if request.method == "POST" else 200
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            change_centre(
                centre=centre, by=request.user, revision=form.cleaned_data["revision"] or 0, **form.facts()
            )
        except StaleCentreError as stale:
            form.add_error(None, str(stale))
            # What was typed stays; sending again now means: I have seen the newer version.
            typed = request.POST.copy()
            typed["revision"] = str(centre.revision)
            form.data = typed
            newer, status = centre, 409
        except CentreNameTakenError as taken:
            form.add_error("name", str(taken))
        else:
            messages.success(request, _("The settings of the centre are saved."))
            return redirect("administration:centre")
    context = {"form": form, "centre": centre, "newer": newer}
    return render(request, "accounts/centre.html", context, status=status)
