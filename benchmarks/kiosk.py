"""The client's page: saving answers under load, in turns with a floor under the same server; the pages themselves in ``kiosk_pages``.

The site runs under gunicorn on loopback with its settings of production, behind nginx where there is one.
"""

import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "bench_kiosk"
CLIENTS = 20
WORKERS = 2
QUESTIONS: list[tuple[str, list[dict[str, Any]]]] = [
    ("sch_years", [{"value": str(years)} for years in range(12)]),
    ("prk_cook", [{"choices": [key]} for key in ("none", "little", "good", "very_good")]),
    ("soc_team", [{"choices": [key]} for key in ("never", "sometimes", "often", "always")]),
]


@dataclass
class Seat:
    """One PC in the middle of the questionnaire."""

    token: str
    cookies: str
    csrf: str
    seq: int = 0


def _prepare() -> list[Seat]:
    """Make the database anew, with the questionnaire and as many running sessions as there are PCs."""
    from django.core.management import call_command
    from django.db import connection, transaction

    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{DATABASE}"')
        cursor.execute(f'CREATE DATABASE "{DATABASE}"')
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    call_command("migrate", verbosity=0)
    call_command("load_questionnaires", verbosity=0)
    from benchmarks import floor

    with connection.cursor() as cursor:
        cursor.execute(floor.TABLES)
    with transaction.atomic():
        return [_seat() for _number in range(CLIENTS)]


def _seat() -> Seat:
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret

    from competence.kiosk_door import COOKIE
    from competence.services.sessions import claim, open_session
    from tests.competence.factories import AssessmentFactory

    assessment = AssessmentFactory(measuring="agreed", mother_tongue="ar")
    token = open_session(assessment=assessment, language="ar")
    session = assessment.sessions.get()
    claim(session=session)
    secret = _get_new_csrf_string()
    cookies = f"{COOKIE}={_signed(token)}; {settings.CSRF_COOKIE_NAME}={secret}"
    return Seat(token, cookies, _mask_cipher_secret(secret))


def _signed(token: str) -> str:
    from django.http import HttpResponse

    from competence.kiosk_door import COOKIE, let_in

    response = HttpResponse()
    let_in(response, token)
    return response.cookies[COOKIE].value


