"""The translation desk: the texts of a version in one language, and each of them by itself."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of
from iqquadrat.core.middleware import GrantNoDevices
from iqquadrat.core.paging import excerpt_of, page_of_list
from iqquadrat.questionnaires import desk, doors, queries, services
from iqquadrat.questionnaires.audio import address_of
from iqquadrat.questionnaires.desk_forms import DeskFilterForm, RecordingForm, TextForm
from iqquadrat.questionnaires.enums import TextStatus, VersionState
from iqquadrat.questionnaires.hints import hints_for
from iqquadrat.questionnaires.models import TextChange, Version
from iqquadrat.questionnaires.pages import SIGNS
from iqquadrat.questionnaires.services import translations
from iqquadrat.questionnaires.specification import GERMAN


@dataclass(frozen=True)
class Desk:
    """What every page of the desk knows: the version with its content, the language, its texts, and those chosen in the address."""

    version: Version
    language: str
    texts: list[desk.Text]
    form: DeskFilterForm

    @property
    def chosen(self) -> list[desk.Text]:
        """The texts that fit the filters of the address."""
        return desk.filtered(self.texts, self.form.wanted())

    @property
    def context(self) -> dict[str, Any]:
        """What the templates show around the texts."""
        return {
            "version": self.version, "language": self.language, "language_name": dict(settings.LANGUAGES)[self.language],
            "direction": "rtl" if get_language_info(self.language)["bidi"] else "ltr", "is_german": self.language == GERMAN,
            "is_retired": self.version.state == VersionState.RETIRED,
        }  # fmt: skip

    def text(self, name: str) -> desk.Text:
        """Return a text by what names it in an address."""
        found = next((text for text in self.texts if text.name == name), None)
        if found is None:
            raise Http404
        return found


def desk_of(request: StaffRequest, pk: int, language: str) -> Desk:
    """Load the desk of a version in a language, or answer 404."""
    get_object_or_404(Version, pk=pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    version = queries.version_content(pk)
    form = DeskFilterForm(request.GET, version=version, language=language)
    return Desk(version, language, desk.texts_of(version, language), form)


def to_text(request: StaffRequest, at: Desk, name: str) -> HttpResponseRedirect:
    """Go to the page of a text, with the filters that are in the address."""
    address = reverse(
        "questionnaires:text", kwargs={"pk": at.version.pk, "language": at.language, "name": name}
    )
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


@access(Permission.QUESTIONNAIRE_READ)
def texts(request: StaffRequest, pk: int, language: str) -> HttpResponse:
    """All texts of a version in a language, to choose from."""
    at = desk_of(request, pk, language)
    chosen, part = at.chosen, at.form.wanted().get("part")
    numbers = [
        {
            "status": status.value, "label": status.label, "icon": SIGNS[status][0], "sign": SIGNS[status][1],
            "count": sum(text.status == status for text in at.texts),
        }
        for status in TextStatus
    ]  # fmt: skip
    context = at.context | {
        "filter_form": at.form, "page_obj": page_of_list(chosen, request), "numbers": numbers,
        "languages": settings.LANGUAGES, "bulk": 0,
    }  # fmt: skip
    if part and at.language != GERMAN:
        context |= _bulk(at, part, request)
    return render(request, "questionnaires/texts.html", context)


def _bulk(at: Desk, part: str, request: StaffRequest) -> dict[str, Any]:
    """The drafts of a part that the reader may mark as reviewed all at once, and the mark that they are the ones seen."""
    drafts = [
        text.state
        for text in at.texts
        if text.part == part and text.state and text.status == TextStatus.DRAFT
    ]
    others = translations.reviewable(drafts, request.user)
    return {
        "bulk": len(others), "own": len(drafts) - len(others), "seen": translations.fingerprint(others), "part": part,
    }  # fmt: skip


@access(Permission.QUESTIONNAIRE_READ)
def text(request: StaffRequest, pk: int, language: str, name: str) -> HttpResponse:
    """One text: German, translation, note, history, recording."""
    at = desk_of(request, pk, language)
    return show_text(request, at, at.text(name))


def show_text(
    request: StaffRequest,
    at: Desk,
    found: desk.Text,
    *,
    form: TextForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show a text, also with what was typed and could not be taken."""
    form = form or text_form(at, found)
    preview = (
        doors.preview_of(
            at.version.questionnaire.key, version=at.version.pk, language=at.language, item=found.item.key
        )
        if found.item
        else ""
    )
    context = at.context | {
        "text": found, "form": form, "way": desk.way_of(at.texts, at.chosen, found), "preview": preview,
        "hints": hints_for(found.german, found.words, at.language) if at.language != GERMAN else [],
        "history": excerpt_of(_history(at, found), request, "history"), "recording_form": RecordingForm(),
        "recording": address_of(found.recording) if found.recording else "", "theirs": [],
        "is_own": found.state is not None and found.state.translated_by_id == request.user.pk,
    }  # fmt: skip
    response = render(request, "questionnaires/text.html", context | more, status=status)
    # The only page that may listen, and only to this site's own script.
    response.headers["Permissions-Policy"] = GrantNoDevices.NOTHING.replace(
        "microphone=()", "microphone=(self)"
    )
    return response


def text_form(at: Desk, found: desk.Text, data: Any = None) -> TextForm:
    """The form of a translation as it stands, or with what was sent."""
    return TextForm(
        data, field=found.slot.field, language=at.language, rtl=at.context["direction"] == "rtl", label=str(at.context["language_name"]),
        begin=found.status in (TextStatus.MISSING, TextStatus.OUTDATED), initial={"text": found.words, "revision": found.revision},
    )  # fmt: skip


