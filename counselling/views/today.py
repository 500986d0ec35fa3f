"""Heute: the first page of everybody, with what the role may see."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from counselling.birth_dates import read_date
from counselling.models import Appointment, Draft, EmergencyAccess, FollowUp
from counselling.queries import appointments_on, due_count, last_opened, logged_clients_on
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
    read = read_date(request.GET.get("day", "")[:30])
    day = read[0] if read and 1900 <= read[0].year < 2200 else now.date()
    context: dict[str, Any] = {
        "day": day, "is_today": day == now.date(), "before": day - dt.timedelta(days=1), "after": day + dt.timedelta(days=1),
        "panels": panels_for("today", user), "counsels": user.may(Permission.CONSULTATION_WRITE),
        "hour": now.hour,
    }  # fmt: skip
    if context["counsels"]:
        context |= _desk(user, day, now)
    else:
        context["places"] = [link for link in navigation_for(user, request.path_info) if not link.current]
    return render(request, "counselling/today.html", context)


def _desk(user: User, day: dt.date, now: dt.datetime) -> dict[str, Any]:
    logged = logged_clients_on(user, day)
    follow_ups = FollowUp.objects.filter(assigned_to=user).open().select_related("client")
    return {
        "slots": [
            (appointment, _slot(appointment, logged, now)) for appointment in appointments_on(user, day)
        ],
        "follow_ups": follow_ups.filter(due_on__lte=now.date() + dt.timedelta(days=1))[:FOLLOW_UPS_SHOWN],
        "due": due_count(user),
        "open_count": follow_ups.count(),
        "recent": last_opened(user),
        "drafts": list(Draft.objects.visible_to(user).open().select_related("client")[:DRAFTS_SHOWN]),
        "emergencies": EmergencyAccess.objects.to_notice(user).select_related("user", "client"),
        "today": now.date(),
        "tomorrow": now.date() + dt.timedelta(days=1),
    }


def _slot(appointment: Appointment, logged: set[int], now: dt.datetime) -> str:
    """Say how an appointment stands: done, now, open (an open hour) or ahead."""
    if appointment.client_id in logged:
        return "done"
    if appointment.starts_at <= now < appointment.ends_at:
        return "now"
    return "ahead" if appointment.client_id else "open"
