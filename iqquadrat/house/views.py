"""The sign of life and the gallery."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from iqquadrat.accounts.access import public
from iqquadrat.house.samples import gallery_context


@public()
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Answer ok when the database answers; what watches the site asks here."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    response = HttpResponse("ok", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


@public()
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in light and dark, German and Arabic; ``?mirrored`` turns the whole page, with Bootstrap's other build.

    Routed only where developers work.
    """
    language = "ar" if "mirrored" in request.GET else translation.get_language()
    with translation.override(language):
        return render(request, "gallery/gallery.html", gallery_context())
