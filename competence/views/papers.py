"""What is handed out of one profile: the release with the client, the short profile, the CV."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from competence import phrases
from competence.models import Assessment, ProfileRelease
from competence.paper import GERMAN, RIGHT_TO_LEFT, Writer
from competence.paper_forms import ReleaseForm, client_languages
from competence.profile import load
from competence.released import GROUPS, Item, items_of, printable
from competence.services import papers, releases
from counselling.consents import current_text
from counselling.enums import Purpose
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# What the page says to the client.
SAID = {
    "who": pgettext_lazy(
        "client", "You decide what a business may see of you. Only what is ticked is shown."
    ),
    "back": pgettext_lazy("client", "You can change this or take it back at any time."),
}


def _own(request: StaffRequest, public_id: UUID) -> Assessment:
    rows = Assessment.objects.visible_to(request.user).select_related("client", "centre", "response__version")
    return get_object_or_404(rows, public_id=public_id)


def _language(request: StaffRequest, assessment: Assessment) -> str:
    """The language beside German: the one asked for, else the one of the client's record."""
    wanted = request.POST.get("explained_in") or request.GET.get("language") or ""
    return wanted if wanted in settings.CLIENT_LANGUAGES else assessment.client.paper_language


def _differences(
    stored: ProfileRelease | None, chosen: list[Item], items: list[Item]
) -> list[tuple[str, str, str]]:
    """What differs between what somebody else released meanwhile and what was ticked here."""
    theirs = {item.key for item in printable(stored, items)}
    mine = {item.key for item in chosen}
    words = {True: _("released"), False: _("not released")}
    return [
        (item.words.de, words[item.key in theirs], words[item.key in mine])
        for item in items
        if (item.key in theirs) != (item.key in mine)
    ]


@access(Permission.PROFILE_CHANGE_OWN, methods=["GET", "POST"])
def release(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the client lets an employer see: counsellor and client tick it together, in both languages."""
    assessment = _own(request, public_id)
    language = _language(request, assessment)
    profile = load(assessment)
    items = items_of(profile, language)
    form = ReleaseForm(request.POST if request.method == "POST" else None, items=items)
    theirs: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                releases.release_items(
                    assessment=assessment, items=form.chosen, explained_in=data["explained_in"], seen=data["seen"],
                    by=request.user,
                )  # fmt: skip
            except releases.ReleaseChangedError as changed:
                theirs, status = _differences(changed.stored, form.chosen, items), 409
            else:
                messages.success(
                    request, _("The release is noted. Only what is ticked stands on the short profile.")
                )
                return redirect("competence:release", public_id=public_id)
    else:
        record(Action.VIEW, by=request.user, obj=assessment, part="release")
    context = _page(request, assessment, items, language) | {"form": form, "theirs": theirs}
    if request.method == "POST":
        context["ticked"] = set(request.POST.getlist("items"))
    write = Writer(profile, language)
    context["heads"] = {key: write.say(text) for key, text in (GROUPS | SAID).items()}
    return render(request, "competence/papers/release.html", context, status=status)


def _page(request: StaffRequest, assessment: Assessment, items: list[Item], language: str) -> dict[str, Any]:
    stored = releases.release_in_force(assessment)
    ticked = {item.key for item in printable(stored, items)}
    consent = current_text(Purpose.SHARE_WITH_EMPLOYER, assessment.centre_id)
    consents = assessment.client.consents.in_force().filter(purpose=Purpose.SHARE_WITH_EMPLOYER)
    past = ProfileRelease.objects.filter(assessment=assessment, ended_at__isnull=False).select_related(
        "created_by", "ended_by"
    )
    return {
        "assessment": assessment, "client": assessment.client, "stored": stored, "ticked": ticked,
        "groups": [(group, list(found)) for group, found in groupby(items, key=lambda item: item.group)],
        "stale": stored is not None and len(ticked) < len(stored.items), "past": excerpt_of(past, request, "past", 5),
        "consents": excerpt_of(consents.order_by("-given_at"), request, "consents", 5), "language": language,
        "beside": "" if language == GERMAN else language, "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "consent_de": consent.in_language(GERMAN), "consent_beside": consent.in_language(language) if consent.has(language) else "",
        "own_names": [(code, phrases.OWN_NAMES[code]) for code, _name in client_languages()],
    }  # fmt: skip


@access(Permission.PROFILE_CHANGE_OWN, methods=["POST"])
def release_withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The client takes everything back."""
    if releases.withdraw_release(assessment=_own(request, public_id), by=request.user):
        messages.success(request, _("The release is withdrawn. There is no short profile any more."))
    return redirect("competence:release", public_id=public_id)


@access(Permission.PROFILE_READ_OWN)
def short_profile(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The short profile for an employer as PDF: only what was released."""
    try:
        document = papers.short_profile(assessment=_own(request, public_id), by=request.user)
    except papers.NothingReleasedError:
        messages.info(request, _("Nothing is released yet. Please go through this page with the client."))
        return redirect("competence:release", public_id=public_id)
    return pdf.response(document)


@access(Permission.PROFILE_READ_OWN)
def cv(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The German CV as PDF."""
    return pdf.response(papers.cv_paper(assessment=_own(request, public_id), by=request.user))


@access(Permission.PROFILE_READ_OWN)
def cv_docx(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The German CV as DOCX, to go on writing in."""
    assessment = _own(request, public_id)
    written = papers.cv_file(assessment=assessment, by=request.user)
    name = f"lebenslauf-{assessment.client.number.lower()}.docx"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(written, content_type=DOCX, headers=headers)
