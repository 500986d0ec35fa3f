"""What breaks, one scene a fault: load, the blow, the wait until somebody is acknowledged again, the comparison with the ledger."""

import contextlib
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection

from tests.faults.checking import Found, look
from tests.faults.cluster import Cluster, free_port, home, new_folder
from tests.faults.site import Cutting, Site
from tests.faults.stage import Stage, build
from tests.faults.writers import Ledger, Writer

# Longest time without an acknowledgement after a blow, in seconds.
RECOVERY = 60.0
SMALL_DISK = 400  # megabytes


@dataclass
class Row:
    """A line of the table. ``words``: what a page said meanwhile, or why there is no figure."""

    fault: str
    blows: int = 0
    acknowledged: int = 0
    found: Found = field(default_factory=Found)
    seconds: list[float] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    words: str = ""
    kills: bool = True


class Running:
    """A cluster, the site upon it and everybody who writes."""

    def __init__(self, cluster: Cluster, site: Site, network: Cutting, stage: Stage, seed: int) -> None:
        self.cluster, self.site, self.network, self.stage = cluster, site, network, stage
        self.ledger, self.chance = Ledger(), random.Random(seed)
        self.writers: list[Writer] = []

    def begin(self) -> None:
        self.writers = self.stage.writers(self.network.url, self.ledger)
        for writer in self.writers:
            writer.start()
        self.expect(len(self.writers))

    def expect(self, more: int) -> None:
        """Wait until so many more are acknowledged."""
        if not self.ledger.wait(RECOVERY, more):
            raise TimeoutError(
                f"nothing is acknowledged any more: {dict(self.ledger.heard)}\n{self.site.log.read_text()[-3000:]}"
            )

    def end(self) -> None:
        for writer in self.writers:
            writer.ending.set()
        for writer in self.writers:
            writer.join(30)

    def look(self) -> Found:
        """Compare now; the writers go on meanwhile."""
        acknowledged = list(self.ledger.acknowledged.values())
        for _attempt in range(200):
            with contextlib.suppress(OperationalError, InterfaceError):
                connection.close()
                return look(acknowledged)
            time.sleep(0.1)
        raise TimeoutError((self.cluster.folder / "log").read_text()[-3000:])

    def scene(self, fault: str, blow: Callable[[], str | None], *, blows: int, kills: bool = True) -> Row:
        """Let something break so many times under load, and look after each."""
        row = Row(fault, kills=kills)
        before, heard = len(self.ledger.acknowledged), self.ledger.heard.copy()
        for _number in range(blows):
            self.expect(
                self.chance.randint(2, 10)
            )  # then the blow falls right after somebody was told "saved"
            begun = time.monotonic()
            row.words = blow() or row.words
            self.expect(3)
            row.seconds.append(time.monotonic() - begun)
            row.blows += 1
            found = self.look()
            row.found = Found(
                *(max(was, now) for was, now in zip(_facts(row.found), _facts(found), strict=True))
            )
        row.acknowledged = len(self.ledger.acknowledged) - before
        row.answers = dict(self.ledger.heard - heard)
        return row


def _facts(found: Found) -> tuple[int, int, int, int]:
    return found.lost, found.doubled, found.half, found.stored


@contextlib.contextmanager
def running(
    template: Path, port: int, seed: int, *, durable: bool = True, disk: Path | None = None
) -> Iterator[Running]:
    """Everything on a fresh copy of the template; ``disk``: where, if not beside the others."""
    folder = new_folder((disk or home()) / f"faults-{port}")
    cluster = Cluster(folder, port, durable=durable)
    cluster.fill_from(template)
    cluster.start()
    log = home() / f"faults-{port}.log"
    log.write_bytes(b"")
    connection.close()
    try:
        stage = build()
        with (
            Site(cluster.url(), log) as site,
            Cutting(f"http://127.0.0.1:{site.port}", seed=seed, share=0.5) as network,
        ):
            scene = Running(cluster, site, network, stage, seed)
            scene.begin()
            try:
                yield scene
            finally:
                scene.end()
    finally:
        connection.close()
        cluster.stop("immediate")
        subprocess.run(["rm", "-rf", str(folder)], check=True)


