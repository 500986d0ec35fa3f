"""The languages of a questionnaire: how far each is, and whether clients are offered it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.questionnaires import queries, services, texts
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import GERMAN


@dataclass(frozen=True)
class Row:
    """One language. ``offered_items`` of ``items`` questions can be switched to it when it is on."""

    language: str
    name: str
    counts: texts.LanguageCounts | None
    is_on: bool
    is_whole: bool
    for_clients: bool
    offered_items: int
    items: int
    spoken: int


def _rows(version: Version) -> list[Row]:
    counts = {row.language: row for row in texts.counts([version]).get(version.pk, [])}
    off = set(version.questionnaire.languages_off)
    recordings = list(version.recordings.all())
    rows = []
    for code, name in settings.LANGUAGES:
        if code == GERMAN:
            continue
        offered = sum(texts.is_offered(item, code) for item in version.ordered_items)
        rows.append(
            Row(
                language=code, name=str(name), counts=counts.get(code), is_on=code not in off,
                is_whole=code in counts and not counts[code].missing, for_clients=code in settings.CLIENT_LANGUAGES,
                offered_items=offered, items=len(version.ordered_items),
                spoken=sum(one.language == code for one in recordings),
            )
        )  # fmt: skip
    return rows


@access(Permission.QUESTIONNAIRE_WRITE, methods=["GET", "POST"])
def languages(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every language with what switching it on or off means; switch it."""
    version = get_object_or_404(Version.objects.select_related("questionnaire"), pk=pk)
    if request.method == "POST":
        language, on = request.POST.get("language", ""), request.POST.get("on") == "1"
        if language == GERMAN or language not in dict(settings.LANGUAGES):
            raise Http404
        services.switch_language(
            questionnaire=version.questionnaire, language=language, on=on, by=request.user
        )
        said = (
            _("%(language)s is offered to clients again.")
            if on
            else _("%(language)s is not offered to clients any more.")
        )
        messages.success(request, said % {"language": dict(settings.LANGUAGES)[language]})
        return redirect("questionnaires:languages", pk=pk)
    content = queries.version_content(pk)
    return render(request, "questionnaires/languages.html", {"version": content, "rows": _rows(content)})
