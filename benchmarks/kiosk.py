"""The client's page: saving answers under load, in turns with a floor under the same server; the pages themselves in ``kiosk_pages``.

The site runs under gunicorn on loopback with its settings of production, behind nginx where there is one.
"""

import json
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.database import made_anew
from benchmarks.measure import Row
from benchmarks.serving import Call, Person, behind_nginx, csrf_pair, in_turns, installed, rows_of, server

DATABASE = "bench_kiosk"
CLIENTS = 20
# The share of the floor's rate that has to be reached, and how much slower the slowest of twenty may be.
RATE, SLOWEST = 0.5, 2.5
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

    made_anew(DATABASE)
    call_command("load_questionnaires", verbosity=0)
    from benchmarks import floor

    with connection.cursor() as cursor:
        cursor.execute(floor.TABLES)
    with transaction.atomic():
        return [_seat() for _number in range(CLIENTS)]


def _seat() -> Seat:
    from django.conf import settings

    from competence.kiosk_door import COOKIE
    from competence.services.sessions import claim, open_session
    from tests.competence.factories import AssessmentFactory

    assessment = AssessmentFactory(measuring="agreed", mother_tongue="ar")
    token = open_session(assessment=assessment, language="ar")
    session = assessment.sessions.get()
    claim(session=session)
    secret, token_of_forms = csrf_pair()
    cookies = f"{COOKIE}={_signed(token)}; {settings.CSRF_COOKIE_NAME}={secret}"
    return Seat(token, cookies, token_of_forms)


def _signed(token: str) -> str:
    from django.http import HttpResponse

    from competence.kiosk_door import COOKIE, let_in

    response = HttpResponse()
    let_in(response, token)
    return response.cookies[COOKIE].value


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


def _at(seat: Seat) -> Person:
    headers = {"Content-Type": "application/json", "Cookie": seat.cookies, "X-CSRFToken": seat.csrf}
    return lambda number: Call(f"/k/{seat.token}/save/", _operation(seat, number), headers)


def _saving(seats: list[Seat], told: dict[str, str], answers: int, rounds: int) -> Iterator[Row]:
    from django.db import connection

    each = max(1, answers // rounds // CLIENTS)
    people = [_at(seat) for seat in seats]
    with (
        server("iqquadrat.wsgi:application", told) as ours,
        server("benchmarks.floor:application", {"FLOOR_DSN": told["OWNER_URL"]}) as floor,
        behind_nginx(ours[0]) as ours_port,
        behind_nginx(floor[0]) as floor_port,
    ):
        loads = in_turns(
            {"ours": (ours_port, ours[1], people), "floor": (floor_port, floor[1], people)}, each, rounds
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM competence_paradataevent")
        stored = cursor.fetchone()[0]
    if stored != 3 * CLIENTS * (5 + each * rounds):
        raise RuntimeError(f"{stored} events are stored")
    size = f"{each * CLIENTS * rounds:,}"
    yield from rows_of(f"kiosk saves an answer, {CLIENTS} PCs", size, loads, rate=RATE, slowest=SLOWEST)


def rows(answers: int, rounds: int) -> list[Row]:
    """Measure everything of the kiosk; return the rows of the table."""
    from benchmarks import kiosk_pages

    seats = _prepare()
    with tempfile.TemporaryDirectory() as folder:
        told = installed(folder, DATABASE)
        return [
            *_saving(seats, told, answers, max(3, rounds)),
            *kiosk_pages.rows(seats[0], told, max(3, rounds)),
        ]