def _history(at: Desk, found: desk.Text) -> Any:
    """What happened to a text, in this version and in those before it."""
    element, key, field = found.slot.place
    versions = Version.objects.filter(
        questionnaire_id=at.version.questionnaire_id, number__lte=at.version.number
    )
    return TextChange.objects.filter(
        version__in=versions, element=element, element_key=key, field=field, language=at.language
    ).select_related("by", "version")


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def save_text(request: StaffRequest, pk: int, language: str, name: str) -> HttpResponse:
    """Write a translation and go on to the next text; where a machine sees something, stay and say it."""
    at = desk_of(request, pk, language)
    found = at.text(name)
    if language == GERMAN:
        raise Http404
    form = text_form(at, found, request.POST)
    if not form.is_valid():
        return show_text(request, at, found, form=form, status=422)
    words = form.cleaned_data["text"]
    hints = hints_for(found.german, request.POST.get("text", ""), language)
    try:
        services.translate(
            version=at.version, slot=found.slot, language=language, text=words, by=request.user, revision=form.cleaned_data["revision"]
        )  # fmt: skip
    except services.TextChangedError:
        theirs = differences(form, text_form(at, found))
        on_top_of(form, found.revision)
        return show_text(request, at, found, form=form, status=409, theirs=theirs)
    except services.RetiredError:
        form.add_error(None, _("This version is out of use and stays as it was."))
        return show_text(request, at, found, form=form, status=409)
    return _go_on(request, at, found, hints)


def _go_on(request: StaffRequest, at: Desk, found: desk.Text, hints: list[str]) -> HttpResponse:
    if hints:
        messages.warning(request, _("Saved. Please look at the hints below once more."))
        return to_text(request, at, found.name)
    messages.success(request, _("The translation is saved as a draft."))
    after = desk.way_of(at.texts, at.chosen, found).after
    if request.POST.get("go") == "stay" or after is None:
        return to_text(request, at, found.name)
    return to_text(request, at, after.name)


@access(Permission.QUESTIONNAIRE_WRITE, methods=["POST"])
def put_back(request: StaffRequest, pk: int, language: str, name: str) -> HttpResponse:
    """Put an older wording back."""
    at = desk_of(request, pk, language)
    found = at.text(name)
    wanted = request.POST.get("change", "")
    if language == GERMAN or not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise Http404
    change = get_object_or_404(_history(at, found).exclude(after=""), pk=int(wanted))
    try:
        services.put_back(
            version=at.version, slot=found.slot, language=language, change=change, by=request.user, revision=whole(request, "revision")
        )  # fmt: skip
    except services.TextChangedError:
        messages.error(request, _("Somebody has changed this text meanwhile. Nothing was put back."))
    except services.RetiredError:
        messages.error(request, _("This version is out of use and stays as it was."))
    else:
        messages.success(request, _("The older wording stands again, as a draft of yours."))
    return to_text(request, at, name)


def whole(request: StaffRequest, name: str) -> int:
    """Return a number that the page sent; -1, which fits nothing, where it is none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


@access(Permission.TEXT_REVIEW, methods=["POST"])
def review(request: StaffRequest, pk: int, language: str, name: str) -> HttpResponse:
    """Mark a translation of somebody else as reviewed, or take that back."""
    at = desk_of(request, pk, language)
    found = at.text(name)
    if language == GERMAN:
        raise Http404
    good = request.POST.get("good", "1") == "1"
    try:
        services.review(
            version=at.version, slot=found.slot, language=language, by=request.user, revision=whole(request, "revision"), good=good
        )  # fmt: skip
    except services.OwnTextError:
        messages.error(request, _("You have translated this text yourself. Another person reviews it."))
    except services.NotReviewableError:
        messages.error(request, _("Only a draft can be reviewed. Please have the text translated first."))
    except services.TextChangedError:
        messages.error(request, _("Somebody has changed this text meanwhile. Please read it once more."))
    except services.RetiredError:
        messages.error(request, _("This version is out of use and stays as it was."))
    else:
        done = _("The text is marked as reviewed.") if good else _("The text is a draft again.")
        messages.success(request, done)
        after = desk.way_of(at.texts, at.chosen, found).after
        if good and after is not None:
            return to_text(request, at, after.name)
    return to_text(request, at, name)


@access(Permission.TEXT_REVIEW, methods=["POST"])
def review_part(request: StaffRequest, pk: int, language: str) -> HttpResponse:
    """Mark the drafts of a part as reviewed, but for the reader's own."""
    at = desk_of(request, pk, language)
    part = request.POST.get("part", "")
    if language == GERMAN or part not in dict(desk.parts_of(at.version)):
        raise Http404
    slots = [text.slot for text in at.texts if text.part == part]
    try:
        done, own = services.review_many(
            version=at.version,
            slots=slots,
            language=language,
            by=request.user,
            seen=request.POST.get("seen", ""),
        )
    except services.TextChangedError:
        messages.error(
            request, _("Texts have changed since you opened the page. Nothing was marked; please look again.")
        )
    except services.RetiredError:
        messages.error(request, _("This version is out of use and stays as it was."))
    else:
        messages.success(
            request,
            _("Marked as reviewed: %(done)d. Your own texts, left for another person: %(own)d.")
            % {"done": done, "own": own},
        )
    address = reverse("questionnaires:texts", kwargs={"pk": pk, "language": language})
    return redirect(f"{address}?part={part}")
