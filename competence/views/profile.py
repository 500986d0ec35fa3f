"""The competence profile: page and panel of the client page, papers, and what is done with it in the talk."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competence.answers_page import answers_of
from competence.comparison import compare
from competence.documents import ClientProfile
from competence.enums import AssessmentState
from competence.forms import AssessmentFilterForm, ConfirmationForm, RemarkForm, SetAsideForm
from competence.goals import goals_of
from competence.models import Assessment
from competence.page import field_line, page_of
from competence.profile import load
from competence.services import papers, profiles
from counselling.models import Client
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.small_counts import hide_in_table

ROWS_A_PAGE = 25
MOST_COMPARED = 6


def own_assessments(user: User) -> QuerySet[Assessment]:
    """Assessments of clients in the reader's charge: nobody else reads a profile."""
    return Assessment.objects.filter(client__in=Client.objects.own(user)).select_related(
        "client", "centre", "response__version"
    )


def _own(request: StaffRequest, public_id: UUID) -> Assessment:
    return get_object_or_404(own_assessments(request.user), public_id=public_id)


def _shown(request: StaffRequest, assessment: Assessment, template: str) -> HttpResponse:
    record(Action.VIEW, by=request.user, obj=assessment)
    context = {
        "page": page_of(assessment), "client": assessment.client, "remark_form": RemarkForm(),
        "languages": [entry for entry in settings.LANGUAGES if entry[0] in settings.CLIENT_LANGUAGES],
        "changes": request.user.may(Permission.PROFILE_CHANGE_OWN), "in_tab": template != "competence/profile/page.html",
    }  # fmt: skip
    return render(request, template, context)


@access(Permission.PROFILE_READ_OWN, Permission.PROFILE_AGGREGATE)
def assessment_list(request: StaffRequest) -> HttpResponse:
    """List the assessments of own clients; who may only see sums sees sums."""
    if not request.user.may(Permission.PROFILE_READ_OWN):
        return render(request, "competence/sums.html", sums_by_language(request.user))
    form = AssessmentFilterForm(request.GET)
    found = own_assessments(request.user).order_by("-created_at", "-pk")
    wanted = form.cleaned_data if form.is_valid() else {}
    if state := wanted.get("state"):
        found = found.filter(state=state)
    if language := wanted.get("language"):
        found = found.filter(mother_tongue=language)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "competence/assessment_list.html", {"page_obj": page, "filter_form": form})


def sums_by_language(user: User) -> dict[str, Any]:
    """Return per mother tongue how many assessments of the centre were started, and of these completed or not.

    Small counts are hidden, with those that would give them away: the coordination sees sums, nobody's profile.
    """
    names = dict(settings.LANGUAGES)
    begun = Assessment.objects.filter(centre_id=user.centre_id, started_at__isnull=False)
    rows = list(
        begun.values("mother_tongue")
        .annotate(completed=Count("pk", filter=Q(state=AssessmentState.FINISHED)), started=Count("pk"))
        .order_by("mother_tongue")
    )
    shown = hide_in_table([[row["completed"], row["started"] - row["completed"]] for row in rows])
    lines = [
        {"name": names.get(row["mother_tongue"], row["mother_tongue"]), "completed": cells[0], "open": cells[1], "started": total}
        for row, cells, total in zip(rows, shown.cells, shown.row_totals, strict=True)
    ]  # fmt: skip
    sums = (
        {"completed": shown.column_totals[0], "open": shown.column_totals[1], "started": shown.total}
        if rows
        else {}
    )
    return {"lines": lines, "sums": sums, "hides": shown.hides}


