"""A PostgreSQL cluster of its own, which may be killed, frozen, stopped and filled up."""

import contextlib
import hashlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from iqquadrat.core import embedded

ROOT = Path(__file__).resolve().parents[2]
NAME = "faults"
# What the readme of PostgreSQL calls a crash takes a second or two to recover from; a busy machine takes longer.
PATIENCE = 60


def home() -> Path:
    """Return the folder for clusters: beside the embedded database, where its account may pass."""
    above = embedded.data_folder().parent
    embedded._make_passable(above)
    return above


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Cluster:
    """One cluster, listening on loopback. ``durable=False`` answers before the disk has it, as a control that loses."""

    def __init__(self, folder: Path, port: int, *, durable: bool = True) -> None:
        self.folder, self.port, self.durable = folder, port, durable

    def url(self, name: str = NAME) -> str:
        return f"postgresql://{embedded.USER}@127.0.0.1:{self.port}/{name}"

    def fill_from(self, template: Path) -> None:
        """Copy a stopped cluster, with its owners."""
        subprocess.run(["cp", "-a", f"{template}/.", str(self.folder)], check=True)

    def start(self) -> None:
        options = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "on", "full_page_writes": "on",
            "synchronous_commit": "on" if self.durable else "off", "shared_buffers": "32MB", "max_wal_size": "64MB", "min_wal_size": "32MB",
            "max_connections": "40", "restart_after_crash": "on", "recovery_init_sync_method": "syncfs",
            # What is not written at once is written as late as it may be: a control that loses a moment must have one to lose.
            "wal_writer_delay": "200ms" if self.durable else "1s",
        }  # fmt: skip
        words = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in options.items())
        embedded._run(
            "pg_ctl",
            "-D",
            str(self.folder),
            "-w",
            "-t",
            str(PATIENCE),
            "-l",
            str(self.folder / "log"),
            "-o",
            words,
            "start",
        )

    def start_again(self) -> None:
        """As systemd would: as soon as the processes of the dead one are gone, again and again until it runs."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.start()
            except embedded.EmbeddedDatabaseError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def stop(self, mode: str = "fast") -> None:
        if self.postmaster() is not None:
            embedded._run("pg_ctl", "-D", str(self.folder), "-m", mode, "-w", "-t", str(PATIENCE), "stop")

    def postmaster(self) -> int | None:
        """Return the process that started all others, if it lives."""
        file = self.folder / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError):
            pid = int(file.read_text().split()[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            return pid if str(self.folder).encode() in command else None
        return None

    def children(self) -> list[int]:
        postmaster = self.postmaster()
        return [] if postmaster is None else children_of(postmaster)

    def backends(self) -> list[int]:
        """Return the processes that serve somebody."""
        return [pid for pid in self.children() if f"{NAME} 127.0.0.1".encode() in _command(pid)]

    def kill(self) -> None:
        """End all processes of the database at one blow, as when the plug is pulled on them."""
        processes = [self.postmaster(), *self.children()]
        for pid in processes:
            _signal(pid, signal.SIGKILL)
        _gone([pid for pid in processes if pid])

    def kill_postmaster(self) -> None:
        """End only the first process; the others find out by themselves."""
        processes = [self.postmaster(), *self.children()]
        _signal(processes[0], signal.SIGKILL)
        _gone([pid for pid in processes if pid])

    def kill_backend(self, chance: random.Random) -> None:
        """End one process that serves somebody; the server then restarts all of them by itself."""
        found = self.backends()
        if found:
            _signal(chance.choice(found), signal.SIGKILL)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """All processes stand still for a while, as on a machine that does nothing but swap."""
        processes = [self.postmaster(), *self.children()]
        for pid in processes:
            _signal(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                _signal(pid, signal.SIGCONT)


def children_of(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _signal(pid: int | None, number: signal.Signals) -> None:
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _gone(processes: list[int], patience: float = 20) -> None:
    """Wait until they are no more. A zombie is no more: it waits for its parent only."""
    until = time.monotonic() + patience
    while any(_lives(pid) for pid in processes):
        if time.monotonic() > until:
            raise TimeoutError(f"these processes do not end: {processes}")
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def template() -> Path:
    """Return a stopped cluster with the migrated, empty database: made once for these migrations, copied for every run."""
    sources = [
        ROOT / "requirements.lock",
        *sorted(ROOT.glob("*/migrations/*.py")),
        *sorted(ROOT.glob("*/*/migrations/*.py")),
    ]
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    folder = home() / f"faults-template-{stamp}"
    if (folder / "PG_VERSION").exists():
        return folder
    for old in home().glob("faults-template-*"):
        shutil.rmtree(old)
    half = new_folder(home() / "faults-half")
    embedded._run("initdb", "-D", str(half), "-U", embedded.USER, *embedded.INIT)
    made = Cluster(half, free_port())
    made.start()
    try:
        _migrate(made)
    finally:
        made.stop()
    half.rename(folder)
    return folder


def new_folder(folder: Path) -> Path:
    """Make an empty folder that belongs to the account of the database."""
    embedded._make_account()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if embedded._is_root():
        shutil.chown(folder, embedded.SYSTEM_USER, embedded.SYSTEM_USER)
    return folder


def _migrate(cluster: Cluster) -> None:
    import psycopg2

    connection = psycopg2.connect(cluster.url("postgres"))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, check=True,
        env=os.environ | {"DATABASE_URL": cluster.url(), "DJANGO_SETTINGS_MODULE": "iqquadrat.settings"},
    )  # fmt: skip
