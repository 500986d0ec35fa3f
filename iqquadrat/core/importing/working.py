"""What a worker does with a run, and what stands in its record when it ends in another way than planned."""

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone, translation

from iqquadrat.core import walls
from iqquadrat.core.background import Beat, OvertakenError, StoppedError
from iqquadrat.core.importing.desk import STOPPED
from iqquadrat.core.importing.models import FileRun
from iqquadrat.core.importing.reading import UnreadableError
from iqquadrat.core.importing.states import ImportState

R = TypeVar("R", bound=FileRun)
Step = Callable[[Any, Any, Beat], None]  # (run, whoever brought it, beat)


class CheckAgainError(Exception):
    """What was true at the check is so no longer."""


class BrokenOffError(Exception):
    """The work broke off. Says only what kind of error it was: the words of one may quote a row."""


def work_on(model: type[R], run_pk: int, attempt: int, steps: Mapping[str, Step]) -> None:
    """Do what this run waits for, by ``steps`` of its state, if this is still the attempt that counts.

    A file that has been read waits for its columns; the other steps say themselves where the run stands afterwards.
    """
    found = model._meta.base_manager.select_related("centre", "created_by__centre")
    run = found.filter(pk=run_pk, attempt=attempt).first()
    if run is None or not run.is_working or run.created_by is None:
        return
    with (
        walls.in_centre(run.centre_id),
        translation.override(run.created_by.language),
        Beat(model, run.pk, attempt) as beat,
    ):
        try:
            beat.step(0, of=run.rows, now=True)
            steps[run.state](run, run.created_by, beat)
            if run.state == ImportState.READING:
                _leave(run, attempt, state=ImportState.MAPPING)
        except OvertakenError:
            return
        except StoppedError:
            _leave(run, attempt, state=STOPPED[ImportState(run.state)])
        except UnreadableError as error:
            _leave(run, attempt, state=ImportState.REFUSED, fault=str(error))
        except CheckAgainError:
            _leave(run, attempt, state=ImportState.CHECKED, fault="check_again")
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must not go on waiting
            _leave(run, attempt, state=run.state, fault="broken")
            raise BrokenOffError(f"{type(error).__name__} at {_place(error)}") from None


def _place(error: BaseException) -> str:
    """Where in the code it happened: what one needs to find the cause, without what was being worked on."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


@transaction.atomic
def _leave(run: FileRun, attempt: int, *, state: str, fault: str = "") -> None:
    """Write down where the run stands now, unless another attempt has it."""
    stored = (
        type(run)
        ._meta.base_manager.select_for_update(of=("self",))
        .filter(pk=run.pk, attempt=attempt)
        .first()
    )
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
