"""Cases on the client's page: a goal opened, worded anew, closed, opened again; talks put into it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling import services
from counselling.errors import CaseDatesError, FutureDayError
from counselling.forms import CaseCloseForm, CaseForm, CaseTalksForm
from counselling.models import Case
from counselling.views.entries import EntryPage, changeable_client, changeable_entry, entry_view
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

CHANGE = Permission.CLIENT_CHANGE_OWN
REFUSED = {
    FutureDayError: ("opened_on", gettext_lazy("This day lies in the future.")),
    CaseDatesError: ("opened_on", gettext_lazy("It was closed before this day.")),
}
NOT_CLOSED = {
    FutureDayError: ("closed_on", gettext_lazy("This day lies in the future.")),
    CaseDatesError: ("closed_on", gettext_lazy("It was opened after this day.")),
}


def _back(case: Case) -> str:
    return case.client.get_absolute_url() + "#cases"


@access(CHANGE, methods=["GET", "POST"])
def case_open(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open a case with its goal."""
    client = changeable_client(request, public_id)
    form = CaseForm(request.POST or None)
    page = EntryPage(
        client=client, title=_("Set a goal"), back=client.get_absolute_url() + "#cases", done=_("The goal is written down."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.open_case(client=client, by=request.user, **form.cleaned_data),
        refusals=REFUSED,
    )


@access(CHANGE, methods=["GET", "POST"])
def case_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Word the goal anew."""
    case = changeable_entry(request, Case.objects.all(), public_id=public_id)
    form = CaseForm(request.POST or None, case=case)
    page = EntryPage(
        client=case.client, title=_("Change the goal"), back=_back(case), done=_("The goal is written down.")
    )
    return entry_view(
        request,
        page,
        form,
        lambda: services.update_case(case=case, by=request.user, **form.cleaned_data),
        refusals=REFUSED,
        again=lambda: CaseForm(case=changeable_entry(request, Case.objects.all(), public_id=public_id)),
    )


@access(CHANGE, methods=["GET", "POST"])
def case_close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close it with an outcome, or correct how it ended."""
    case = changeable_entry(request, Case.objects.all(), public_id=public_id)
    form = CaseCloseForm(request.POST or None, case=case)
    page = EntryPage(
        client=case.client, title=_("How did it end?"), lede=case.goal, back=_back(case), done=_("The outcome is written down."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.close_case(case=case, by=request.user, **form.cleaned_data),
        refusals=NOT_CLOSED,
        again=lambda: CaseCloseForm(case=changeable_entry(request, Case.objects.all(), public_id=public_id)),
    )


@access(CHANGE, methods=["POST"])
def case_reopen(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Go on with a closed case."""
    case = changeable_entry(request, Case.objects.all(), public_id=public_id)
    services.reopen_case(case=case, by=request.user)
    messages.success(request, _("The goal is open again."))
    return redirect(_back(case))


@access(CHANGE, methods=["GET", "POST"])
def case_talks(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Tick the talks that were about this goal."""
    case = changeable_entry(request, Case.objects.all(), public_id=public_id)
    form = CaseTalksForm(request.POST or None, case=case)
    page = EntryPage(
        client=case.client, title=_("Which talks were about this goal?"), lede=case.goal, back=_back(case),
        done=_("The talks are noted with the goal."),
    )  # fmt: skip
    return entry_view(
        request,
        page,
        form,
        lambda: services.set_case_talks(case=case, by=request.user, **form.cleaned_data),
        again=lambda: CaseTalksForm(case=changeable_entry(request, Case.objects.all(), public_id=public_id)),
    )
