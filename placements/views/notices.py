"""Notices of vacancies on paper: one on a page, or the list for the wall."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from placements.models import Vacancy
from placements.models.vacancy import VacancyQuerySet
from placements.notices import Notice, WallList
from placements.vacancy_filters import VacancyFilter
from placements.vacancy_forms import NoticeForm

# More would be no list that somebody reads on a wall.
MOST_ON_THE_WALL = 80
CONTACTS = 2


@access(Permission.VACANCY_READ)
def notice(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose the language and where the notice of one vacancy will hang."""
    vacancy = _vacancy(request, public_id)
    form = NoticeForm(may_be_public=vacancy.public)
    context = {
        "vacancy": vacancy, "form": form, "paper_url": reverse("placements:notice_paper", kwargs={"public_id": public_id}),
    }  # fmt: skip
    return render(request, "placements/notice_form.html", context)


@access(Permission.VACANCY_READ)
def notice_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The notice of one vacancy. 404 in public while the employer has not agreed to that."""
    vacancy = _vacancy(request, public_id)
    language, public = _wished(request)
    if public and not vacancy.public:
        raise Http404
    contacts = list(vacancy.business.contacts.order_by("pk")[:CONTACTS]) if vacancy.business else []
    record(Action.EXPORT, by=request.user, obj=vacancy, format="pdf", public=public)
    return pdf.response(Notice(vacancy, language, public, contacts))


@access(Permission.VACANCY_READ)
def notice_wall(request: StaffRequest) -> HttpResponse:
    """Choose the language and where the list of the vacancies found will hang."""
    rows = _open_ones(request)
    context = {
        "vacancy": None, "form": NoticeForm(may_be_public=True), "paper_url": reverse("placements:notice_wall_paper"),
        "number": rows.count(), "in_public": rows.filter(public=True).count(), "most": MOST_ON_THE_WALL,
    }  # fmt: skip
    return render(request, "placements/notice_form.html", context)


@access(Permission.VACANCY_READ)
def notice_wall_paper(request: StaffRequest) -> HttpResponse:
    """The list for the wall: the open vacancies of those found, in public only those that may hang there."""
    language, public = _wished(request)
    rows = _open_ones(request)
    if public:
        rows = rows.filter(public=True)
    shown = list(rows.select_related("business", "centre")[:MOST_ON_THE_WALL])
    record(
        Action.EXPORT,
        by=request.user,
        object_type="placements.vacancy",
        listed=len(shown),
        format="pdf",
        public=public,
    )
    return pdf.response(WallList(request.user.centre, shown, language, public))


def _wished(request: StaffRequest) -> tuple[str, bool]:
    """Language and whether it hangs in public; what cannot be read is German and internal."""
    return request.GET.get("language", ""), request.GET.get("place_of_notice") == "public"


def _open_ones(request: StaffRequest) -> VacancyQuerySet:
    rows = VacancyFilter(request.GET, user=request.user).apply(Vacancy.objects.visible_to(request.user))
    return rows.open().order_by("title", "pk")


def _vacancy(request: StaffRequest, public_id: UUID) -> Vacancy:
    """A vacancy of the centre; what is still to be clarified has no notice."""
    rows = Vacancy.objects.visible_to(request.user).real().select_related("business", "centre")
    return get_object_or_404(rows, public_id=public_id)
