"""The employer of one placement: letter, note for the client, words for an e-mail, and what was answered."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.enums import Purpose
from counselling.queries import has_consent
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of
from placements.enums import AnswerOutcome, Stage
from placements.models import EmployerAnswer, Placement
from placements.process_forms import AnswerForm
from placements.proposal_papers import mail_of
from placements.rules import next_stages
from placements.services import answers, papers
from placements.services import placements as services
from placements.views.placements import own_placement_of
from placements.wording import NOT_AGREED


@access(Permission.PLACEMENT_WRITE_OWN, methods=["GET", "POST"])
def placement_employer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything towards the employer, and the form for what was answered."""
    placement = own_placement_of(request, public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answers.note_answer(placement=placement, by=request.user, **form.cleaned_data)
        messages.success(request, _("The answer is noted."))
        return redirect("placements:placement_employer", public_id=public_id)
    if request.method == "GET":
        record(Action.VIEW, by=request.user, obj=placement, part="employer")
    context = _page(request, placement) | {"form": form}
    return render(request, "placements/employer.html", context, status=422 if form.errors else 200)


def _page(request: StaffRequest, placement: Placement) -> dict[str, Any]:
    stage, client = services.current_stage(placement), placement.client
    rows = EmployerAnswer.objects.filter(placement=placement, undoes=None).select_related("by", "undone_by")
    noted = excerpt_of(rows.newest_first(), request, "answers")
    last = next((answer for answer in noted if not hasattr(answer, "undone_by")), None)
    assessment = papers.released_assessment(client)
    return {
        "placement": placement, "stage": stage, "answers": noted, "assessment": assessment, "may_write": stage in papers.PROPOSING,
        "consented": has_consent(client, Purpose.SHARE_WITH_EMPLOYER, employer_name=placement.vacancy.employer),
        "mail": mail_of(placement, signed_by=request.user.get_full_name(), today=timezone.localdate()), "languages": settings.LANGUAGES, "language": client.paper_language,
        "declined": last is not None and last.outcome == AnswerOutcome.DECLINED and Stage.CLOSED in next_stages(stage),
    }  # fmt: skip


@access(Permission.PLACEMENT_WRITE_OWN, methods=["POST"])
def answer_undo(request: StaffRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Take back an answer that was noted by mistake."""
    placement = own_placement_of(request, public_id)
    answer = get_object_or_404(EmployerAnswer, placement=placement, pk=pk, undoes=None)
    if answers.take_answer_back(answer=answer, by=request.user):
        messages.success(request, _("The answer is taken back. The log keeps both."))
    return redirect("placements:placement_employer", public_id=public_id)


@access(Permission.PLACEMENT_WRITE_OWN)
def proposal_letter(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The letter to the employer as PDF."""
    placement = own_placement_of(request, public_id)
    try:
        return pdf.response(papers.proposal_letter(placement=placement, by=request.user))
    except services.PlacementError as error:
        return _refused(request, placement, error)


@access(Permission.PLACEMENT_WRITE_OWN)
def client_note(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The note for the client as PDF, in the language that is asked for, else in the client's."""
    placement = own_placement_of(request, public_id)
    language = request.GET.get("language") or placement.client.paper_language
    try:
        return pdf.response(papers.client_note(placement=placement, language=language, by=request.user))
    except services.PlacementError as error:
        return _refused(request, placement, error)


def _refused(request: StaffRequest, placement: Placement, error: services.PlacementError) -> HttpResponse:
    if isinstance(error, services.ConsentMissingError):
        messages.error(
            request,
            NOT_AGREED,
        )
    else:
        messages.error(request, _("There is no letter at this step: nothing is being proposed."))
    return redirect("placements:placement_employer", public_id=placement.public_id)
