"""Courses, the regulars' table and information events: the calendar, one date, a course of several."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from businesses import event_lists
from businesses.enums import EnrolmentState, EventState
from businesses.errors import NotPlannedError, RecordChangedError
from businesses.event_calendar import calendar_of
from businesses.forms import (
    CancelForm,
    EventEditForm,
    EventFilter,
    EventForm,
    FurtherDateForm,
    MinutesForm,
    PlanForm,
)
from businesses.models import Event, EventSeries
from businesses.services import add_date, cancel_event, change_event, hold_event, plan_event, replan_event
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.paging import excerpt_of, page_of

SHOWN, SEATS = 8, 12
MOST_DATES = 60


@access(Permission.BUSINESS_READ)
def event_list(request: StaffRequest) -> HttpResponse:
    """The calendar: what is to come first, then by choice what was held or cancelled."""
    filters = EventFilter(request.GET)
    events = event_lists.with_counts(filters.apply(Event.objects.visible_to(request.user)))
    context = {
        "filter_form": filters, "page_obj": page_of(events.select_related("series"), request), "now": timezone.now(),
        "when": filters.cleaned_data.get("when") or "",
    }  # fmt: skip
    return render(request, "businesses/event_list.html", context)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_plan(request: StaffRequest) -> HttpResponse:
    """Plan a date or a course of several."""
    form = PlanForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid():
        centre = request.user.centre
        made = plan_event(
            centre=centre, by=request.user, programme_code=centre.current_programme_code, **form.facts()
        )
        messages.success(request, _("The event is planned."))
        return redirect("businesses:event_detail", public_id=made.public_id)
    return _form(
        request, form, _("Plan an event"), reverse("businesses:event_list"), _("Courses and regulars' table")
    )


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_create(request: StaffRequest) -> HttpResponse:
    """Note an event that was held without having been planned, and who came."""
    centre = request.user.centre
    form = EventForm(request.POST if request.method == "POST" else None, centre=centre)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        attendance = dict.fromkeys(facts.pop("businesses"), 1)
        made = hold_event(
            centre=centre, by=request.user, attendance=attendance, programme_code=centre.current_programme_code, **facts
        )  # fmt: skip
        messages.success(request, _("The event is saved."))
        return redirect("businesses:event_detail", public_id=made.public_id)
    return _form(
        request,
        form,
        _("Note what was held"),
        reverse("businesses:event_list"),
        _("Courses and regulars' table"),
    )


@access(Permission.BUSINESS_READ)
def event_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One date: seats, who is proposed, who came, the minutes and the papers."""
    event = event_of(request, public_id)
    text = request.GET.get("q", "")[:100]
    seats = event_lists.seats_of(event)
    live = [EnrolmentState.ENROLLED, EnrolmentState.WAITING]
    is_open = event.state != EventState.CANCELLED
    context: dict[str, Any] = {
        "event": event, "now": timezone.now(), "text": text, "is_open": is_open,
        "seats": excerpt_of(seats.filter(state__in=live), request, "seats", SEATS),
        "left": excerpt_of(seats.filter(state=EnrolmentState.WITHDRAWN), request, "left"),
        "taken": event.enrolments.filter(state=EnrolmentState.ENROLLED).count(),
        "came": excerpt_of(event.attendances.select_related("business").order_by("-heads", "business__sign_name", "pk"), request, "came", SEATS),
        "proposed": excerpt_of(event_lists.proposed(event), request, "proposed") if event.state == EventState.PLANNED else (),
        "found": event_lists.found(event, text, SHOWN) if is_open else [],
        "dates": list(event.series.dates.order_by("at", "pk")[:MOST_DATES]) if event.series else [],
        "letters": event.invitations.count(),
    }  # fmt: skip
    return render(request, "businesses/event_detail.html", context)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change one date. Somebody else's change in between is shown beside one's own."""
    event = event_of(request, public_id)
    form = EventEditForm(request.POST if request.method == "POST" else None, event=event)
    return _changed(request, event, form, EventEditForm, _("Change the event"))


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_minutes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write the minutes."""
    event = event_of(request, public_id)
    form = MinutesForm(request.POST if request.method == "POST" else None, event=event)
    return _changed(request, event, form, MinutesForm, _("Minutes of the meeting"))


