"""Who has a seat at an event, and who came."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses import event_lists
from businesses.errors import HeldInTheFutureError, NotPlannedError, RecordChangedError
from businesses.forms import AttendanceForm
from businesses.models import Business, Event
from businesses.services import enrol_all, note_attendance, withdraw_enrolment
from businesses.views.events import event_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import on_top_of
from iqquadrat.core.text import ForbiddenCharacterError, clean_text

MOST_AT_ONCE = 300
LONGEST_NAME = 200


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def event_enrol(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the chosen businesses a seat, or a place on the waiting list; the name is that of who comes."""
    event = event_of(request, public_id)
    chosen = [int(pk) for pk in request.POST.getlist("business") if pk.isdecimal() and len(pk) < 10]
    found = (
        Business.objects.visible_to(request.user)
        .filter(pk__in=chosen[:MOST_AT_ONCE])
        .order_by("sign_name", "pk")
    )
    try:
        made = enrol_all(
            event=event, businesses=list(found), by=request.user,
            person_name=clean_text(request.POST.get("person_name", "")[:LONGEST_NAME]),
        )  # fmt: skip
    except NotPlannedError:
        messages.error(request, _("This date is cancelled. Plan it again first."))
    except ForbiddenCharacterError:
        messages.error(
            request,
            _("This text contains an invisible control character. Please type it instead of pasting it."),
        )
    else:
        _say(request, [seat.state for seat in made])
    return redirect("businesses:event_detail", public_id=public_id)


def _say(request: StaffRequest, states: list[str]) -> None:
    waiting = states.count("waiting")
    if not states:
        messages.warning(request, _("Please choose a business."))
    elif waiting:
        messages.warning(
            request, _("All seats are taken: %(number)d on the waiting list.") % {"number": waiting}
        )
    else:
        messages.success(request, _("Enrolled."))


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def event_withdraw(request: StaffRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Take a business off the list; whoever has waited longest moves up."""
    event = event_of(request, public_id)
    seat = get_object_or_404(event.enrolments, pk=pk)
    withdraw_enrolment(event=event, enrolment=seat, by=request.user)
    messages.success(
        request, _("Taken off the list. Whoever has waited longest, if anybody, has the seat now.")
    )
    return redirect("businesses:event_detail", public_id=public_id)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def event_attendance(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The attendance sheet: one line a business."""
    event = event_of(request, public_id)
    listed = event_lists.expected(event)
    form = AttendanceForm(request.POST if request.method == "POST" else None, event=event, businesses=listed)
    if request.method != "POST":
        return _sheet(request, event, form)
    if not form.is_valid():
        return _sheet(request, event, form, status=422)
    try:
        note_attendance(
            event=event, came=form.came(), unnamed=form.cleaned_data["unnamed"] or 0,
            revision=form.cleaned_data["revision"], by=request.user,
        )  # fmt: skip
    except RecordChangedError as error:
        on_top_of(form, error.stored.revision)
        return _sheet(request, event_of(request, public_id), form, status=409)
    except HeldInTheFutureError:
        form.add_error(None, _("This date is still to come. Attendance is noted afterwards."))
        return _sheet(request, event, form, status=422)
    except NotPlannedError:
        form.add_error(None, _("This date is cancelled. Plan it again first."))
        return _sheet(request, event, form, status=422)
    messages.success(request, _("Attendance is noted."))
    return redirect("businesses:event_detail", public_id=public_id)


def _sheet(request: StaffRequest, event: Event, form: AttendanceForm, *, status: int = 200) -> HttpResponse:
    names = event_lists.names_of(event)
    noted = {row.business_id: row for row in event.attendances.all()}
    rows = [
        (business, names.get(business.pk, ""), presence, heads, noted.get(business.pk))
        for business, presence, heads in form.rows
    ]
    context = {"event": event, "form": form, "rows": rows, "is_late": status == 409}
    return render(request, "businesses/event_attendance.html", context, status=status)