# --- servers -------------------------------------------------------------------------------------------------------


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def server(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run gunicorn with sync workers; yield its port and its process."""
    port = _free_port()
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
def _behind_nginx(port: int) -> Iterator[int]:
    """Put nginx before a server where nginx is installed; else the server itself answers."""
    program = shutil.which("nginx")
    if program is None:
        yield port
        return
    own = _free_port()
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


def _installed(folder: str) -> dict[str, str]:
    """Gather and pack the static files as an installation does; return what the site must be told."""
    from iqquadrat.core.embedded import database_url

    told = {
        "IQ_DEBUG": "0",
        "IQ_TESTING": "0",
        "IQ_STATIC_ROOT": folder,
        "DATABASE_URL": database_url(DATABASE),
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=ROOT,
        env=os.environ | told,
        check=True,
    )
    return told


# --- row 1: saving -------------------------------------------------------------------------------------------------


def _operation(seat: Seat, number: int) -> bytes:
    question, values = QUESTIONS[number % len(QUESTIONS)]
    events = []
    for event in ("shown", "answer", "next"):
        seat.seq += 1
        events.append(
            {
                "seq": seat.seq,
                "item": question,
                "event": event,
                "state": "",
                "texts": "",
                "ms": seat.seq * 1000,
            }
        )
    seat.seq += 1
    return json.dumps({
        "op_id": str(uuid.uuid4()), "epoch": 2, "seq": seat.seq, "question": question, "value": values[number % len(values)],
        "language_shown": "de", "l1_mode": False, "events": events,
    }).encode()  # fmt: skip


def _load(port: int, seats: list[Seat], each: int) -> tuple[float, list[float]]:
    """Let all PCs save at once; return the seconds it took and those of every answer."""
    times: list[float] = []

    def sit(seat: Seat) -> None:
        headers = {"Content-Type": "application/json", "Cookie": seat.cookies, "X-CSRFToken": seat.csrf}
        for number in range(each):
            body = _operation(seat, number)
            begun = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("POST", f"/k/{seat.token}/save/", body, headers)
            reply = connection.getresponse()
            content = reply.read()
            connection.close()
            times.append(time.perf_counter() - begun)
            if reply.status != 200:
                raise RuntimeError(f"{reply.status} {content[:200]!r}")

    people = [threading.Thread(target=sit, args=(seat,)) for seat in seats]
    begun = time.perf_counter()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return time.perf_counter() - begun, times


def _cpu(pid: int) -> float:
    """Processor seconds of a process and its children that run now."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(stat.parent.name) == pid or int(fields[1]) == pid:
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _database_pid() -> int:
    from django.db import connection

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    return int(Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()[1])


def _saving(seats: list[Seat], told: dict[str, str], answers: int, rounds: int) -> Iterator[Row]:
    from django.db import connection

    each = max(1, answers // rounds // CLIENTS)
    count = each * CLIENTS
    found: dict[str, list[tuple[float, float, float, float]]] = {"ours": [], "floor": []}
    database = _database_pid()
    with (
        server("iqquadrat.wsgi:application", told) as ours,
        server("benchmarks.floor:application", {"FLOOR_DSN": told["DATABASE_URL"]}) as floor,
        _behind_nginx(ours[0]) as ours_port,
        _behind_nginx(floor[0]) as floor_port,
    ):
        servers = {"ours": (ours_port, ours[1]), "floor": (floor_port, floor[1])}
        for port, _pid in servers.values():
            _load(port, seats, 5)
        for _round in range(rounds):
            for name, (port, pid) in servers.items():
                before = _cpu(pid), _cpu(database)
                seconds, times = _load(port, seats, each)
                spent = _cpu(pid) - before[0], _cpu(database) - before[1]
                p95 = statistics.quantiles(times, n=20)[-1]
                found[name].append((seconds / count, p95, spent[0] / count, spent[1] / count))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM competence_paradataevent")
        stored = cursor.fetchone()[0]
    if stored != 3 * CLIENTS * (5 + each * rounds):
        raise RuntimeError(f"{stored} events are stored")
    ours_median, floor_median = (
        [1000 * statistics.median(column) for column in zip(*found[name], strict=True)]
        for name in ("ours", "floor")
    )
    way = "gunicorn behind nginx" if shutil.which("nginx") else "gunicorn alone, no nginx here"
    cpu = f"{ours_median[2]:.1f} + {ours_median[3]:.1f} (floor {floor_median[2]:.1f} + {floor_median[3]:.1f})"
    size = f"{count * rounds:,}"
    yield Row(
        what=f"kiosk saves an answer, {CLIENTS} PCs, {way}", size=size, ours=ours_median[0], floor=floor_median[0], ours_cpu=cpu,
        bar="half the rate of the floor", holds=ours_median[0] <= 2 * floor_median[0],
    )  # fmt: skip
    yield Row(
        what="kiosk saves an answer, 95 of 100 within", size=size, ours=ours_median[1], floor=floor_median[1], ours_cpu="",
        bar="2.5 x floor", holds=ours_median[1] <= 2.5 * floor_median[1],
    )  # fmt: skip


def rows(answers: int, rounds: int) -> list[Row]:
    """Measure everything of the kiosk; return the rows of the table."""
    from benchmarks import kiosk_pages

    seats = _prepare()
    with tempfile.TemporaryDirectory() as folder:
        told = _installed(folder)
        return [
            *_saving(seats, told, answers, max(3, rounds)),
            *kiosk_pages.rows(seats[0], told, max(3, rounds)),
        ]
