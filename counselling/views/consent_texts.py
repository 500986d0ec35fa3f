"""Consent texts: the list of a centre, new versions, corrections, the mark of having been read; the text while asking; paper."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.consents import ConsentText as Text
from counselling.consents import current_text
from counselling.documents import RIGHT_TO_LEFT, ConsentPaper
from counselling.enums import Purpose
from counselling.errors import ConsentTextUsedError, RecordChangedError
from counselling.forms.consent_texts import ConsentTextForm, ConsentVersionForm
from counselling.models import ConsentText, ConsentVersion
from counselling.services.consent_texts import is_used
from counselling.views.lists import own_client
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of


def _purpose(value: str) -> Purpose:
    try:
        return Purpose(value)
    except ValueError:
        raise Http404 from None


def _version(request: StaffRequest, pk: int) -> ConsentVersion:
    return get_object_or_404(ConsentVersion.objects.of_centre(request.user.centre_id), pk=pk)


@access(Permission.CONSENT_TEXT_WRITE)
def consent_text_list(request: StaffRequest) -> HttpResponse:
    """Every purpose with the version in force and the earlier ones."""
    versions = (
        ConsentVersion.objects.of_centre(request.user.centre_id).newest_first().prefetch_related("texts")
    )
    grouped = [
        (purpose, [version for version in versions if version.purpose == purpose]) for purpose in Purpose
    ]
    return render(request, "counselling/consent_text_list.html", {"grouped": grouped})


@access(Permission.CONSENT_TEXT_WRITE)
def consent_version_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One version in all its languages."""
    version = _version(request, pk)
    texts = list(version.texts.select_related("written_by", "reviewed_by"))
    order = [code for code, _name in settings.LANGUAGES]
    there = {text.language for text in texts}
    context = {
        "version": version, "texts": sorted(texts, key=lambda text: order.index(text.language)), "rtl": RIGHT_TO_LEFT,
        "missing": [(code, name) for code, name in settings.LANGUAGES if code not in there],
        "is_own": version.centre_id == request.user.centre_id, "is_used": is_used(version),
    }  # fmt: skip
    return render(request, "counselling/consent_version_detail.html", context)


@access(Permission.CONSENT_TEXT_WRITE, methods=["GET", "POST"])
def consent_version_create(request: StaffRequest, purpose: str) -> HttpResponse:
    """A new wording: from now on clients are asked to agree to it."""
    wanted = _purpose(purpose)
    text = current_text(wanted, request.user.centre_id)
    form = ConsentVersionForm(request.POST or None, text=text)
    if request.method == "POST" and form.is_valid():
        made = services.create_consent_version(
            purpose=wanted, texts=form.texts(), by=request.user, submission=form.cleaned_data["submission"]
        )
        messages.success(
            request,
            _("Version %(version)s is in force. Who agreed to an older one is asked again.")
            % {"version": made.version},
        )
        return redirect("counselling:consent_version_detail", pk=made.pk)
    context = {"form": form, "purpose": wanted, "text": text}
    return render(
        request, "counselling/consent_version_form.html", context, status=422 if form.is_bound else 200
    )


@access(Permission.CONSENT_TEXT_WRITE, methods=["GET", "POST"])
def consent_text_edit(request: StaffRequest, pk: int, language: str) -> HttpResponse:
    """Correct a text nobody has agreed to yet, or add a language."""
    version = _version(request, pk)
    if version.centre_id != request.user.centre_id or language not in dict(settings.LANGUAGES):
        raise Http404
    stored = version.texts.filter(language=language).first()
    revision = stored.revision if stored else 0
    initial = {"text": stored.text if stored else "", "revision": revision}
    form, theirs = ConsentTextForm(request.POST or None, initial=initial), []
    form.fields["text"].widget.attrs |= {"lang": language, "dir": "auto"}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_consent_text(
                version=version, language=language, by=request.user, **form.cleaned_data
            )
        except RecordChangedError:
            theirs = differences(form, ConsentTextForm(initial=initial))
            on_top_of(form, revision)
        except ConsentTextUsedError:
            form.add_error(
                None, _("Somebody has agreed to this text, so it stays as it is. Please write a new version.")
            )
        else:
            messages.success(request, _("The text is stored as a draft."))
            return redirect("counselling:consent_version_detail", pk=version.pk)
    context = {
        "form": form,
        "version": version,
        "language": dict(settings.LANGUAGES)[language],
        "theirs": theirs,
    }
    status = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "counselling/consent_text_form.html", context, status=status)


@access(Permission.CONSENT_TEXT_WRITE, methods=["POST"])
def consent_text_review(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody who speaks the language has read it, or that is taken back."""
    texts = ConsentText.objects.filter(version__centre_id=request.user.centre_id).select_related("version")
    text = get_object_or_404(texts, pk=pk)
    services.review_consent_text(text=text, by=request.user, good=request.POST.get("good") == "1")
    return redirect("counselling:consent_version_detail", pk=text.version_id)


@access(Permission.CLIENT_READ_OWN)
def consent_text_part(request: StaffRequest, purpose: str) -> HttpResponse:
    """The text in the language that was chosen; a part of the client's page."""
    text = current_text(_purpose(purpose), request.user.centre_id)
    part = text_part(text, request.GET.get("explained_in", "de")[:5])
    return render(request, "counselling/includes/consent_text.html", {"part": part})


def text_part(text: Text, language: str) -> dict[str, str]:
    """What the text's part of a page shows: the text in the language it is explained in, and in German."""
    return {
        "shown": text.texts.get(language, ""), "german": text.texts["de"], "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
    }  # fmt: skip


@access(Permission.CLIENT_READ_OWN)
def consent_paper(request: StaffRequest, public_id: UUID, purpose: str, language: str) -> HttpResponse:
    """The text to sign, in the client's language beside German."""
    client = own_client(request.user, public_id)
    text = current_text(_purpose(purpose), client.centre_id)
    if not text.has(language):
        raise Http404
    record(Action.EXPORT, by=request.user, obj=client, paper="consent", purpose=purpose, language=language)
    return pdf.response(ConsentPaper(text, language, client))
