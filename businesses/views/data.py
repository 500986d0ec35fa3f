"""Data and reports of a wave: what may be taken out of the house, by whom, and what it holds."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from businesses.forms.data import SurveyDataForm
from businesses.models import Interview, Wave
from businesses.quarter_sheet.documents import QuarterSheet
from businesses.quarter_sheet.figures import Sheet, count_sheet
from businesses.quarter_sheet.geojson import collection_of
from businesses.survey_data.bundle import write_bundle
from businesses.survey_data.science import FEWEST, TooFewInterviewsError
from businesses.survey_form import write_form
from iqquadrat import pdf
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.questionnaires.queries import version_content

# A survey is repeated once a year or so: more waves than these are no choice any more.
MOST_WAVES = 40
OUT = (Permission.INTERVIEW_EXPORT, Permission.REPORT_EXPORT)


@access(*OUT)
def wave_data(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What can be taken out of a wave."""
    return _page(request, _get(request, public_id))


@access(Permission.INTERVIEW_EXPORT, fresh=True)
def survey_data(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The answers of one or several waves as an archive of files."""
    wave = _get(request, public_id)
    form = SurveyDataForm(request.GET, waves=_waves(request))
    if not form.is_valid():
        return _page(request, wave, form)
    try:
        archive, number = write_bundle(form.chosen_waves, form.order)
    except TooFewInterviewsError:
        message = _(
            "A wave has fewer than %(fewest)d interviews: a file for science would show who answered what."
        )
        form.add_error("waves", message % {"fewest": FEWEST})
        return _page(request, wave, form)
    for chosen in form.chosen_waves:
        record(
            Action.EXPORT, by=request.user, obj=chosen, format="survey", scope=form.order.scope, rows=number
        )
    name = f"survey-{form.order.scope}-{timezone.localdate():%Y-%m-%d}.zip"
    response: Any = FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]  # Django types streams apart; the handlers take both


@access(Permission.REPORT_EXPORT, fresh=True)
def quarter_sheet(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The quarter sheet as PDF."""
    wave = _get(request, public_id)
    document = QuarterSheet(_sheet(wave))
    record(Action.EXPORT, by=request.user, obj=wave, format="pdf")
    return pdf.response(document)


@access(Permission.REPORT_EXPORT, fresh=True)
def quarter_sheet_geojson(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The quarter sheet as GeoJSON."""
    wave = _get(request, public_id)
    response = JsonResponse(
        collection_of(_sheet(wave)),
        content_type="application/geo+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    record(Action.EXPORT, by=request.user, obj=wave, format="geojson")
    name = f"quarter-sheet-{wave.ends_on:%Y-%m-%d}.geojson"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@access(Permission.INTERVIEW_EXPORT)
def survey_form(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The questionnaire of a wave as a form for KoboToolbox and ODK."""
    wave = _get(request, public_id)
    version = version_content(wave.version_id)
    name = f"{version.questionnaire.key}-{version.number}-form.xlsx"
    record(Action.EXPORT, by=request.user, obj=version, format="xlsform")
    return download(write_form(version), name)


def _sheet(wave: Wave) -> Sheet:
    # The city reads German, whoever presses the button.
    with override("de"):
        return count_sheet(wave, rest=_("Outside of the sections"), whole=_("Together"))


def _page(request: StaffRequest, wave: Wave, form: SurveyDataForm | None = None) -> HttpResponse:
    initial = {"waves": [str(wave.public_id)], "scope": "internal", "language": "de", "table": "semicolon"}
    context = {
        "wave": wave,
        "form": form or SurveyDataForm(initial=initial, waves=_waves(request)),
        "interviews": Interview.objects.finished().filter(wave=wave).count(),
        "fewest": FEWEST,
    }
    return render(request, "businesses/wave_data.html", context, status=422 if form else 200)


def _waves(request: StaffRequest) -> list[Wave]:
    return list(Wave.objects.visible_to(request.user).select_related("version")[:MOST_WAVES])


def _get(request: StaffRequest, public_id: UUID) -> Wave:
    waves = Wave.objects.visible_to(request.user).select_related("centre", "version")
    return get_object_or_404(waves, public_id=public_id)
