"""Recordings: put, removed, heard."""

import re

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access, public
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.audio import CONTENT_TYPES, MAX_BYTES
from iqquadrat.questionnaires.desk_forms import RecordingForm
from iqquadrat.questionnaires.enums import AudioKind
from iqquadrat.questionnaires.models import Recording
from iqquadrat.questionnaires.views.desk import desk_of, show_text, to_text

_NAME = re.compile(r"([0-9a-f]{64})\.([a-z0-9]{3,4})")
_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})", re.ASCII)
_FOREVER = "public, max-age=31536000, immutable"


@access(Permission.QUESTIONNAIRE_WRITE, Permission.TEXT_REVIEW, methods=["POST"])
def put_recording(request: StaffRequest, pk: int, language: str, name: str) -> HttpResponse:
    """Take a recording of a text, uploaded or made on the page."""
    at = desk_of(request, pk, language)
    found = at.text(name)
    if not found.is_spoken:
        raise Http404
    form = RecordingForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.keep_recording(
                version=at.version,
                slot=found.slot,
                language=language,
                data=file.read(MAX_BYTES + 1),
                by=request.user,
            )
        except services.NotSoundError:
            form.add_error(
                "file", _("This is no OGG, WebM, MP3, M4A or WAV sound, or it is larger than 5 MB.")
            )
        except services.NoTextError:
            form.add_error(None, _("There is no text to read aloud yet. Please write the translation first."))
        except OSError:
            form.add_error(None, _("The file could not be stored. Please tell the administration."))
        except services.RetiredError:
            form.add_error(None, _("This version is out of use and stays as it was."))
        else:
            messages.success(request, _("The recording is kept. Clients hear it from now on."))
            return to_text(request, at, name)
    return show_text(request, at, found, status=422, recording_form=form)


@access(Permission.QUESTIONNAIRE_WRITE, Permission.TEXT_REVIEW, methods=["POST"])
def remove_recording(request: StaffRequest, pk: int, language: str, name: str) -> HttpResponse:
    """Remove a recording."""
    at = desk_of(request, pk, language)
    found = at.text(name)
    try:
        services.remove_recording(version=at.version, slot=found.slot, language=language, by=request.user)
    except services.RetiredError:
        messages.error(request, _("This version is out of use and stays as it was."))
    else:
        messages.success(request, _("The recording is removed."))
    return to_text(request, at, name)


@public()
def audio(request: HttpRequest, name: str) -> HttpResponse:
    """A recording by the hash of its content. Questions are no secret; nobody can guess their way to anything else."""
    match = _NAME.fullmatch(name)
    recording = (
        Recording.objects.filter(sha256=match[1], kind=match[2]).only("file", "kind").first()
        if match
        else None
    )
    if recording is None:
        raise Http404
    try:
        with default_storage.open(recording.file.name or "") as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = _part(data, request.headers.get("Range", ""))
    response.headers["Content-Type"] = CONTENT_TYPES[AudioKind(recording.kind)]
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = _FOREVER
    return response


def _part(data: bytes, wanted: str) -> HttpResponse:
    """The whole, or the part that a player asks for: some play nothing that they cannot ask for in parts."""
    match = _RANGE.fullmatch(wanted)
    if match is None or not any(match.groups()):
        return HttpResponse(data)
    first, last = match.groups()
    if first:
        begin, end = int(first), min(int(last or len(data) - 1), len(data) - 1)
    else:
        begin, end = max(0, len(data) - int(last)), len(data) - 1
    if begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    response = HttpResponse(data[begin : end + 1], status=206)
    response.headers["Content-Range"] = f"bytes {begin}-{end}/{len(data)}"
    return response
