"""Versions for staff: what there is, how far the translations are, workbooks out and in."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language_info

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.questionnaires import pages, queries, texts, xlsform
from iqquadrat.questionnaires.enums import VersionState
from iqquadrat.questionnaires.forms import ViewForm
from iqquadrat.questionnaires.models import Version

PAGE_SIZE = 25


@access(Permission.QUESTIONNAIRE_READ)
def index(request: StaffRequest) -> HttpResponse:
    """All questionnaires with their versions."""
    versions = (
        Version.objects.select_related("questionnaire")
        .annotate(item_count=Count("items"))
        .order_by("questionnaire__key", "-number")
    )
    page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = texts.counts(page.object_list)
    lines = [
        {"version": version, "languages": _languages(counts.get(version.pk, []))}
        for version in page.object_list
    ]
    return render(request, "questionnaires/index.html", {"page": page, "lines": lines})


def _languages(counts: list[texts.LanguageCounts]) -> list[dict[str, Any]]:
    names = dict(settings.LANGUAGES)
    return [{"name": names[row.language], "counts": row} for row in counts if row.present]


@access(Permission.QUESTIONNAIRE_READ)
def version_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One version: German beside a chosen language, part by part."""
    get_object_or_404(Version, pk=pk)
    version = queries.version_content(pk)
    form = ViewForm(request.GET, version=version, begun=pages.begun_languages(version))
    language, key = form.chosen("language"), form.chosen("section")
    section = next(section for section in version.ordered_sections if section.key == key)
    counts = next((row for row in texts.counts([version]).get(pk, []) if row.language == language), None)
    context = {
        "version": version, "form": form, "language": language, "section": section, "counts": counts,
        "language_name": dict(settings.LANGUAGES).get(language, ""),
        "direction": "rtl" if language and get_language_info(language)["bidi"] else "ltr",
        "rows": pages.rows(version, section, language) if language else [],
        "open_draft": _open_draft(version),
    }  # fmt: skip
    return render(request, "questionnaires/version.html", context)


def _open_draft(version: Version) -> Version | None:
    """The draft that copying would lead to: a questionnaire has one at a time."""
    return version.questionnaire.versions.filter(state=VersionState.DRAFT).order_by("-number").first()


@access(Permission.QUESTIONNAIRE_READ)
def workbook(request: StaffRequest, pk: int) -> HttpResponse:
    """The XLSForm workbook of a version."""
    get_object_or_404(Version, pk=pk)
    version = queries.version_content(pk)
    record(Action.EXPORT, by=request.user, obj=version, format="xlsx")
    return download(xlsform.export(version), f"{version.questionnaire.key}-{version.number}.xlsx")
