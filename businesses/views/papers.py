"""The papers of events: letters, the list to sign, minutes, certificates."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from businesses import event_lists, letters
from businesses.enums import EnrolmentState, EventState, Presence
from businesses.errors import NotPlannedError
from businesses.event_papers import Certificates, InvitationLetters, MinutesPaper, SignList
from businesses.models import Business, Event
from businesses.services import invite
from businesses.views.events import event_of, series_of
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of

# Letters in one file: more would take longer to draw than somebody waits.
IN_ONE_FILE = 40


@dataclass(frozen=True)
class Invitee:
    """A business that can be written to."""

    business: Business
    state: str
    language: str
    made_at: datetime | None

    @property
    def is_chosen(self) -> bool:
        """Whether the box is ticked at first: not written to yet, and it has a seat or agreed to be contacted."""
        return self.made_at is None and bool(self.state or getattr(self.business, "may_be_contacted", False))


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def invitations(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose to whom letters go, and in which language."""
    event = event_of(request, public_id)
    page = page_of(event_lists.invited(event), request)
    proposed = event_lists.letter_languages(page)
    if request.method == "POST":
        return _make(request, event, list(page))
    rows = [
        Invitee(one, one.seat_state or "", letters.fitting(one.letter or proposed[one.pk]), one.made_at)  # type: ignore[attr-defined]  # brought along
        for one in page
    ]
    context = {
        "event": event, "rows": rows, "page_obj": page, "files": _files(event),
        "languages": [(code, get_language_info(code)["name_translated"]) for code in letters.languages()],
    }  # fmt: skip
    return render(request, "businesses/invitations.html", context)


def _make(request: StaffRequest, event: Event, offered: list[Business]) -> HttpResponse:
    chosen = set(request.POST.getlist("business"))
    to = {
        business: letters.fitting(request.POST.get(f"language_{business.pk}", ""))
        for business in offered
        if str(business.pk) in chosen
    }
    if not to:
        messages.warning(request, _("Please choose a business."))
        return redirect(request.get_full_path())
    try:
        invite(event=event, letters=to, by=request.user)
    except NotPlannedError:
        messages.error(request, _("Letters are made for dates that are planned."))
    else:
        messages.success(request, _("The letters are made. Open the file, print and fold."))
    return redirect(request.get_full_path())


def _files(event: Event) -> list[tuple[int, int, int]]:
    """Number of the file, first and last letter of it."""
    number = event.invitations.count()
    return [
        (file, first + 1, min(first + IN_ONE_FILE, number))
        for file, first in enumerate(range(0, number, IN_ONE_FILE), start=1)
    ]


@access(Permission.BUSINESS_WRITE)
def invitations_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The letters that were made, in one file; ``?file=2`` has the next ones. 404 while there are none."""
    event = event_of(request, public_id)
    wanted = request.GET.get("file", "1")
    start = (max(int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 1, 1) - 1) * IN_ONE_FILE
    rows = event.invitations.select_related("business__premises__street").order_by(
        "business__sign_name", "pk"
    )
    to = [(row.business, row.language) for row in rows[start : start + IN_ONE_FILE]]
    if not to:
        raise Http404
    dates = (
        list(event.series.dates.filter(state=EventState.PLANNED).order_by("at", "pk")) if event.series else []
    )
    record(Action.EXPORT, by=request.user, obj=event, letters=len(to), format="pdf")
    return pdf.response(InvitationLetters(event, to, dates if len(dates) > 1 else ()))


@access(Permission.BUSINESS_WRITE)
def attendance_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The list to sign, with the names that are known and blank lines."""
    event = event_of(request, public_id)
    seats = (
        event_lists.seats_of(event)
        .exclude(state=EnrolmentState.WITHDRAWN)
        .order_by("business__sign_name", "pk")
    )
    rows = [(seat.business.display_name, seat.person_name) for seat in seats]
    record(Action.EXPORT, by=request.user, obj=event, listed=len(rows), format="pdf")
    return pdf.response(SignList(event, rows))


@access(Permission.BUSINESS_WRITE)
def minutes_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The minutes with who was there."""
    event = event_of(request, public_id)
    came = event.attendances.filter(presence=Presence.PRESENT).select_related("business")
    record(Action.EXPORT, by=request.user, obj=event, format="pdf")
    return pdf.response(MinutesPaper(event, list(came.order_by("business__sign_name", "pk"))))


@access(Permission.BUSINESS_WRITE)
def certificates(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Certificates for all who came often enough to this course; 404 while there is nobody."""
    series = series_of(request, public_id)
    earned = [share for share in event_lists.shares(series) if share.is_enough]
    if not earned:
        raise Http404
    held = list(series.dates.filter(state=EventState.HELD).order_by("at", "pk"))
    record(Action.EXPORT, by=request.user, obj=series, certificates=len(earned), format="pdf")
    return pdf.response(Certificates(series, series.centre, earned, held))
