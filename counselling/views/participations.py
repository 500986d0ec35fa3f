"""Participations on the client's page: entry, correction, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling import services
from counselling.consents import current_text
from counselling.doors import funded_programmes
from counselling.enums import Purpose
from counselling.errors import (
    ConsentMissingError,
    FutureDayError,
    ParticipationDatesError,
    ParticipationOverlapError,
    QuestionsAnsweredError,
    RecordChangedError,
    UnknownProgrammeError,
)
from counselling.forms import LeaveForm, ParticipationForm
from counselling.models import Client, Participation
from counselling.models.participation import SENSITIVE, field_words
from counselling.participation import HOURS_BEFORE_ENTRY
from counselling.participation_facts import hours_so_far
from counselling.views.consent_texts import text_part
from counselling.views.entries import EntryPage, Refusals, changeable_client, changeable_entry, entry_view
from counselling.views.lists import own_client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of
from iqquadrat.core.text import number_in

CHANGE = Permission.CLIENT_CHANGE_OWN
ANSWERED = gettext_lazy("Something is noted about the time after this day. Take that answer away first.")
REFUSED: Refusals = {
    FutureDayError: ("entered_on", gettext_lazy("This day lies in the future.")),
    UnknownProgrammeError: ("entered_on", gettext_lazy("This day lies outside the programme.")),
    ParticipationOverlapError: ("entered_on", gettext_lazy("The person takes part in this programme on that day already.")),
    ConsentMissingError: (None, gettext_lazy("The consent was taken back meanwhile. Without it the voluntary answers may not be kept.")),
}  # fmt: skip
NOT_LEFT: Refusals = {
    FutureDayError: ("left_on", gettext_lazy("This day lies in the future.")),
    ParticipationDatesError: ("left_on", gettext_lazy("This is before the first day.")),
    ParticipationOverlapError: ("left_on", gettext_lazy("The person came again before that day.")),
    QuestionsAnsweredError: ("left_on", ANSWERED),
    UnknownProgrammeError: ("left_on", gettext_lazy("The programme no longer covers the first day. Please ask the coordination.")),
}  # fmt: skip


def _back(client: Client) -> str:
    return reverse("counselling:client_panel", args=[client.public_id, "participation"])


@access(Permission.CLIENT_READ_OWN)
def client_participations(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The tab of the client's page: hours so far, participations with what became of them."""
    client = own_client(request.user, public_id)
    if not request.htmx:
        return redirect("counselling:client_panel", public_id=client.public_id, key="participation")
    programmes = {one.code: one.name for one in funded_programmes(client.centre_id)}
    rows = client.participations.select_related("sensitive").prefetch_related("questions")
    shown = excerpt_of(rows, request, "participations")
    context = {
        "client": client, "participations": shown, "may_change": request.user.may(CHANGE), "today": timezone.localdate(),
        "rows": [(row, programmes.get(row.programme_code, row.programme_code), _stated(row)) for row in shown],
        "hours": hours_so_far(client), "limit": HOURS_BEFORE_ENTRY, "has_programmes": bool(programmes),
    }  # fmt: skip
    return render(request, "counselling/includes/client_participations.html", context)


def _stated(row: Participation) -> list[tuple[str, str]]:
    """The voluntary answers in words: label and answer."""
    kept = row.voluntary
    if kept is None:
        return []
    return [
        (str(field_words(kept, name)), str(getattr(kept, f"get_{name}_display")()))
        for name in SENSITIVE
        if getattr(kept, name)
    ]


def _page(client: Client, title: str, done: str, **more: Any) -> EntryPage:
    text = current_text(Purpose.ESF_ANSWERS, client.centre_id)
    language = client.reading_language or next(iter(client.spoken_languages), "de")
    return EntryPage(
        client=client, title=title, back=_back(client), done=done, template="counselling/participation_form.html",
        shown={"part": text_part(text, language), "limit": HOURS_BEFORE_ENTRY} | more.pop("shown", {}), **more,
    )  # fmt: skip


@access(CHANGE, methods=["GET", "POST"])
def participation_enter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let the client enter a programme; what the record says is filled in."""
    client = changeable_client(request, public_id)
    programmes = funded_programmes(client.centre_id)
    if not programmes:
        return redirect(_back(client))
    form = ParticipationForm(request.POST or None, client=client, programmes=programmes)
    page = _page(
        client, _("Enter a programme"), _("The participation begins."), shown={"hours": hours_so_far(client)}
    )
    return entry_view(
        request, page, form, lambda: services.enter_participation(client=client, by=request.user, **form.facts()),
        refusals=REFUSED,
    )  # fmt: skip


@access(CHANGE, methods=["GET", "POST"])
def participation_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct what was true at entry, or take the entry away."""
    row = _row(request, public_id)
    programmes = funded_programmes(row.client.centre_id)
    form = ParticipationForm(request.POST or None, client=row.client, programmes=programmes, record=row)
    page = _page(
        row.client, _("Correct the participation"), _("The participation is corrected."),
        delete_url=reverse("counselling:participation_delete", args=[public_id]), delete_ask=_("Take this participation away?"),
        delete_text=_("It was entered by mistake and disappears from the figures, with the voluntary answers."),
    )  # fmt: skip
    return entry_view(
        request, page, form, lambda: services.correct_participation(participation=row, by=request.user, **form.facts()),
        refusals=REFUSED,
        again=lambda: ParticipationForm(client=row.client, programmes=programmes, record=_row(request, public_id)),
    )  # fmt: skip


@access(CHANGE, methods=["GET", "POST"])
def participation_leave(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note the last day; the questions that follow are planned with it."""
    row = _row(request, public_id)
    form = LeaveForm(request.POST or None, record=row)
    page = EntryPage(
        client=row.client, title=_("Leave the programme"), back=_back(row.client),
        lede=_("Four weeks are left to answer what became of the person; after six months it is asked again."),
        done=_("The last day is noted. The question on leaving can be answered now."),
    )  # fmt: skip
    return entry_view(
        request, page, form, lambda: services.leave_programme(participation=row, by=request.user, **form.facts()),
        refusals=NOT_LEFT, again=lambda: LeaveForm(record=_row(request, public_id)),
    )  # fmt: skip


@access(CHANGE, methods=["POST"])
def participation_return(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The person takes part after all: the last day goes, and with it the questions."""
    row = _row(request, public_id)
    seen = number_in(request.POST.get("revision", ""))
    try:
        services.take_leaving_back(participation=row, by=request.user, revision=seen)
    except RecordChangedError:
        messages.error(
            request, _("Nothing was changed: somebody else has changed this participation meanwhile.")
        )
    except QuestionsAnsweredError:
        messages.error(request, ANSWERED)
    except ParticipationOverlapError:
        messages.error(request, _("The person came again later: two participations would overlap."))
    except UnknownProgrammeError:
        messages.error(
            request, _("The programme no longer covers the first day. Please ask the coordination.")
        )
    else:
        messages.success(request, _("The participation goes on."))
    return redirect(_back(row.client))


@access(CHANGE, methods=["POST"])
def participation_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take away an entry made by mistake."""
    row = _row(request, public_id)
    try:
        services.delete_participation(participation=row, by=request.user)
    except QuestionsAnsweredError:
        messages.error(request, ANSWERED)
    else:
        messages.success(request, _("The participation is taken away."))
    return redirect(_back(row.client))


def _row(request: StaffRequest, public_id: UUID) -> Participation:
    return changeable_entry(request, Participation.objects.select_related("sensitive"), public_id=public_id)
