"""Matching both ways: who fits a vacancy, which vacancies fit a client, one pair with its whole checklist."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info

from counselling.models import Client
from counselling.models.client import ClientQuerySet
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.text import number_in
from placements.client_texts import CHECKLIST
from placements.enums import MatchGroup
from placements.match_lists import Page, Row, clients_for, clients_in_sight, match_of, vacancies_for
from placements.match_paper import MatchPaper
from placements.matching.checklist import Checklist, checklist_of, stored_checklist
from placements.matching.codes import Group
from placements.matching.refusing import OF_THE_LAW, refused
from placements.matching.weights import Weights, all_weights, weights_on
from placements.matching_forms import CandidatesFilterForm, OffersFilterForm
from placements.models import Placement, StoredMatch, Vacancy
from placements.queries import named_clients
from placements.views import READ

PAGE_SIZE = 25
MOST_PAGES = 1_000_000  # beyond it there is no row; the database counts rows in eight bytes


@access(*READ)
def matching_for_vacancy(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The clients for a vacancy: a coordinator meets numbers and how far it fits, not what is known of somebody."""
    vacancy = get_object_or_404(_vacancies(request), public_id=public_id)
    if grounds := refused(request.GET):
        return _refuse(request, grounds)
    form = CandidatesFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    groups = [Group(chosen["group"])] if chosen.get("group") else list(Group)
    number = min(number_in(request.GET.get("page", "")) or 1, MOST_PAGES)
    only: dict[str, Any] = {"groups": groups, "only_searching": not chosen.get("everybody")}
    found = clients_for(vacancy, request.user, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, **only)
    pages = Paginator(range(sum(found.counts[group] for group in groups)), PAGE_SIZE)
    if number > pages.num_pages:  # an address from earlier: the last page instead of an empty one
        number = pages.num_pages
        found = clients_for(vacancy, request.user, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, **only)
    own = _named(request, [row.client for row in found.rows])
    context = _list_context(found, form) | {
        "vacancy": vacancy, "page_obj": pages.page(number), "named": own, "lists": _checklists(found.rows, own),
    }  # fmt: skip
    return render(request, "placements/matching/for_vacancy.html", context)


