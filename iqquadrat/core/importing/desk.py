"""The steps of a file on its way in, as every room takes them: whose it is, when a worker gets it, how one goes back."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Q
from django.utils import timezone

from iqquadrat.core.importing.models import KEPT, KEPT_UNREAD, UNDO_WITHIN, FileRun
from iqquadrat.core.importing.states import IMPORT_WORKING, ImportState

R = TypeVar("R", bound=FileRun)

# Where a run stands after somebody has stopped the work on it: nothing has been changed by then.
STOPPED = {
    ImportState.READING: ImportState.CANCELLED,
    ImportState.CHECKING: ImportState.MAPPING,
    ImportState.IMPORTING: ImportState.CHECKED,
    ImportState.UNDOING: ImportState.IMPORTED,
}


class ImportStateError(Exception):
    """The run is not where this can be done with it: somebody else, or a second click, was faster."""


class Person(Protocol):
    """Whoever brings a file."""

    @property
    def pk(self) -> Any: ...

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Desk(Generic[R]):
    """The imports of one room. Everything here runs inside the transaction of the service that calls it.

    ``enqueue(pk, attempt)`` hands a run to a worker, ``refusal`` is raised towards those who may not, ``emptied(run)`` lets go of
    what a room keeps free for a run beside its rows.
    """

    model: type[R]
    permission: str
    enqueue: Callable[[int, int], Any]
    refusal: type[Exception]
    emptied: Callable[[R], None]

    def mine(self, run: R, by: Person, *states: str) -> R:
        """Return the run, locked. Raises when it is another's, or ``ImportStateError`` when it is in none of these states."""
        stored: R = (
            self.model._meta.base_manager.select_for_update(of=("self",))
            .select_related("centre")
            .get(pk=run.pk)
        )
        if stored.created_by_id != by.pk or not by.may(self.permission):
            raise self.refusal
        if stored.state not in states:
            raise ImportStateError
        return stored

    def hand_over(self, run: R, state: str) -> None:
        """Let a worker do what this state waits for."""
        run.state = state
        run.asked_for()
        run.revision += 1
        run.save()
        self.enqueue(run.pk, run.attempt)

    def name_columns(self, run: R, by: Person, columns: Mapping[str, str], defaults: Mapping[str, Any]) -> R:
        """Say which column is which field, and what counts where the file says nothing."""
        stored = self.mine(run, by, ImportState.MAPPING, ImportState.CHECKED)
        stored.columns, stored.defaults = dict(columns), dict(defaults)
        stored.state, stored.fault = ImportState.MAPPING, ""
        stored.save()
        return stored

    def stop(self, run: R, by: Person) -> R:
        """Ask the worker for an end; where none is at it, the run goes back at once."""
        stored = self.mine(run, by, *IMPORT_WORKING)
        if stored.is_waiting or stored.is_silent or stored.fault:
            self._go_back(stored)
        else:
            stored.stop_asked = True
            stored.save()
        return stored

    def _go_back(self, run: R) -> None:
        run.state = STOPPED[ImportState(run.state)]
        run.asked_for()  # whoever was at it belongs to an older attempt now
        run.queued_at = None
        if run.state == ImportState.CANCELLED:
            self.empty(run)
        run.save()

    def try_again(self, run: R, by: Person) -> R:
        """Hand work over once more that broke off, or of which nothing has been heard."""
        stored = self.mine(run, by, *IMPORT_WORKING)
        if not (stored.fault or stored.is_silent):
            raise ImportStateError
        self.hand_over(stored, stored.state)
        return stored

    def discard(self, run: R, by: Person) -> R:
        """Throw a file away that has not come in: its rows are deleted at once."""
        stored = self.mine(run, by, ImportState.KEPT, ImportState.MAPPING, ImportState.CHECKED)
        stored.state = ImportState.CANCELLED
        self.empty(stored)
        stored.save()
        return stored

    def empty(self, run: R) -> None:
        """Delete what was in the file, and what was kept free for it."""
        self.emptied(run)
        run.ended_at = run.ended_at or timezone.now()
        run.headers, run.columns, run.meanings = [], {}, {}
        run.file_parts.all().delete()
        run.staged_rows.all().delete()
        run.problems.all().delete()

    def clear(self, now: dt.datetime) -> int:
        """Delete what was in files that came more than 14 days ago, and runs that can no longer be undone. Returns how many runs."""
        # Nobody works on these any more: a run is silent after a minute.
        old = Q(created_at__lt=now - KEPT) | Q(created_at__lt=now - KEPT_UNREAD, state=ImportState.KEPT)
        runs = self.model._meta.base_manager
        count = self.give_up(runs.filter(old, ended_at__isnull=True))
        over = runs.filter(ended_at__lt=now - UNDO_WITHIN).exclude(state=ImportState.UNDOING)
        _rows, kinds = over.delete()
        return count + kinds.get(self.model._meta.label, 0)

    def give_up(self, runs: Any) -> int:
        """Let go of these runs and of all that was in them. Returns how many."""
        count = 0
        for run in runs.select_for_update(of=("self",), skip_locked=True).select_related("centre"):
            run.state, run.fault = ImportState.CANCELLED, ""
            run.asked_for()
            self.empty(run)
            run.save()
            count += 1
        return count
