"""The picture guide beside the client's PC: choose a language and a size, print."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from competence.guide import PICTURES_ONLY, ZOOMS, PictureGuide, UnknownGuideError
from competence.paper_forms import client_languages
from competence.phrases import OWN_NAMES
from iqquadrat import pdf
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

# Whoever starts assessments, and whoever looks after the questionnaires.
READERS = (Permission.KIOSK_START, Permission.PROFILE_AGGREGATE)


@access(*READERS)
def guides(request: StaffRequest) -> HttpResponse:
    """All guides there are: one a language, and one in pictures alone."""
    rows = [(code, name, OWN_NAMES[code]) for code, name in client_languages()]
    return render(request, "competence/guides.html", {"rows": rows, "pictures_only": PICTURES_ONLY})


@access(*READERS)
def guide(request: StaffRequest, language: str) -> HttpResponse:
    """One guide as PDF: A4, or the same as a poster (``?size=a3``)."""
    size = request.GET.get("size") or next(iter(ZOOMS))
    try:
        document = PictureGuide(request.user.centre, language, size)
    except UnknownGuideError:
        raise Http404 from None
    return pdf.response(document)
