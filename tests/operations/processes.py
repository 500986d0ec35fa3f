"""Web processes and workers as they run in earnest, on loopback, on the database of the tests."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40.0  # seconds until a process has begun, on a busy machine


def database_url() -> str:
    """Return the address of the database that this test works on."""
    facts = connection.settings_dict
    who = quote(facts["USER"], safe="") + (
        ":" + quote(facts["PASSWORD"], safe="") if facts["PASSWORD"] else ""
    )
    return f"postgresql://{who}@{quote(facts['HOST'], safe='')}:{facts['PORT']}/{facts['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(*words: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a programme of the site with all its children in a group of its own, which is ended in any case."""
    told = (
        os.environ
        | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
        | environment
    )
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env=told,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill it and its children as the system does when memory runs out: without a word before."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def site() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Serve the site by gunicorn; yield its port and process."""
    port = free_port()
    with running(
        "-m",
        "gunicorn",
        "--config",
        "python:iqquadrat.gunicorn",
        "iqquadrat.wsgi",
        PORT=str(port),
        IQ_HOST="127.0.0.1",
        IQ_WORKERS="2",
    ) as process:
        yield port, process


def wait_for(port: int) -> None:
    """Wait until a site says that it is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, "GET", "/health/ready/") == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the site does not answer")


def worker(name: str) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
    """Take from the queue."""
    return running(
        "manage.py",
        "db_worker",
        "--queue-name",
        "*",
        "--no-reload",
        "--verbosity",
        "0",
        "--interval",
        "0.05",
        "--worker-id",
        name,
    )


def ask(port: int, method: str, path: str, *, session: str = "", sent: dict[str, str] | None = None) -> int:
    """Send one request over a connection of its own; return the status. Raises ``OSError`` or ``HTTPException`` without one."""
    token = "a" * 32
    headers = {
        "Cookie": f"iq={session}; iq_csrf={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode((sent or {}) | {"csrfmiddlewaretoken": token}) if method == "POST" else None
    to = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        to.request(method, path, body=body, headers=headers)
        return to.getresponse().status
    finally:
        to.close()
