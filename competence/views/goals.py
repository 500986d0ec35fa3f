"""Agreed goals on the page of a profile: agreed, worded anew, ended, opened again; and those that are due on the day view.

Each step is a page of its own, and the same form inside the profile where htmx asks for it.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competence.goal_forms import GoalEndForm, GoalForm
from competence.goals import due_goals, goals_of, home_of
from competence.models import AgreedGoal, Assessment
from competence.services import goals
from counselling.errors import FutureDayError, RecordChangedError
from counselling.models import Client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of

CHANGE = Permission.PROFILE_CHANGE_OWN
SHOWN_TODAY = 6
FULL = gettext_lazy(
    "Five goals are open already. Please end one of them first: who has more on the list reaches none."
)


def _assessments(request: StaffRequest) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(request.user).select_related("client", "centre")


def _goal(request: StaffRequest, public_id: UUID) -> tuple[AgreedGoal, Assessment | None]:
    """Return a goal of an own client, and the assessment on whose page the reader is."""
    rows = AgreedGoal.objects.visible_to(request.user).select_related("client__centre", "assessment")
    goal = get_object_or_404(rows, public_id=public_id)
    own = list(_assessments(request).filter(client=goal.client_id).order_by("-started_at", "-pk"))
    seen = next((one for one in own if one.public_id.hex == request.GET.get("on")), None)
    return goal, seen or home_of(goal, own)


def _back(client: Client, assessment: Assessment | None) -> str:
    if assessment is None:
        return client.get_absolute_url()
    return reverse("competence:profile", kwargs={"public_id": assessment.public_id}) + "#goals"


def _section(
    request: StaffRequest, client: Client, assessment: Assessment | None, status: int = 200, **more: Any
) -> HttpResponse:
    """Answer with the part of the profile alone."""
    context = {
        "client": client,
        "assessment": assessment,
        "goals": goals_of(client.pk),
        "changes": True,
        **more,
    }
    return render(request, "competence/goals/section.html", context, status=status)


def _form(
    request: StaffRequest,
    client: Client,
    assessment: Assessment | None,
    form: Form,
    heading: str,
    **more: Any,
) -> HttpResponse:
    status = (409 if more.get("theirs") else 422) if form.is_bound else 200
    shown = {"form": form, "heading": heading, "theirs": [], "back": _back(client, assessment), **more}
    if request.htmx:
        return _section(request, client, assessment, status, **shown)
    context = {"client": client, "assessment": assessment, **shown}
    return render(request, "competence/goals/form_page.html", context, status=status)


def _done(request: StaffRequest, client: Client, assessment: Assessment | None, words: str) -> HttpResponse:
    if request.htmx:
        return _section(request, client, assessment, done=words)
    messages.success(request, words)
    return redirect(_back(client, assessment))


@access(CHANGE, methods=["GET", "POST"])
def goal_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Agree on a goal in the talk about this profile."""
    assessment = get_object_or_404(_assessments(request), public_id=public_id)
    form = GoalForm(request.POST if request.method == "POST" else None, language=assessment.mother_tongue)
    if form.is_bound and form.is_valid():
        try:
            goals.agree_goal(
                assessment=assessment,
                by=request.user,
                submission=form.cleaned_data["submission"],
                **form.facts(),
            )
        except goals.TooManyGoalsError:
            form.add_error(None, FULL)
        except goals.GoalDaysError:
            form.add_error("due", _("This day is over. Please agree on one that is still to come."))
        else:
            return _done(request, assessment.client, assessment, _("The goal is written down."))
    return _form(request, assessment.client, assessment, form, _("Agree on a goal"))


@access(CHANGE, methods=["GET", "POST"])
def goal_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Agree on other words, another day, another doer; what stood before stays readable."""
    goal, assessment = _goal(request, public_id)
    language = assessment.mother_tongue if assessment else goal.client.paper_language
    form = GoalForm(request.POST if request.method == "POST" else None, language=language, goal=goal)
    theirs: list[Any] = []
    if form.is_bound and form.is_valid():
        try:
            goals.word_goal_anew(
                goal=goal, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
            )
        except RecordChangedError:
            theirs = _theirs(form, GoalForm(language=language, goal=_goal(request, public_id)[0]))
        except goals.GoalDaysError:
            form.add_error("due", _("It was agreed after this day."))
        else:
            return _done(request, goal.client, assessment, _("The goal is written down."))
    return _form(request, goal.client, assessment, form, _("Change the goal"), goal=goal, theirs=theirs)


@access(CHANGE, methods=["GET", "POST"])
def goal_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note what became of it."""
    goal, assessment = _goal(request, public_id)
    form = GoalEndForm(request.POST if request.method == "POST" else None, goal=goal)
    theirs: list[Any] = []
    if form.is_bound and form.is_valid():
        try:
            goals.end_goal(goal=goal, by=request.user, **form.cleaned_data)
        except RecordChangedError:
            theirs = _theirs(form, GoalEndForm(goal=_goal(request, public_id)[0]))
        except FutureDayError:
            form.add_error("ended_on", _("This day lies in the future."))
        except goals.GoalDaysError:
            form.add_error("ended_on", _("It was agreed after this day."))
        else:
            return _done(request, goal.client, assessment, _("What became of the goal is written down."))
    heading = _("What became of it?")
    return _form(request, goal.client, assessment, form, heading, goal=goal, theirs=theirs)


def _theirs(form: Form, stored: Form) -> list[Any]:
    """What somebody else has stored meanwhile; the form can be sent again on top of it."""
    found = differences(form, stored)
    on_top_of(form, stored.initial["revision"])
    return found


@access(CHANGE, methods=["POST"])
def goal_reopen(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Work on an ended goal again."""
    goal, assessment = _goal(request, public_id)
    try:
        goals.reopen_goal(goal=goal, by=request.user)
    except goals.TooManyGoalsError:
        if request.htmx:
            return _section(request, goal.client, assessment, 422, refused=FULL)
        messages.error(request, FULL)
        return redirect(_back(goal.client, assessment))
    return _done(request, goal.client, assessment, _("The goal is open again."))


@access(CHANGE)
def goals_today(request: StaffRequest) -> HttpResponse:
    """The part of the day view: goals whose day has come. Empty when there is none."""
    found = due_goals(request.user)
    return render(request, "competence/goals/today.html", {"goals": found[:SHOWN_TODAY], "count": len(found)})
