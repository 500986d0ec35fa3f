"""What a worker does for this room: the analysis report, which takes longer than a page may."""

import traceback
from pathlib import Path

from django.db import transaction
from django.utils.translation import override
from django_tasks import task

from businesses.enums import ReportState
from businesses.models import AnalysisReport
from businesses.survey_analysis.documents import AnalysisPaper
from businesses.survey_analysis.reading import read_report, steps_of
from iqquadrat import pdf
from iqquadrat.core import walls
from iqquadrat.core.background import Beat, OvertakenError, StoppedError
from iqquadrat.questionnaires.specification import GERMAN


class BrokenOffError(Exception):
    """The work broke off. Says only what kind of error it was: the words of one may quote an answer."""


@task()
def make_report(report_pk: int, attempt: int) -> None:
    """Make this report, if this is still the attempt that counts."""
    report = (
        AnalysisReport.objects.select_related("wave__centre", "wave__version")
        .filter(pk=report_pk, attempt=attempt)
        .first()
    )
    if report is None or not report.is_working:
        return
    with walls.in_centre(report.wave.centre_id), Beat(AnalysisReport, report.pk, attempt) as beat:
        try:
            _leave(report, attempt, state=ReportState.READY, content=_made(report, beat))
        except OvertakenError:
            return
        except StoppedError:
            _leave(report, attempt, state=ReportState.CANCELLED)
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must not go on waiting
            _leave(report, attempt, state=ReportState.WORKING, fault="broken")
            last = traceback.extract_tb(error.__traceback__)[-1]
            raise BrokenOffError(
                f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            ) from None


def _made(report: AnalysisReport, beat: Beat) -> bytes:
    """Read every wave, then draw: each wave is a step, and drawing is one."""
    total = steps_of(report.wave) + 1
    beat.step(0, of=total, now=True)

    def tell(done: int) -> None:
        beat.step(done, of=total, now=True)

    with override(GERMAN):
        read = read_report(report.wave, tell)
    return pdf.render(AnalysisPaper(read, report.created_at))


@transaction.atomic
def _leave(
    report: AnalysisReport, attempt: int, *, state: str, fault: str = "", content: bytes | None = None
) -> None:
    """Write down where the report stands now, unless another attempt has it."""
    stored = (
        AnalysisReport.objects.select_for_update(of=("self",)).filter(pk=report.pk, attempt=attempt).first()
    )
    if stored is None:
        return
    stored.state, stored.fault, stored.stop_asked, stored.content = state, fault, False, content
    if state == ReportState.READY:
        stored.done = stored.total
    stored.save()
