"""Events for many at once: listed, written down, with their list of clients, and that list on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import search, services
from counselling.attendance_list import AttendanceList
from counselling.errors import EventHasPeopleError, RecordChangedError
from counselling.forms import EventFilterForm, EventForm
from counselling.models import Client, EventAttendance, GroupEvent
from counselling.queries import day_bounds
from counselling.views.consultations import chosen_client
from counselling.views.lists import page_of, understood
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.addresses import wished
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of

SHOWN = 8
_ANSWERS = {"yes": True, "no": False, "": None}


@access(Permission.EVENT_WRITE)
def event_list(request: StaffRequest) -> HttpResponse:
    """Show the events of the centre and how many heads they reached."""
    form = EventFilterForm(request.GET)
    wanted, rows = understood(form), GroupEvent.objects.visible_to(request.user)
    if begin := wanted.get("begin"):
        rows = rows.filter(at__gte=day_bounds(begin)[0])
    if end := wanted.get("end"):
        rows = rows.filter(at__lt=day_bounds(end)[1])
    if kind := wanted.get("kind"):
        rows = rows.filter(kind=kind)
    heads = rows.aggregate(heads=Sum("head_count"))["heads"] or 0
    listed = rows.select_related("topic").annotate(listed=Count("attendances")).order_by("-at", "-pk")
    context = {
        "page_obj": page_of(listed, request),
        "filter_form": form,
        "heads": heads,
        "now": timezone.now(),
    }
    return render(request, "counselling/event_list.html", context)


@access(Permission.EVENT_WRITE, methods=["GET", "POST"])
def event_create(request: StaffRequest) -> HttpResponse:
    """Write down an event, held or to come."""
    if request.method != "POST":
        now = timezone.localtime()
        kind = request.GET.get("kind", "")
        initial = {"day": now.date(), "time": now.time()} | ({"kind": kind} if kind == "outreach" else {})
        return _form(request, EventForm(initial=initial), None)
    form = EventForm(request.POST)
    if not form.is_valid():
        return _form(request, form, None, status=422)
    made = services.record_group_event(
        by=request.user, submission=form.cleaned_data["submission"], **form.facts()
    )
    messages.success(request, _("The event is saved."))
    return redirect(made)


@access(Permission.EVENT_WRITE, methods=["GET", "POST"])
def event_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct an event. Somebody else's change in between is shown beside one's own."""
    event = _visible(request, public_id)
    if request.method != "POST":
        return _form(request, EventForm(record=event), event)
    form = EventForm(request.POST, record=event)
    if not form.is_valid():
        return _form(request, form, event, status=422)
    try:
        services.update_group_event(
            event=event, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
        )
    except RecordChangedError:
        event = _visible(request, public_id)
        on_top_of(form, event.revision)
        theirs = differences(form, EventForm(record=event))
        return _form(request, form, event, status=409, theirs=theirs)
    messages.success(request, _("The event is changed."))
    return redirect(event)


def _form(
    request: StaffRequest, form: EventForm, event: GroupEvent | None, status: int = 200, *, theirs: Any = ()
) -> HttpResponse:
    context = {"form": form, "event": event, "theirs": theirs}
    return render(request, "counselling/event_form.html", context, status=status)


@access(Permission.EVENT_WRITE)
def event_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show an event with its list: own clients by name, the others as a number of persons."""
    event = _visible(request, public_id)
    page = page_of(_own_rows(request, event), request)
    text = request.GET.get("q", "")[:200]
    counts = event.attendances.aggregate(all=Count("pk"), came=Count("pk", filter=Q(came=True)))
    context = {
        "event": event, "page_obj": page if page.paginator.count else None, "others": counts["all"] - page.paginator.count, "came": counts["came"],
        "listed": counts["all"], "text": text, "found": _found(request, event, text),
        "lists_people": request.user.may(Permission.CLIENT_READ_OWN), "is_over": event.at <= timezone.now(),
    }  # fmt: skip
    if listed := len(page):
        record(Action.VIEW, by=request.user, obj=event, listed=listed)
    if request.htmx:
        return render(request, "counselling/includes/event_found.html", context)
    return render(request, "counselling/event_detail.html", context)


def _own_rows(request: StaffRequest, event: GroupEvent) -> QuerySet[EventAttendance]:
    own = Client.objects.own(request.user)
    rows = event.attendances.filter(client__in=own).select_related("client")
    return rows.order_by("client__latin_family_name", "client__family_name", "pk")


def _found(request: StaffRequest, event: GroupEvent, text: str) -> list[Client]:
    own = Client.objects.own(request.user).exclude(event_attendances__event=event)
    return search.find(own, text, centre_id=request.user.centre_id, limit=SHOWN)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def event_put_on_list(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put an own client on the list; after the event that means: was there."""
    event = _visible(request, public_id)
    client = chosen_client(request.user, request.POST.get("client"))
    if client is None:
        messages.error(request, _("Please choose somebody."))
        return redirect(event)
    over = event.at <= timezone.now()
    services.put_on_list(event=event, client=client, by=request.user, came=True if over else None)
    return redirect(event)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def event_attendance(request: StaffRequest, pk: int) -> HttpResponse:
    """Note whether somebody was there (yes, no, or empty for unknown), or take a name off the list."""
    row = get_object_or_404(
        EventAttendance.objects.filter(event__in=GroupEvent.objects.visible_to(request.user)).select_related(
            "event", "client"
        ),
        pk=pk,
    )
    if not Client.objects.own(request.user).filter(pk=row.client_id).exists():
        raise PermissionDenied
    answer = request.POST.get("came", "")
    if answer == "off":
        services.take_off_list(attendance=row, by=request.user)
    else:
        services.note_attendance(attendance=row, came=_ANSWERS.get(answer), by=request.user)
    return redirect(wished(request) or row.event.get_absolute_url())


@access(Permission.EVENT_WRITE, methods=["POST"])
def event_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Delete an event written down by mistake."""
    event = _visible(request, public_id)
    try:
        services.delete_group_event(event=event, by=request.user)
    except EventHasPeopleError:
        messages.error(request, _("Somebody stands on the list of this event. Please empty the list first."))
        return redirect(event)
    messages.success(request, _("The event is deleted."))
    return redirect("counselling:event_list")


@access(Permission.EVENT_WRITE)
def event_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The list to sign, with the names one may know and blank lines."""
    event = _visible(request, public_id)
    rows = list(_own_rows(request, event))
    if rows:
        record(Action.EXPORT, by=request.user, obj=event, listed=len(rows))
    names = [row.client.display_name for row in rows]
    return pdf.response(AttendanceList(event=event, names=names))


def _visible(request: StaffRequest, public_id: UUID) -> GroupEvent:
    return get_object_or_404(
        GroupEvent.objects.visible_to(request.user).select_related("topic", "centre"), public_id=public_id
    )
