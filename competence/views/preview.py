"""The preview of a question for staff: the kiosk's own page, that answers to nothing."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from competence import preview
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import queries
from iqquadrat.questionnaires.models import Version


@access(Permission.QUESTIONNAIRE_READ)
def question(request: StaffRequest, pk: int, language: str, key: str) -> HttpResponse:
    """A question in the look of the kiosk, in German or in the language (``?lang=de``)."""
    get_object_or_404(Version, pk=pk)
    version = queries.version_content(pk)
    item = version.items_by_key.get(key)
    if item is None or language not in dict(settings.LANGUAGES):
        raise Http404
    in_l1 = request.GET.get("lang") != "de"
    context = preview.page(version, item, language=language, in_l1=in_l1)
    return render(request, "competence/kiosk/preview.html", context | {"version": version})
