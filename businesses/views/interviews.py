"""The questionnaire on a phone, one question a page; and the answers as the office reads them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.answering import QuestionForm, Walk, answered_sections
from businesses.errors import InterviewClosedError, NotOnTheListError, TooFewAnswersError
from businesses.forms.waves import HandOverForm
from businesses.models import Interview
from businesses.services import core_of, finish_interview, record_answers
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.text import clean_text


@access(Permission.INTERVIEW_READ)
def interview_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The answers of an interview, part by part."""
    interview = _get(request, public_id)
    record(Action.VIEW, by=request.user, obj=interview, centre_id=interview.business.centre_id)
    context = {
        "interview": interview, "sections": answered_sections(interview), "consents": list(interview.consents.all()), "hand_over": None,
    }  # fmt: skip
    if interview.completed_at is None and request.user.may(Permission.WAVE_WRITE):
        context["hand_over"] = HandOverForm(
            centre=request.user.centre_id, without=interview.surveyor_id, name="hand"
        )
    return render(request, "businesses/interview_detail.html", context)


@access(Permission.INTERVIEW_WRITE)
def interview_continue(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """To the first question that has not been asked yet."""
    interview = _get(request, public_id)
    page = Walk(interview).first_open()
    if page is None:
        return redirect("interviews:interview_finish", public_id=public_id)
    return redirect("interviews:question", public_id=public_id, key=page.key)


@access(Permission.INTERVIEW_WRITE, methods=["GET", "POST"])
def question(request: StaffRequest, public_id: UUID, key: str) -> HttpResponse:
    """One question; sent to be saved, then the next."""
    interview = _get(request, public_id)
    walk = Walk(interview)
    page = walk.page(key)
    if page is None:
        return redirect("interviews:interview_continue", public_id=public_id)
    form = QuestionForm(walk, page, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                if record_answers(
                    interview=interview, answers=form.values, seq=form.seq, op_id=form.op_id, by=request.user
                ):
                    following = Walk(interview).after(page)
                    if following is None:
                        return redirect("interviews:interview_finish", public_id=public_id)
                    return redirect("interviews:question", public_id=public_id, key=following.key)
            except InterviewClosedError:
                return redirect("businesses:field_home")
            # Overtaken: show what stands now, and let it be decided again.
            form = QuestionForm(Walk(interview), page, None)
            form.overtaken = True
            status = 409
        else:
            status = 422
    return render(
        request, "businesses/question.html", _question_context(interview, walk, form), status=status
    )


def _question_context(interview: Interview, walk: Walk, form: QuestionForm) -> dict[str, Any]:
    page = form.page
    return {
        "interview": interview, "form": form, "page": page, "section": page.items[0].section, "previous": walk.before(page),
        "number": page.number, "numbers": walk.numbers, "done": walk.position(page), "of": len(walk.pages),
    }  # fmt: skip


@access(Permission.INTERVIEW_WRITE, methods=["GET", "POST"])
def interview_finish(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand in the interview, with a note."""
    interview = _get(request, public_id)
    walk = Walk(interview)
    context: dict[str, Any] = {
        "interview": interview, "core": core_of(interview), "first_open": walk.first_open(), "last": walk.pages[-1] if walk.pages else None,
        "note": interview.note, "error": "",
    }  # fmt: skip
    if request.method == "POST":
        try:
            context["note"] = request.POST.get("note", "")[:2000]
            finish_interview(
                interview=interview, by=request.user, note=clean_text(context["note"], lines=True)
            )
        except TooFewAnswersError:
            context["error"] = _(
                "Less than half of the core questions are answered. Please go on, or note at the door why there was no interview."
            )
        except NotOnTheListError:
            context["error"] = _(
                "This business is not on the list of the wave any more. Please ask the coordinator."
            )
        except ValueError:
            context["error"] = _(
                "The note contains an invisible control character. Please type it instead of pasting it."
            )
        else:
            messages.success(request, _("Interview handed in. Thank you!"))
            return redirect("businesses:field_home")
    return render(
        request, "businesses/interview_finish.html", context, status=422 if context["error"] else 200
    )


def _get(request: StaffRequest, public_id: UUID) -> Interview:
    found = Interview.objects.visible_to(request.user).select_related(
        "business__premises__street", "wave", "response", "surveyor"
    )
    return get_object_or_404(found, public_id=public_id)
