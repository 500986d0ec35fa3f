"""Where I am signed in, and ending it from afar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from iqquadrat.accounts.access import StaffRequest, signed_in
from iqquadrat.accounts.queries import places_of
from iqquadrat.accounts.services import end_other_sittings, end_sitting

# Nobody is signed in at more; what a script leaves behind ends with all others.
MOST_PLACES = 30


@signed_in()
@never_cache
def places(request: StaffRequest) -> HttpResponse:
    """List where the reader is signed in, this place first."""
    found = places_of(request.user, here=request.session.session_key)
    context = {"places": found[:MOST_PLACES], "has_others": any(not place.is_here for place in found)}
    return render(request, "accounts/places.html", context)


@signed_in(methods=["POST"])
def place_end(request: StaffRequest, mark: str) -> HttpResponse:
    """End one of the own sittings; the one that asks ends by signing out."""
    found = next((place for place in places_of(request.user) if place.mark == mark), None)
    if found is None or found.sitting.pk == request.session.session_key:
        raise Http404
    end_sitting(by=request.user, sitting=found.sitting)
    messages.success(request, _("You are signed out there."))
    return redirect("accounts:places")


@signed_in(methods=["POST"])
def places_end(request: StaffRequest) -> HttpResponse:
    """End all own sittings but this one."""
    number = end_other_sittings(by=request.user, but=request.session.session_key or "")
    words = ngettext(
        "You are signed out at %(number)s other place.",
        "You are signed out at %(number)s other places.",
        number,
    )
    messages.success(request, words % {"number": number})
    return redirect("accounts:places")