@access(Permission.PROFILE_READ_OWN)
def client_profile(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The panel of the client page: the latest assessment that was begun, or what to do first."""
    client = get_object_or_404(Client.objects.own(request.user), public_id=public_id)
    latest = (
        own_assessments(request.user)
        .filter(client=client, started_at__isnull=False)
        .order_by("-started_at", "-pk")
        .first()
    )
    if latest is None:
        template = "competence/profile/none.html" if request.htmx else "competence/profile/none_page.html"
        context = {
            "client": client,
            "goals": goals_of(client.pk),
            "changes": request.user.may(Permission.PROFILE_CHANGE_OWN),
        }
        return render(request, template, context)
    if not request.htmx:
        return redirect("competence:profile", public_id=latest.public_id)
    return _shown(request, latest, "competence/profile/body.html")


@access(Permission.PROFILE_READ_OWN)
def profile(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The profile of one assessment as a page of its own."""
    return _shown(request, _own(request, public_id), "competence/profile/page.html")


@access(Permission.PROFILE_READ_OWN)
def comparison(request: StaffRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """Two assessments of one client side by side, the earlier one first."""
    one = _own(request, public_id)
    other = get_object_or_404(
        own_assessments(request.user)
        .filter(client=one.client_id, started_at__isnull=False)
        .exclude(pk=one.pk),
        public_id=other_id,
    )
    record(Action.VIEW, by=request.user, obj=one, compared_with=other.pk)
    compared = compare(one, other)
    shown = (compared.before.assessment.pk, compared.after.assessment.pk)
    others = [row for row in compared.after.compared_with if row.pk not in shown]
    context = {"client": one.client, "comparison": compared, "others": others[:MOST_COMPARED]}
    return render(request, "competence/profile/comparison.html", context)


@access(Permission.PROFILE_READ_OWN)
def choose(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Go to another assessment of the same client."""
    current = _own(request, public_id)
    try:
        wanted = UUID(request.GET.get("assessment", ""))
    except ValueError:
        raise Http404 from None
    other = get_object_or_404(own_assessments(request.user), client=current.client, public_id=wanted)
    return redirect("competence:profile", public_id=other.public_id)


@access(Permission.PROFILE_READ_OWN)
def paper(request: StaffRequest, public_id: UUID, language: str) -> HttpResponse:
    """The profile for the client as PDF, in German or side by side with another language."""
    if language not in settings.CLIENT_LANGUAGES:
        raise Http404
    document: ClientProfile = papers.client_profile(
        assessment=_own(request, public_id), language=language, by=request.user
    )
    return pdf.response(document)


@access(Permission.PROFILE_READ_OWN)
def counsellor_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The profile for the counsellor as PDF, the language evidence apart."""
    document = papers.counsellor_profile(assessment=_own(request, public_id), by=request.user)
    return pdf.response(document)


@access(Permission.PROFILE_READ_OWN)
def answers(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Every question in German with what the client answered."""
    assessment = _own(request, public_id)
    record(Action.VIEW, by=request.user, obj=assessment, part="answers")
    context = {"page": answers_of(load(assessment)), "client": assessment.client}
    return render(request, "competence/profile/answers.html", context)


@access(Permission.PROFILE_CHANGE_OWN, methods=["GET", "POST"])
def confirm_field(request: StaffRequest, public_id: UUID, row_key: str) -> HttpResponse:
    """Confirm or annotate one line of the work fields."""
    assessment = _own(request, public_id)
    line = field_line(load(assessment), row_key)
    if line is None:
        raise Http404
    stored = assessment.confirmations.filter(row_key=row_key).first()
    initial = (
        {"evidence": stored.evidence, "years": stored.years, "note": stored.note, "revision": stored.revision}
        if stored
        else {"evidence": line.steps, "years": line.row.years}
    )
    form = ConfirmationForm(request.POST or None, initial=initial)
    conflict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                profiles.confirm_field(
                    assessment=assessment, row_key=row_key, by=request.user, **form.cleaned_data
                )
            except profiles.ConfirmationChangedError as changed:
                conflict, status = changed.stored, 409
            else:
                messages.success(request, _("The line is noted."))
                return redirect("competence:profile", public_id=public_id)
    context = {
        "assessment": assessment,
        "client": assessment.client,
        "line": line,
        "form": form,
        "conflict": conflict,
    }
    return render(request, "competence/profile/confirm_field.html", context, status=status)


@access(Permission.PROFILE_CHANGE_OWN, methods=["GET", "POST"])
def add_remark(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Keep what the client says about the profile."""
    assessment = _own(request, public_id)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        profiles.add_remark(
            assessment=assessment, said_on=timezone.localdate(), by=request.user, **form.cleaned_data
        )
        return redirect("competence:profile", public_id=public_id)
    return _simple_form(request, assessment, form, _("The client's words"))


@access(Permission.PROFILE_CHANGE_OWN, methods=["POST"])
def discussed(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Mark the profile as discussed with the client, or take that back."""
    assessment = _own(request, public_id)
    try:
        profiles.mark_discussed(
            assessment=assessment, by=request.user, discussed=assessment.discussed_at is None
        )
    except profiles.NotFinishedError:
        messages.error(request, _("The questionnaire is not finished yet."))
    return redirect("competence:profile", public_id=public_id)


@access(Permission.PROFILE_CHANGE_OWN, methods=["GET", "POST"])
def set_aside(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Leave the language evidence out of the talk, with a reason."""
    assessment = _own(request, public_id)
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        profiles.set_evidence_aside(assessment=assessment, by=request.user, **form.cleaned_data)
        return redirect("competence:profile", public_id=public_id)
    return _simple_form(request, assessment, form, _("Set the language evidence aside"))


@access(Permission.PROFILE_CHANGE_OWN, methods=["POST"])
def take_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the language evidence again."""
    profiles.take_evidence_back(assessment=_own(request, public_id), by=request.user)
    return redirect("competence:profile", public_id=public_id)


def _simple_form(request: StaffRequest, assessment: Assessment, form: Any, heading: str) -> HttpResponse:
    context = {"assessment": assessment, "client": assessment.client, "form": form, "heading": heading}
    return render(
        request,
        "competence/profile/simple_form.html",
        context,
        status=422 if request.method == "POST" else 200,
    )