# --- the blows ------------------------------------------------------------------------------------------------


def database_killed(on: Running) -> None:
    on.cluster.kill()
    on.cluster.start_again()


def postmaster_killed(on: Running) -> None:
    on.cluster.kill_postmaster()
    on.cluster.start_again()


def backend_killed(on: Running) -> None:
    on.cluster.kill_backend(on.chance)


def process_killed(on: Running) -> None:
    on.site.kill_process(on.chance)


def master_killed(on: Running) -> None:
    on.site.kill_master()


def stopped(on: Running, seconds: float = 3) -> str:
    """The database is stopped for seconds: a page says so in words, and goes on afterwards."""
    on.cluster.stop("fast")
    time.sleep(seconds)
    status, text = on.site.get("/account/sign-in/")
    on.cluster.start_again()
    if status != 503 or "Einen Augenblick" not in " ".join(text.split()):
        raise AssertionError(f"the page says {status}: {text[:500]}")
    return "503, “Einen Augenblick”"


def frozen(on: Running, seconds: float = 3) -> None:
    with on.cluster.frozen():
        time.sleep(seconds)


def bad_network(on: Running, seconds: float = 8) -> str:
    before = on.network.faults
    on.network.is_bad = True
    time.sleep(seconds)
    on.network.is_bad = False
    return f"{on.network.faults - before} faults"


class Disk:
    """A small file system in memory, and a file that fills it. The machine must allow mounting."""

    def __init__(self) -> None:
        self.folder = home() / "faults-disk"

    def __enter__(self) -> "Disk | None":
        self.folder.mkdir(exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}m,mode=0755", "tmpfs", str(self.folder)],
            check=False,
            capture_output=True,
        )
        return self if done.returncode == 0 else None

    def __exit__(self, *_fault: object) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)
        self.folder.rmdir()

    def full(self, on: Running) -> str:
        """Fill it to the last byte under load until nothing can be stored; then make room."""
        ballast = self.folder / "ballast"
        before = on.ledger.heard.copy()
        with ballast.open("wb", buffering=0) as file:
            until = time.monotonic() + 20
            while time.monotonic() < until and (on.ledger.heard - before).total() < 10:
                with contextlib.suppress(OSError):
                    while file.write(b"\0" * 8192):
                        pass
                with contextlib.suppress(OSError):
                    file.write(b"\0")
                time.sleep(0.05)
        heard = dict(on.ledger.heard - before)
        status, _text = on.site.get("/account/sign-in/")
        ballast.unlink()
        if (
            on.cluster.postmaster() is None
        ):  # no room for its journal: it has ended, and a service manager starts it again
            on.cluster.start_again()
        if not heard:
            raise AssertionError("the disk was never full")
        return f"while full: {heard}, sign-in page {status}"


def full_disk(template: Path, port: int, seed: int, blows: int) -> Row:
    with Disk() as disk:
        if disk is None:
            return Row(
                "disk full",
                words="not tried: this machine does not allow a small file system to be mounted",
                kills=False,
            )
        with running(template, port, seed, disk=disk.folder) as on:
            return on.scene("disk full", lambda: disk.full(on), blows=blows, kills=False)


def control(template: Path, port: int, seed: int, blows: int) -> Row:
    """The same kills against a database that answers before it has written: the ledger must find losses."""
    with running(template, port, seed, durable=False) as on:
        return on.scene(
            "control: synchronous_commit off, database killed", lambda: database_killed(on), blows=blows
        )


def port_for_all() -> int:
    """One port for all clusters of a run, one after the other: Django is told its database once."""
    return free_port()
