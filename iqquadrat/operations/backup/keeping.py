"""Backups night after night: their names in a folder, which are kept, and when the last good one was made."""

import datetime as dt
import json
import os
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from iqquadrat.operations.backup.encryption import Lock
from iqquadrat.operations.backup.errors import BackupError
from iqquadrat.operations.backup.making import UNFINISHED, Made, make_backup

STATE = "last-backup.json"
NAMED = re.compile(r"^iqquadrat-(\d{4}-\d\d-\d\dT\d{6})\.backup(?:\.gpg)?$")
STAMP = "%Y-%m-%dT%H%M%S"
# What a backup that was killed has left may go after this time.
STALE_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Keep:
    """How many backups are kept: the last one of so many days, weeks and months that have one."""

    days: int = 7
    weeks: int = 4
    months: int = 6

    @classmethod
    def read(cls, text: str) -> "Keep":
        """Read ``7,4,6``. Raises ``ValueError`` for anything but three numbers with at least one day."""
        days, weeks, months = (int(part) for part in text.split(","))
        if days < 1 or weeks < 0 or months < 0:
            raise ValueError("at least one day is kept")
        return cls(days, weeks, months)


@dataclass(frozen=True)
class LastBackup:
    """The last backup that was finished, and when it was last tried: restored into a scratch database and found equal."""

    path: Path
    at: dt.datetime
    size: int
    sha256: str
    encrypted: bool
    verified_at: dt.datetime | None

    @property
    def is_there(self) -> bool:
        """Tell whether the file is still where it was written, and as long as it was."""
        return self.path.is_file() and self.path.stat().st_size == self.size


def last_backup() -> LastBackup | None:
    """Return the last good backup of the folder that ``IQ_BACKUP_FOLDER`` names.

    Nothing when no folder is named or no backup was ever finished there. A backup is written down only when it is complete and on the
    disk. Whether that is long ago, and whether the file is still there (``is_there``), is for the caller to judge.
    """
    return read_state(Path(settings.BACKUP_FOLDER)) if settings.BACKUP_FOLDER else None


def read_state(folder: Path) -> LastBackup | None:
    """Return what the folder's note says of the last backup; nothing when there is none that can be read."""
    try:
        noted = json.loads((folder / STATE).read_text(encoding="utf-8"))
        tried = noted["verified_at"]
        last = LastBackup(
            path=folder / noted["file"], at=dt.datetime.fromisoformat(noted["at"]), size=noted["bytes"], sha256=noted["sha256"],
            encrypted=noted["encrypted"], verified_at=dt.datetime.fromisoformat(tried) if tried else None,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return last if last.at.tzinfo else None


def _write_state(folder: Path, last: LastBackup) -> None:
    noted = {
        "file": last.path.name, "at": last.at.isoformat(), "bytes": last.size, "sha256": last.sha256, "encrypted": last.encrypted,
        "verified_at": last.verified_at.isoformat() if last.verified_at else None,
    }  # fmt: skip
    half = folder / f".{STATE}{UNFINISHED}"
    with half.open("w", encoding="utf-8") as file:
        json.dump(noted, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    half.replace(folder / STATE)


def note_verified(path: Path) -> None:
    """Write down that this backup was tried and found good, if it is the last one of its folder."""
    last = read_state(path.parent)
    if last is not None and last.path.name == path.name:
        _write_state(
            path.parent,
            LastBackup(last.path, last.at, last.size, last.sha256, last.encrypted, timezone.now()),
        )


def back_up_to(folder: Path, *, keep: Keep, lock: Lock | None = None) -> tuple[Made, list[Path]]:
    """Make a backup named by its moment, note it, and delete those that are no longer kept. Returns it and what was deleted.

    Only files that this function has named are ever deleted, and never before the new one is complete.
    """
    if not folder.is_dir():
        raise BackupError(f"There is no such folder: {folder}")
    name = f"iqquadrat-{timezone.now():{STAMP}}.backup{'.gpg' if lock else ''}"
    made = make_backup(folder / name, lock=lock)
    _write_state(folder, LastBackup(made.path, made.at, made.size, made.sha256, bool(lock), None))
    gone = outdated([path for path in folder.iterdir() if NAMED.match(path.name)], keep)
    for path in gone:
        path.unlink()
    _sweep(folder)
    return made, gone


def _sweep(folder: Path) -> None:
    """Delete what backups that were killed have left unfinished, a day later."""
    for path in folder.glob(f".*{UNFINISHED}"):
        if time.time() - path.stat().st_mtime > STALE_SECONDS:
            path.unlink(missing_ok=True)


def moment(path: Path) -> dt.datetime:
    """Return when a backup of this name was made (UTC). Raises ``ValueError`` for another name."""
    found = NAMED.match(path.name)
    if found is None:
        raise ValueError("not a backup of this folder")
    return dt.datetime.strptime(found[1], STAMP).replace(tzinfo=dt.UTC)


def outdated(paths: Iterable[Path], keep: Keep) -> list[Path]:
    """Return which backups may go: all but the last one of each of the newest days, weeks (ISO) and months that have one."""
    newest_first = sorted(paths, key=moment, reverse=True)
    kinds: list[tuple[int, Callable[[dt.datetime], tuple[int, int]]]] = [
        (keep.days, lambda at: (at.year, at.timetuple().tm_yday)),
        (keep.weeks, lambda at: at.isocalendar()[:2]),
        (keep.months, lambda at: (at.year, at.month)),
    ]
    kept: set[Path] = set()
    for number, period in kinds:
        last_of: dict[tuple[int, int], Path] = {}
        for path in newest_first:
            last_of.setdefault(period(moment(path)), path)
        kept.update(list(last_of.values())[:number])
    return [path for path in newest_first if path not in kept]
