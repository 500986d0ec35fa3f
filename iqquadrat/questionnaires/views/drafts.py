"""Drafts for coordinators: copied, looked over, put in order, published, discarded."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import arranging, services
from iqquadrat.questionnaires import arranging_lists as lists
from iqquadrat.questionnaires.checking import faults_of, unfinished
from iqquadrat.questionnaires.comparing import difference
from iqquadrat.questionnaires.draft_overview import parts_of
from iqquadrat.questionnaires.draft_places import fault_in_words, fault_lines
from iqquadrat.questionnaires.enums import Origin, VersionState
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import GERMAN, Specification
from iqquadrat.questionnaires.storing import specification_of
from iqquadrat.questionnaires.views.editing import Change, Draft, Mark, change_of, drafting, frozen, whole


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def copy(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a draft of a version, or lead to the one there is."""
    draft, created = services.copy_version(version=get_object_or_404(Version, pk=pk), by=request.user)
    if created:
        messages.success(request, _("The draft is made. Texts, translations and recordings came along."))
    else:
        messages.info(request, _blocked(draft))
    return redirect("questionnaires:edit", pk=draft.pk)


def _blocked(draft: Version) -> str:
    """Say which draft is in the way, where it comes from, and what frees the way."""
    facts = {
        "number": draft.number,
        "day": date_format(timezone.localtime(draft.created_at), "SHORT_DATE_FORMAT"),
    }
    if draft.origin == Origin.WORKBOOK:
        return _("There is a draft already: version %(number)d, brought by a workbook on %(day)s. A questionnaire has one draft at a time. Go on with this one, publish it, or discard it with the button above; then you can copy again.") % facts  # fmt: skip
    if draft.origin == Origin.FILES:
        return _("There is a draft already: version %(number)d, brought by an update of the programme on %(day)s. A questionnaire has one draft at a time. Go on with this one, publish it, or discard it with the button above; then you can copy again.") % facts  # fmt: skip
    return _("There is a draft already: version %(number)d, begun on %(day)s. A questionnaire has one draft at a time. Go on with this one, publish it, or discard it with the button above; then you can copy again.") % facts  # fmt: skip


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version = get_object_or_404(Version, pk=pk)
    try:
        services.discard_draft(version=version, by=request.user)
    except services.NotADraftError:
        return frozen(request, pk)
    messages.success(request, _("The draft is discarded."))
    return redirect("questionnaires:index")


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what publishing a draft does and what is wrong with it, then put it into use."""
    version = whole(pk)
    specification = specification_of(version)
    faults = [*faults_of(specification), *unfinished(specification)]
    changed = False
    if request.method == "POST" and not faults:
        seen = request.POST.get("seen", "") if version.state == VersionState.DRAFT else None
        try:
            services.publish_version(version=version, by=request.user, seen=seen)
        except services.NotADraftError:
            messages.info(request, _("This version is published already."))
        except services.DraftChangedError:
            changed, version = True, whole(pk)
            specification = specification_of(version)
        else:
            messages.success(request, _("This version is now in use."))
        if not changed:
            return redirect("questionnaires:version_detail", pk=pk)
    context = {
        "version": version, "faults": fault_lines(pk, specification, faults), "changed": changed, "seen": version.fingerprint,
        "notes": [question for part in parts_of(specification, []) for question in part.questions if question.notes],
    } | _compared(version, specification)  # fmt: skip
    status = 409 if changed else 422 if request.method == "POST" else 200
    return render(request, "questionnaires/publish.html", context, status=status)


def _compared(version: Version, specification: Specification) -> dict[str, object]:
    """What changed against the version in use, as German words."""
    in_use = (
        Version.objects.with_content()
        .filter(questionnaire=version.questionnaire_id, state=VersionState.PUBLISHED)
        .first()
    )
    if in_use is None or in_use.pk == version.pk:
        return {"in_use": None}
    before = specification_of(in_use)
    found = difference(before, specification)
    words = {item.key: item.label.get(GERMAN, "") for item in (*before.items(), *specification.items())}
    groups = [
        (_("New questions"), found.added),
        (_("Questions left out"), found.removed),
        (_("Other wording"), found.wording),
        (_("Other structure"), found.structure),
    ]
    return {
        "in_use": in_use, "same": before.fingerprint() == specification.fingerprint(), "moved": found.moved,
        "groups": [(name, [(key, words[key]) for key in keys]) for name, keys in groups if keys],
    }  # fmt: skip


@access(Permission.QUESTIONNAIRE_WRITE)
@drafting
def edit(request: StaffRequest, draft: Draft) -> HttpResponse:
    """The sections and questions of a draft, with what moves them."""
    version, specification = draft.version, draft.specification
    found = faults_of(specification)
    context = {
        "version": version, "parts": parts_of(specification, found), "seen": specification.fingerprint(),
        "faults": fault_lines(version.pk, specification, found), "lists": len(specification.lists), "intro": specification.intro.get(GERMAN, ""),
    } | _compared(version, specification)  # fmt: skip
    return render(request, "questionnaires/edit.html", context)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
@drafting
def move(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Move a section, a question or an answer one place, or to the place it was dragged to."""
    sent = request.POST
    key, name = sent.get("key", ""), sent.get("list", "")
    change, mark, back = _moving(sent, draft)
    try:
        change_of(
            request, draft, change=change, seen=sent.get("seen", ""), mark=mark, what=f"move {name} {key}"
        )
    except services.DraftChangedError:
        messages.error(request, _("The draft has changed since you opened the page. Nothing was moved; please look again."))  # fmt: skip
    except services.UnsoundError as error:
        for fault in error.faults:
            why = fault_in_words(fault, error.specification)
            messages.error(request, _("This cannot stand there. %(why)s") % {"why": why})
    return redirect(back)


def _moving(sent: QueryDict, draft: Draft) -> tuple[Change, Mark, str]:
    """What a move changes, the mark of what was shown, and where the page goes on."""
    key, to, before, name = (sent.get(what, "") for what in ("key", "to", "before", "list"))
    change: Change
    if name:
        place = partial(lists.place_choice, name=name, key=key, before=before)
        change = place if to == "place" else partial(lists.move_choice, name=name, key=key, up=to == "up")
        lists.list_named(draft.specification, name)
        back = draft.url("choice_list", part=f"c-{key}", name=name)
        return change, partial(lists.mark_of_list, name=name), back
    if sent.get("part") == "section":
        put = partial(arranging.place_section, key=key, before=before)
        change = put if to == "place" else partial(arranging.move_section, key=key, up=to == "up")
        return change, Specification.fingerprint, draft.url(part=f"s-{key}")
    if to in ("up", "down"):
        change = partial(arranging.move_item, key=key, up=to == "up")
    else:
        goal = sent.get("section", "")
        into = partial(arranging.place_item, key=key, section=goal, before=before)
        change = into if to == "place" else partial(arranging.put_item, key=key, section=goal)
    return change, Specification.fingerprint, draft.url(part=f"i-{key}")
