"""Placements: board, list, page, proposal, steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.models import Business
from counselling.models import Client
from counselling.search import find
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import offered_records
from iqquadrat.core.paging import excerpt_of
from iqquadrat.core.text import latin_digits
from placements.enums import BOARD, Stage
from placements.forms import ProposalForm, StepForm
from placements.match_lists import match_of
from placements.matching.checklist import checklist_of
from placements.matching.weights import weights_on
from placements.models import Placement, PlacementEvent, Vacancy
from placements.queries import board, named_clients, recent_clients
from placements.rules import next_stages
from placements.services import placements as services
from placements.services.consents import agree_to_employer
from placements.services.matching import ReasonNeededError

PAGE_SIZE = 25
A_LANE = 8
READ = (Permission.PLACEMENT_READ_OWN, Permission.PLACEMENT_READ_FACTS)


@access(*READ)
def placement_board(request: StaffRequest) -> HttpResponse:
    """What is under way, by step, those that wait longest first."""
    found = board(request.user)
    steps = [Stage.WISH, *BOARD] if found.get(Stage.WISH) else list(BOARD)
    lanes = [_lane(stage, found.get(stage, [])) for stage in steps]
    shown = [placement for lane in lanes for placement in lane["placements"]]
    context = {
        "lanes": lanes,
        "total": sum(len(lane) for lane in found.values()),
        "named": named_clients(request.user, shown),
        "today": timezone.localdate(),
    }
    return render(request, "placements/board.html", context)


def _lane(stage: Stage, placements: list[Placement]) -> dict[str, Any]:
    shown = placements[:A_LANE]
    return {
        "stage": stage, "label": stage.label, "placements": shown, "count": len(placements), "more": len(placements) - len(shown),
    }  # fmt: skip


@access(*READ)
def placement_list(request: StaffRequest) -> HttpResponse:
    """All placements, also those that ended, by step and category."""
    rows = (
        Placement.objects.visible_to(request.user).with_stage().select_related("client", "vacancy__business")
    )
    stage = request.GET.get("stage", "")
    if stage in Stage.values:
        rows = rows.at_stage(stage)
    page = Paginator(rows.latest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "stages": Stage.choices,
        "stage": stage,
        "named": named_clients(request.user, page.object_list),
    }
    return render(request, "placements/placement_list.html", context)


@access(*READ, methods=["GET", "POST"])
def placement_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One placement: its steps and the form for the next one."""
    placement = _placement(request, public_id)
    stage = services.current_stage(placement)
    is_own = placement.client_id in named_clients(request.user, [placement])
    if request.method == "POST" and not (is_own and request.user.may(Permission.PLACEMENT_WRITE_OWN)):
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = StepForm(posted, placement=placement, stages=next_stages(stage))
    if request.method == "POST" and form.is_valid() and _take_step(request, placement, form):
        return redirect("placements:placement_detail", public_id=placement.public_id)
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
        "has_match": hasattr(placement, "stored_match"),
    }  # fmt: skip
    return render(request, "placements/placement_detail.html", context, status=422 if form.errors else 200)


def _stands(event: PlacementEvent) -> bool:
    return event.undoes_id is None and not hasattr(event, "undone_by")


def _take_step(request: StaffRequest, placement: Placement, form: StepForm) -> bool:
    facts = dict(form.cleaned_data)
    try:
        services.advance(placement=placement, stage=Stage(facts.pop("stage")), by=request.user, **facts)
    except services.ConsentMissingError:
        form.add_error(
            None,
            _(
                "The client has not agreed to this employer, or has withdrawn it. Please record the consent first."
            ),
        )
    except services.StepNotPossibleError:
        form.add_error(
            None, _("This step is no longer possible: the placement has moved on in the meantime.")
        )
    else:
        messages.success(request, _("The step is recorded."))
        return True
    return False


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def placement_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Undo the step that the reader saw as the last one."""
    placement = _placement(request, public_id)
    if not named_clients(request.user, [placement]):
        raise PermissionDenied
    seen = latin_digits(request.POST.get("event", "")[:18])
    try:
        services.undo_last_step(
            placement=placement, by=request.user, event_id=int(seen) if seen.isdecimal() else 0
        )
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
    if data["agreed"] and stage is not Stage.WISH:
        agree_to_employer(
            client=client, vacancy=vacancy, explained_in=data["explained_in"] or "de", by=request.user
        )
    try:
        return services.propose(
            client=client,
            vacancy=vacancy,
            by=request.user,
            stage=stage,
            note=data["note"],
            submission=data["submission"],
            match_reason=data["match_reason"],
        )
    except services.ConsentMissingError:
        form.add_error(
            "agreed",
            _("Without the client's consent the employer must not get to know of them. A wish can be noted."),
        )
    except ReasonNeededError:
        form.add_error("match_reason", _("Please say why: the checklist does not speak for this proposal."))
    return None


@access(Permission.PLACEMENT_READ_OWN)
def client_panel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The tab of the client page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), public_id=public_id)
    rows = (
        Placement.objects.visible_to(request.user)
        .with_stage()
        .filter(client=client)
        .select_related("vacancy__business")
    )
    return render(
        request,
        "placements/client_panel.html",
        {"client": client, "placements": excerpt_of(rows.latest_first(), request, "placements")},
    )


@access(Permission.VACANCY_READ)
def business_panel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The tab of the business page."""
    business = get_object_or_404(Business.objects.visible_to(request.user), public_id=public_id)
    rows = Vacancy.objects.visible_to(request.user).filter(business=business).order_by("-opened_on", "-pk")
    return render(
        request,
        "placements/business_panel.html",
        {"vacancies": excerpt_of(rows, request, "vacancies"), "business": business},
    )


def _placement(request: StaffRequest, public_id: UUID) -> Placement:
    rows = Placement.objects.visible_to(request.user).select_related(
        "client", "vacancy__business", "stored_match"
    )
    return get_object_or_404(rows, public_id=public_id)
