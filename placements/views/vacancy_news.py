"""News of a vacancy by one press, the way back, and what the day view says of it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.addresses import wished
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of
from placements import reminders
from placements.enums import VacancyState
from placements.models import Vacancy
from placements.services import news, vacancies

CONFIRMED = "confirmed"
ON_THE_DAY_VIEW = 6
NOTED: dict[str, Promise] = {
    CONFIRMED: gettext_lazy("Noted: “%(title)s” still stands."),
    VacancyState.FILLED.value: gettext_lazy("Noted: “%(title)s” is filled."),
    VacancyState.WITHDRAWN.value: gettext_lazy("Noted: “%(title)s” is withdrawn."),
    VacancyState.OPEN.value: gettext_lazy("“%(title)s” is open again."),
}


@access(Permission.VACANCY_WRITE, methods=["POST"])
def vacancy_news(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It still stands, is filled, is withdrawn, or is open again."""
    vacancy, told = _vacancy(request, public_id), request.POST.get("news", "")
    if told not in NOTED:
        return HttpResponseBadRequest()
    try:
        before = (
            news.confirm(vacancy=vacancy, by=request.user)
            if told == CONFIRMED
            else news.report(vacancy=vacancy, state=VacancyState(told), by=request.user)
        )
    except (news.NotOpenError, vacancies.StillADraftError):
        messages.error(request, _("Nothing was changed: the vacancy is not open."))
        return _back(request, vacancy)
    messages.success(request, str(NOTED[told]) % {"title": vacancy.title})
    return _back(request, vacancy, undo=before.mark)


@access(Permission.VACANCY_WRITE, methods=["POST"])
def vacancy_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the last news back, unless somebody has changed the vacancy since."""
    vacancy = _vacancy(request, public_id)
    before = news.before_of(request.POST.get("mark", ""))
    if before is None:
        return HttpResponseBadRequest()
    try:
        news.take_back(vacancy=vacancy, before=before, by=request.user)
    except (vacancies.StaleVacancyError, vacancies.StillADraftError):
        messages.error(request, _("Nothing was changed: somebody else has changed the vacancy meanwhile."))
    else:
        messages.success(request, _("Everything is as it was before."))
    return _back(request, vacancy)


@access(Permission.VACANCY_WRITE)
def vacancy_panel(request: StaffRequest) -> HttpResponse:
    """On the day view: my vacancies to ask about."""
    today = timezone.localdate()
    rows = excerpt_of(reminders.of_the_day(request.user, today), request, "vacancies", ON_THE_DAY_VIEW)
    shown = [(vacancy, reminders.REASONS[reminders.reason_of(vacancy, today)][0]) for vacancy in rows]
    nobodys = Vacancy.objects.visible_to(request.user).open().filter(in_charge=None).count()
    context = {"shown": shown, "rows": rows, "nobodys": nobodys, "today": today}
    return render(request, "placements/vacancy_panel.html", context)


def _back(request: StaffRequest, vacancy: Vacancy, **asked: str) -> HttpResponseRedirect:
    """To the page that was asked for, else to the vacancy; ``undo`` offers the way back there."""
    address = wished(request) or reverse("placements:vacancy_detail", kwargs={"public_id": vacancy.public_id})
    if asked:
        address += ("&" if "?" in address else "?") + urlencode(asked)
    return redirect(address)


def _vacancy(request: StaffRequest, public_id: UUID) -> Vacancy:
    return get_object_or_404(Vacancy.objects.visible_to(request.user), public_id=public_id)
