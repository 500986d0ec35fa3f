"""Placements: board, list, page, proposal, steps."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.models import Client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from placements.enums import BOARD, Stage
from placements.forms import ProposalForm, StepForm
from placements.models import Placement, PlacementEvent, Vacancy
from placements.queries import board, named_clients
from placements.rules import next_stages
from placements.services import placements as services
from placements.services.consents import agree_to_employer

PAGE_SIZE = 25
READ = (Permission.PLACEMENT_READ_OWN, Permission.PLACEMENT_READ_FACTS)


@access(*READ)
def placement_board(request: StaffRequest) -> HttpResponse:
    """What is under way, by step, those that wait longest first."""
    found = board(request.user)
    shown = [placement for lane in found.values() for placement in lane]
    steps = [Stage.WISH, *BOARD] if found.get(Stage.WISH) else list(BOARD)
    lanes = [{"stage": stage, "label": stage.label, "placements": found.get(stage, [])} for stage in steps]
    context = {
        "lanes": lanes,
        "total": len(shown),
        "named": named_clients(request.user, shown),
        "today": timezone.localdate(),
    }
    return render(request, "placements/board.html", context)


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
    form = StepForm(request.POST or None, placement=placement, stages=next_stages(stage))
    if request.method == "POST" and form.is_valid() and _take_step(request, placement, form):
        return redirect("placements:placement_detail", public_id=placement.public_id)
    if request.method == "GET":
        record(Action.VIEW, by=request.user, obj=placement)
    events = (
        PlacementEvent.objects.filter(placement=placement)
        .select_related("by", "undone_by")
        .order_by("at", "pk")
    )
    context = {
        "placement": placement, "stage": stage, "form": form, "events": events, "is_own": is_own,
        "steps": next_stages(stage), "may_undo": is_own and sum(_stands(event) for event in events) > 1,
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
    """Undo the last step."""
    placement = _placement(request, public_id)
    try:
        services.undo_last_step(placement=placement, by=request.user)
    except services.StepNotPossibleError:
        messages.error(request, _("The first step cannot be undone."))
    else:
        messages.success(request, _("The last step is undone."))
    return redirect("placements:placement_detail", public_id=placement.public_id)


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def placement_create(request: StaffRequest) -> HttpResponse:
    """Propose a vacancy to a client; ``?client=`` and ``?vacancy=`` preset the two."""
    initial = {name: request.GET.get(name, "") for name in ("client", "vacancy")}
    form = ProposalForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        placement = _propose(request, form)
        if placement is not None:
            messages.success(request, _("The placement is begun."))
            return redirect("placements:placement_detail", public_id=placement.public_id)
    return render(
        request, "placements/placement_form.html", {"form": form}, status=422 if form.errors else 200
    )


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
        )
    except services.ConsentMissingError:
        form.add_error(
            "agreed",
            _("Without the client's consent the employer must not get to know of them. A wish can be noted."),
        )
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
        request, "placements/client_panel.html", {"client": client, "placements": rows.latest_first()}
    )


@access(Permission.VACANCY_READ)
def business_panel(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The tab of the business page."""
    rows = (
        Vacancy.objects.visible_to(request.user)
        .filter(business__public_id=public_id)
        .select_related("business")
    )
    return render(request, "placements/business_panel.html", {"vacancies": rows, "business_id": public_id})


def _placement(request: StaffRequest, public_id: UUID) -> Placement:
    rows = Placement.objects.visible_to(request.user).select_related("client", "vacancy__business")
    return get_object_or_404(rows, public_id=public_id)
