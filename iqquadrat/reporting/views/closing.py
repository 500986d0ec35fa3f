"""Closed reporting periods, and what was changed in them afterwards."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counselling.models import Client, Consultation
from iqquadrat.accesslog.enums import Action
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of
from iqquadrat.reporting.closing_services import close_period, reopen_period
from iqquadrat.reporting.corrections import kind_in_words, marks_of_client, marks_of_record
from iqquadrat.reporting.forms import ClosePeriodForm, ReopenPeriodForm
from iqquadrat.reporting.models import ClosedPeriod, LateChange


@access(Permission.PERIOD_CLOSE, methods=["GET", "POST"])
def closed_periods(request: StaffRequest) -> HttpResponse:
    """All closed periods; close another one."""
    form = ClosePeriodForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = close_period(by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("Closed up to %(day)s. Corrections from now on are listed.")
            % {"day": date_format(made.until, "SHORT_DATE_FORMAT")},
        )
        return redirect("reporting:closed_periods")
    periods = ClosedPeriod.objects.visible_to(request.user).select_related(
        "programme", "closed_by", "reopened_by"
    )
    context = {"form": form, "periods": periods.annotate(late=Count("late_changes"))}
    return render(request, "reporting/closed_periods.html", context, status=422 if form.is_bound else 200)


@access(Permission.PERIOD_CLOSE)
def late_changes(request: StaffRequest, pk: int) -> HttpResponse:
    """What was made, changed or deleted inside a period after it was closed."""
    period = get_object_or_404(
        ClosedPeriod.objects.visible_to(request.user).select_related("programme", "closed_by"), pk=pk
    )
    page = page_of(period.late_changes.select_related("by"), request)
    context = {
        "period": period, "page_obj": page, "form": ReopenPeriodForm(), "lines": [_line(change) for change in page],
    }  # fmt: skip
    return render(request, "reporting/late_changes.html", context)


def _line(change: LateChange) -> dict[str, Any]:
    kind = kind_in_words(change.object_type)
    return {"change": change, "record": f"{kind} {change.object_id}", "action": Action(change.action).label}


@access(Permission.CLIENT_READ_OWN)
def late_of_client(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The part of the client's page: which records were corrected after closing; empty as a rule."""
    client = get_object_or_404(Client.objects.own(request.user), public_id=public_id)
    return render(request, "reporting/marks.html", {"marks": marks_of_client(client)})


@access(Permission.CONSULTATION_WRITE)
def late_of_consultation(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The part of a consultation's page: whether it was corrected after closing."""
    talk = get_object_or_404(Consultation.objects.visible_to(request.user), public_id=public_id)
    return render(request, "reporting/marks.html", {"marks": marks_of_record(Consultation, talk.public_id)})


@access(Permission.PERIOD_CLOSE, methods=["POST"])
def period_reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a period again, with a reason."""
    period = get_object_or_404(
        ClosedPeriod.objects.visible_to(request.user).select_related("programme", "closed_by"), pk=pk
    )
    form = ReopenPeriodForm(request.POST)
    if not form.is_valid():
        page = page_of(period.late_changes.select_related("by"), request)
        context = {
            "period": period,
            "page_obj": page,
            "form": form,
            "lines": [_line(change) for change in page],
        }
        return render(request, "reporting/late_changes.html", context, status=422)
    reopen_period(period=period, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, _("The period is open again."))
    return redirect("reporting:closed_periods")
