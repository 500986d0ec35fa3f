"""The sign of life, the handbook and the gallery."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from iqquadrat.accounts.access import public, signed_in
from iqquadrat.house.handbook import CHAPTERS, chapter_for, rendered
from iqquadrat.house.samples import gallery_context
from iqquadrat.operations.schema import pending_migrations


@public()
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Answer ok when the database answers; what watches the site asks here."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    response = HttpResponse("ok", content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


@public()
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Answer ready when the database answers and has the tables of this programme, else 503: no work should be sent here yet."""
    is_ready = not pending_migrations()
    response = HttpResponse(
        "ready" if is_ready else "not ready", content_type="text/plain", status=200 if is_ready else 503
    )
    response["Cache-Control"] = "no-store"
    return response


@signed_in()
def handbook(request: HttpRequest) -> HttpResponse:
    """Open the handbook at the page of the reader's role."""
    roles = request.user.roles if request.user.is_authenticated else []
    return redirect("handbook_chapter", key=chapter_for(roles).key)


@signed_in()
def handbook_chapter(request: HttpRequest, key: str) -> HttpResponse:
    """Show one page of the handbook. Everybody may read how the others work."""
    chapter = next((chapter for chapter in CHAPTERS if chapter.key == key), None)
    if chapter is None:
        raise Http404
    title, text = rendered(chapter.key)
    context = {"chapter": chapter, "chapters": CHAPTERS, "title": title, "text": text}
    return render(request, "handbook/chapter.html", context)


@public()
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in light and dark, German and Arabic; ``?mirrored`` turns the whole page, with Bootstrap's other build.

    Routed only where developers work.
    """
    language = "ar" if "mirrored" in request.GET else translation.get_language()
    with translation.override(language):
        return render(request, "gallery/gallery.html", gallery_context())