@access(Permission.PLACEMENT_READ_OWN)
def matching_for_client(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The open vacancies for one of the own clients."""
    client = get_object_or_404(Client.objects.own(request.user), public_id=public_id)
    if grounds := refused(request.GET):
        return _refuse(request, grounds)
    record(Action.VIEW, by=request.user, obj=client, part="matching")
    form = OffersFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = vacancies_for(client, request.user, kinds=[chosen["kind"]] if chosen.get("kind") else [])
    rows = [row for row in found.rows if not chosen.get("group") or row.match.group == chosen["group"]]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _list_context(found, form) | {
        "client": client, "page_obj": page, "lists": _checklists(page.object_list, {client.pk}),
        "search": getattr(client, "job_search", None),
    }  # fmt: skip
    return render(request, "placements/matching/for_client.html", context)


@access(*READ)
def match_detail(request: StaffRequest, public_id: UUID, vacancy_id: UUID) -> HttpResponse:
    """One client beside one vacancy, as it stands today; as a part of the page for a list that unfolds it."""
    client, vacancy = _pair(
        request, clients_in_sight(request.user, only_searching=False), public_id, vacancy_id
    )
    is_own = bool(_named(request, [client]))
    found = match_of(client, vacancy)
    record(Action.VIEW, by=request.user, obj=client, part="matching")
    placement = Placement.objects.visible_to(request.user).filter(client=client, vacancy=vacancy).first()
    context = {
        "client": client, "vacancy": vacancy, "is_own": is_own, "placement": placement,
        "list": checklist_of(found, weights_on(timezone.localdate()), with_facts=is_own),
    }  # fmt: skip
    part = request.htmx and not request.htmx.boosted
    return render(request, f"placements/matching/{'part' if part else 'detail'}.html", context)


@access(*READ)
def stored_match(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The checklist as it stood when somebody was proposed."""
    stored = get_object_or_404(
        StoredMatch.objects.visible_to(request.user).select_related(*StoredMatch.NAMED_BY, "by"),
        placement__public_id=public_id,
    )
    placement = stored.placement
    is_own = placement.client_id in named_clients(request.user, [placement])
    record(
        Action.VIEW, by=request.user, obj=stored, centre_id=placement.centre_id, client=placement.client_id
    )
    context = {
        "stored": stored, "placement": placement, "client": placement.client, "vacancy": placement.vacancy, "is_own": is_own,
        "list": stored_checklist(
            stored.table, _weights(stored.weights_version), group=Group(stored.group), fit=stored.fit,
            coverage=stored.coverage, with_facts=is_own,
        ),
    }  # fmt: skip
    return render(request, "placements/matching/stored.html", context)


@access(Permission.PLACEMENT_READ_OWN)
def match_show(request: StaffRequest, public_id: UUID, vacancy_id: UUID) -> HttpResponse:
    """The checklist on a screen that is turned to the client: nothing else stands on it."""
    paper = _paper(request, public_id, vacancy_id)
    back = reverse("placements:match_detail", kwargs={"public_id": public_id, "vacancy_id": vacancy_id})
    names = [(code, get_language_info(code)["name_local"]) for code in CHECKLIST.by_language]
    context = {**paper.context, "on_paper": False, "languages": names, "back": back}
    return render(request, "placements/matching/show.html", context)


@access(Permission.PLACEMENT_READ_OWN)
def match_paper(request: StaffRequest, public_id: UUID, vacancy_id: UUID) -> HttpResponse:
    """The checklist on paper, in the client's language beside German."""
    return pdf.response(_paper(request, public_id, vacancy_id))


def _paper(request: StaffRequest, public_id: UUID, vacancy_id: UUID) -> MatchPaper:
    client, vacancy = _pair(request, Client.objects.own(request.user), public_id, vacancy_id)
    wished = request.GET.get("language", "")
    language = wished if wished in CHECKLIST.by_language else CHECKLIST.fitting(client.reading_language)
    record(Action.VIEW, by=request.user, obj=client, part="matching")
    return MatchPaper(vacancy, match_of(client, vacancy), vacancy.centre, timezone.localdate(), language)


def _pair(
    request: StaffRequest, clients: ClientQuerySet, public_id: UUID, vacancy_id: UUID
) -> tuple[Client, Vacancy]:
    client = get_object_or_404(clients, public_id=public_id)
    return client, get_object_or_404(_vacancies(request), public_id=vacancy_id)


def _vacancies(request: StaffRequest) -> Any:
    """A draft is no vacancy yet: nobody is compared with it."""
    return Vacancy.objects.visible_to(request.user).real().select_related("business", "centre")


def _named(request: StaffRequest, clients: Iterable[Client]) -> set[int]:
    """Which of these clients are the reader's own: only of those names and facts are shown."""
    own = Client.objects.own(request.user).filter(pk__in=[client.pk for client in clients])
    return set(own.values_list("pk", flat=True))


def _checklists(rows: Iterable[Row], named: set[int]) -> list[tuple[Row, Checklist]]:
    weights = weights_on(timezone.localdate())
    return [(row, checklist_of(row.match, weights, with_facts=row.client.pk in named)) for row in rows]


def _list_context(found: Page, form: Any) -> dict[str, Any]:
    total = sum(found.counts.values())
    groups = [(group.value, MatchGroup(group.value).label, found.counts[group]) for group in Group]
    return {"groups": groups, "total": total, "form": form, "chosen": form["group"].value() or ""}


def _weights(version: str) -> Weights:
    """The weights that a table was made with; one that is not delivered any more shows no weights of another."""
    return next((one for one in all_weights() if one.version == version), all_weights()[0])


def _refuse(request: StaffRequest, grounds: list[str]) -> HttpResponse:
    """Nobody is looked for by what the law or the house leaves out."""
    context = {"grounds": grounds, "by_law": [ground for ground in grounds if ground in OF_THE_LAW]}
    return render(request, "placements/matching/refused.html", context, status=422)
