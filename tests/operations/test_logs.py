"""The log as JSON: one object a line, with the number of the request, and never whose record it was."""

import io
import json
import logging
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from iqquadrat.core.discretion import DiscreetFormatter, JsonFormatter
from iqquadrat.core.requests import HEADER, request_id
from iqquadrat.server_log import ServerLog

SECRET = "Maryam"


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What the log holds in the end, read as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root, requests = logging.getLogger(), logging.getLogger("iqquadrat.requests")
    before = requests.level
    root.addHandler(handler)
    requests.setLevel(logging.INFO)

    class Lines(list[dict[str, Any]]):
        def __iter__(self) -> Iterator[dict[str, Any]]:
            assert SECRET not in stream.getvalue()
            return iter([json.loads(line) for line in stream.getvalue().splitlines()])

    try:
        yield Lines()
    finally:
        root.removeHandler(handler)
        requests.setLevel(before)


@pytest.mark.django_db
def test_a_request_is_told_by_its_route(lines: Any, as_user: Any, counsellor: Any) -> None:
    response = as_user(counsellor).get("/account/", {"q": SECRET})
    (told,) = [line for line in lines if line["logger"] == "iqquadrat.requests"]
    assert told["route"] == "accounts:account"
    assert (told["method"], told["status"], told["level"]) == ("GET", 200, "info")
    assert told["duration_ms"] > 0
    assert told["request_id"] == response[HEADER]
    assert set(told) == {"time", "level", "logger", "request_id", "method", "route", "status", "duration_ms"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", told["time"])


@pytest.mark.django_db
def test_an_unknown_address_is_not_quoted(lines: Any) -> None:
    Client().get(f"/nothing/{SECRET}/")
    told = [line for line in lines if line["logger"] == "iqquadrat.requests"]
    assert [(line["route"], line["status"]) for line in told] == [("no such page", 404)]
    # Django's own warning belongs to the same request.
    assert {line["request_id"] for line in lines} == {told[0]["request_id"]}
    assert len(list(lines)) == 2


@pytest.mark.django_db
def test_an_error_is_told_without_its_words(
    lines: Any, as_user: Any, counsellor: Any, monkeypatch: Any
) -> None:
    from iqquadrat.house import views

    def breaks(_roles: Any) -> Any:
        raise IntegrityError(f"Failing row contains ({SECRET})")

    monkeypatch.setattr(views, "chapter_for", breaks)
    client = as_user(counsellor)
    client.raise_request_exception = False
    assert client.get("/handbook/").status_code == 500
    (told,) = [line for line in lines if line["level"] == "error"]
    assert told["error"] == "django.db.utils.IntegrityError"
    assert any("breaks" in place for place in told["places"])
    assert (told["route"], told["status"]) == ("handbook", 500)


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("0123456789abcdef0123456789abcdef", True), (str(uuid.UUID(int=7)), True), (SECRET, False), ("a" * 65, False), ("", False),
        ("0123456789abcdef\n0123456789abcdef", False),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_the_number_comes_from_the_proxy_or_is_made(given: str, is_taken: bool) -> None:
    answer = Client().get("/health/", headers={HEADER: given})[HEADER]
    assert (answer == given) is is_taken
    assert re.fullmatch("[0-9a-f-]{16,64}", answer)
    assert request_id.get() == "-"  # nothing is left for the next one


@pytest.mark.django_db
def test_two_requests_have_two_numbers() -> None:
    assert Client().get("/health/")[HEADER] != Client().get("/health/")[HEADER]


def test_words_of_the_programme_without_what_was_filled_in(lines: Any) -> None:
    logging.getLogger("something").warning("no file %s", SECRET)
    logging.getLogger("something").warning({"name": SECRET})
    assert [line["event"] for line in lines] == ["no file %s", "dict"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_server_does_not_quote_addresses(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from gunicorn.config import Config

    monkeypatch.setenv("IQ_LOG", form)
    log = ServerLog(Config())
    stream = io.StringIO()
    handler = log.error_log.handlers[-1]
    assert isinstance(handler.formatter, JsonFormatter if form == "json" else DiscreetFormatter)
    monkeypatch.setattr(handler, "stream", stream)
    try:
        sys.exit(SECRET)
    except SystemExit:
        log.exception("Error handling request %s %s", "GET", f"/clients/?q={SECRET}")
    unreadable = f"Invalid request from ip=10.0.0.7: Invalid HTTP request line: 'GET /{SECRET}'"
    log.warning(unreadable)
    text = stream.getvalue()
    assert SECRET not in text
    assert "10.0.0.7" not in text
    assert "Error handling request" in text
    assert "SystemExit" in text
    assert "Invalid request" in text


def test_the_settings_choose_the_form() -> None:
    asks = (
        "import iqquadrat.settings as s; h = s.LOGGING['handlers']['console'];"
        "print(h['formatter'], s.LOGGING['loggers']['iqquadrat.requests']['level'])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", asks],
            env={**os.environ, "IQ_LOG": form},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for form in ("text", "json")
    ]
    assert told == [["discreet", "WARNING"], ["json", "INFO"]]


def test_a_request_of_which_nothing_is_known() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "%s", (SECRET,), None)
    record.request = SimpleNamespace()
    told = json.loads(JsonFormatter().format(record))
    assert (told["method"], told["route"], told["status"]) == ("", "no such page", "ERROR")