def _changed(request: StaffRequest, event: Event, form: Any, kind: Any, heading: str) -> HttpResponse:
    page = reverse("businesses:event_detail", args=[event.public_id])
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, heading, page, event.title)
    facts = form.facts() if hasattr(form, "facts") else {"minutes": form.cleaned_data["minutes"]}
    try:
        change_event(event=event, revision=form.cleaned_data["revision"], by=request.user, **facts)
    except RecordChangedError as error:
        on_top_of(form, error.stored.revision)
        theirs = differences(form, kind(event=event_of(request, event.public_id)))
        return _form(request, form, heading, page, event.title, theirs=theirs)
    messages.success(request, _("The event is changed."))
    return redirect(page)


def _form(
    request: StaffRequest, form: Form, heading: str, back: str, crumb: str, *, theirs: Any = ()
) -> HttpResponse:
    context = {"form": form, "heading": heading, "cancel_url": back, "crumb": crumb, "theirs": theirs}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "businesses/event_form.html", context, status=status)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_cancel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Call a planned date off, or the rest of its course, and say why."""
    event = event_of(request, public_id)
    page = reverse("businesses:event_detail", args=[public_id])
    if event.state != EventState.PLANNED:
        return _cannot_be_cancelled(request, event, page)
    planned = event.series.dates.filter(state=EventState.PLANNED).count() if event.series else 1
    form = CancelForm(request.POST if request.method == "POST" else None, planned=planned)
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "event": event,
            "letters": event.invitations.count(),
            "seats": event.enrolments.count(),
        }
        return render(request, "businesses/event_cancel.html", context, status=422 if form.errors else 200)
    try:
        count = cancel_event(
            event=event, by=request.user, reason=form.cleaned_data["reason"], whole_course=form.whole_course
        )
    except NotPlannedError:
        return _cannot_be_cancelled(request, event, page)
    words = ngettext(
        "The date is cancelled. It counts nowhere; seats and letters are kept.",
        "%(count)s dates are cancelled. They count nowhere; seats and letters are kept.", count,
    )  # fmt: skip
    messages.success(request, words % {"count": count})
    return redirect(page)


def _cannot_be_cancelled(request: StaffRequest, event: Event, page: str) -> HttpResponse:
    if event.state == EventState.CANCELLED:
        messages.info(request, _("The date was cancelled already."))
    else:
        messages.error(request, _("It has been held already and cannot be cancelled."))
    return redirect(page)


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def event_replan(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take a cancellation back."""
    replan_event(event=event_of(request, public_id), by=request.user)
    messages.success(request, _("The date is planned again."))
    return redirect("businesses:event_detail", public_id=public_id)


@access(Permission.BUSINESS_READ)
def event_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One date for a calendar program."""
    event = event_of(request, public_id)
    return _calendar([event], event.title, f"termin-{timezone.localtime(event.at):%Y-%m-%d}.ics")


@access(Permission.BUSINESS_READ)
def series_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """All dates of a course for a calendar program."""
    series = series_of(request, public_id)
    return _calendar(list(series.dates.order_by("at", "pk")), series.title, f"kurs-{series.pk}.ics")


def _calendar(events: list[Event], name: str, file_name: str) -> HttpResponse:
    answer = HttpResponse(calendar_of(events, name=name), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file_name) or "attachment"
    )
    return answer


@access(Permission.BUSINESS_READ)
def series_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A course: its dates, and who came how often."""
    series = series_of(request, public_id)
    dates = event_lists.with_counts(Event.objects.filter(series=series)).order_by("at", "pk")
    shares = event_lists.shares(series)
    context = {
        "series": series, "dates": dates[:MOST_DATES], "shares": excerpt_of(shares, request, "shares", 25),
        "earned": sum(share.is_enough for share in shares),
    }  # fmt: skip
    return render(request, "businesses/series_detail.html", context)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def series_date(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Add one more date to a course."""
    series = series_of(request, public_id)
    page = reverse("businesses:series_detail", args=[public_id])
    form = FurtherDateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = add_date(series=series, by=request.user, **form.cleaned_data)
        day = date_format(timezone.localtime(made.at), "SHORT_DATETIME_FORMAT")
        messages.success(request, _("The course has the date %(day)s.") % {"day": day})
        return redirect(page)
    return _form(request, form, _("Another date of the course"), page, series.title)


def event_of(request: StaffRequest, public_id: UUID) -> Event:
    """Return an event of the reader's centre, or answer 404."""
    found = Event.objects.visible_to(request.user).select_related("series", "responsible", "centre")
    return get_object_or_404(found, public_id=public_id)


def series_of(request: StaffRequest, public_id: UUID) -> EventSeries:
    """Return a course of the reader's centre, or answer 404."""
    return get_object_or_404(
        event_lists.series_visible_to(request.user).select_related("centre"), public_id=public_id
    )
