"""The site under gunicorn with two processes, a worker for long work, and a bad network before them: all of them may be killed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType

from tests.competence.faults import BadNetwork
from tests.faults.cluster import ROOT, children_of, free_port

PROCESSES = 2
# The key of the demonstration: signed cookies made here are believed there.
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "iqquadrat.settings",
    "IQ_DEBUG": "0",
    "IQ_HTTPS": "0",
    "IQ_TESTING": "1",
    "IQ_PDF_PROCESSES": "1",
}


class Site:
    """gunicorn and the worker, started again by this class as systemd would."""

    def __init__(self, database: str, log: Path) -> None:
        self.port = free_port()
        self.environment = (
            os.environ
            | SETTINGS
            | {"DATABASE_URL": database, "PORT": str(self.port), "IQ_WORKERS": str(PROCESSES)}
        )
        self.log = log
        self.master: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Site":
        self.start()
        self.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self.worker, self.master):
            if process is not None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def start(self) -> None:
        self.master = self._run(
            "-m", "gunicorn", "--config", "python:iqquadrat.gunicorn", "--preload", "iqquadrat.wsgi"
        )

    def start_worker(self) -> None:
        self.worker = self._run(
            "manage.py", "db_worker", "--queue-name", "*", "--no-reload", "--verbosity", "0"
        )

    def _run(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as words:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.environment, stdout=words, stderr=words
            )

    def wait(self, patience: float = 90) -> None:
        """Wait until a page is answered with the database behind it."""
        until = time.monotonic() + patience
        while self.status("/health/") != 200:
            if time.monotonic() > until:
                raise TimeoutError(f"the site does not answer:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)

    def status(self, path: str) -> int:
        return self.get(path)[0]

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page, past the bad network. Status 0: nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection), contextlib.suppress(OSError, HTTPException):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        return 0, ""

    def kill_process(self, chance: random.Random) -> None:
        """End one process of gunicorn; the master starts another one."""
        assert self.master is not None
        found = children_of(self.master.pid)
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(found), signal.SIGKILL)

    def kill_master(self) -> None:
        """End the master of gunicorn; as a service manager does, end what is left of it too, and start it again.

        Busy processes would live on without their master and keep the port.
        """
        assert self.master is not None
        left = children_of(self.master.pid)
        self.master.kill()
        self.master.wait()
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.start()

    def kill_worker(self) -> None:
        assert self.worker is not None
        self.worker.kill()
        self.worker.wait()


class Cutting(BadNetwork):
    """A bad network that also breaks answers off in their middle, whatever is sent through it."""

    async def _pass_on(self, request: bytes) -> bytes:
        if self.is_bad and self._chance.random() < self._share / 4:
            self.done["cut"] += 1
            reply = await self._ask(request)
            return reply[: self._chance.randrange(1, max(2, len(reply)))]
        return await super()._pass_on(request)

    def _fault(self, _request: bytes) -> str:
        if not self.is_bad or self._chance.random() >= self._share:
            return ""
        return self._chance.choice(["lost", "reply lost", "doubled", "delayed", "late copy"])

    async def _ask(self, request: bytes) -> bytes:
        try:
            return await super()._ask(request)
        except OSError:  # the site is down: so is the connection
            return b""
