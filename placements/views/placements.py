"""Placements: page, proposal, steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import Client
from counselling.search import find
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import offered_records
from iqquadrat.core.paging import excerpt_of
from iqquadrat.core.text import number_in
from placements.enums import Stage
from placements.forms import ProposalForm
from placements.match_lists import match_of
from placements.matching.checklist import checklist_of
from placements.matching.weights import weights_on
from placements.models import EmployerAnswer, Placement, PlacementEvent, Vacancy
from placements.models.placement import PlacementQuerySet
from placements.process_forms import StepForm, said
from placements.queries import named_clients, recent_clients
from placements.rules import next_stages
from placements.services import placements as services
from placements.services.matching import ReasonNeededError
from placements.views import READ
from placements.wording import MOVED_ON, NOT_AGREED


@access(*READ, methods=["GET", "POST"])
def placement_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One placement: its steps and the form for the next one."""
    placement = placement_of(request, public_id)
    stage = services.current_stage(placement)
    is_own = placement.client_id in named_clients(request.user, [placement])
    if request.method == "POST" and not (is_own and request.user.may(Permission.PLACEMENT_WRITE_OWN)):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = StepForm(
        posted, placement=placement, stages=next_stages(stage), wanted=request.GET.get("step", "")
    )
    if request.method == "POST" and form.is_valid() and _take_step(request, placement, form):
        return _after_step(placement)
    if request.method == "GET":
        record(Action.VIEW, by=request.user, obj=placement)
    events = (
        PlacementEvent.objects.filter(placement=placement)
        .select_related("by", "undone_by")
        .order_by("at", "pk")
    )
    standing = [event for event in events if _stands(event)]
    context = {
        "placement": placement, "stage": stage, "form": form, "events": events, "is_own": is_own,
        "steps": next_stages(stage), "last": standing[-1] if is_own and len(standing) > 1 else None,
        "checks": placement.retention_checks.order_by("months"), "today": timezone.localdate(),
        "answer": EmployerAnswer.objects.standing().filter(placement=placement).newest_first().first(),
        "subsidies": placement.subsidies.order_by("starts_on", "pk"),
        "others": excerpt_of(_others(request, placement), request, "others", 5) if is_own else None,
        "has_match": hasattr(placement, "stored_match"),
    }  # fmt: skip
    return render(request, "placements/placement_detail.html", context, status=422 if form.errors else 200)


def _others(request: StaffRequest, placement: Placement) -> PlacementQuerySet:
    rows = (
        Placement.objects.visible_to(request.user).filter(client=placement.client_id).exclude(pk=placement.pk)
    )
    return rows.with_stage().select_related("vacancy__business").latest_first()


def _after_step(placement: Placement) -> HttpResponse:
    """Whoever has begun to work needs no other way: the next page offers to close them."""
    begun = services.current_stage(placement) is Stage.STARTED and services.other_running(placement).exists()
    page = "placements:placement_others" if begun else "placements:placement_detail"
    return redirect(page, public_id=placement.public_id)


def _stands(event: PlacementEvent) -> bool:
    return event.undoes_id is None and not hasattr(event, "undone_by")


