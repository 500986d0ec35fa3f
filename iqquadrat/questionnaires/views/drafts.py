"""Drafts for coordinators: copied, edited, published, discarded."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences
from iqquadrat.questionnaires import arranging, doors, services
from iqquadrat.questionnaires.checking import faults_of
from iqquadrat.questionnaires.comparing import difference
from iqquadrat.questionnaires.draft_forms import QuestionForm
from iqquadrat.questionnaires.enums import VersionState
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import GERMAN, Specification
from iqquadrat.questionnaires.storing import specification_of


def _whole(pk: int) -> Version:
    return get_object_or_404(Version.objects.with_content(), pk=pk)


def _frozen(request: StaffRequest, pk: int) -> HttpResponse:
    messages.error(
        request, _("A published version stays as it was answered. Copy it into a draft to change it.")
    )
    return redirect("questionnaires:version_detail", pk=pk)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def copy(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a draft of a version, or lead to the one there is."""
    draft, created = services.copy_version(version=get_object_or_404(Version, pk=pk), by=request.user)
    if created:
        messages.success(request, _("The draft is made. Texts, translations and recordings came along."))
    else:
        messages.info(request, _("There is a draft already. Publish or discard it before you make another."))
    return redirect("questionnaires:edit", pk=draft.pk)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version = get_object_or_404(Version, pk=pk)
    try:
        services.discard_draft(version=version, by=request.user)
    except services.NotADraftError:
        return _frozen(request, pk)
    messages.success(request, _("The draft is discarded."))
    return redirect("questionnaires:index")


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what publishing a draft does and what is wrong with it, then put it into use."""
    version = _whole(pk)
    specification = specification_of(version)
    faults = [(fault, _key_of(fault.place, version)) for fault in faults_of(specification)]
    if request.method == "POST" and not faults:
        try:
            services.publish_version(version=version, by=request.user)
        except services.NotADraftError:
            messages.info(request, _("This version is published already."))
        else:
            messages.success(request, _("This version is now in use."))
        return redirect("questionnaires:version_detail", pk=pk)
    context = {"version": version, "faults": faults} | _compared(version, specification)
    return render(request, "questionnaires/publish.html", context, status=422 if request.method == "POST" else 200)  # fmt: skip


def _key_of(place: str, version: Version) -> str:
    """The question a fault is about, so that the page leads there."""
    element, _dot, rest = place.partition(".")
    key = rest.split(".")[0]
    return key if element == "item" and key in version.items_by_key else ""


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
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The sections and questions of a draft, with what moves them."""
    version = _whole(pk)
    if version.state != VersionState.DRAFT:
        return _frozen(request, pk)
    specification = specification_of(version)
    context = {
        "version": version, "sections": specification.sections, "seen": specification.fingerprint(),
    } | _compared(version, specification)  # fmt: skip
    return render(request, "questionnaires/edit.html", context)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """Move a section or a question one place, or a question into another section."""
    version = get_object_or_404(Version, pk=pk)
    sent = request.POST
    key, to = sent.get("key", ""), sent.get("to", "")
    if sent.get("part") == "section":
        change = partial(arranging.move_section, key=key, up=to == "up")
    elif to in ("up", "down"):
        change = partial(arranging.move_item, key=key, up=to == "up")
    else:
        change = partial(arranging.put_item, key=key, section=sent.get("section", ""))
    try:
        services.change_draft(version=version, change=change, by=request.user, seen=sent.get("seen", ""), what=f"move {key}")  # fmt: skip
    except arranging.UnknownPartError as error:
        raise Http404 from error
    except services.NotADraftError:
        return _frozen(request, pk)
    except services.DraftChangedError:
        messages.error(request, _("The draft has changed since you opened the page. Nothing was moved; please look again."))  # fmt: skip
    except services.UnsoundError as error:
        messages.error(request, _("This cannot stand there: %(why)s") % {"why": error})
    return redirect("questionnaires:edit", pk=pk)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
def question(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Edit a question of a draft."""
    version = _whole(pk)
    if version.state != VersionState.DRAFT:
        return _frozen(request, pk)
    if key not in version.items_by_key:
        raise Http404
    specification = specification_of(version)
    item = arranging.item_of(specification, key)
    form = QuestionForm(request.POST or None, specification=specification, item=item)
    status, theirs = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(request, version, key, form)
            except services.NotADraftError:
                return _frozen(request, pk)
            except services.UnsoundError as error:
                form.say(error.faults, key)
            except services.DraftChangedError:
                status = 409
                theirs = differences(form, QuestionForm(specification=specification, item=item))
                again = request.POST.copy()
                again["seen"] = arranging.mark_of_item(specification, key)
                form.data = again
            else:
                messages.success(request, _("The question is saved."))
                return redirect("questionnaires:edit", pk=pk)
    preview = doors.preview_of(version.questionnaire.key, version=pk, language=GERMAN, item=key)
    context = {"version": version, "item": version.items_by_key[key], "form": form, "theirs": theirs, "preview": preview}  # fmt: skip
    return render(request, "questionnaires/question.html", context, status=status)


def _save(request: StaffRequest, version: Version, key: str, form: QuestionForm) -> None:
    services.change_draft(
        version=version, change=partial(arranging.change_item, key=key, **form.facts()), by=request.user,
        seen=form.cleaned_data["seen"], mark=partial(arranging.mark_of_item, key=key), what=f"question {key}",
    )  # fmt: skip
