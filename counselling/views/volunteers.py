"""Volunteers' hours: listed with their sums, noted, corrected, taken back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.enums import VolunteerActivity
from counselling.errors import RecordChangedError
from counselling.forms import VolunteerFilterForm, VolunteerWorkForm
from counselling.models import VolunteerWork
from counselling.views.lists import page_of, understood
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of

KNOWN = 60  # names offered while one types


@access(Permission.EVENT_WRITE)
def volunteer_list(request: StaffRequest) -> HttpResponse:
    """Show hours with their sums, in all and by activity."""
    form = VolunteerFilterForm(request.GET)
    wanted, rows = understood(form), VolunteerWork.objects.visible_to(request.user)
    if begin := wanted.get("begin"):
        rows = rows.filter(on__gte=begin)
    if end := wanted.get("end"):
        rows = rows.filter(on__lte=end)
    if activity := wanted.get("activity"):
        rows = rows.filter(activity=activity)
    for word in wanted.get("name", "").split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(user__given_name__icontains=word)
            | Q(user__family_name__icontains=word)
        )
    sums = (
        rows.order_by().values("activity").annotate(minutes=Sum("minutes")).order_by("-minutes", "activity")
    )
    by_activity = [(VolunteerActivity(row["activity"]).label, _clock(row["minutes"])) for row in sums]
    people = rows.order_by().aggregate(
        accounts=Count("user", distinct=True), names=Count("name", distinct=True, filter=~Q(name=""))
    )
    context = {
        "page_obj": page_of(rows.select_related("user"), request), "filter_form": form, "by_activity": by_activity,
        "total": _clock(sum(row["minutes"] for row in sums)), "people": people["accounts"] + people["names"],
    }  # fmt: skip
    return render(request, "counselling/volunteer_list.html", context)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


@access(Permission.EVENT_WRITE, methods=["GET", "POST"])
def volunteer_create(request: StaffRequest) -> HttpResponse:
    """Note hours; who has often to be noted is found by a letter or two."""
    if request.method != "POST":
        initial = {"name": request.GET.get("name", "")[:120]}
        return _form(request, VolunteerWorkForm(by=request.user, initial=initial), None)
    form = VolunteerWorkForm(request.POST, by=request.user)
    if not form.is_valid():
        return _form(request, form, None, status=422)
    made = services.note_volunteer_work(
        by=request.user, submission=form.cleaned_data["submission"], **form.facts()
    )
    messages.success(
        request, _("Noted: %(who)s, %(hours)s hours.") % {"who": made.who, "hours": made.duration}
    )
    return redirect("counselling:volunteer_list")


@access(Permission.EVENT_WRITE, methods=["GET", "POST"])
def volunteer_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct hours. Somebody else's change in between is shown beside one's own."""
    work = _visible(request, pk)
    if request.method != "POST":
        return _form(request, VolunteerWorkForm(by=request.user, record=work), work)
    form = VolunteerWorkForm(request.POST, by=request.user, record=work)
    if not form.is_valid():
        return _form(request, form, work, status=422)
    try:
        services.update_volunteer_work(
            work=work, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
        )
    except RecordChangedError:
        work = _visible(request, pk)
        on_top_of(form, work.revision)
        theirs = differences(form, VolunteerWorkForm(by=request.user, record=work))
        return _form(request, form, work, status=409, theirs=theirs)
    messages.success(request, _("The hours are corrected."))
    return redirect("counselling:volunteer_list")


@access(Permission.EVENT_WRITE, methods=["POST"])
def volunteer_delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back hours noted by mistake."""
    services.delete_volunteer_work(work=_visible(request, pk), by=request.user)
    messages.success(request, _("The hours are taken back."))
    return redirect("counselling:volunteer_list")


def _form(
    request: StaffRequest, form: VolunteerWorkForm, work: VolunteerWork | None, status: int = 200, *, theirs: Any = ()
) -> HttpResponse:  # fmt: skip
    rows = VolunteerWork.objects.visible_to(request.user).exclude(name="")
    known = rows.order_by("name").values_list("name", flat=True).distinct()[:KNOWN]
    context = {"form": form, "work": work, "known": known, "theirs": theirs}
    return render(request, "counselling/volunteer_form.html", context, status=status)


def _visible(request: StaffRequest, pk: int) -> VolunteerWork:
    return get_object_or_404(
        VolunteerWork.objects.visible_to(request.user).select_related("user", "centre"), pk=pk
    )
