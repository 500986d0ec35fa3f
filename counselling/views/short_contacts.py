"""Short contacts: two clicks, and one to undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.enums import SpokenLanguage
from counselling.errors import NotAllowedError
from counselling.forms import ShortContactForm
from counselling.forms.fields import language_chips
from counselling.models import ShortContact
from counselling.queries import topics_in_use
from counselling.views.lists import page_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.CONSULTATION_WRITE, Permission.CONSULTATION_READ_FACTS)
def short_contacts(request: StaffRequest) -> HttpResponse:
    """Show the quick questions counted so far, and the two rows of buttons that count one more."""
    return _page(request, ShortContactForm())


def _page(request: StaffRequest, form: ShortContactForm, status: int = 200) -> HttpResponse:
    rows = ShortContact.objects.visible_to(request.user).select_related("topic", "counsellor")
    last = rows.filter(created_by=request.user).first()
    chosen = request.POST.get("language", "") or (last.language if last else "")
    shown, more = language_chips([chosen] if chosen else [])
    context = {
        "form": form, "writes": request.user.may(Permission.CONSULTATION_WRITE), "page_obj": page_of(rows, request),
        "last": last, "shown_languages": shown, "more_languages": more, "topics": topics_in_use(),
    }  # fmt: skip
    return render(request, "counselling/short_contacts.html", context, status=status)


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def short_contact_log(request: StaffRequest) -> HttpResponse:
    """Count one."""
    form = ShortContactForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    made = services.log_short_contact(by=request.user, **form.cleaned_data)
    words = {"language": SpokenLanguage(made.language).label, "topic": made.topic.name}
    messages.success(request, _("Counted: %(language)s, %(topic)s.") % words)
    return redirect("counselling:short_contacts")


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def short_contact_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back one that was counted by mistake."""
    contact = get_object_or_404(ShortContact.objects.visible_to(request.user), pk=pk)
    try:
        services.undo_short_contact(short_contact=contact, by=request.user)
    except NotAllowedError:
        raise PermissionDenied from None
    messages.success(request, _("The short contact is taken back."))
    return redirect("counselling:short_contacts")
