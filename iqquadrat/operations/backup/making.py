"""Making a backup: everything as it was at one moment, in one file that has its name only when it is complete."""

import contextlib
import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone
from psycopg2 import extensions

from iqquadrat.operations.backup import fingerprints, manifest, programs, server
from iqquadrat.operations.backup.container import Writer
from iqquadrat.operations.backup.encryption import Lock, encrypting
from iqquadrat.operations.backup.errors import BackupError, ProgramError, TargetExistsError

# A dump is of unknown length and a part is not: it is cut into pieces of this size, which is all that lies in memory.
PIECE = 4 << 20
DATABASE = "database/"
MEDIA = "media/"
UNFINISHED = ".part"


@dataclass(frozen=True)
class Made:
    """A backup that was made: its place, size in bytes, SHA-256 as it lies there, moment, rows of all tables, files of the storage."""

    path: Path
    size: int
    sha256: str
    at: dt.datetime
    tables: int
    rows: int
    files: int
    seconds: float


def media_root() -> Path | None:
    """Return the folder of uploaded files, or nothing when the storage is elsewhere and has backups of its own."""
    return Path(settings.MEDIA_ROOT) if isinstance(storages["default"], FileSystemStorage) else None


@contextlib.contextmanager
def _snapshot(of: server.Server) -> Iterator[tuple[str, Any]]:
    """Hold the database still for everybody who names this snapshot, and for the cursor."""
    with of.connected() as opened:
        opened.set_session(isolation_level=extensions.ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        with opened.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0], cursor


@contextlib.contextmanager
def _finished_or_nothing(target: Path) -> Iterator[BufferedRandom]:
    """Yield a file that gets its name when everything is on the disk, and vanishes otherwise."""
    if target.exists():
        raise TargetExistsError(f"There is a file of this name already, and nothing is overwritten: {target}")
    half = target.with_name(f".{target.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        descriptor = os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise BackupError(f"The backup cannot be written: {fault.strerror}: {target.parent}") from None
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _name(half, target)
    except OSError as fault:
        raise BackupError(f"The backup cannot be written: {fault.strerror}: {target}") from fault
    finally:
        half.unlink(missing_ok=True)


def _name(half: Path, target: Path) -> None:
    """Give the finished file its name; a link fails where a rename would overwrite."""
    try:
        target.hardlink_to(half)
    except FileExistsError:
        raise TargetExistsError(f"Somebody was quicker, and nothing is overwritten: {target}") from None
    except OSError:  # a file system without links, such as that of a memory stick
        half.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make_backup(target: Path, *, lock: Lock | None = None) -> Made:
    """Write a backup of database and uploaded files to a new file, encrypted when there is a lock; memory stays flat.

    Rows and hashes of all tables are read in the snapshot that is dumped. Raises errors of ``errors.py``; then no file is left.
    """
    begun = timezone.now()
    of = server.site()
    with _finished_or_nothing(target) as file:
        with _snapshot(of) as (snapshot, cursor), encrypting(file, lock or Lock()) as out:
            said = _describe(of, cursor, begun)
            writer = Writer(out)
            writer.add(manifest.NAME, said.text())
            files = _add_media(writer) if said.media else 0
            _add_dump(writer, of, snapshot, said.tool)
            writer.close()
            out.flush()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    seconds = (timezone.now() - begun).total_seconds()
    return Made(target, size, digest, begun, len(said.tables), said.rows, files, seconds)


def _describe(of: server.Server, cursor: Any, at: dt.datetime) -> manifest.Manifest:
    release = server.major(cursor)
    cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
    if not cursor.fetchone()[0]:
        raise BackupError(f"There is nothing to back up: {of.name} is not the database of a site.")
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return manifest.Manifest(
        at=at, database=of.name, server=release, tool=programs.major(programs.find("pg_dump", release)) or release,
        migrations=tuple(cursor.fetchall()), tables=fingerprints.tables(cursor), structure=fingerprints.structure(cursor),
        left_out=fingerprints.LEFT_OUT, media=media_root() is not None, key_mark=manifest.key_marks()[0],
    )  # fmt: skip


def _add_media(writer: Writer) -> int:
    """Add every uploaded file. One that was deleted since the list was made is not missed: no row names it any more."""
    root = media_root()
    if root is None or not root.is_dir():
        return 0
    count = 0
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name.endswith(UNFINISHED):
            continue
        with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
            writer.add_file(MEDIA + path.relative_to(root).as_posix(), file, os.fstat(file.fileno()).st_size)
            count += 1
    return count


def _add_dump(writer: Writer, of: server.Server, snapshot: str, release: int) -> None:
    arguments = [
        str(programs.find("pg_dump", release)), "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}",
        *(f"--exclude-table-data=*.{name}" for name in fingerprints.LEFT_OUT),
    ]  # fmt: skip
    with programs.running(arguments, environment=of.environment(), reads=False) as (process, words):
        source: Any = process.stdout
        number = 0
        while piece := source.read(PIECE):
            number += 1
            writer.add(f"{DATABASE}{number:06d}", piece)
        if process.wait() != 0:
            raise ProgramError(f"pg_dump could not read the database:\n{programs.said(words)}")
