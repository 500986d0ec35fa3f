"""The app for the street: one page that opens without connection, and the worker that keeps it on the device."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

from businesses.field_data import owner_of
from businesses.field_shell import addresses, version_of
from businesses.field_texts import texts
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

_SHELL = "businesses/field_app.html"
# At the door the surveyor may give the position of the phone; a photo of the sign comes through a file field.
_GRANTED = "camera=(), display-capture=(), geolocation=(self), microphone=(), payment=(), usb=()"


@access(Permission.INTERVIEW_WRITE)
def field_app(request: StaffRequest) -> HttpResponse:
    """The page of the app. With ``?kept`` as a device keeps it: without a word about who is signed in."""
    owner = "" if "kept" in request.GET else owner_of(request.user)
    response = render(request, _SHELL, {"owner": owner, "texts": texts()})
    response["Permissions-Policy"] = _GRANTED
    patch_cache_control(response, no_store=True)
    return response


@access(Permission.INTERVIEW_WRITE, as_json=True)
def field_worker(request: StaffRequest) -> HttpResponse:
    """The worker for everything below ``/businesses/field/``; another version as soon as the page or a file of it is another."""
    shell = render_to_string(_SHELL, {"owner": "", "texts": texts()}, request)
    response = render(
        request, "businesses/field_worker.js", {"version": version_of(shell), "files": json.dumps(addresses())},
        content_type="text/javascript",
    )  # fmt: skip
    patch_cache_control(response, no_cache=True)
    return response
