"""Whether placements last: whom to ask these days, the answer, the marks of the day view."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.text import number_in
from placements.forms import RetentionForm
from placements.job_retention import MONTHS
from placements.models import RetentionCheck
from placements.queries import how_many_last, named_clients
from placements.services import retention as services
from placements.views import READ

PAGE_SIZE = 25
ON_THE_DAY_VIEW = 6
Checks = QuerySet[RetentionCheck]
# What the list can show, each as words and as a choice of checks.
STATES: dict[str, tuple[Promise, Callable[[Any, date], Checks]]] = {
    "now": (gettext_lazy("To be asked now"), lambda rows, today: rows.to_ask(today)),
    "missed": (gettext_lazy("Missed"), lambda rows, today: rows.missed(today)),
    "coming": (gettext_lazy("Later"), lambda rows, today: rows.coming(today)),
    "answered": (gettext_lazy("Answered"), lambda rows, today: rows.answered().order_by("-due_on", "-pk")),
}


@access(*READ)
def retention_list(request: StaffRequest) -> HttpResponse:
    """Whom to ask, what was missed, what is known; and how many placements last."""
    today, mine = timezone.localdate(), RetentionCheck.objects.visible_to(request.user)
    chosen = request.GET.get("show", "") if request.GET.get("show", "") in STATES else "now"
    months = next((one for one in MONTHS if str(one) == request.GET.get("months")), None)
    rows = STATES[chosen][1](mine, today).select_related(*RetentionCheck.NAMED_BY)
    if months:
        rows = rows.filter(months=months)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "chosen": chosen, "states": [(code, words) for code, (words, _rows) in STATES.items()], "months": months,
        "all_months": MONTHS, "lasting": how_many_last(mine, today=today), "today": today,
        "named": named_clients(request.user, [check.placement for check in page.object_list]),
    }  # fmt: skip
    return render(request, "placements/retention_list.html", context)


@access(Permission.PLACEMENT_READ_OWN)
def retention_panel(request: StaffRequest) -> HttpResponse:
    """On the day view: whose window is open, those that close first."""
    today = timezone.localdate()
    rows = RetentionCheck.objects.visible_to(request.user).to_ask(today)
    shown = list(rows.select_related(*RetentionCheck.NAMED_BY)[: ON_THE_DAY_VIEW + 1])
    context = {"checks": shown[:ON_THE_DAY_VIEW], "more": len(shown) > ON_THE_DAY_VIEW, "today": today}
    return render(request, "placements/retention_panel.html", context)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def retention_answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note what became of the placement; an answer that somebody noted meanwhile is shown beside the own one."""
    check = _own_check(request, public_id)
    # The form works on a copy of its own: checking what was typed must not change what the page says is stored.
    form = RetentionForm(
        request.POST if request.method == "POST" else None, instance=_own_check(request, public_id)
    )
    theirs, status = [], 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_check(
                check=check, revision=form.cleaned_data["revision"] or 0, by=request.user, **form.facts()
            )
        except services.StaleCheckError as error:
            theirs, status = differences(form, RetentionForm(instance=error.stored)), 409
            on_top_of(form, error.stored.revision)
        except services.HasEndedError:
            # The end was recorded between the form and the service.
            form.add_error(
                "situation", _("The end of this work is recorded already. What does the person do now?")
            )
            status = 422
        else:
            messages.success(request, _("Noted."))
            return redirect("placements:placement_detail", public_id=check.placement.public_id)
    if request.method == "GET":
        record(Action.VIEW, by=request.user, obj=check.placement)
    context = {"form": form, "check": check, "theirs": theirs, "today": timezone.localdate()}
    return render(request, "placements/retention_form.html", context, status=status)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def retention_clear(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take an answer away that was noted by mistake."""
    check = _own_check(request, public_id)
    seen = number_in(request.POST.get("revision", ""))
    try:
        services.clear_answer(check=check, revision=seen, by=request.user)
    except services.StaleCheckError:
        messages.error(request, _("Nothing was changed: somebody else has noted another answer meanwhile."))
    else:
        messages.success(request, _("The answer is taken away."))
    return redirect("placements:placement_detail", public_id=check.placement.public_id)


def _own_check(request: StaffRequest, public_id: UUID) -> RetentionCheck:
    rows = RetentionCheck.objects.visible_to(request.user).select_related(*RetentionCheck.NAMED_BY)
    check = get_object_or_404(rows, public_id=public_id)
    if not named_clients(request.user, [check.placement]):
        raise PermissionDenied
    return check
