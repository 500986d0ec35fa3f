"""Reading a backup: first as a whole, to see that it is what was written, then into a new database beside the others."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from iqquadrat.operations.backup import fingerprints, manifest, programs, server
from iqquadrat.operations.backup.container import Member, Reader
from iqquadrat.operations.backup.encryption import opened
from iqquadrat.operations.backup.errors import DamagedBackupError, ProgramError
from iqquadrat.operations.backup.fingerprints import Fingerprint
from iqquadrat.operations.backup.making import DATABASE, MEDIA
from iqquadrat.operations.backup.manifest import Manifest


@dataclass(frozen=True)
class Contents:
    """What a sound backup holds: its manifest, bytes of the database's dump, number and bytes of uploaded files."""

    manifest: Manifest
    dump_bytes: int
    files: int
    file_bytes: int


@dataclass(frozen=True)
class Compared:
    """A table as the backup says it was, and as it came out of it; nothing where there is no such table."""

    name: str
    expected: Fingerprint | None
    found: Fingerprint | None

    @property
    def is_same(self) -> bool:
        """Tell whether rows and hash agree."""
        return self.expected == self.found


def inspect(path: Path, *, passphrase_file: Path | None = None) -> Contents:
    """Read the whole file and check every byte of it; no database is touched.

    Raises ``DamagedBackupError``, ``LockedBackupError`` or ``VersionError``.
    """
    sizes = {DATABASE: [0, 0], MEDIA: [0, 0]}
    with opened(path, passphrase_file) as source:
        members = Reader(source).members()
        said = _manifest(members)
        for member in members:
            counted = sizes[_kind(member)]
            counted[0] += 1
            counted[1] += member.size
    if not sizes[DATABASE][0]:
        raise DamagedBackupError("The backup is damaged: there is no database in it.")
    return Contents(said, sizes[DATABASE][1], *sizes[MEDIA])


def _manifest(members: Iterator[Member]) -> Manifest:
    first = next(members, None)
    if first is None or first.name != manifest.NAME:
        raise DamagedBackupError("The backup is damaged: it does not begin with its manifest.")
    return manifest.read(first.text())


def _kind(member: Member) -> str:
    for kind in (DATABASE, MEDIA):
        if member.name.startswith(kind):
            return kind
    raise DamagedBackupError(f"The backup holds a part that does not belong there: {member.name}")


@contextlib.contextmanager
def new_database(of: server.Server, name: str) -> Iterator[str]:
    """Make an empty database; it is dropped at the end unless it has got another name by then."""
    server.create(of, name)
    try:
        yield name
    finally:
        server.drop(of, name)


def unpack(
    path: Path,
    *,
    into: str,
    of: server.Server,
    release: int,
    files: Path | None = None,
    passphrase_file: Path | None = None,
) -> None:
    """Restore the dump into an empty database and write the uploaded files below ``files``. ``release`` made the dump."""
    program = programs.find("pg_restore", release)
    arguments = [str(program), "--no-owner", "--no-acl", "--exit-on-error", "--dbname", into]
    with (
        opened(path, passphrase_file) as source,
        programs.running(arguments, environment=of.environment(into), reads=True) as (process, words),
    ):
        members = Reader(source).members()
        _manifest(members)
        for member in members:
            if _kind(member) == MEDIA:
                _save(member, files)
            else:
                _feed(process.stdin, member)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close() if process.stdin else None
        if process.wait() != 0:
            raise ProgramError(f"pg_restore could not bring the database back:\n{programs.said(words)}")


def _feed(pipe: Any, member: Member) -> None:
    """Give a piece of the dump to pg_restore; when it has given up, why is asked at the end."""
    with contextlib.suppress(BrokenPipeError):
        for block in member.blocks():
            pipe.write(block)
        pipe.flush()


def _save(member: Member, folder: Path | None) -> None:
    if folder is None:
        return
    relative = PurePosixPath(member.name.removeprefix(MEDIA))
    if relative.is_absolute() or ".." in relative.parts or not relative.parts:
        raise DamagedBackupError(f"The backup names a file outside its folder: {member.name}")
    target = folder / relative
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        for block in member.blocks():
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def waiting_files(root: Path | None) -> Iterator[Path | None]:
    """Yield a folder on the same disk in which uploaded files wait until everything else is sound."""
    if root is None:
        yield None
        return
    folder = root / f".restoring-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(folder: Path | None, root: Path | None) -> int:
    """Move the files that waited to where they belong; files that the backup does not know stay. Returns how many."""
    if folder is None or root is None:
        return 0
    count = 0
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            target = root / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            count += 1
    return count


def compare(said: Manifest, of: server.Server, name: str) -> list[Compared]:
    """Lay what the manifest says beside what the database holds, table by table, and the structure at the end."""
    with of.connected(name) as connected, connected.cursor() as cursor:
        found = fingerprints.tables(cursor)
        structure = fingerprints.structure(cursor)
    tables = [
        Compared(table, said.tables.get(table), found.get(table))
        for table in sorted(said.tables.keys() | found.keys())
    ]
    return tables + [
        Compared(f"({kind})", Fingerprint(number, ""), Fingerprint(structure.get(kind, 0), ""))
        for kind, number in said.structure.items()
    ]


def server_release(of: server.Server) -> int:
    """Return the major version of the server."""
    with of.maintained() as connected, connected.cursor() as cursor:
        return server.major(cursor)
