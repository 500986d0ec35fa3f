"""Follow-ups: listed, noted, put off, given to a colleague, ticked off, opened again."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counselling import services
from counselling.birth_dates import read_date
from counselling.errors import NotAllowedError, RecordChangedError
from counselling.forms import FollowUpEditForm, FollowUpForm
from counselling.models import Client, FollowUp
from counselling.models.follow_up import FollowUpQuerySet
from counselling.views.lists import own_client, page_of
from counselling.week import monday_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.addresses import back
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of

DONE_SHOWN = dt.timedelta(days=14)
MOST_AT_ONCE = 200
WHEN = {
    "": gettext_lazy("All open"), "late": gettext_lazy("Overdue"), "due": gettext_lazy("Until today"),
    "week": gettext_lazy("Until the end of the week"), "done": gettext_lazy("Done lately"),
}  # fmt: skip
WHOSE = {
    "": gettext_lazy("all of my clients"),
    "mine": gettext_lazy("given to me"),
    "deputised": gettext_lazy("of those I deputise for"),
}
AT_ONCE = {"done": None, "day": 1, "week": 7}


def _rows(user: User, when: str, whose: str, today: dt.date) -> FollowUpQuerySet:
    rows: FollowUpQuerySet = FollowUp.objects.visible_to(user)
    if when == "done":
        rows = rows.filter(done_at__gte=timezone.now() - DONE_SHOWN).order_by("-done_at", "-pk")
    else:
        rows = rows.open()
    if when == "late":
        rows = rows.filter(due_on__lt=today)
    elif when == "due":
        rows = rows.filter(due_on__lte=today)
    elif when == "week":
        rows = rows.filter(due_on__lte=monday_of(today) + dt.timedelta(days=6))
    if whose == "mine":
        rows = rows.filter(assigned_to=user)
    elif whose == "deputised":
        rows = rows.exclude(client__counsellor=user)
    return rows


@access(Permission.CLIENT_READ_OWN)
def follow_up_list(request: StaffRequest) -> HttpResponse:
    """Show what is to be done: overdue, until today, this week; given to me, or of the clients I deputise for."""
    today = timezone.localdate()
    when, whose = request.GET.get("show", ""), request.GET.get("whose", "")
    when, whose = when if when in WHEN else "", whose if whose in WHOSE else ""
    rows = _rows(request.user, when, whose, today).with_names(request.user)
    context = {
        "page_obj": page_of(rows, request), "chosen": when, "whose": whose, "today": today,
        "periods": WHEN.items(), "owners": WHOSE.items(), "bulk": when != "done",
    }  # fmt: skip
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


def _answer(request: StaffRequest, follow_up: FollowUp, put_off_from: dt.date | None = None) -> HttpResponse:
    if request.htmx:
        row = get_object_or_404(
            FollowUp.objects.visible_to(request.user).with_names(request.user), pk=follow_up.pk
        )
        context = {
            "follow_up": row, "today": timezone.localdate(), "put_off_from": put_off_from,
            "hide_client": request.POST.get("hide_client") == "1", "bulk": request.POST.get("bulk") == "1",
            "came_from": back(request),
        }  # fmt: skip
        return render(request, "counselling/includes/follow_up_row.html", context)
    return redirect(back(request))


def _visible(request: StaffRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related("client__counsellor", "assigned_to")
    return get_object_or_404(rows, pk=pk)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_done(request: StaffRequest, pk: int) -> HttpResponse:
    """Tick it off."""
    return _answer(request, services.finish_follow_up(follow_up=_visible(request, pk), by=request.user))


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the tick back."""
    return _answer(request, services.reopen_follow_up(follow_up=_visible(request, pk), by=request.user))


def _day(text: str) -> dt.date:
    read = read_date(text[:30])
    if read is None or not 1900 <= read[0].year < 2200:
        raise BadRequest
    return read[0]


def later(due_on: dt.date, days: int, today: dt.date) -> dt.date:
    """Return the day so many days on: from the due day, or from today when that is past."""
    return max(due_on, today) + dt.timedelta(days=days)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_postpone(request: StaffRequest, pk: int) -> HttpResponse:
    """Put it off by a day or a week; or back to the day it had."""
    follow_up, seen = _visible(request, pk), _day(request.POST.get("seen", ""))
    undo = request.POST.get("until")
    if undo is None and request.POST.get("days") not in ("1", "7"):
        raise BadRequest
    due_on = _day(undo) if undo is not None else later(seen, int(request.POST["days"]), timezone.localdate())
    stored = services.postpone_follow_up(follow_up=follow_up, by=request.user, seen=seen, due_on=due_on)
    return _answer(request, stored, seen if undo is None and stored.due_on == due_on else None)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def follow_up_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change it, or give it to a colleague who may read the file."""
    follow_up = _visible(request, pk)
    form = FollowUpEditForm(request.POST if request.method == "POST" else None, record=follow_up)
    status, theirs = (422 if request.method == "POST" else 200), []
    if request.method == "POST" and form.is_valid():
        try:
            services.update_follow_up(
                follow_up=follow_up, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
            )
        except NotAllowedError:
            raise PermissionDenied from None
        except RecordChangedError:
            follow_up.refresh_from_db()
            on_top_of(form, follow_up.revision)
            theirs, status = differences(form, FollowUpEditForm(record=follow_up)), 409
        else:
            messages.success(request, _("The follow-up is changed."))
            return redirect("counselling:follow_up_list")
    named = Client.objects.visible_to(request.user).filter(pk=follow_up.client_id).exists()
    context = {
        "form": form,
        "follow_up": follow_up,
        "client": follow_up.client,
        "theirs": theirs,
        "named": named,
    }
    return render(request, "counselling/follow_up_edit.html", context, status=status)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def follow_up_bulk(request: StaffRequest) -> HttpResponse:
    """Tick several off, or put them off."""
    action = request.POST.get("action", "")
    if action not in AT_ONCE:
        raise BadRequest
    keys = [
        int(text)
        for text in request.POST.getlist("chosen")[:MOST_AT_ONCE]
        if text.isascii() and text.isdecimal() and len(text) < 19
    ]
    rows = list(FollowUp.objects.visible_to(request.user).open().filter(pk__in=keys))
    days, today = AT_ONCE[action], timezone.localdate()
    if days is None:
        services.finish_follow_ups(follow_ups=rows, by=request.user)
        text = ngettext(
            "%(n)s follow-up is done. It can be opened again under “Done lately”.",
            "%(n)s follow-ups are done. They can be opened again under “Done lately”.", len(rows),
        )  # fmt: skip
    else:
        moves = {row: later(row.due_on, days, today) for row in rows}
        services.postpone_follow_ups(moves=moves, by=request.user)
        text = ngettext("%(n)s follow-up is put off.", "%(n)s follow-ups are put off.", len(rows))
    if rows:
        messages.success(request, text % {"n": len(rows)})
    return redirect(back(request))
