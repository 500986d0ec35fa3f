"""The container of a backup: a tar archive of which no byte can change unnoticed, written and read as a stream.

Any ``tar`` opens it. What makes it strict is the reader: every header must be exactly the one that name and size give, padding is
zero, the last part, ``seal.json``, holds length and SHA-256 of everything before it, and nothing follows the end.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from iqquadrat.operations.backup.errors import BackupError, DamagedBackupError

BLOCK = tarfile.BLOCKSIZE
CHUNK = 1 << 20
PARTS = "parts.json"
SEAL = "seal.json"
# What is read into memory as a whole is never longer than this.
LONGEST_TEXT = 64 << 20
END = bytes(2 * BLOCK)
CUT_OFF = "The backup is cut off: it ends before its seal."


@dataclass(frozen=True)
class Part:
    """One part of a backup: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


def _header(name: str, size: int) -> bytes:
    """Return the header of a part. It follows from name and size alone, so that a reader can insist on every byte of it."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    try:
        return info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")
    except ValueError:
        raise BackupError(f"The name of this file is too long for a backup: {name}") from None


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _seal(length: int, digest: str) -> bytes:
    return json.dumps({"bytes": length, "sha256": digest}).encode()


def _list(parts: list[Part]) -> bytes:
    return json.dumps(
        [{"name": part.name, "bytes": part.size, "sha256": part.sha256} for part in parts]
    ).encode()


@dataclass
class Writer:
    """Writes the parts one after the other; ``close`` adds their list and the seal."""

    out: IO[bytes]
    parts: list[Part] = field(default_factory=list)
    length: int = 0
    _whole: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def _write(self, data: bytes) -> None:
        self.out.write(data)
        self._whole.update(data)
        self.length += len(data)

    def add(self, name: str, data: bytes) -> None:
        """Write a part that is in memory."""
        self._write(_header(name, len(data)) + data + _padding(len(data)))
        self.parts.append(Part(name, len(data), hashlib.sha256(data).hexdigest()))

    def add_file(self, name: str, file: IO[bytes], size: int) -> None:
        """Write a part of known size from an open file. Raises ``BackupError`` if the file became shorter meanwhile."""
        self._write(_header(name, size))
        digest, left = hashlib.sha256(), size
        while left:
            data = file.read(min(CHUNK, left))
            if not data:
                raise BackupError(f"This file changed while it was read: {name}")
            digest.update(data)
            self._write(data)
            left -= len(data)
        self._write(_padding(size))
        self.parts.append(Part(name, size, digest.hexdigest()))

    def close(self) -> None:
        """Write the list of parts, the seal and the end of the archive."""
        self.add(PARTS, _list(self.parts))
        seal = _seal(self.length, self._whole.hexdigest())
        self._write(_header(SEAL, len(seal)) + seal + _padding(len(seal)) + END)


@dataclass
class Member:
    """A part that is being read. Its blocks are asked for once, in order; what is left over is read past."""

    name: str
    size: int
    _reader: "Reader"

    def blocks(self) -> Iterator[bytes]:
        """Yield the content, at most one mebibyte at a time."""
        yield from self._reader.content()

    def text(self) -> bytes:
        """Return the content as a whole."""
        if self.size > LONGEST_TEXT:
            raise DamagedBackupError(f"A part of the backup is longer than it can be: {self.name}")
        return b"".join(self.blocks())


@dataclass
class Reader:
    """Reads the parts in their order and insists on list, seal and end. Until ``members`` is exhausted, nothing is proven."""

    source: IO[bytes]
    _whole: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    _length: int = 0
    _read: list[Part] = field(default_factory=list)
    _left: int = 0
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def members(self) -> Iterator[Member]:
        """Yield every part but list and seal. Raises ``DamagedBackupError`` as soon as something is not as it was written."""
        while True:
            before = self._length, self._whole.hexdigest()
            member = self._next()
            if member.name == SEAL:
                self._check_end(member, *before)
                return
            if member.name == PARTS:
                if member.text() != _list(self._read):
                    raise DamagedBackupError("The backup is damaged: its parts are not those of its list.")
            else:
                yield member
            for _rest in self.content():
                pass
            self._finish(member)

    def content(self) -> Iterator[bytes]:
        """Yield what is left of the part that is being read."""
        while self._left:
            data = self._take(min(CHUNK, self._left))
            self._left -= len(data)
            self._digest.update(data)
            yield data

    def _take(self, size: int) -> bytes:
        data = self.source.read(size)
        if len(data) != size:
            raise DamagedBackupError(CUT_OFF)
        self._whole.update(data)
        self._length += size
        return data

    def _next(self) -> Member:
        raw = self._take(BLOCK)
        try:
            info = tarfile.TarInfo.frombuf(raw, "utf-8", "strict")
            is_ours = raw == _header(info.name, info.size)
        except (tarfile.HeaderError, UnicodeError, ValueError, BackupError):
            is_ours = False
        if not is_ours:
            raise DamagedBackupError("The backup is damaged, or this is no backup at all.")
        self._left, self._digest = info.size, hashlib.sha256()
        return Member(info.name, info.size, self)

    def _finish(self, member: Member) -> None:
        if self._take(-member.size % BLOCK).strip(b"\0"):
            raise DamagedBackupError(f"The backup is damaged behind this part: {member.name}")
        self._read.append(Part(member.name, member.size, self._digest.hexdigest()))

    def _check_end(self, member: Member, length: int, digest: str) -> None:
        expected = _seal(length, digest)
        rest = _padding(len(expected)) + END
        if member.size > BLOCK or member.text() != expected:
            raise DamagedBackupError("The backup is damaged: its content does not fit its seal.")
        found = self.source.read(len(rest) + 1)
        if len(found) < len(rest):
            raise DamagedBackupError("The backup is cut off behind its seal.")
        if found != rest:
            raise DamagedBackupError("The backup is damaged: something follows its seal.")
