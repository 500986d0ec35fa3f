"""The verbs of an import, as the pages call them. What takes long is handed to a worker in the same transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from counselling.enums import ImportChoice, ImportKind
from counselling.errors import NotAllowedError
from counselling.imports import writing
from counselling.imports.forgetting import forget_file_names, rows_about
from counselling.imports.tasks import work_on_import
from counselling.models import Client, ImportMapping, ImportProblem, ImportRow, ImportRun
from counselling.models.imports import ImportRowQuerySet
from counselling.services.records import already_made
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.background import SILENCE
from iqquadrat.core.importing import guessing, reading
from iqquadrat.core.importing.desk import Desk, ImportStateError
from iqquadrat.core.importing.states import ImportState

MEANING = dict[str, dict[str, str]]


DESK = Desk(
    model=ImportRun, permission=Permission.CLIENT_IMPORT, enqueue=work_on_import.enqueue, refusal=NotAllowedError,
    emptied=writing.release_numbers,
)  # fmt: skip


@transaction.atomic
def begin_import(
    *, kind: str, file: IO[bytes], name: str, by: User, submission: UUID | None = None, fresh: bool = True
) -> ImportRun:
    """Take a file, and let it be read. The same ``submission`` again returns the run it began the first time.

    Not ``fresh``, when the password was given too long ago: the file is only kept, until ``read_kept_file``.
    """
    if not by.may(Permission.CLIENT_IMPORT):
        raise NotAllowedError
    if twin := already_made(ImportRun.objects, submission):
        return twin
    clear_imports()
    run = ImportRun.objects.create(
        centre=by.centre, created_by=by, kind=ImportKind(kind), file_name=name[:200], submission=submission, state=ImportState.KEPT
    )  # fmt: skip
    reading.keep_file(run, file)
    record(Action.CREATE, by=by, obj=run, reason="read" if fresh else "kept")
    if fresh:
        DESK.hand_over(run, ImportState.READING)
    return run


@transaction.atomic
def read_kept_file(*, run: ImportRun, by: User) -> ImportRun:
    """Let a file be read that waited for the password."""
    stored = DESK.mine(run, by, ImportState.KEPT)
    DESK.hand_over(stored, ImportState.READING)
    record(Action.CHANGE, by=by, obj=stored, fields=["state"])
    return stored


@transaction.atomic
def name_columns(
    *, run: ImportRun, columns: Mapping[str, str], defaults: Mapping[str, Any], by: User
) -> ImportRun:
    """Say which column is which field, and what counts where the file says nothing."""
    return DESK.name_columns(run, by, columns, defaults)


@transaction.atomic
def name_values(*, run: ImportRun, meanings: MEANING, by: User) -> ImportRun:
    """Say what values mean, remember everything said for the next file with these columns, and let the rows be checked."""
    stored = DESK.mine(run, by, ImportState.MAPPING)
    if not stored.columns:
        raise ImportStateError
    stored.meanings = meanings
    _remember(stored, by)
    DESK.hand_over(stored, ImportState.CHECKING)
    return stored


def _remember(run: ImportRun, by: User) -> None:
    names = guessing.occurrences(run.headers)
    said = {names[int(place)]: field for place, field in run.columns.items() if names[int(place)]}
    unused = {name: "" for place, name in enumerate(names) if name and str(place) not in run.columns}
    key: dict[str, Any] = {
        "centre": run.centre,
        "kind": run.kind,
        "header_key": guessing.header_key(run.headers),
    }
    known = ImportMapping.objects.filter(**key).first()
    meanings = {**(known.meanings if known else {})}
    for field, values in run.meanings.items():
        meanings[field] = meanings.get(field, {}) | values
    ImportMapping.objects.update_or_create(
        **key,
        defaults={"columns": unused | said, "meanings": meanings, "defaults": run.defaults, "changed_by": by},
    )


@transaction.atomic
def check_again(*, run: ImportRun, by: User) -> ImportRun:
    """Check the rows once more: others may have come since."""
    stored = DESK.mine(run, by, ImportState.CHECKED)
    DESK.hand_over(stored, ImportState.CHECKING)
    return stored


@transaction.atomic
def decide(*, run: ImportRun, choice: str, by: User, lines: Iterable[int] | None = None) -> int:
    """Say what becomes of rows that may be here already: of these, or of all that are undecided. Returns how many."""
    stored = DESK.mine(run, by, ImportState.CHECKED)
    rows = stored.staged_rows.doubtful()
    rows = rows.undecided() if lines is None else rows.filter(line__in=list(lines))
    choice = ImportChoice(choice)
    if choice == ImportChoice.SAME:
        # A consultation that is here already is no person that a row could be.
        rows = rows.filter(Q(match__isnull=False) | Q(match_line__isnull=False))
        if stored.kind != ImportKind.CLIENTS:
            rows = rows.none()
    return rows.update(choice=choice)


def coming_rows(run: ImportRun) -> ImportRowQuerySet:
    """Return the rows that become records, as it is decided now."""
    return run.staged_rows.filter(writing.COMING)


@transaction.atomic
def start_import(*, run: ImportRun, by: User) -> ImportRun:
    """Let everything come in. Raises ``ImportStateError`` while a row is broken or undecided, or the check is old."""
    stored = DESK.mine(run, by, ImportState.CHECKED)
    if stored.broken_rows or stored.check_is_old or stored.staged_rows.undecided().exists():
        raise ImportStateError
    if not stored.staged_rows.filter(writing.COMING | Q(choice=ImportChoice.SAME)).exists():
        raise ImportStateError
    DESK.hand_over(stored, ImportState.IMPORTING)
    return stored


@transaction.atomic
def undo_import(*, run: ImportRun, by: User) -> ImportRun:
    """Let an import be taken back, within 30 days."""
    stored = DESK.mine(run, by, ImportState.IMPORTED)
    if not stored.can_be_undone:
        raise ImportStateError
    DESK.hand_over(stored, ImportState.UNDOING)
    return stored


@transaction.atomic
def stop_work(*, run: ImportRun, by: User) -> ImportRun:
    """Ask the worker for an end; where none is at it, the run goes back at once."""
    return DESK.stop(run, by)


@transaction.atomic
def try_again(*, run: ImportRun, by: User) -> ImportRun:
    """Hand work over once more that broke off, or of which nothing has been heard."""
    return DESK.try_again(run, by)


@transaction.atomic
def discard(*, run: ImportRun, by: User) -> ImportRun:
    """Throw a file away that has not come in: its rows are deleted at once."""
    stored = DESK.discard(run, by)
    record(Action.DELETE, by=by, obj=stored)
    return stored


@transaction.atomic
def clear_imports(*, now: dt.datetime | None = None) -> int:
    """Delete what was in files that came more than 14 days ago, and runs that can no longer be undone. Returns how many runs.

    For the clock of retention; done at every upload too, so that it happens even where nobody has set a clock.
    """
    return DESK.clear(now or timezone.now())


@transaction.atomic
def forget_in_imports(*, client: Client) -> int:
    """Delete the staged rows that may be about this client, for an erasure. Returns how many.

    Their runs have to be checked again: a person is missing in them that the file still names. What nobody can look into, files
    that lie here unread, is given up.
    """
    old = timezone.now() - SILENCE
    silent = ~Q(fault="") | Q(heard_at__lt=old) | Q(heard_at=None, queued_at__lt=old)
    unread = Q(state=ImportState.KEPT) | Q(silent, state=ImportState.READING)
    DESK.give_up(ImportRun.objects.filter(unread, centre_id=client.centre_id))
    forget_file_names(client)
    found = rows_about(client)
    runs = set(found.values_list("run_id", flat=True))
    for run_id, line in set(found.values_list("run_id", "line")):
        ImportProblem.objects.filter(run_id=run_id, line=line).delete()
    deleted, _kinds = ImportRow.objects.filter(pk__in=list(found.values_list("pk", flat=True))).delete()
    ImportRun.objects.filter(pk__in=runs).update(checked_at=None)
    return deleted
