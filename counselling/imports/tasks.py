"""What a worker does with a run."""

from django_tasks import task

from counselling.imports import checking, reading, undoing, writing
from counselling.models import ImportRun
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.importing.working import work_on


@task()
def work_on_import(run_pk: int, attempt: int) -> None:
    """Do what this run waits for, if this is still the attempt that counts."""
    work_on(ImportRun, run_pk, attempt, {
        ImportState.READING: lambda run, _user, beat: reading.stage(run, beat),
        ImportState.CHECKING: checking.check, ImportState.IMPORTING: writing.bring_in, ImportState.UNDOING: undoing.take_back,
    })  # fmt: skip
