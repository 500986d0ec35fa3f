"""Needs: the list, one need with its steps, and what other pages show of them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses import need_lists
from businesses.enums import NeedTopic
from businesses.errors import NeedAlreadyRunsError, RecordChangedError
from businesses.forms import NeedFilter, NeedForm, NeedStepForm
from businesses.forms.needs import SORTS
from businesses.models import Business, Need
from businesses.models.needs import NeedQuerySet
from businesses.services import change_need, open_need, take_need
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.addresses import wished
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.paging import excerpt_of, page_of
from iqquadrat.core.registry import panels_for

# Topics for which a vacancy may be the answer: the page shows what is known of those.
ABOUT_WORK = (NeedTopic.STAFF, NeedTopic.TRAINER)


def _found(request: StaffRequest) -> tuple[NeedFilter, NeedQuerySet, str]:
    filters = NeedFilter(request.GET, user=request.user)
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else next(iter(SORTS))
    rows = filters.apply(need_lists.listed(Need.objects.visible_to(request.user)))
    return filters, rows.order_by(*SORTS[sort]), sort


@access(Permission.BUSINESS_READ)
def need_list(request: StaffRequest) -> HttpResponse:
    """The needs of all businesses, pressing ones first."""
    filters, rows, sort = _found(request)
    by_state = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "filter_form": filters, "page_obj": page_of(rows, request), "sort": sort, "totals": need_lists.totals(by_state),
        "is_filtered": any(request.GET.get(name) for name in filters.fields),
    }  # fmt: skip
    return render(request, "businesses/need_list.html", context)


@access(Permission.BUSINESS_EXPORT, fresh=True)
def need_export(request: StaffRequest) -> HttpResponse:
    """The needs that the list shows, as a spreadsheet."""
    _filters, rows, _sort = _found(request)
    file = need_lists.workbook(rows.iterator(chunk_size=2000))
    record(Action.EXPORT, by=request.user, object_type="businesses.need", listed=rows.count(), format="xlsx")
    return download(file, f"bedarfe-{timezone.localdate():%Y-%m-%d}.xlsx")


@access(Permission.BUSINESS_READ, methods=["GET", "POST"])
def need_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One need with its steps; the form below writes the next one."""
    need = _get(request, public_id)
    if request.method != "POST":
        return _page(request, need, NeedStepForm(need=need))
    if not request.user.may(Permission.BUSINESS_WRITE):
        raise PermissionDenied
    form = NeedStepForm(request.POST, need=need)
    if not form.is_valid():
        return _page(request, need, form, status=422)
    try:
        change_need(need=need, by=request.user, **form.cleaned_data)
    except RecordChangedError as error:
        on_top_of(form, error.stored.revision)
        need = _get(request, public_id)
        return _page(request, need, form, status=409, theirs=differences(form, NeedStepForm(need=need)))
    except NeedAlreadyRunsError:
        form.say_that_another_runs()
        return _page(request, need, form, status=422)
    messages.success(request, _("The need is noted as it stands now."))
    return redirect("businesses:need_detail", public_id=public_id)


def _page(
    request: StaffRequest, need: Need, form: NeedStepForm, *, status: int = 200, theirs: Any = ()
) -> HttpResponse:
    part = partial(excerpt_of, request=request)
    if status == 200:
        record(Action.VIEW, by=request.user, obj=need)
    others = panels_for("business", request.user) if need.topic in ABOUT_WORK else []
    context = {
        "need": need, "form": form, "theirs": theirs, "steps": part(need.steps.select_related("by").order_by("-at", "-pk"), key="steps"),
        "talks": part(need.consultations.select_related("counsellor"), key="talks"),
        "seats": part(need.enrolments.select_related("event", "series"), key="seats"),
        "panels": [panel for panel in others if panel.key != "needs"],
    }  # fmt: skip
    return render(request, "businesses/need_detail.html", context, status=status)


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def need_take(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take charge of a need."""
    need = take_need(need=_get(request, public_id), by=request.user)
    messages.success(request, _("You are in charge of this need now."))
    return redirect(wished(request) or reverse("businesses:need_detail", args=[need.public_id]))


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def need_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write down what a business needs."""
    business = _business(request, public_id)
    form = NeedForm(request.POST if request.method == "POST" else None, by=request.user)
    running: Need | None = None
    if request.method == "POST" and form.is_valid():
        try:
            need = open_need(
                business=business,
                by=request.user,
                programme_code=request.user.centre.current_programme_code,
                **form.cleaned_data,
            )
        except NeedAlreadyRunsError as error:
            form.say_that_it_runs()
            running = error.need
        else:
            messages.success(request, _("The need is saved."))
            return redirect("businesses:need_detail", public_id=need.public_id)
    context = {"form": form, "business": business, "running": running}
    return render(request, "businesses/need_form.html", context, status=422 if form.errors else 200)


@access(Permission.BUSINESS_READ)
def business_needs(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """On the page of a business: what it needs, and where it has a seat."""
    business = _business(request, public_id)
    needs = Need.objects.filter(business=business).select_related("in_charge")
    seats = business.enrolments.exclude(state="withdrawn").select_related("event", "series").order_by("-pk")
    context = {
        "business": business, "needs": excerpt_of(needs.order_by(F("closed_on").desc(nulls_first=True), "-urgency", "-pk"), request, "needs"),
        "seats": excerpt_of(seats, request, "seats"),
    }  # fmt: skip
    return render(request, "businesses/business_needs.html", context)


@access(Permission.BUSINESS_WRITE)
def needs_panel(request: StaffRequest) -> HttpResponse:
    """On the day view: my needs, whom to speak with again, my dates."""
    user = request.user
    context = {
        "needs": excerpt_of(need_lists.of_the_day(user), request, "needs", 5),
        "calls": excerpt_of(need_lists.calls_due(user), request, "calls", 5),
        "dates": excerpt_of(need_lists.dates_soon(user), request, "dates", 5),
        "nobodys": need_lists.nobodys(user), "now": timezone.now(), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "businesses/needs_panel.html", context)


def _get(request: StaffRequest, public_id: UUID) -> Need:
    found = Need.objects.visible_to(request.user).select_related(
        "business__premises__street", "business__centre", "interview__wave", "in_charge", "closed_by"
    )
    return get_object_or_404(found, public_id=public_id)


def _business(request: StaffRequest, public_id: UUID) -> Business:
    return get_object_or_404(
        Business.objects.visible_to(request.user).select_related("premises__street"), public_id=public_id
    )
