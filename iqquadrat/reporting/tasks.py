"""What a worker does for this room: counting a report that is then frozen, and making files of frozen ones."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from iqquadrat import pdf
from iqquadrat.core import walls
from iqquadrat.core.background import Beat, OvertakenError, StoppedError
from iqquadrat.core.figures import Period
from iqquadrat.reporting.catalogue import breakdowns, figures
from iqquadrat.reporting.documents import FunderReport, PublicPaper
from iqquadrat.reporting.enums import FileKind, FileState, ReportState
from iqquadrat.reporting.freezing import SOFTWARE, frozen_text, opened, sealed
from iqquadrat.reporting.models import FrozenReport, ReportFile
from iqquadrat.reporting.publishing.content import opened_public
from iqquadrat.reporting.queries import count_report
from iqquadrat.reporting.spreadsheets import workbook

GERMAN, ENGLISH = "de", "en"
# Months, steps and corrections, and writing it all down, are told as one step each.
MORE_STEPS = 2


class BrokenOffError(Exception):
    """The work broke off. Says only what kind of error it was, and where."""


def _tried(
    work: Callable[[Beat], None], model: type[Any], pk: int, attempt: int, leave: Callable[..., None]
) -> None:
    """Do the work, and write down how it ended unless it has written that itself."""
    with Beat(model, pk, attempt) as beat:
        try:
            work(beat)
        except OvertakenError:
            return
        except StoppedError:
            leave(cancelled=True)
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must not go on waiting
            leave(cancelled=False)
            last = traceback.extract_tb(error.__traceback__)[-1]
            raise BrokenOffError(
                f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            ) from None


@task()
def count_frozen(report_pk: int, attempt: int) -> None:
    """Count this report and freeze it, if this is still the attempt that counts."""
    report = (
        FrozenReport.objects.select_related("centre", "programme")
        .filter(pk=report_pk, attempt=attempt)
        .first()
    )
    if report is None or not report.is_working:
        return

    def leave(*, cancelled: bool) -> None:
        FrozenReport.objects.filter(pk=report_pk, attempt=attempt, state=ReportState.COUNTING).update(
            stop_asked=False, **({"state": ReportState.CANCELLED} if cancelled else {"fault": "broken"})
        )

    with walls.in_centre(report.centre_id):
        _tried(lambda beat: freeze(report, beat), FrozenReport, report_pk, attempt, leave)


def freeze(report: FrozenReport, beat: Beat) -> None:
    """Count every part at one moment of the database, and write the text with its hash."""
    total = len(list(figures())) + len(list(breakdowns())) + MORE_STEPS
    done = 0

    def tell() -> None:
        nonlocal done
        done += 1
        beat.step(done, of=total)

    beat.step(0, of=total, now=True)
    with transaction.atomic(), override(GERMAN):
        beat.apart = _see_one_moment()
        counted_at = timezone.now()
        period = period_of_report(report)
        counted = count_report(report.programme, period, tell=tell)
        content = frozen_text(counted, centres=[report.centre], counted_at=counted_at, software=SOFTWARE)
    beat.step(total, of=total, now=True)
    _keep(report, beat.attempt, content=content, counted_at=counted_at, total=total)


def period_of_report(report: FrozenReport) -> Period:
    """Return what a report counts: its days, its centre, its programme."""
    return Period(
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        centre_ids=(report.centre_id,),
        programme_code=report.programme.code,
    )


def _see_one_moment() -> bool:
    """Let all queries of this transaction see the same moment, so that sums add up while others go on writing.

    Within a transaction that had begun before it is too late for that; then the answer is no.
    """
    if connection.savepoint_ids:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    return True


@transaction.atomic
def _keep(report: FrozenReport, attempt: int, *, content: str, counted_at: Any, total: int) -> None:
    stored = (
        FrozenReport.objects.select_for_update(of=("self",))
        .filter(pk=report.pk, attempt=attempt, state=ReportState.COUNTING)
        .first()
    )
    if stored is None:
        return
    stored.state, stored.content, stored.sha256 = ReportState.DRAFT, content, sealed(content)
    stored.counted_at, stored.software = counted_at, SOFTWARE
    stored.done = stored.total = total
    stored.stop_asked = False
    stored.save()


@task()
def make_file(file_pk: int, attempt: int) -> None:
    """Make this file, if this is still the attempt that counts."""
    file = ReportFile.objects.select_related("report__programme").filter(pk=file_pk, attempt=attempt).first()
    if file is None or not file.is_working:
        return

    def leave(*, cancelled: bool) -> None:
        ReportFile.objects.filter(pk=file_pk, attempt=attempt, state=FileState.WORKING).update(
            stop_asked=False, **({"state": FileState.CANCELLED} if cancelled else {"fault": "broken"})
        )

    def work(beat: Beat) -> None:
        beat.step(0, of=2, now=True)
        content = made(file)
        beat.step(1, of=2, now=True)
        ReportFile.objects.filter(pk=file_pk, attempt=attempt, state=FileState.WORKING).update(
            state=FileState.READY, content=content, done=2, total=2, stop_asked=False
        )

    with walls.in_centre(file.report.centre_id):
        _tried(work, ReportFile, file_pk, attempt, leave)


def made(file: ReportFile) -> bytes:
    """Return the file. Raises ``BrokenSealError`` when the figures are not what was frozen."""
    report = file.report
    if file.kind == FileKind.PUBLIC:
        shown = opened_public(report.publications.standing().get())
        with override(GERMAN):
            return pdf.render(PublicPaper(shown))
    frozen = opened(report)
    if file.kind == FileKind.XLSX:
        with override(GERMAN):
            return workbook(
                frozen.report, centres=[centre.name for centre in frozen.centres], seal=frozen.sha256
            )
    language = ENGLISH if file.kind == FileKind.PDF_EN else GERMAN
    with override(language):
        return pdf.render(FunderReport(frozen.report, language=language, frozen=frozen))
