"""The least that saving can cost: bare WSGI and psycopg2, two statements in one transaction. No checks at all.

``application`` saves an answer of the kiosk, ``talks`` a consultation. Started by ``benchmarks.kiosk`` and ``benchmarks.consulting`` under the same gunicorn as the site, with ``FLOOR_DSN`` naming the database.
"""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg2

UPSERT = """
INSERT INTO bench_answer (client, question, epoch, seq, value) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (client, question) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, value = excluded.value
WHERE (excluded.epoch, excluded.seq) > (bench_answer.epoch, bench_answer.seq)
"""
TABLES = """
DROP TABLE IF EXISTS bench_answer, bench_event;
CREATE TABLE bench_answer (id bigserial PRIMARY KEY, client text, question text, epoch int, seq int, value jsonb, UNIQUE (client, question));
CREATE TABLE bench_event (id bigserial PRIMARY KEY, client text, events jsonb, at timestamptz DEFAULT now());
"""

_open: dict[int, Any] = {}


def _connection() -> Any:
    """One connection a process, as the site has it."""
    pid = os.getpid()
    if pid not in _open:
        _open[pid] = psycopg2.connect(os.environ["FLOOR_DSN"])
    return _open[pid]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Save what was sent."""
    sent = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    client = environ["PATH_INFO"]
    connection = _connection()
    with connection.cursor() as cursor:
        cursor.execute(
            UPSERT, [client, sent["question"], sent["epoch"], sent["seq"], json.dumps(sent["value"])]
        )
        cursor.execute(
            "INSERT INTO bench_event (client, events) VALUES (%s, %s)", [client, json.dumps(sent["events"])]
        )
    connection.commit()
    return _answer({"stored": [sent["epoch"], sent["seq"]]}, start_response)


def talks(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Insert the row that was sent, and one into a log."""
    sent = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    columns = ", ".join(f'"{column}"' for column in sent)
    connection = _connection()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO bench_talk ({columns}) VALUES ({', '.join(['%s'] * len(sent))}) RETURNING id",
            list(sent.values()),
        )
        (made,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO bench_entry (user_id, client, detail) VALUES (%s, %s, %s)",
            [sent["counsellor_id"], sent["client_id"], json.dumps({"made": made})],
        )
    connection.commit()
    return _answer({"made": made}, start_response)


def _answer(said: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    body = json.dumps(said).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
