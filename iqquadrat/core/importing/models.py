"""What is stored of a file on its way in. Each room makes its own tables of these: they differ in what rows are compared with.

Rows, problems and the file are there to be worked on and go when that is over: right after the import, at the latest 14 days after
the file came. What was made by a run is remembered as long as it can be undone.
"""

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.background import Work
from iqquadrat.core.importing.states import AFTER_IMPORT, IMPORT_ENDED, IMPORT_WORKING, ImportState
from iqquadrat.core.models import Published, Recorded

KEPT = dt.timedelta(days=14)
# A file that waits for a password was just sent: whoever sent it goes on at once, or does not.
KEPT_UNREAD = dt.timedelta(days=1)
UNDO_WITHIN = dt.timedelta(days=30)
# A check tells what was so then; clients who came since are not in it.
CHECK_HOLDS = dt.timedelta(hours=24)


class FileRun(Recorded, Published, Work):
    """One file on its way in. Its room adds the centre, and the tables that hang on it under the names below."""

    centre_id: int
    file_parts: Any
    staged_rows: Any
    problems: Any

    submission = models.UUIDField(unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=15, choices=ImportState, default=ImportState.READING)
    file_name = models.CharField(_("file"), max_length=200)
    file_format = models.CharField(_("format"), max_length=10, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    headers = ArrayField(models.TextField(), verbose_name=_("columns of the file"), default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    # By the place of a column in the file: which field it is.
    columns = models.JSONField(_("columns"), default=dict)
    # By field and by the value as typed: which code it is; an empty one leaves the field empty.
    meanings = models.JSONField(_("meanings of values"), default=dict)
    # What counts where the file says nothing: counsellor, day order, channel, language, minutes.
    defaults = models.JSONField(_("where the file says nothing"), default=dict)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    broken_rows = models.PositiveIntegerField(_("rows with errors"), default=0)
    # What came of it: counts by kind.
    result = models.JSONField(_("result"), default=dict)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_working(self) -> bool:
        """A worker has it, or should have."""
        return self.state in IMPORT_WORKING and not self.fault

    @property
    def is_open(self) -> bool:
        """Its rows lie here still and may be thrown away."""
        return self.state in (ImportState.MAPPING, ImportState.CHECKED)

    @property
    def undo_until(self) -> dt.datetime | None:
        """Until when it can be taken back."""
        return self.imported_at + UNDO_WITHIN if self.imported_at else None

    @property
    def can_be_undone(self) -> bool:
        """It came in, and not too long ago."""
        until = self.undo_until
        return self.state == ImportState.IMPORTED and until is not None and timezone.now() < until

    @property
    def check_is_old(self) -> bool:
        """Others may have come since."""
        return self.checked_at is None or self.checked_at < timezone.now() - CHECK_HOLDS


class FilePart(models.Model):
    """A piece of the uploaded file, until it is read: in pieces, so that no process holds it whole."""

    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.number)


class StagedRow(models.Model):
    """One row of the file: as it stood there."""

    line = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"), default=list)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.line)


class FoundProblem(models.Model):
    """What is wrong with one cell, in words."""

    line = models.PositiveIntegerField(_("line"))
    # The place in the file, counted from 0; null where the row as a whole is meant.
    column = models.PositiveIntegerField(_("column"), null=True)
    field = models.CharField(_("field"), max_length=40, blank=True)
    message = models.CharField(_("message"), max_length=500)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


def period_conditions() -> dict[str, Q]:
    """Return what the database holds of the days of a run: imported and ended are dated exactly where its state says so."""
    return {
        "imported_at": Q(state__in=AFTER_IMPORT, imported_at__isnull=False)
        | (~Q(state__in=AFTER_IMPORT) & Q(imported_at__isnull=True)),
        "ended_at": Q(state__in=IMPORT_ENDED, ended_at__isnull=False)
        | (~Q(state__in=IMPORT_ENDED) & Q(ended_at__isnull=True)),
    }
