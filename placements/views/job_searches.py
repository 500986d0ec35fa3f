"""A client's job search: the tab of the client's page, and the form that is gone through together."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling.models import Client
from counselling.queries import current_situation
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from placements.job_search_page import facts_in_words
from placements.matching_forms import JobSearchForm, form_values, stored_facts
from placements.models import JobSearch
from placements.prefill import Prefill, prefill_of
from placements.services import matching as services


@access(Permission.PLACEMENT_READ_OWN)
def job_search_panel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The tab of the client's page."""
    client = get_object_or_404(Client.objects.own(request.user), public_id=public_id)
    search = _search(client)
    prefill = prefill_of(client)
    context = {
        "client": client, "search": search, "facts": facts_in_words(search) if search else [],
        "newer": _newer(search, prefill), "prefill": prefill,
    }  # fmt: skip
    return render(request, "placements/matching/panel.html", context)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def job_search_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Go through the job search with the client; what is not stored yet begins with the profile's answers."""
    client = get_object_or_404(Client.objects.own(request.user), public_id=public_id)
    search, prefill = _search(client), prefill_of(client)
    initial = form_values(stored_facts(search) if search else prefill.facts)
    posted = request.POST if request.method == "POST" else None
    form = JobSearchForm(posted, search=search, initial=initial)
    theirs: list[Any] = []
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_job_search(
                client=client, revision=form.cleaned_data["revision"], by=request.user, **form.facts()
            )
        except services.StaleJobSearchError as error:
            stored = JobSearchForm(search=error.stored, initial=form_values(stored_facts(error.stored)))
            theirs, status = differences(form, stored), 409
            on_top_of(form, error.stored.revision)
        else:
            messages.success(request, _("The job search is saved."))
            return redirect("placements:matching_for_client", public_id=client.public_id)
    elif request.method == "GET":
        record(Action.VIEW, by=request.user, obj=client, part="job_search")
    context = {
        "client": client, "form": form, "search": search, "theirs": theirs, "prefill": prefill, "newer": _newer(search, prefill),
        "situation": current_situation(client),
    }  # fmt: skip
    return render(request, "placements/matching/job_search_form.html", context, status=status)


def _search(client: Client) -> JobSearch | None:
    return JobSearch.objects.filter(client=client).select_related("legal_confirmed_by").first()


def _newer(search: JobSearch | None, prefill: Prefill) -> list[tuple[Any, str]]:
    """What the profile says otherwise since the job search was gone through; only where the profile is younger."""
    if search is None or prefill.answered_on is None or prefill.answered_on <= search.as_of:
        return []
    names = prefill.differing(stored_facts(search))
    return facts_in_words(JobSearch(**{name: prefill.facts[name] for name in names}), only=names)
