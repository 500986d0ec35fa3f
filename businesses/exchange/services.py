"""The verbs of an import of businesses, as the pages call them. What takes long is handed to a worker in the same transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from businesses.enums import RowChoice, RowPlan
from businesses.errors import NotAllowedError
from businesses.exchange.tasks import work_on_register_import
from businesses.exchange.values import Said, remember, unknown_values
from businesses.models import RegisterImport, RegisterRow
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.importing import reading
from iqquadrat.core.importing.desk import Desk, ImportStateError
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.submissions import take_turns

DESK = Desk(
    model=RegisterImport, permission=Permission.BUSINESS_IMPORT, enqueue=work_on_register_import.enqueue, refusal=NotAllowedError,
    emptied=lambda _run: None,
)  # fmt: skip


@transaction.atomic
def begin_import(*, file: IO[bytes], name: str, by: User, submission: UUID | None = None) -> RegisterImport:
    """Take a file, and let it be read. The same ``submission`` again returns the run it began the first time."""
    if not by.may(Permission.BUSINESS_IMPORT):
        raise NotAllowedError
    take_turns(submission)
    if submission and (begun := RegisterImport.objects.filter(submission=submission, created_by=by).first()):
        return begun
    clear_imports()
    run = RegisterImport.objects.create(
        centre=by.centre, created_by=by, file_name=name[:200], submission=submission, state=ImportState.KEPT
    )
    reading.keep_file(run, file)
    record(Action.CREATE, by=by, obj=run, reason="read")
    DESK.hand_over(run, ImportState.READING)
    return run


@transaction.atomic
def name_columns(*, run: RegisterImport, columns: Mapping[str, str], by: User) -> RegisterImport:
    """Say which column is which field; where no value needs explaining, let the rows be checked."""
    stored = DESK.name_columns(run, by, columns, {})
    if not unknown_values(stored).values:
        DESK.hand_over(stored, ImportState.CHECKING)
    return stored


@transaction.atomic
def name_values(*, run: RegisterImport, meanings: Said, by: User, check: bool = True) -> RegisterImport:
    """Say what values mean, remember it for the next list of the centre, and let the rows be checked, unless others are to be named.

    What was said about other values of this list stays. Raises ``ImportStateError`` before the columns are named.
    """
    stored = DESK.mine(run, by, ImportState.MAPPING, ImportState.CHECKED)
    if not stored.columns:
        raise ImportStateError
    for field, said in meanings.items():
        stored.meanings[field] = stored.meanings.get(field, {}) | dict(said)
    stored.state, stored.fault = ImportState.MAPPING, ""
    stored.save()
    remember(stored.centre_id, meanings, by)
    if check:
        DESK.hand_over(stored, ImportState.CHECKING)
    return stored


@transaction.atomic
def check_again(*, run: RegisterImport, by: User) -> RegisterImport:
    """Check the rows once more: others may have come since."""
    stored = DESK.mine(run, by, ImportState.CHECKED)
    DESK.hand_over(stored, ImportState.CHECKING)
    return stored


@transaction.atomic
def decide(
    *, run: RegisterImport, choice: str, by: User, lines: Iterable[int] | None = None, same_line: int | None = None
) -> int:  # fmt: skip
    """Say what becomes of rows that may be here already: of these, or of all that are undecided. Returns how many.

    "Is this one" means ``same_line``, a row above; without it the business in the register, and where the register has none, the first row.
    Who points at a row that is left out has said nothing any more. Raises ``ImportStateError`` for a row above that is not like these.
    """
    stored = DESK.mine(run, by, ImportState.CHECKED)
    rows = stored.staged_rows.doubtful()
    rows = rows.undecided() if lines is None else rows.filter(line__in=list(lines))
    if same_line is not None:
        return _same_as(stored, list(rows), same_line)
    if RowChoice(choice) == RowChoice.UPDATE:
        known = rows.filter(match__isnull=False).update(choice=choice, chosen_line=None)
        return known + rows.filter(match__isnull=True, match_line__isnull=False).update(
            choice=choice, chosen_line=F("match_line")
        )
    decided = rows.update(choice=RowChoice(choice), chosen_line=None)
    gone = stored.staged_rows.filter(choice=RowChoice.SKIP, line=OuterRef("chosen_line"))
    stored.staged_rows.filter(Exists(gone)).update(choice="", chosen_line=None)
    return decided


def _same_as(run: RegisterImport, rows: Sequence[RegisterRow], same_line: int) -> int:
    above = run.staged_rows.filter(line=same_line, plan__in=[RowPlan.NEW, RowPlan.DOUBT]).first()
    if above is None or above.choice == RowChoice.SKIP:
        raise ImportStateError
    if any(row.line <= above.line or row.place_key != above.place_key or not row.place_key for row in rows):
        raise ImportStateError
    found = run.staged_rows.filter(line__in=[row.line for row in rows])
    return found.update(choice=RowChoice.UPDATE, chosen_line=above.line)


@transaction.atomic
def start_import(*, run: RegisterImport, by: User) -> RegisterImport:
    """Let everything come in. Raises ``ImportStateError`` while a row is broken or undecided, or the check is old."""
    stored = DESK.mine(run, by, ImportState.CHECKED)
    rows = stored.staged_rows
    if stored.broken_rows or stored.check_is_old or rows.undecided().exists() or not rows.coming().exists():
        raise ImportStateError
    DESK.hand_over(stored, ImportState.IMPORTING)
    return stored


@transaction.atomic
def undo_import(*, run: RegisterImport, by: User) -> RegisterImport:
    """Let an import be taken back, within 30 days."""
    stored = DESK.mine(run, by, ImportState.IMPORTED)
    if not stored.can_be_undone:
        raise ImportStateError
    DESK.hand_over(stored, ImportState.UNDOING)
    return stored


@transaction.atomic
def stop_work(*, run: RegisterImport, by: User) -> RegisterImport:
    """Ask the worker for an end; where none is at it, the run goes back at once."""
    return DESK.stop(run, by)


@transaction.atomic
def try_again(*, run: RegisterImport, by: User) -> RegisterImport:
    """Hand work over once more that broke off, or of which nothing has been heard."""
    return DESK.try_again(run, by)


@transaction.atomic
def discard(*, run: RegisterImport, by: User) -> RegisterImport:
    """Throw a file away that has not come in: its rows are deleted at once."""
    stored = DESK.discard(run, by)
    record(Action.DELETE, by=by, obj=stored)
    return stored


@transaction.atomic
def clear_imports(*, now: dt.datetime | None = None) -> int:
    """Delete what was in files that came more than 14 days ago, and runs that can no longer be undone. Returns how many runs."""
    return DESK.clear(now or timezone.now())
