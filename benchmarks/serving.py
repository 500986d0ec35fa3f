"""The site and a floor side by side under the same server, as an installation has them: gunicorn on loopback, behind nginx where there is one."""

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parents[1]
WORKERS = 2
WAY = "gunicorn behind nginx" if shutil.which("nginx") else "gunicorn alone, no nginx here"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run gunicorn with sync workers; yield its port and its process."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", f"127.0.0.1:{port}", "--log-level", "warning", application],
        cwd=ROOT, env=os.environ | environment,
    )  # fmt: skip
    try:
        for _try in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def behind_nginx(port: int) -> Iterator[int]:
    """Put nginx before a server where nginx is installed; else the server itself answers."""
    program = shutil.which("nginx")
    if program is None:
        yield port
        return
    own = free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "nginx.conf"
        file.write_text(
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;"
            f" uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; server {{ listen 127.0.0.1:{own}; location / {{"
            f" proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host:$server_port; }} }} }}\n"
        )
        process = subprocess.Popen([program, "-c", str(file), "-p", folder])
        try:
            time.sleep(0.5)
            yield own
        finally:
            process.terminate()
            process.wait(20)


def csrf_pair() -> tuple[str, str]:
    """Return the secret of a cookie and a token of a form that belongs to it."""
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

    secret = _get_new_csrf_string()
    return secret, _mask_cipher_secret(secret)


def installed(folder: str, database: str) -> dict[str, str]:
    """Gather and pack the static files as an installation does; return what the site must be told.

    The site signs in as the role that it has in an installation, held by the walls between centres; ``OWNER_URL`` is for the floor.
    """
    from iqquadrat.core.embedded import USER, database_url

    owner = database_url(database)
    told = {
        "IQ_DEBUG": "0",
        "IQ_TESTING": "0",
        "IQ_STATIC_ROOT": folder,
        "DATABASE_URL": owner.replace(f"//{USER}@", f"//{_role()}@"),
        "OWNER_URL": owner,
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=ROOT,
        env=os.environ | told,
        check=True,
    )
    return told


def _role() -> str:
    """Give the site's role its rights in the database of this connection; return its name."""
    from django.db import connection

    from iqquadrat.operations.roles import give_rights
    from iqquadrat.rights.walls import APP

    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [APP])
        if not cursor.rowcount:
            cursor.execute(f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
    give_rights()
    return str(APP)


def cpu_of(pid: int) -> float:
    """Processor seconds of a process and its children that run now."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(stat.parent.name) == pid or int(fields[1]) == pid:
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def database_pid() -> int:
    from django.db import connection

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    return int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])


@dataclass(frozen=True)
class Call:
    """One request: where, what, with which headers, and the status that says it was stored."""

    path: str
    body: bytes
    headers: dict[str, str]
    expected: int = 200


# What one person does: called with the number of the request, returns it.
Person = Callable[[int], Call]


@dataclass(frozen=True)
class Load:
    """What one round cost: seconds a request, 95 of 100 within, processor seconds a request of the application and of the database."""

    each: float
    p95: float
    application: float
    database: float


def _together(port: int, people: Sequence[Person], each: int) -> tuple[float, list[float]]:
    """Let all people send at once; return the seconds it took and those of every request."""
    times: list[float] = []
    faults: list[str] = []

    def work(person: Person) -> None:
        for number in range(each):
            call = person(number)
            begun = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("POST", call.path, call.body, call.headers)
            reply = connection.getresponse()
            content = reply.read()
            connection.close()
            times.append(time.perf_counter() - begun)
            if reply.status != call.expected:
                faults.append(f"{reply.status} {content[:200]!r}")
                return

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"{len(faults)} of {len(people)} people met {faults[0]}")
    return time.perf_counter() - begun, times


def in_turns(sides: dict[str, tuple[int, int, Sequence[Person]]], each: int, rounds: int) -> dict[str, Load]:
    """Let each side (its port, its process, its people) serve ``each`` requests a person, in turns; return the medians."""
    database = database_pid()
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in sides}
    for port, _pid, people in sides.values():
        _together(port, people, 5)
    for _round in range(rounds):
        for name, (port, pid, people) in sides.items():
            count = each * len(people)
            before = cpu_of(pid), cpu_of(database)
            seconds, times = _together(port, people, each)
            found[name].append((
                seconds / count, statistics.quantiles(times, n=20)[-1],
                (cpu_of(pid) - before[0]) / count, (cpu_of(database) - before[1]) / count,
            ))  # fmt: skip
    return {
        name: Load(*(statistics.median(column) for column in zip(*rows, strict=True)))
        for name, rows in found.items()
    }


def rows_of(what: str, size: str, loads: dict[str, Load], *, rate: float, slowest: float) -> Iterator[Row]:
    """Yield the two lines of a load: the rate against the floor's, and the time within which 95 of 100 were answered."""
    ours, floor = loads["ours"], loads["floor"]
    cpu = " + ".join(f"{1000 * part:.1f}" for part in (ours.application, ours.database))
    least = " + ".join(f"{1000 * part:.1f}" for part in (floor.application, floor.database))
    yield Row(
        what=f"{what}, {WAY}", size=size, ours=1000 * ours.each, floor=1000 * floor.each, ours_cpu=f"{cpu} (floor {least})",
        bar=f"{rate} of the rate", holds=floor.each >= rate * ours.each,
    )  # fmt: skip
    yield Row(
        what=f"{what}, 95 of 100 within", size=size, ours=1000 * ours.p95, floor=1000 * floor.p95, ours_cpu="",
        bar=f"{slowest} x floor", holds=ours.p95 <= slowest * floor.p95,
    )  # fmt: skip
