"""What became of somebody after a programme: whom to ask, the answer, the part of the day view."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling import services
from counselling.doors import funded_programmes, work_on
from counselling.enums import QuestionKind
from counselling.errors import (
    AnswerContradictsError,
    FutureDayError,
    NotAllowedError,
    RecordChangedError,
    TooEarlyError,
)
from counselling.forms import QuestionFilterForm, QuestionForm
from counselling.models import ParticipationQuestion
from counselling.models.participation import ParticipationQuestionQuerySet
from counselling.participation_facts import to_enter
from counselling.rules import can_change_client
from counselling.views.lists import page_of, understood
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.text import number_in

ON_THE_DAY_VIEW = 6
Rows = ParticipationQuestionQuerySet
# What the list can show, each as words and as a choice of rows.
STATES: dict[str, tuple[Promise, Callable[[Rows, dt.date], Rows]]] = {
    "now": (gettext_lazy("To be asked now"), lambda rows, today: rows.to_ask(today)),
    "late": (gettext_lazy("Too late"), lambda rows, today: rows.missed(today)),
    "coming": (gettext_lazy("Later"), lambda rows, today: rows.coming(today)),
    "answered": (gettext_lazy("Answered"), lambda rows, _today: rows.found_out().order_by("-due_on", "-pk")),
    "unknown": (gettext_lazy("Not found out"), lambda rows, _today: rows.not_found_out().order_by("-due_on", "-pk")),
}  # fmt: skip


@access(Permission.CLIENT_READ_OWN)
def question_list(request: StaffRequest) -> HttpResponse:
    """Whom to ask, what was missed, what is known."""
    today, mine = timezone.localdate(), ParticipationQuestion.objects.visible_to(request.user)
    form = QuestionFilterForm(request.GET)
    kind = understood(form).get("kind", "")
    chosen = request.GET.get("show", "") if request.GET.get("show", "") in STATES else "now"
    rows = STATES[chosen][1](mine, today).select_related(*ParticipationQuestion.NAMED_BY)
    if kind:
        rows = rows.filter(kind=kind)
    names = {one.code: one.name for one in funded_programmes(request.user.centre_id)}
    page = page_of(rows, request)
    context = {
        "page_obj": page, "rows": [(row, names.get(row.programme_code, row.programme_code)) for row in page], "chosen": chosen, "states": [(code, words) for code, (words, _rows) in STATES.items()],
        "kind": kind, "kinds": QuestionKind.choices, "today": today,
    }  # fmt: skip
    return render(request, "counselling/question_list.html", context)


@access(Permission.CLIENT_CHANGE_OWN)
def questions_today(request: StaffRequest) -> HttpResponse:
    """The part of the day view: who is to be asked, those first whose time ends first, and who has had eight hours of counselling."""
    today = timezone.localdate()
    rows = ParticipationQuestion.objects.visible_to(request.user).to_ask(today)
    shown = list(rows.select_related(*ParticipationQuestion.NAMED_BY)[: ON_THE_DAY_VIEW + 1])
    entering = to_enter(request.user)
    context = {
        "questions": shown[:ON_THE_DAY_VIEW], "more": len(shown) > ON_THE_DAY_VIEW, "today": today,
        "entering": entering[:ON_THE_DAY_VIEW],
    }  # fmt: skip
    return render(request, "counselling/includes/questions_today.html", context)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def question_answer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note what became of somebody; an answer that somebody noted meanwhile is shown beside the own one."""
    question = _own(request, public_id)
    facts = [] if question.answer else work_on(question.client.pk, question.due_on)
    form = QuestionForm(request.POST or None, record=question, facts=facts)
    theirs: list[Any] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            refused = _store(request, question, form)
            if refused is None:
                messages.success(request, _("Noted."))
                return redirect(_back(question))
            if isinstance(refused, ParticipationQuestion):
                theirs, status = differences(form, QuestionForm(record=refused)), 409
                on_top_of(form, refused.revision)
    else:
        record(Action.VIEW, by=request.user, obj=question.client, tab="participation")
    context = {
        "form": form, "question": question, "client": question.client, "theirs": theirs, "today": timezone.localdate(),
        "facts": facts, "back": _back(question),
    }  # fmt: skip
    return render(request, "counselling/question_form.html", context, status=status)


def _store(request: StaffRequest, question: ParticipationQuestion, form: QuestionForm) -> Any:
    """Store the answer; return None, what stands now after a conflict, or False with the words at the field."""
    try:
        services.answer_question(question=question, by=request.user, **form.facts())
    except RecordChangedError:
        return _own(request, question.public_id)
    except (TooEarlyError, FutureDayError):
        form.add_error("asked_on", _("The last day was changed meanwhile. Please look at the day again."))
        return False
    except AnswerContradictsError:
        form.add_error("results", _("What was true at entry was changed meanwhile. Please choose again."))
        return False
    except NotAllowedError:
        raise PermissionDenied from None
    return None


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def question_clear(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take an answer away that was noted by mistake."""
    question = _own(request, public_id)
    seen = number_in(request.POST.get("revision", ""))
    try:
        services.clear_question(question=question, by=request.user, revision=seen)
    except RecordChangedError:
        messages.error(request, _("Nothing was changed: somebody else has noted another answer meanwhile."))
    else:
        messages.success(request, _("The answer is taken away."))
    return redirect(_back(question))


def _back(question: ParticipationQuestion) -> str:
    return reverse("counselling:client_panel", args=[question.client.public_id, "participation"])


def _own(request: StaffRequest, public_id: UUID) -> ParticipationQuestion:
    rows = ParticipationQuestion.objects.visible_to(request.user).select_related(
        "participation__client__centre"
    )
    question = get_object_or_404(rows, public_id=public_id)
    if not can_change_client(request.user, question.client):
        raise PermissionDenied
    return question
