"""The week, and whom to remind of tomorrow."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.agenda import (
    agenda_of,
    between,
    events_between,
    rooms_taken,
    state_of,
    to_remind,
    wider_agenda_of,
)
from counselling.birth_dates import read_date
from counselling.models import Appointment
from counselling.models.client import named_to
from counselling.week import block_of, monday_of, week_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

WEEK = dt.timedelta(days=7)


def chosen_day(request: StaffRequest, default: dt.date) -> dt.date:
    """Return the day of the address, if it can be read, else ``default``."""
    read = read_date(request.GET.get("day", "")[:30])
    return read[0] if read and 1900 <= read[0].year < 2200 else default


@access(Permission.CONSULTATION_WRITE)
def week(request: StaffRequest) -> HttpResponse:
    """Show a week: the own appointments; on demand also those that own clients have with colleagues, or the rooms taken."""
    user, now = request.user, timezone.now()
    today = timezone.localdate(now)
    monday = monday_of(chosen_day(request, today))
    sunday = monday + dt.timedelta(days=6)
    show = request.GET.get("show", "")
    rows = wider_agenda_of(user) if show == "clients" else agenda_of(user)
    blocks = [
        block_of(row, "own" if row.counsellor_id == user.pk else "colleague", state_of(row, now), row.minutes)
        for row in between(rows, monday, sunday)
    ]
    if show == "rooms":
        blocks += [block_of(row, "taken", "", row.minutes) for row in rooms_taken(user, monday, sunday)]
    context: dict[str, Any] = {
        "week": week_of(monday, blocks, list(events_between(user, monday, sunday))), "monday": monday, "today": today,
        "number": monday.isocalendar().week, "before": monday - WEEK, "after": monday + WEEK, "show": show,
        "is_this_week": monday == monday_of(today), "total": sum(block.kind != "taken" and block.state != "cancelled" for block in blocks),
        "last": monday + dt.timedelta(days=6 if blocks and max(block.begin.weekday() for block in blocks) > 4 else 4),
    }  # fmt: skip
    return render(request, "counselling/week.html", context)


def next_workday(day: dt.date) -> dt.date:
    """Return the next day from Monday to Friday."""
    return day + dt.timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))


@access(Permission.CONSULTATION_WRITE)
def reminders(request: StaffRequest) -> HttpResponse:
    """Show whom to call, so that they come tomorrow: with phone and language, to be ticked."""
    day = chosen_day(request, next_workday(timezone.localdate()))
    rows = list(to_remind(request.user, day))
    context = {
        "rows": rows, "day": day, "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1),
        "open": sum(row.reminded_at is None for row in rows),
    }  # fmt: skip
    return render(request, "counselling/reminders.html", context)


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def reminder_note(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Tick somebody as reminded, or take the tick back."""
    rows = Appointment.objects.visible_to(request.user).filter(named_to(request.user))
    appointment = get_object_or_404(rows, public_id=public_id)
    services.note_reminder(appointment=appointment, by=request.user, reminded=request.POST.get("undo") != "1")
    if request.htmx:
        row = get_object_or_404(
            rows.select_related("client", "counsellor", "reminded_by"), public_id=public_id
        )
        return render(request, "counselling/includes/reminder_row.html", {"row": row})
    return redirect(
        f"{reverse('counselling:reminders')}?day={timezone.localdate(appointment.starts_at):%Y-%m-%d}"
    )
