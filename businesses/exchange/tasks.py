"""What a worker does with a list of businesses."""

from django_tasks import task

from businesses.exchange import checking, undoing, writing
from businesses.exchange.exporting import SHEET
from businesses.models import RegisterImport
from iqquadrat.core.importing import reading
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.importing.working import work_on


@task()
def work_on_register_import(run_pk: int, attempt: int) -> None:
    """Do what this run waits for, if this is still the attempt that counts."""
    work_on(RegisterImport, run_pk, attempt, {
        ImportState.READING: lambda run, _user, beat: reading.stage(run, beat, sheet=SHEET),
        ImportState.CHECKING: checking.check, ImportState.IMPORTING: writing.bring_in, ImportState.UNDOING: undoing.take_back,
    })  # fmt: skip