def _take_step(request: StaffRequest, placement: Placement, form: StepForm) -> bool:
    facts = dict(form.cleaned_data)
    try:
        services.advance(placement=placement, stage=Stage(facts.pop("stage")), by=request.user, **facts)
    except services.ConsentMissingError:
        form.add_error(
            None,
            NOT_AGREED,
        )
    except services.AgainstLawError as error:
        for breach in error.breaches:
            form.add_error(breach.field, said(breach))
    except services.StepNotPossibleError:
        form.add_error(None, MOVED_ON)
    else:
        messages.success(request, _("The step is recorded."))
        return True
    return False


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def placement_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Undo the step that the reader saw as the last one."""
    placement = own_placement_of(request, public_id)
    seen = number_in(request.POST.get("event", ""))
    try:
        services.undo_last_step(placement=placement, by=request.user, event_id=seen)
    except services.StepNotPossibleError:
        messages.error(
            request, _("Nothing was undone: the placement has moved on, or only its first step is left.")
        )
    except services.AskedAboutError:
        messages.error(
            request,
            _(
                "Nothing was undone: it is noted already what became of this work. Take that answer away first."
            ),
        )
    except services.SubsidisedError:
        messages.error(
            request, _("Nothing was undone: a wage subsidy is noted for this work. Take it away first.")
        )
    else:
        messages.success(request, _("The last step is undone."))
    return redirect("placements:placement_detail", public_id=placement.public_id)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def placement_create(request: StaffRequest) -> HttpResponse:
    """Propose a vacancy to a client; ``?client=`` and ``?vacancy=`` preset the two."""
    user, given = request.user, request.POST if request.method == "POST" else request.GET
    client = _chosen(Client.objects.own(user), given.get("client"))
    vacancy = _chosen(
        Vacancy.objects.visible_to(user).open().select_related("business"), given.get("vacancy")
    )
    match = match_of(client, vacancy) if client and vacancy else None
    form = ProposalForm(
        request.POST if request.method == "POST" else None, user=user, client=client,
        needs_reason=match is not None and match.needs_reason,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        placement = _propose(request, form)
        if placement is not None:
            messages.success(request, _("The placement is begun."))
            return redirect("placements:placement_detail", public_id=placement.public_id)
    context = {
        "form": form, "client": client, "vacancy": vacancy, "typed": "", "found": [] if client else recent_clients(user),
        "any_vacancy": vacancy is not None or offered_records(form, "vacancy").exists(),
        "list": checklist_of(match, weights_on(timezone.localdate()), with_facts=True) if match else None,
    }  # fmt: skip
    return render(request, "placements/placement_form.html", context, status=422 if form.errors else 200)


@access(Permission.PLACEMENT_WRITE_OWN)
def client_choices(request: StaffRequest) -> HttpResponse:
    """Own clients to choose from, as one types; the last ones when nothing is typed."""
    typed = request.GET.get("q", "")[:200].strip()
    own = Client.objects.own(request.user)
    found = (
        find(own, typed, centre_id=request.user.centre_id, limit=8) if typed else recent_clients(request.user)
    )
    return render(request, "placements/client_choices.html", {"found": found, "typed": typed})


@access(Permission.PLACEMENT_WRITE_OWN)
def client_propose(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The button in the head of the client page."""
    client = get_object_or_404(Client.objects.own(request.user), public_id=public_id)
    return redirect(f"{reverse('placements:placement_create')}?client={client.public_id}")


def _chosen(rows: QuerySet[Any], public_id: str | None) -> Any:
    """The record that the address or the form names; a forged one is none."""
    try:
        return rows.filter(public_id=UUID(public_id or "")).first()
    except ValueError:
        return None


def _propose(request: StaffRequest, form: ProposalForm) -> Placement | None:
    data = form.cleaned_data
    client, vacancy, stage = data["client"], data["vacancy"], Stage(data["stage"])
    try:
        return services.propose(
            client=client,
            vacancy=vacancy,
            by=request.user,
            stage=stage,
            note=data["note"],
            submission=data["submission"],
            match_reason=data["match_reason"],
            agreed_in=(data["explained_in"] or "de") if data["agreed"] else "",
        )
    except services.ConsentMissingError:
        form.add_error(
            "agreed",
            _("Without the client's consent the employer must not get to know of them. A wish can be noted."),
        )
    except ReasonNeededError:
        form.add_error("match_reason", _("Please say why: the checklist does not speak for this proposal."))
    return None


def placement_of(request: StaffRequest, public_id: UUID) -> Placement:
    """Return the placement of this address as far as the reader may see it, else 404."""
    rows = Placement.objects.visible_to(request.user).select_related(
        "client", "vacancy__business", "stored_match"
    )
    return get_object_or_404(rows, public_id=public_id)


def own_placement_of(request: StaffRequest, public_id: UUID) -> Placement:
    """Return the placement of an own client: 404 when the reader does not see it, 403 when it is somebody else's."""
    placement = placement_of(request, public_id)
    if not named_clients(request.user, [placement]):
        raise PermissionDenied
    return placement
