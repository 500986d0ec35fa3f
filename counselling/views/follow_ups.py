"""Follow-ups: listed, noted, ticked off, opened again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import services
from counselling.forms import FollowUpForm
from counselling.models import FollowUp
from counselling.views.lists import own_client, page_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.CLIENT_READ_OWN)
def follow_up_list(request: StaffRequest) -> HttpResponse:
    """Show what is to be done: all open, due, overdue; mine or also of clients I deputise for."""
    rows = FollowUp.objects.visible_to(request.user).open().select_related("client", "assigned_to")
    today = timezone.localdate()
    chosen = request.GET.get("show", "")
    if chosen == "due":
        rows = rows.filter(due_on__lte=today)
    elif chosen == "late":
        rows = rows.filter(due_on__lt=today)
    mine = request.GET.get("mine") == "1"
    if mine:
        rows = rows.filter(assigned_to=request.user)
    context = {"page_obj": page_of(rows, request), "chosen": chosen, "mine": mine, "today": today}
    return render(request, "counselling/follow_up_list.html", context)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note a next step on the client's page."""
    client = own_client(request.user, public_id)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return render(
            request, "counselling/follow_up_form.html", {"form": form, "client": client}, status=422
        )
    services.create_follow_up(client=client, by=request.user, **form.cleaned_data)
    messages.success(request, _("The follow-up is noted."))
    return redirect(client)


def _answer(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    if request.htmx:
        context = {"follow_up": follow_up, "today": timezone.localdate()}
        return render(request, "counselling/includes/follow_up_row.html", context)
    return redirect("counselling:follow_up_list")


def _visible(request: StaffRequest, pk: int) -> FollowUp:
    return get_object_or_404(FollowUp.objects.visible_to(request.user).select_related("client"), pk=pk)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_done(request: StaffRequest, pk: int) -> HttpResponse:
    """Tick it off."""
    return _answer(request, services.finish_follow_up(follow_up=_visible(request, pk), by=request.user))


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the tick back."""
    return _answer(request, services.reopen_follow_up(follow_up=_visible(request, pk), by=request.user))
