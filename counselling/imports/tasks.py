"""What a worker does with a run, and what stands in its record when it ends in another way than planned."""

import traceback
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from counselling.imports import checking, reading, undoing, writing
from counselling.models import ImportRun
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat, OvertakenError, StoppedError
from iqquadrat.core.importing.reading import UnreadableError
from iqquadrat.core.importing.states import ImportState

# Where a run stands after somebody has stopped the work on it: nothing has been changed by then.
STOPPED = {
    ImportState.READING: ImportState.CANCELLED,
    ImportState.CHECKING: ImportState.MAPPING,
    ImportState.IMPORTING: ImportState.CHECKED,
    ImportState.UNDOING: ImportState.IMPORTED,
}


class BrokenOffError(Exception):
    """The work broke off. Says only what kind of error it was: the words of one may quote a row."""


@task()
def work_on_import(run_pk: int, attempt: int) -> None:
    """Do what this run waits for, if this is still the attempt that counts."""
    run = (
        ImportRun.objects.select_related("centre", "created_by__centre")
        .filter(pk=run_pk, attempt=attempt)
        .first()
    )
    if run is None or not run.is_working or run.created_by is None:
        return
    with translation.override(run.created_by.language), Beat(ImportRun, run.pk, attempt) as beat:
        try:
            _work(run, run.created_by, beat)
        except OvertakenError:
            return
        except StoppedError:
            _leave(run, attempt, state=STOPPED[ImportState(run.state)])
        except UnreadableError as error:
            _leave(run, attempt, state=ImportState.REFUSED, fault=str(error))
        except writing.CheckAgainError:
            _leave(run, attempt, state=ImportState.CHECKED, fault="check_again")
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must not go on waiting
            _leave(run, attempt, state=run.state, fault="broken")
            raise BrokenOffError(f"{type(error).__name__} at {_place(error)}") from None


def _place(error: BaseException) -> str:
    """Where in the code it happened: what one needs to find the cause, without what was being worked on."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _work(run: ImportRun, user: User, beat: Beat) -> None:
    beat.step(0, of=run.rows, now=True)
    if run.state == ImportState.READING:
        reading.stage(run, beat)
        _leave(run, beat.attempt, state=ImportState.MAPPING)
    elif run.state == ImportState.CHECKING:
        checking.check(run, user, beat)
    elif run.state == ImportState.IMPORTING:
        writing.bring_in(run, user, beat)
    else:
        undoing.take_back(run, user, beat)


@transaction.atomic
def _leave(run: ImportRun, attempt: int, *, state: str, fault: str = "") -> None:
    """Write down where the run stands now, unless another attempt has it."""
    stored = ImportRun.objects.select_for_update(of=("self",)).filter(pk=run.pk, attempt=attempt).first()
    if stored is None:
        return
    stored.state, stored.fault, stored.stop_asked = state, fault, False
    if state in (ImportState.REFUSED, ImportState.CANCELLED):
        stored.ended_at = timezone.now()
        stored.file_parts.all().delete()
        stored.staged_rows.all().delete()
    if state == ImportState.CHECKED and fault == "check_again":
        stored.checked_at = None
    stored.save()
