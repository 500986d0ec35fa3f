"""Encryption of a backup by GnuPG: with a passphrase, or for a public key of which this machine has no other half."""

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from iqquadrat.operations.backup.errors import (
    BackupError,
    DamagedBackupError,
    LockedBackupError,
    MissingProgramError,
    ProgramError,
)  # fmt: skip

# Where a tar archive says what it is; a file without it is taken to be encrypted.
TAR_MARK = (257, b"ustar")
# What GnuPG reports, in its own words for programs, and what it means.
WRONG_KEY = ("NO_SECKEY", "BAD_PASSPHRASE", "MISSING_PASSPHRASE", "NEED_PASSPHRASE_PIN")


@dataclass(frozen=True)
class Lock:
    """What a backup is encrypted with: a key (a file with it, or its name in the keyring) or a file with a passphrase in its first line."""

    recipient: str = ""
    passphrase_file: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.recipient or self.passphrase_file)


def _gpg() -> str:
    program = shutil.which("gpg")
    if program is None:
        raise MissingProgramError("GnuPG is not installed; run: apt install gnupg")
    return program


def _passphrase(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            first = opened.readline(4096).strip()
    except OSError as fault:
        raise BackupError(f"The file with the passphrase cannot be read: {fault.strerror}: {file}") from None
    if not first:
        raise BackupError(f"The first line of this file must hold the passphrase: {file}")
    return ["--pinentry-mode", "loopback", "--passphrase-file", str(file.absolute())]


@contextlib.contextmanager
def _home(*, own: bool) -> Iterator[list[str]]:
    """Give GnuPG a folder of its own that is gone afterwards, where it needs no keyring."""
    if not own:
        yield []
        return
    with tempfile.TemporaryDirectory(prefix="iq-gpg-", ignore_cleanup_errors=True) as folder:
        try:
            yield ["--homedir", folder]
        finally:
            if agent := shutil.which("gpgconf"):
                subprocess.run(  # noqa: S603 - our own arguments
                    [agent, "--homedir", folder, "--kill", "gpg-agent"], check=False, capture_output=True
                )


def is_encrypted(path: Path) -> bool:
    """Tell whether the file is anything but a plain container."""
    offset, mark = TAR_MARK
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(len(mark)) != mark


@contextlib.contextmanager
def encrypting(out: IO[bytes], lock: Lock) -> Iterator[IO[bytes]]:
    """Yield where to write; what is written reaches ``out`` encrypted. Raises ``ProgramError`` when GnuPG fails."""
    if not lock:
        yield out
        return
    options = ["--compress-algo", "none", "--output", "-"]
    as_file = bool(lock.recipient) and Path(lock.recipient).is_file()
    if as_file:
        options += [
            "--trust-model",
            "always",
            "--encrypt",
            "--recipient-file",
            str(Path(lock.recipient).absolute()),
        ]
    elif lock.recipient:
        options += ["--trust-model", "always", "--encrypt", "--recipient", lock.recipient]
    if lock.passphrase_file:
        options += [*_passphrase(lock.passphrase_file), "--symmetric", "--cipher-algo", "AES256"]
    with _home(own=as_file or not lock.recipient) as home, tempfile.TemporaryFile() as words:
        process = _start([*home, *options], stdin=subprocess.PIPE, stdout=out, words=words)
        target = process.stdin
        if target is None:
            raise ProgramError("GnuPG cannot be written to.")
        try:
            yield target
            target.close()
        except BrokenPipeError:
            process.wait()
            raise ProgramError(f"GnuPG could not encrypt: {_said(words)}") from None
        finally:
            _end(process)
        if process.returncode != 0:
            raise ProgramError(f"GnuPG could not encrypt: {_said(words)}")


@contextlib.contextmanager
def opened(path: Path, passphrase_file: Path | None = None) -> Iterator[IO[bytes]]:
    """Yield the container inside the file. Raises ``LockedBackupError`` or ``DamagedBackupError`` when it cannot be opened.

    What was read is proven by GnuPG only when the block has been left without an error.
    """
    try:
        encrypted = is_encrypted(path)
    except OSError as fault:
        raise BackupError(f"The backup cannot be read: {fault.strerror}: {path}") from None
    if not encrypted:
        with path.open("rb") as file:
            yield file
        return
    options = ["--decrypt", "--output", "-"]
    if passphrase_file:
        options = [*_passphrase(passphrase_file), *options]
    with (
        _home(own=passphrase_file is not None) as home,
        tempfile.TemporaryFile() as words,
        path.open("rb") as file,
    ):
        process = _start(
            ["--status-fd", "2", *home, *options], stdin=file, stdout=subprocess.PIPE, words=words
        )
        source = process.stdout
        if source is None:
            raise ProgramError("GnuPG cannot be read from.")
        try:
            with source:
                yield source
            process.wait()
        except DamagedBackupError:
            process.wait()
            _complain(process.returncode, _said(words))
            raise
        finally:
            _end(process)
        _complain(process.returncode, _said(words))


def _start(
    options: list[str], *, stdin: int | IO[bytes], stdout: int | IO[bytes], words: IO[bytes]
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own arguments
        [_gpg(), "--batch", "--no-tty", "--quiet", "--yes", *options],
        stdin=stdin,
        stdout=stdout,
        stderr=words,
    )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Leave no process behind, whatever happened."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    if process.poll() is None:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _said(words: IO[bytes]) -> str:
    words.seek(0)
    return words.read(8192).decode(errors="replace")


def _complain(code: int, said: str) -> None:
    """Say in words why GnuPG could not open the file."""
    if code == 0:
        return
    if "NODATA" in said and "DECRYPTION_OKAY" not in said and "BEGIN_DECRYPTION" not in said:
        raise DamagedBackupError(
            "This file is neither a backup nor an encrypted one, or its beginning is damaged."
        )
    if any(word in said for word in WRONG_KEY) or "Bad session key" in said or "No secret key" in said:
        raise LockedBackupError(
            "The backup cannot be opened: the passphrase or key is not the one it was encrypted with, or its beginning is damaged."
        )
    raise DamagedBackupError("The backup is damaged: GnuPG could not decrypt it to the end.")
