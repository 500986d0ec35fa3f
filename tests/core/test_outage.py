"""The database is away or a disk full: a clear 503 for pages, parts of pages and the kiosk, without details; afterwards all goes on by itself."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg2
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, close_old_connections, connection
from django.http import HttpResponse
from django.test import Client

from iqquadrat.core.outage import is_full, is_outage

SAVE = {
    "op_id": "6f1c1f4e-4d6c-4d49-9d56-0a6f0cf6a001", "epoch": 1, "seq": 1, "question": "arrival", "value": {"status": "skipped"},
    "language_shown": "de", "l1_mode": False, "events": [],
}  # fmt: skip
SECRET = "connection to server at db.internal, user chef, failed"


@contextmanager
def _away() -> Iterator[None]:
    """What Django meets when nobody answers: every way to a cursor asks for the connection first."""
    error = OperationalError(SECRET)
    error.__cause__ = psycopg2.OperationalError(SECRET)
    with (
        mock.patch.object(connection, "ensure_connection", side_effect=error),
        mock.patch.object(connection, "_cursor", side_effect=error),
    ):
        yield


@pytest.fixture
def calm(caplog: Any) -> Client:
    """A client that gets the answer, as a browser does, instead of the error."""
    return Client(raise_request_exception=False)


# The error happens in the view, in a middleware before it, in the door of the kiosk, in the answer to an unknown address.
@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/sign-in/", "/", "/health/", "/account/password/forgotten/"])
def test_every_page_says_it_in_german_and_recovers(path: str, calm: Client, counsellor: Any) -> None:
    calm.force_login(counsellor, backend="django.contrib.auth.backends.ModelBackend")
    with _away():
        response = calm.get(path)
        text = response.content.decode()
        assert response.status_code == 503
        assert response["Retry-After"] == "15"
        assert response["Cache-Control"] == "no-store"
        assert "default-src" in response["Content-Security-Policy"]
        assert '<html lang="de"' in text
        assert "<h1>" in text
        assert "Einen Augenblick" in " ".join(text.split())
        assert "db.internal" not in text
        assert "Traceback" not in text
    assert calm.get(path).status_code in (200, 302)


@pytest.mark.django_db
def test_a_signed_in_reader_meets_it_before_any_view(calm: Client, counsellor: Any) -> None:
    calm.force_login(counsellor, backend="django.contrib.auth.backends.ModelBackend")
    with _away():
        assert calm.get("/nothing/here/").status_code == 503  # the session is asked for by a middleware
        assert calm.post("/account/appearance/", {"theme": "dark"}).status_code == 503
    # Still signed in: nobody is thrown out by an outage.
    assert calm.get("/account/").status_code == 200


@pytest.mark.django_db
def test_a_part_of_a_page_brings_a_message_and_leaves_the_page(calm: Client, counsellor: Any) -> None:
    calm.force_login(counsellor, backend="django.contrib.auth.backends.ModelBackend")
    with _away():
        response = calm.get("/account/log/", headers={"HX-Request": "true"})
    assert response.status_code == 503
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()
    assert "Datenbank ist gerade nicht erreichbar" in response.content.decode()


@pytest.mark.django_db
def test_the_kiosk_gets_a_503_to_try_again(calm: Client) -> None:
    from competence.kiosk_door import COOKIE, let_in

    token = "a" * 22
    door = HttpResponse()
    let_in(door, token)
    calm.cookies[COOKIE] = door.cookies[COOKIE].value
    with _away():
        response = calm.post(f"/k/{token}/claim/", "{}", content_type="application/json")
        assert calm.post(f"/k/{token}/save/", SAVE, content_type="application/json").status_code == 503
        part = calm.get(f"/k/{token}/", headers={"X-Part": "1"})
        whole = calm.get(f"/k/{token}/")
    assert (part.status_code, part["Content-Type"]) == (503, "application/json")
    assert (whole.status_code, whole["Content-Type"]) == (503, "text/html; charset=utf-8")
    # The kiosk's queue stops at 404, 409 and 410 and drops at 400 and 422; everything else it sends again.
    assert response.status_code == 503
    assert response.json() == {"error": "unavailable"}


@pytest.mark.django_db
def test_english_for_who_chose_it(calm: Client) -> None:
    calm.cookies["iq_language"] = "en"
    with _away():
        assert "Just a moment" in calm.get("/account/sign-in/").content.decode()


def _failed(kind: type[Exception], code: str | None) -> Exception:
    class Cause(psycopg2.OperationalError):
        pgcode = code

    error = kind("x")
    error.__cause__ = Cause("x")
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (_failed(OperationalError, None), True),
        (_failed(OperationalError, "08006"), True),
        (_failed(OperationalError, "57P01"), True),
        (_failed(OperationalError, "57P03"), True),
        (_failed(OperationalError, "53300"), True),
        (_failed(InterfaceError, None), True),
        (_failed(OperationalError, "40P01"), False),  # a deadlock
        (_failed(OperationalError, "57014"), False),  # one statement took too long
        (_failed(OperationalError, "53100"), False),  # the disk is full: trying again does not help
        (_failed(ProgrammingError, None), False),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_what_counts_as_away(error: Exception | None, expected: bool) -> None:
    assert is_outage(error) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (_failed(OperationalError, "53100"), True),
        (_failed(OperationalError, "53300"), False),
        (_failed(OperationalError, None), False),
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_what_counts_as_full(error: Exception | None, expected: bool) -> None:
    assert is_full(error) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", [_failed(OperationalError, "53100"), OSError(errno.ENOSPC, "No space left on device")]
)
def test_a_full_disk_is_said_in_words(error: Exception, calm: Client, counsellor: Any) -> None:
    calm.force_login(counsellor, backend="django.contrib.auth.backends.ModelBackend")
    with mock.patch.object(connection, "_cursor", side_effect=error):
        page = calm.post("/account/sign-in/", {"username": "a", "password": "b"})
        part = calm.get("/account/log/", headers={"HX-Request": "true"})
        script = calm.post("/account/sign-in/", "{}", content_type="application/json")
    assert (page.status_code, part.status_code, script.status_code) == (503, 503, 503)
    text = " ".join(page.content.decode().split())
    assert "Kein Platz mehr" in text
    assert "Was Sie vorher gespeichert haben, ist sicher" in text
    assert "Einen Augenblick" not in text
    assert "kein Platz mehr" in part.content.decode()
    assert part["HX-Retarget"] == "#messages"
    assert script.json() == {
        "error": "unavailable"
    }  # who sends again by itself gets through when there is room


@pytest.mark.django_db
def test_another_error_stays_a_500(calm: Client) -> None:
    with mock.patch.object(connection, "_cursor", side_effect=_failed(OperationalError, "40P01")):
        response = calm.get("/health/")
    assert response.status_code == 500
    assert "Retry-After" not in response


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_replaced(calm: Client, counsellor: Any) -> None:
    """The server ends the connection: in the middle of a request that is a 503; at the next one nobody notices any more."""
    assert calm.get("/health/").status_code == 200
    _kill_my_connection()
    assert calm.get("/health/").status_code in (200, 503)
    close_old_connections()  # what Django does at the begin and end of a request; the test client leaves it out
    assert calm.get("/health/").status_code == 200
    # Killed between two requests: the check of health finds it.
    _kill_my_connection()
    close_old_connections()
    assert calm.get("/health/").status_code == 200


def _kill_my_connection() -> None:
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


_AGAINST_A_CLOSED_PORT = """
import django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False, SERVER_NAME="localhost")
for path in ("/account/sign-in/", "/", "/health/", "/nothing/"):
    response = client.get(path)
    print(path, response.status_code, "Einen Augenblick" in response.content.decode(), "127.0.0.1" in response.content.decode())
"""


def test_against_a_port_where_nobody_listens() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"postgresql://nobody@127.0.0.1:{port}/nothing",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", _AGAINST_A_CLOSED_PORT], env=environment, capture_output=True, text=True,
            check=True, timeout=60,
        )  # fmt: skip
    answers = [line.split() for line in done.stdout.splitlines()]
    assert answers == [
        ["/account/sign-in/", "503", "True", "False"], ["/", "503", "True", "False"], ["/health/", "503", "True", "False"],
        ["/nothing/", "404", "False", "False"],  # a stranger's unknown address needs no database
    ]  # fmt: skip
