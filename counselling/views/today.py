"""Heute: the first page of everybody, with what the role may see."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from counselling.agenda import agenda_of, between, state_of, to_remind
from counselling.enums import AppointmentState
from counselling.models import Appointment, Draft, EmergencyAccess
from counselling.queries import deputising, due_count, follow_ups_of, last_opened
from counselling.views.calendar import chosen_day, next_workday
from iqquadrat.accounts.access import StaffRequest, signed_in
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.registry import navigation_for, panels_for

FOLLOW_UPS_SHOWN = 8
DRAFTS_SHOWN = 3


@signed_in()
def today(request: StaffRequest) -> HttpResponse:
    """Show the day: appointments, due follow-ups, last opened clients, and the panels of other rooms."""
    user, now = request.user, timezone.localtime()
    day = chosen_day(request, now.date())
    context: dict[str, Any] = {
        "day": day, "day_text": f"{day:%Y-%m-%d}", "is_today": day == now.date(), "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1),
        "panels": panels_for("today", user), "counsels": user.may(Permission.CONSULTATION_WRITE),
        "hour": now.hour,
    }  # fmt: skip
    if context["counsels"]:
        context |= _desk(user, day, now)
    else:
        context["places"] = [link for link in navigation_for(user, request.path_info) if not link.current]
    return render(request, "counselling/today.html", context)


def _desk(user: User, day: dt.date, now: dt.datetime) -> dict[str, Any]:
    slots = [(appointment, *_slot(appointment, now)) for appointment in between(agenda_of(user), day, day)]
    follow_ups = follow_ups_of(user).open().with_names(user)
    return {
        "slots": slots,
        "expected": sum(state != AppointmentState.CANCELLED for _appointment, _look, state in slots),
        "to_call": to_remind(user, next_workday(now.date())).filter(reminded_at__isnull=True).count(),
        "follow_ups": follow_ups.filter(due_on__lte=now.date() + dt.timedelta(days=1))[:FOLLOW_UPS_SHOWN],
        "deputising": deputising(user),
        "due": due_count(user),
        "open_count": follow_ups.count(),
        "recent": last_opened(user),
        "drafts": list(Draft.objects.visible_to(user).open().with_names(user)[:DRAFTS_SHOWN]),
        "emergencies": EmergencyAccess.objects.to_notice(user).select_related("user", "client"),
        "today": now.date(),
        "tomorrow": now.date() + dt.timedelta(days=1),
    }


def _slot(appointment: Appointment, now: dt.datetime) -> tuple[str, AppointmentState]:
    """Say how an appointment looks in the agenda (done, now, open, ahead) and how it stands."""
    state = state_of(appointment, now)
    if state in (AppointmentState.CAME, AppointmentState.NO_SHOW, AppointmentState.CANCELLED):
        return "done", state
    if state is AppointmentState.NOW:
        return "now", state
    return "ahead" if appointment.client_id else "open", state
