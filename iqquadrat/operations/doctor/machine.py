"""The machine: room on its disks, and the right time."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, warning

GIB = 1024**3
# Less than so many bytes: soon nothing can be stored.
LITTLE, TOO_LITTLE = 5 * GIB, 1 * GIB
APART = 5  # seconds
# Where Debian's PostgreSQL keeps its data; on another machine there is no such folder.
DATABASE_FOLDER = Path("/var/lib/postgresql")


def has_room(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Space where the database, the files and what is unfinished lie."""
    folders = [Path(settings.MEDIA_ROOT), Path(tempfile.gettempdir())]
    if DATABASE_FOLDER.exists():
        folders.insert(0, DATABASE_FOLDER)
    places = {place.stat().st_dev: place for place in map(_nearest, reversed(folders))}
    findings = [_room(place) for place in reversed(places.values())]
    bad = [finding for finding in findings if finding.advice]
    yield from bad or findings[:1]


def _nearest(folder: Path) -> Path:
    """Return the folder, or the first above it that exists."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _room(place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    words = {"free": f"{free / GIB:.1f}", "folder": place}
    if free < TOO_LITTLE:
        return fault(
            _("Only %(free)s GB are free at %(folder)s.") % words,
            _("Make room at once: a full disk stops the database."),
        )
    if free < LITTLE:
        return warning(
            _("Only %(free)s GB are free at %(folder)s.") % words, _("Make room, or get a larger disk.")
        )
    return ok(_("%(free)s GB are free.") % words)


def clock_agrees(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """This machine and the database's have the same time."""
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
        after = timezone.now()
    middle = before + (after - before) / 2
    apart = abs((row[0] - middle).total_seconds()) if row else 0.0
    if apart > APART:
        yield fault(
            _("The clocks of this machine and of the database are %(seconds)s s apart.")
            % {"seconds": round(apart)},
            _("Switch on time synchronisation on both: timedatectl set-ntp true"),
        )
    else:
        yield ok(_("The clocks of this machine and of the database agree."))
