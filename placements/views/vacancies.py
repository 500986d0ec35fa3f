"""Vacancies: list, page, form."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from businesses.models import Business
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.paging import excerpt_of, page_of
from iqquadrat.core.text import clean_text
from placements import reminders
from placements.enums import VacancyState
from placements.models import Placement, Vacancy
from placements.models.vacancy import VacancyQuerySet
from placements.queries import named_clients
from placements.services import drafts, news, vacancies
from placements.vacancy_filters import VacancyFilter
from placements.vacancy_forms import VacancyForm
from placements.vacancy_lists import slot_lines, totals, workbook


def _found(request: StaffRequest) -> tuple[VacancyFilter, VacancyQuerySet]:
    filters = VacancyFilter(request.GET, user=request.user)
    rows = filters.apply(Vacancy.objects.visible_to(request.user))
    return filters, rows.order_by("-opened_on", "-pk")


@access(Permission.VACANCY_READ)
def vacancy_list(request: StaffRequest) -> HttpResponse:
    """The centre's vacancies, newest first; those to ask about say why."""
    filters, rows = _found(request)
    today = timezone.localdate()
    shown = (
        rows.select_related("business").with_taken().annotate(proposals=Count("placements", distinct=True))
    )
    page = page_of(shown, request)
    for vacancy in page:
        vacancy.reason = reminders.reason_of(vacancy, today)
    context = {
        "page_obj": page, "filters": filters, "filtered": any(request.GET.get(name) for name in filters.fields),
        "totals": totals(rows), "asked": _asked(request, today), "before": news.before_of(request.GET.get("undo", "")),
    }  # fmt: skip
    return render(request, "placements/vacancy_list.html", context)


def _asked(request: StaffRequest, today: date) -> list[tuple[str, object, int]]:
    """Code, words and number of what is to be asked about in the whole centre."""
    numbers = reminders.numbers(Vacancy.objects.visible_to(request.user), today)
    return [
        (code, words, numbers[code]) for code, (words, _rows) in reminders.REASONS.items() if numbers[code]
    ]


@access(Permission.VACANCY_READ, fresh=True)
def vacancy_export(request: StaffRequest) -> HttpResponse:
    """The vacancies that the list shows, as a spreadsheet."""
    _filters, rows = _found(request)
    file = workbook(rows.select_related("business", "in_charge").iterator(chunk_size=2000))
    record(
        Action.EXPORT, by=request.user, object_type="placements.vacancy", listed=rows.count(), format="xlsx"
    )
    return download(file, f"stellen-{timezone.localdate():%Y-%m-%d}.xlsx")


@access(Permission.VACANCY_READ)
def vacancy_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One vacancy with the people proposed for it, as far as the reader may know of them."""
    rows = Vacancy.objects.visible_to(request.user).select_related("business", "in_charge").with_taken()
    vacancy = get_object_or_404(rows, public_id=public_id)
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
        "taken": vacancy.taken, "before": news.before_of(request.GET.get("undo", "")), "today": timezone.localdate(),
        "reason": reminders.reason_of(vacancy, timezone.localdate()), "slots": slot_lines(vacancy.working_slots),
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
        _saved(request, form)
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
            _saved(request, form)
            return redirect("placements:vacancy_detail", public_id=vacancy.public_id)
    context = {"form": form, "vacancy": vacancy, "theirs": theirs}
    return render(request, "placements/vacancy_form.html", context, status=status)


def _saved(request: StaffRequest, form: VacancyForm) -> None:
    """Say that it is stored, and what its words may sound like."""
    messages.success(request, _("The vacancy is saved."))
    for finding in form.mentioned:
        messages.info(
            request,
            _("“%(said)s” may sound as if somebody were not welcome (%(ground)s). Better: %(instead)s.")
            % {"said": finding.said, "ground": finding.ground.words, "instead": finding.ground.instead},
        )


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
    except drafts.UnlawfulWishError:
        messages.error(
            request,
            _(
                "The words ask for something that must not be asked for (AGG, §§ 1, 7 and 11). Please change them first."
            ),
        )
        return redirect("placements:vacancy_edit", public_id=vacancy.public_id)
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
