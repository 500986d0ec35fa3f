"""A site with one open door, for the test of the check."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _open(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("open/", _open, name="open")]
