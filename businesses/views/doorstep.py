"""After a refusal: six short questions at the door."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.enums import Disposition
from businesses.forms import DoorstepForm
from businesses.models import ContactAttempt, Doorstep, Unit
from businesses.services import note_doorstep
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

_FIELDS = (
    "branch_words", "size_band", "since_year", "since_band", "languages", "trains", "come_again", "contact",
)  # fmt: skip


@access(Permission.INTERVIEW_WRITE, methods=["GET", "POST"])
def doorstep(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the six questions of an own refusal in the own section; sent again, the form is corrected."""
    attempt = get_object_or_404(
        ContactAttempt.objects.select_related("unit__business__premises__street").filter(
            unit__in=Unit.objects.visible_to(request.user)
        ),
        pk=pk, surveyor=request.user, disposition=Disposition.REFUSAL,
    )  # fmt: skip
    form = DoorstepForm(request.POST) if request.method == "POST" else DoorstepForm(initial=_told(attempt))
    if request.method == "POST" and form.is_valid():
        note_doorstep(attempt=attempt, by=request.user, **form.cleaned_data)
        messages.success(request, _("Noted."))
        return redirect("businesses:field_home")
    return render(
        request,
        "businesses/doorstep.html",
        {"unit": attempt.unit, "form": form},
        status=422 if form.errors else 200,
    )


def _told(attempt: ContactAttempt) -> dict[str, object]:
    stored = Doorstep.objects.filter(attempt=attempt).first()
    return {name: getattr(stored, name) for name in _FIELDS} if stored else {}
