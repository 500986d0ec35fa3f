"""Placements as board, list and spreadsheet, and as a part of the pages of clients, of businesses and of the day."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.models import Business
from counselling.models import Client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.paging import excerpt_of, page_of
from iqquadrat.core.text import number_in
from placements import queries
from placements.enums import BOARD, Stage
from placements.exports import placements_workbook
from placements.models import Placement, Vacancy, WageSubsidy
from placements.models.placement import PlacementQuerySet
from placements.process_forms import PlacementFilterForm
from placements.queries import named_clients
from placements.rules import plain_next
from placements.services import placements as services
from placements.views import READ
from placements.views.placements import own_placement_of
from placements.wording import MOVED_ON, NOT_AGREED

A_LANE = 8
ON_THE_DAY_VIEW = 6


@access(*READ)
def placement_board(request: StaffRequest) -> HttpResponse:
    """What is under way, by step, those that wait longest first."""
    form = PlacementFilterForm(request.GET, user=request.user, with_stage=False)
    wanted = form.wanted()
    found = queries.board(request.user, wanted)
    steps = [Stage.WISH, *BOARD] if found.get(Stage.WISH) else list(BOARD)
    lanes = [_lane(stage, found.get(stage, [])) for stage in steps]
    shown = [placement for lane in lanes for placement in lane["placements"]]
    leads, today = request.user.may(Permission.PLACEMENT_READ_FACTS), timezone.localdate()
    context = {
        "lanes": lanes, "total": sum(len(lane) for lane in found.values()), "named": named_clients(request.user, shown),
        "today": today, "form": form, "filtered": bool(wanted), "unlawful": queries.unlawful_reasons(request.user, today) if leads else 0,
        "ending": WageSubsidy.objects.visible_to(request.user).ending(today).count(),
    }  # fmt: skip
    return render(request, "placements/board.html", context)


def _lane(stage: Stage, placements: list[Placement]) -> dict[str, Any]:
    shown = placements[:A_LANE]
    return {
        "stage": stage, "label": stage.label, "placements": shown, "count": len(placements), "more": len(placements) - len(shown),
        "next": plain_next(stage),
    }  # fmt: skip


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def placement_next(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the next step from the board, where it needs no further fact."""
    placement = own_placement_of(request, public_id)
    seen, stage = number_in(request.POST.get("revision", "")), request.POST.get("stage", "")
    plain = plain_next(services.current_stage(placement))
    if plain is None or stage != plain:
        messages.error(request, MOVED_ON)
        return _back_to_board(request, placement)
    try:
        services.advance(placement=placement, stage=plain, by=request.user, revision=seen)
    except services.ConsentMissingError:
        messages.error(
            request,
            NOT_AGREED,
        )
    except services.StepNotPossibleError:
        messages.error(request, MOVED_ON)
    else:
        messages.success(request, _("%(name)s: %(step)s.") % {"name": placement.client, "step": plain.label})
    return _back_to_board(request, placement)


def _back_to_board(request: StaffRequest, placement: Placement) -> HttpResponse:
    """The filters stay, and the card has the focus."""
    filters = request.GET.urlencode()
    return redirect(f"{reverse('placements:board')}{'?' if filters else ''}{filters}#p-{placement.public_id}")


@access(*READ)
def placement_list(request: StaffRequest) -> HttpResponse:
    """All placements, also those that ended, by step and category."""
    form, rows = _filtered(request)
    page = page_of(rows.select_related("client", "vacancy__business"), request)
    context = {
        "page_obj": page, "form": form, "filtered": bool(form.wanted()), "named": named_clients(request.user, page.object_list),
    }  # fmt: skip
    return render(request, "placements/placement_list.html", context)


@access(*READ, fresh=True)
def placement_export(request: StaffRequest) -> HttpResponse:
    """Hand out the list as a spreadsheet: own clients by name, others by number."""
    _form, rows = _filtered(request)
    named = set(Client.objects.own(request.user).values_list("pk", flat=True))
    record(
        Action.EXPORT, by=request.user, object_type="placements.placement", format="xlsx", rows=rows.count()
    )
    return download(placements_workbook(rows, named=named), _("placement-list") + ".xlsx")


def _filtered(request: StaffRequest) -> tuple[PlacementFilterForm, PlacementQuerySet]:
    form = PlacementFilterForm(request.GET, user=request.user)
    rows = Placement.objects.visible_to(request.user).with_stage()
    return form, queries.chosen(rows, request.user, form.wanted()).latest_first()


@access(Permission.PLACEMENT_READ_OWN)
def due_panel(request: StaffRequest) -> HttpResponse:
    """On the day view: trials that end, employers who have not answered, wage subsidies that run out."""
    user, today = request.user, timezone.localdate()
    own = Client.objects.own(user)
    ending = WageSubsidy.objects.filter(placement__client__in=own).ending(today)
    context = {
        "trials": list(queries.ending_trials(user, today)[:ON_THE_DAY_VIEW]),
        "silent": list(queries.silent_employers(user, today)[: ON_THE_DAY_VIEW + 1]), "at_most": ON_THE_DAY_VIEW, "today": today,
        "subsidies": list(ending.select_related(*WageSubsidy.NAMED_BY)[:ON_THE_DAY_VIEW]),
    }  # fmt: skip
    return render(request, "placements/due_panel.html", context)


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
