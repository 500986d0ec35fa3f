"""Two periods side by side, on the page and as a workbook."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.figures import Period
from iqquadrat.reporting.comparison import (
    COMPARED,
    Against,
    Comparison,
    compare,
    overlap,
    same_time_last_year,
    time_before,
)
from iqquadrat.reporting.comparison_sheet import comparison_workbook
from iqquadrat.reporting.forms import ComparisonForm
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.views.figures import READ


def _quarter_until(day: date) -> tuple[date, date]:
    """Return the last quarter that is over on this day."""
    following = day + timedelta(days=1)
    start = following.replace(month=following.month - (following.month - 1) % 3, day=1)
    last = start - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1), last


def _selection(request: StaffRequest) -> tuple[ComparisonForm, Programme | None, Period, Period]:
    """Return the form, the programme and both periods: without an address the last quarter that is over, and the one before."""
    form = ComparisonForm(request.GET or None, user=request.user)
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    programmes = Programme.objects.visible_to(request.user)
    programme = (
        chosen.get("programme")
        or programmes.filter(code=request.user.centre.current_programme_code).first()
        or programmes.first()
    )
    today = timezone.localdate()
    first, last = _quarter_until(min(programme.ends_on, today) if programme else today)
    if (starts_on := chosen.get("starts_on")) and (ends_on := chosen.get("ends_on")):
        first, last = starts_on, ends_on
    now = Period(
        starts_on=first, ends_on=last, centre_ids=(request.user.centre_id,),
        programme_code=programme.code if programme else "",
        counsellor_id=None if request.user.may(Permission.FIGURES_CENTRE) else request.user.pk,
    )  # fmt: skip
    against = chosen.get("against") or Against.BEFORE
    then = time_before(now) if against == Against.BEFORE else same_time_last_year(now)
    if against == Against.FREE:
        then = replace(now, starts_on=chosen["other_starts_on"], ends_on=chosen["other_ends_on"])
        if overlap(now, then):
            form.add_error(
                "other_starts_on",
                _("The two periods have days in common. Please choose days that have none."),
            )
            then = time_before(now)
    elif overlap(now, then):
        # More than a year against the year before.
        form.add_error(
            "against", _("The two periods have days in common. Please choose days that have none.")
        )
        then = time_before(now)
    if not form.errors:
        form = ComparisonForm(user=request.user, initial=_shown(chosen, programme, now, then, against))
    return form, programme, now, then


def _shown(
    chosen: dict[str, Any], programme: Programme | None, now: Period, then: Period, against: str
) -> dict[str, Any]:
    """What is compared stands in the fields, whatever part of it the address left out."""
    return {
        "programme": programme.code if programme else "", "starts_on": now.starts_on, "ends_on": now.ends_on, "against": against,
        "other_starts_on": then.starts_on, "other_ends_on": then.ends_on, "chapter": chosen.get("chapter", ""),
    }  # fmt: skip


@access(*READ)
def compare_periods(request: StaffRequest) -> HttpResponse:
    """Every figure now and then; with a chapter also its tables."""
    form, programme, now, then = _selection(request)
    chapter = request.GET.get("chapter", "")
    chapter = chapter if chapter in COMPARED else ""
    compared = compare(now, then, chapters=[chapter] if chapter else COMPARED, with_tables=bool(chapter))
    query = request.GET.copy()
    query.pop("chapter", None)
    context = {
        "form": form, "programme": programme, "compared": compared, "chapter": chapter, "chapters": COMPARED.items(),
        "query": query.urlencode(), "own_only": now.counsellor_id is not None,
    }  # fmt: skip
    return render(request, "reporting/compare.html", context, status=422 if form.errors else 200)


@access(Permission.REPORT_EXPORT, fresh=True)
def compare_xlsx(request: StaffRequest) -> HttpResponse:
    """Both periods as a workbook, with every chapter."""
    _form, programme, now, then = _selection(request)
    compared: Comparison = compare(now, then)
    code = programme.code if programme else "all"
    record(
        Action.EXPORT, by=request.user, object_type="report", object_id=programme.code if programme else "", format="comparison"
    )  # fmt: skip
    name = f"{code}-{then.starts_on:%Y-%m-%d}-{now.ends_on:%Y-%m-%d}.xlsx"
    response = download(comparison_workbook(compared, programme), name)
    response["Cache-Control"] = "no-store"
    return response
