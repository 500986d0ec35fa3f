"""Vacancies: list, page, form."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.models import Business
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.paging import excerpt_of
from iqquadrat.core.text import clean_text
from placements.enums import NOT_VACANCIES, VacancyState
from placements.forms import VacancyFilterForm, VacancyForm
from placements.models import Placement, Vacancy
from placements.queries import named_clients
from placements.services import drafts, vacancies

PAGE_SIZE = 25


@access(Permission.VACANCY_READ)
def vacancy_list(request: StaffRequest) -> HttpResponse:
    """The centre's vacancies, newest first."""
    form = VacancyFilterForm(request.GET)
    rows = (
        Vacancy.objects.visible_to(request.user)
        .select_related("business")
        .annotate(proposals=Count("placements"))
        .order_by("-opened_on", "-pk")
    )
    # What comes from the survey and is still to be clarified is listed apart: by the filter of the state.
    if request.GET.get("state") not in NOT_VACANCIES:
        rows = rows.exclude(state__in=NOT_VACANCIES)
    if form.is_valid():
        chosen = form.cleaned_data
        rows = rows.filter(
            **{name: chosen[name] for name in ("kind", "field_of_work", "state") if chosen[name]}
        )
        if chosen["q"]:
            words = Q()
            for word in chosen["q"].split():
                words &= (
                    Q(title__icontains=word)
                    | Q(employer_name__icontains=word)
                    | Q(business__sign_name__icontains=word)
                )
            rows = rows.filter(words)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "form": form, "filtered": any(request.GET.get(name) for name in form.fields)}
    return render(request, "placements/vacancy_list.html", context)


@access(Permission.VACANCY_READ)
def vacancy_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One vacancy with the people proposed for it, as far as the reader may know of them."""
    vacancy = _vacancy(request, public_id)
    placements = (
        Placement.objects.visible_to(request.user)
        .with_stage()
        .filter(vacancy=vacancy)
        .longest_waiting_first()
        .select_related("client")
    )
    shown = excerpt_of(placements, request, "placements")
    context = {
        "vacancy": vacancy, "placements": shown, "named": named_clients(request.user, shown),
        "may_be_passed_on": vacancy.is_draft and drafts.may_be_passed_on(vacancy),
    }  # fmt: skip
    return render(request, "placements/vacancy_detail.html", context)


@access(Permission.VACANCY_WRITE, methods=["GET", "POST"])
def vacancy_create(request: StaffRequest) -> HttpResponse:
    """Open a vacancy; ``?business=`` presets the business."""
    form = VacancyForm(_posted(request), user=request.user, initial=_preset(request))
    if request.method == "POST" and form.is_valid():
        vacancy = vacancies.open_vacancy(
            by=request.user, submission=form.cleaned_data["submission"], **form.facts()
        )
        messages.success(request, _("The vacancy is saved."))
        return redirect("placements:vacancy_detail", public_id=vacancy.public_id)
    return render(
        request,
        "placements/vacancy_form.html",
        {"form": form, "vacancy": None, "theirs": []},
        status=422 if form.errors else 200,
    )


def _preset(request: StaffRequest) -> dict[str, object]:
    try:
        chosen = UUID(request.GET.get("business", ""))
    except ValueError:
        return {}
    return {"business": Business.objects.visible_to(request.user).filter(public_id=chosen).first()}


@access(Permission.VACANCY_WRITE, methods=["GET", "POST"])
def vacancy_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change a vacancy; when somebody else was faster, both versions are shown and nothing is overwritten."""
    vacancy = _vacancy(request, public_id)
    # The form works on a copy of its own: checking what was typed must not change what the page says is stored.
    form = VacancyForm(_posted(request), user=request.user, instance=_vacancy(request, public_id))
    theirs, status = [], 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            vacancies.change_vacancy(
                vacancy=vacancy, revision=form.cleaned_data["revision"] or 0, by=request.user, **form.facts()
            )
        except vacancies.StaleVacancyError as error:
            theirs, status = differences(form, VacancyForm(user=request.user, instance=error.stored)), 409
            on_top_of(form, error.stored.revision)
        else:
            messages.success(request, _("The vacancy is saved."))
            return redirect("placements:vacancy_detail", public_id=vacancy.public_id)
    context = {"form": form, "vacancy": vacancy, "theirs": theirs}
    return render(request, "placements/vacancy_form.html", context, status=status)


def _posted(request: StaffRequest) -> QueryDict | None:
    """What was sent; an empty form is a form too."""
    return request.POST if request.method == "POST" else None


@access(Permission.VACANCY_WRITE, methods=["POST"])
def vacancy_state(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Close, withdraw or open again."""
    vacancy = _vacancy(request, public_id)
    state = request.POST.get("state", "")
    if state not in VacancyState.values:
        return HttpResponse(status=400)
    try:
        _set_state(vacancy, VacancyState(state), request)
    except drafts.NoConsentError:
        messages.error(request, _("The business has not agreed that its vacancies are passed on."))
    except drafts.NotADraftError:
        messages.error(request, _("Somebody else was faster: this is no draft any more."))
    except (ValueError, vacancies.StillADraftError):
        return HttpResponse(status=400)
    else:
        messages.success(
            request, _("The vacancy is now marked: %(state)s.") % {"state": VacancyState(state).label}
        )
    return redirect("placements:vacancy_detail", public_id=vacancy.public_id)


def _set_state(vacancy: Vacancy, state: VacancyState, request: StaffRequest) -> None:
    """A draft is opened with the business's consent or discarded with a reason; a vacancy is closed or opened again."""
    if state is VacancyState.DISCARDED:
        reason = clean_text(request.POST.get("reason", "")[:300])
        drafts.discard_draft(vacancy=vacancy, reason=reason, by=request.user)
    elif vacancy.is_draft and state is VacancyState.OPEN:
        drafts.open_draft(vacancy=vacancy, by=request.user)
    else:
        vacancies.set_state(vacancy=vacancy, state=state, by=request.user)


def _vacancy(request: StaffRequest, public_id: UUID) -> Vacancy:
    return get_object_or_404(
        Vacancy.objects.visible_to(request.user).select_related("business"), public_id=public_id
    )
