"""What clients ask for: the list, the part of the day view, noting and answering."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counselling.views.lists import own_client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of
from iqquadrat.rights import services
from iqquadrat.rights.enums import RequestKind
from iqquadrat.rights.errors import AlreadyAnsweredError, HeldError
from iqquadrat.rights.forms import AnswerForm, RequestForm
from iqquadrat.rights.models import PersonRequest, PersonRequestQuerySet
from iqquadrat.rights.views.clients import listed_client

SHOWN_TODAY = 6


def _rows(request: StaffRequest) -> PersonRequestQuerySet:
    return PersonRequest.objects.visible_to(request.user).select_related(
        "client", "created_by", "done_by", "proposed_by"
    )


@access(Permission.REQUEST_READ)
def request_list(request: StaffRequest) -> HttpResponse:
    """Open requests, the most urgent first; answered ones behind a link."""
    show_done = request.GET.get("show") == "done"
    rows = (
        _rows(request).exclude(done_on=None).order_by("-done_on", "-pk")
        if show_done
        else _rows(request).open()
    )
    context = {"page_obj": page_of(rows, request), "show_done": show_done, "today": timezone.localdate()}
    return render(request, "rights/request_list.html", context)


@access(Permission.REQUEST_READ)
def requests_today(request: StaffRequest) -> HttpResponse:
    """The part of the day view: what is waiting for an answer. Empty when nothing is."""
    rows = _rows(request).open()
    context = {"requests": list(rows[:SHOWN_TODAY]), "count": rows.count(), "today": timezone.localdate()}
    return render(request, "rights/includes/requests_today.html", context)


@access(Permission.REQUEST_READ, methods=["GET", "POST"])
def request_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note what a client asks for: at the desk, or at the coordination when a letter comes."""
    leads = request.user.may(Permission.CLIENT_ERASE)
    client = listed_client(request, public_id) if leads else own_client(request.user, public_id)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.note_request(client=client, by=request.user, **form.cleaned_data)
        words = _("The request is noted. It is to be answered until %(day)s.")
        messages.success(request, words % {"day": date_format(made.due_on, "SHORT_DATE_FORMAT")})
        if leads:
            return redirect("rights:request_list")
        return redirect("counselling:client_data", public_id=client.public_id)
    context = {"client": client, "form": form}
    return render(request, "rights/request_form.html", context, status=422 if form.is_bound else 200)


@access(Permission.REQUEST_READ, methods=["POST"])
def erasing_propose(request: StaffRequest, pk: int) -> HttpResponse:
    """Be the first of the two whom erasing needs."""
    asked = get_object_or_404(_rows(request), pk=pk, kind=RequestKind.ERASE)
    try:
        services.propose_erasing(request=asked, by=request.user)
    except AlreadyAnsweredError:
        messages.info(request, _("This request was answered already."))
    except HeldError:
        messages.error(request, _("This client is kept from being erased."))
    else:
        messages.success(request, _("Proposed. Another person of the coordination carries it out."))
    return _back(request, asked)


@access(Permission.REQUEST_READ, methods=["POST"])
def erasing_take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Nothing is proposed any more; the request stays."""
    asked = get_object_or_404(_rows(request), pk=pk, kind=RequestKind.ERASE)
    try:
        services.take_back_proposal(request=asked, by=request.user)
    except AlreadyAnsweredError:
        messages.info(request, _("This request was answered already."))
    else:
        messages.success(request, _("The proposal is taken back."))
    return _back(request, asked)


def _back(request: StaffRequest, asked: PersonRequest) -> HttpResponse:
    if request.user.may(Permission.CLIENT_ERASE):
        return redirect("rights:request_list")
    return redirect("counselling:client_data", public_id=asked.client.public_id)


@access(Permission.REQUEST_READ, methods=["GET", "POST"])
def request_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Note what came of a request."""
    asked = get_object_or_404(_rows(request), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_request(request=asked, by=request.user, **form.cleaned_data)
        except AlreadyAnsweredError:
            messages.info(request, _("This request was answered already."))
        else:
            messages.success(request, _("The answer is noted."))
        return redirect("rights:request_list")
    context = {"asked": asked, "client": asked.client, "form": form}
    return render(request, "rights/request_answer.html", context, status=422 if form.is_bound else 200)
