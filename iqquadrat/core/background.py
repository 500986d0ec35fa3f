"""Work that takes longer than a page may: a worker does it, the page shows how far it is, and somebody may stop it.

A record that needs such work inherits from ``Work``; its room writes the task. ``asked_for`` counts the attempts: a worker that
was thought lost and comes back belongs to an older attempt, and finds out at its next ``Beat``.

    class Report(Work): ...

    def build(report_pk, attempt):                    # the task
        with Beat(Report, report_pk, attempt) as beat:
            for number, row in enumerate(rows, start=1):
                beat.step(number, of=len(rows))       # raises StoppedError, OvertakenError
"""

import datetime as dt
import time
from types import TracebackType

from django.db import connection, connections, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long nothing may be heard of a worker before the page says so.
SILENCE = dt.timedelta(seconds=60)
# How often the state is written down, in seconds; pages ask once a second.
INTERVAL = 0.7


class StoppedError(Exception):
    """Somebody has asked for an end."""


class OvertakenError(Exception):
    """A later attempt does this work now."""


class Work(models.Model):
    """How far the background work on this record is."""

    attempt = models.PositiveIntegerField(_("attempt"), default=0, editable=False)
    queued_at = models.DateTimeField(_("handed over"), null=True, editable=False)
    heard_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    done = models.PositiveIntegerField(_("done"), default=0, editable=False)
    total = models.PositiveIntegerField(_("of"), default=0, editable=False)
    stop_asked = models.BooleanField(_("end asked for"), default=False, editable=False)
    # A code for what went wrong, never the words of an error: they may quote what was being worked on.
    fault = models.CharField(_("fault"), max_length=30, blank=True, editable=False)

    class Meta:
        abstract = True

    def asked_for(self) -> None:
        """Begin a new attempt: all that the last one left is wiped."""
        self.attempt += 1
        self.queued_at, self.heard_at = timezone.now(), None
        self.done, self.total, self.stop_asked, self.fault = 0, 0, False, ""

    @property
    def is_waiting(self) -> bool:
        """No worker has begun yet."""
        return self.heard_at is None

    @property
    def is_silent(self) -> bool:
        """Nothing has been heard for so long that the worker must have ended, or none runs."""
        last = self.heard_at or self.queued_at
        return last is not None and last < timezone.now() - SILENCE

    @property
    def may_be_tried_again(self) -> bool:
        """It broke off, or nothing is heard of it."""
        return bool(self.fault) or self.is_silent

    def ask_for_an_end(self) -> bool:
        """Ask the worker for an end. True where none is at it: then it is at its end already, whoever comes back is overtaken."""
        if self.is_waiting or self.may_be_tried_again:
            self.asked_for()
            return True
        self.stop_asked = True
        return False


class Beat:
    """What a worker says of itself while it works.

    While a transaction is open on the usual connection, the state goes over one of its own: otherwise nobody would see it move
    before the end.
    """

    def __init__(self, model: type[Work], pk: int, attempt: int) -> None:
        self.model, self.pk, self.attempt = model, pk, attempt
        # Inside a transaction that sees one moment only, who asked for an end is found out over the other connection.
        self.apart = False
        self._next = 0.0
        self._own = connections.create_connection("default")

    def __enter__(self) -> "Beat":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._own.close()

    def step(self, done: int, *, of: int, now: bool = False) -> None:
        """Say how far it is; at most every moment, unless ``now``. Raises ``StoppedError`` and ``OvertakenError``."""
        moment = time.monotonic()
        if moment < self._next and not now:
            return
        self._next = moment + INTERVAL
        self.check()
        through = self._own if connection.in_atomic_block else connection
        with through.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{self.model._meta.db_table}" SET done = %s, total = %s, heard_at = %s WHERE id = %s AND attempt = %s',  # noqa: S608 - our own table
                [done, of, timezone.now(), self.pk, self.attempt],
            )

    def check(self) -> None:
        """Raise when this work should end."""
        row = self._apart() if self.apart and connection.in_atomic_block else self._here()
        if row is None or row[0] != self.attempt:
            raise OvertakenError
        if row[1]:
            raise StoppedError

    def _here(self) -> tuple[int, bool] | None:
        return self.model._meta.base_manager.filter(pk=self.pk).values_list("attempt", "stop_asked").first()

    def _apart(self) -> tuple[int, bool] | None:
        with self._own.cursor() as cursor:
            table = self.model._meta.db_table
            cursor.execute(f'SELECT attempt, stop_asked FROM "{table}" WHERE id = %s', [self.pk])  # noqa: S608 - our own table
            found: tuple[int, bool] | None = cursor.fetchone()
        return found
