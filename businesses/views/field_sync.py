"""What a surveyor's device asks and sends: JSON, with an answer for every operation."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from businesses.enums import OperationResult
from businesses.field_data import data_for
from businesses.field_operations import (
    LONGEST_BODY,
    MalformedError,
    TooLargeError,
    read_operations,
    read_photo,
)
from businesses.field_reading import FaultError
from businesses.photos import MAX_BYTES
from businesses.services.field_operations import Outcome, apply_operations
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

# A fresh token for the next sending: a page may be open for days.
CSRF_HEADER = "X-CSRF-Token"


@access(Permission.INTERVIEW_WRITE, as_json=True)
def field_data(request: StaffRequest) -> HttpResponse:
    """The doors of the own section and the questions; 304 when the device has them as they are."""
    data, tag = data_for(request.user)
    response: HttpResponse
    if f'"{tag}"' in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = JsonResponse(data | {"tag": tag})
    response["ETag"], response[CSRF_HEADER] = f'"{tag}"', get_token(request)
    return response


@transaction.non_atomic_requests  # every operation has a transaction of its own
@access(Permission.INTERVIEW_WRITE, methods=["POST"], as_json=True)
def field_sync(request: StaffRequest) -> HttpResponse:
    """Take what was noted without connection; what is in it stands in ``businesses.field_operations``."""
    if request.content_type != "application/json":
        return JsonResponse({"error": "malformed"}, status=400)
    try:
        # Looked at before the body is read: what is far too long is not even taken in.
        length = request.headers.get("Content-Length") or "0"
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            raise TooLargeError("too_large")  # noqa: TRY301 - answered like what turns out too long later
        operations = read_operations(request.body, today=timezone.localdate())
    except TooLargeError as fault:
        return JsonResponse({"error": fault.code}, status=413)
    except MalformedError:
        return JsonResponse({"error": "malformed"}, status=400)
    outcomes = apply_operations(operations=operations, by=request.user)
    return JsonResponse({"results": [_told(outcome) for outcome in outcomes]})


def _told(outcome: Outcome) -> dict[str, Any]:
    told: dict[str, Any] = {"uuid": str(outcome.uuid), "result": outcome.result.value}
    if outcome.code:
        told |= {"code": outcome.code, "words": outcome.words, "final": outcome.final}
    if outcome.items:
        told["items"] = dict(outcome.items)
    if outcome.unit is not None:
        told["unit"] = outcome.unit
    if outcome.begun is not None:
        at = timezone.localtime(outcome.begun.started_at)
        told["begun"] = {"by": str(outcome.begun.surveyor), "at": at.isoformat()}
    return told


@transaction.non_atomic_requests
@access(Permission.INTERVIEW_WRITE, methods=["POST"], as_json=True)
def field_photo(request: StaffRequest) -> HttpResponse:
    """Take a photo of a shop sign: ``uuid``, ``unit`` or ``found``, ``taken_at``, ``image``. The same number again changes nothing."""
    sent: Any = request.FILES.get("image")
    if request.content_type != "multipart/form-data" or sent is None:
        return JsonResponse({"error": "malformed"}, status=400)
    if sent.size > MAX_BYTES:
        return JsonResponse({"error": "too_large"}, status=413)
    try:
        photo = read_photo(request.POST.dict(), sent.read(MAX_BYTES + 1))
    except (MalformedError, FaultError):
        return JsonResponse({"error": "malformed"}, status=400)
    [outcome] = apply_operations(operations=[photo], by=request.user)
    return JsonResponse(_told(outcome) | {"result": _AS_PHOTO[outcome.result], "final": outcome.final})


# A photo that a newer one has overtaken is as good as there: the device may forget it.
_AS_PHOTO = {
    OperationResult.APPLIED: "applied",
    OperationResult.ALREADY: "duplicate",
    OperationResult.OVERTAKEN: "duplicate",
    OperationResult.REFUSED: "refused",
}
