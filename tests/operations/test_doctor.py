"""The doctor finds what is broken: for each check an installation that is well and one that is not."""

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone, translation

from iqquadrat.core import embedded
from iqquadrat.operations.backup.keeping import STATE
from iqquadrat.operations.doctor import (
    CHECKS,
    configuration,
    database,
    examine,
    keeping,
    machine,
    paper,
    programme,
)
from iqquadrat.operations.doctor.findings import Asked, Finding, State
from tests.fixtures.people import UserFactory

FIRST = "0001_centres_and_users"


@pytest.fixture
def look() -> Callable[..., list[Finding]]:
    """``look("disk")``: what one check finds, in English."""

    def _look(name: str, **asked: str) -> list[Finding]:
        with translation.override("en"):
            return [finding for _name, finding in examine(Asked(**asked), only=[name])]

    return _look


def _worst(findings: list[Finding]) -> State:
    assert findings
    return max(finding.state for finding in findings)


def _texts(findings: list[Finding]) -> str:
    return " ".join(f"{finding.text} {finding.advice}" for finding in findings)


@pytest.fixture
def real(settings: Any) -> Any:
    """The settings of a site with real people's data, on a database of its own."""
    settings.DEBUG, settings.HTTPS = False, True
    settings.SECRET_KEY = "".join(chr(97 + number % 26) for number in range(60))
    settings.ALLOWED_HOSTS = ["iq.example.org", "localhost"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    with mock.patch.object(embedded, "is_configured", return_value=False):
        yield settings


def test_sound_settings(real: Any, look: Any) -> None:
    assert [(finding.state, finding.advice) for finding in look("settings")] == [(State.OK, "")]


@pytest.mark.parametrize(
    ("name", "value", "state", "advice"),
    [
        ("DEBUG", True, State.FAULT, "IQ_DEBUG"),
        ("SECRET_KEY", "short", State.FAULT, "IQ_SECRET_KEY"),
        ("SECRET_KEY", "a" * 80, State.FAULT, "IQ_SECRET_KEY"),
        ("SECRET_KEY", configuration.EVERYBODYS_KEY + "change-me-" * 5, State.FAULT, "IQ_SECRET_KEY"),
        ("HTTPS", False, State.FAULT, "IQ_HTTPS=1"),
        ("SECURE_PROXY_SSL_HEADER", None, State.WARNING, "IQ_BEHIND_PROXY=1"),
        ("ALLOWED_HOSTS", ["*"], State.FAULT, "IQ_ALLOWED_HOSTS"),
        ("ALLOWED_HOSTS", ["localhost"], State.WARNING, "IQ_ALLOWED_HOSTS"),
    ],
)
def test_an_unsafe_setting(real: Any, look: Any, name: str, value: Any, state: State, advice: str) -> None:
    setattr(real, name, value)
    findings = look("settings")
    assert [(finding.state, advice in finding.advice) for finding in findings] == [(state, True)]


def test_the_embedded_database_is_for_demonstrations(real: Any, look: Any) -> None:
    with mock.patch.object(embedded, "is_configured", return_value=True):
        assert _worst(look("settings")) is State.WARNING


SOUND = {
    "SHOW server_version_num": "150004", "SHOW server_encoding": "UTF8", "SHOW synchronous_commit": "on", "SHOW fsync": "on",
    "SHOW timezone": "UTC", "SHOW max_connections": "100",
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[tuple[dict[str, Any], list[list[str]]]]:
    """A server that says what it is told to: values by statement, and its extensions and invalid indexes."""
    values: dict[str, Any] = dict(SOUND)
    columns: list[list[str]] = [list(database.EXTENSIONS), []]

    def value(statement: str) -> Any:
        return values.get(
            statement, values.get("superuser") if "rolsuper" in statement else values.get("used", 5)
        )

    def column(statement: str) -> list[str]:
        return columns[0] if "pg_extension" in statement else columns[1]

    with (
        mock.patch.object(database, "_value", value),
        mock.patch.object(database, "_column", column),
        mock.patch.object(embedded, "is_configured", return_value=False),
    ):
        yield values, columns


@pytest.mark.django_db
def test_a_sound_database(server: Any, look: Any) -> None:
    assert [(finding.state, finding.text) for finding in look("database")] == [
        (State.OK, "PostgreSQL 15 answers.")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "value", "state", "word"),
    [
        ("SHOW server_version_num", "130002", State.WARNING, "13"),
        ("SHOW server_encoding", "SQL_ASCII", State.FAULT, "UTF-8"),
        ("SHOW synchronous_commit", "off", State.FAULT, "power cut"),
        ("SHOW fsync", "off", State.FAULT, "power cut"),
        ("SHOW timezone", "Europe/Berlin", State.WARNING, "UTC"),
        ("superuser", True, State.FAULT, "superuser"),
        ("used", 90, State.WARNING, "90 of 100"),
    ],
)
def test_a_database_that_is_not(
    server: Any, look: Any, statement: str, value: Any, state: State, word: str
) -> None:
    server[0][statement] = value
    findings = look("database")
    assert [(finding.state, word in finding.text) for finding in findings] == [(state, True)]
    assert findings[0].advice


@pytest.mark.django_db
def test_missing_extensions_and_broken_indexes(server: Any, look: Any) -> None:
    server[1][:] = [["pg_trgm"], ["counselling_client_index"]]
    findings = look("database")
    assert [finding.state for finding in findings] == [State.FAULT, State.WARNING]
    assert "btree_gin, btree_gist" in findings[0].text
    assert "counselling_client_index" in findings[1].text


@pytest.mark.django_db
def test_the_real_server_is_asked_what_it_is(look: Any) -> None:
    """Against the database of the tests; whatever it is, no statement breaks off, and its extensions are there."""
    text = _texts(look("database"))
    assert "broke off" not in text
    assert "Extensions" not in text


@pytest.mark.django_db
def test_a_database_that_does_not_answer(look: Any) -> None:
    with mock.patch.object(connection, "ensure_connection", side_effect=OperationalError("password of chef")):
        findings = look("database")
    assert [finding.state for finding in findings] == [State.FAULT]
    assert "chef" not in _texts(findings)


@pytest.mark.django_db
def test_migrations_that_are_missing_or_unknown(look: Any) -> None:
    assert _worst(look("migrations")) is State.OK
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("accounts", FIRST)
    assert f"accounts.{FIRST}" in _texts(look("migrations"))
    recorder.record_applied("accounts", FIRST)
    recorder.record_applied("accounts", "9999_from_tomorrow")
    recorder.record_applied("somebody_elses", "0001_initial")
    findings = look("migrations")
    assert [finding.state for finding in findings] == [State.FAULT]
    assert "newer than the programme (accounts.9999_from_tomorrow)" in findings[0].text


@pytest.mark.django_db
def test_questionnaires(look: Any) -> None:
    findings = look("questionnaires")
    assert _worst(findings) is State.FAULT
    assert "load_questionnaires" in findings[0].advice
    with mock.patch.object(programme.folders, "registered", return_value=[]):
        assert _worst(look("questionnaires")) is State.OK


def test_papers_have_all_letters(look: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [(finding.state, finding.advice) for finding in look("paper")] == [(State.OK, "")]
    assert set(paper.LETTERS) == {code for code, _name in paper.settings.LANGUAGES}
    # A letter that nobody has: of the last plane for private use.
    monkeypatch.setitem(paper.LETTERS, "de", "Grüße \U0010fabc")
    with mock.patch.object(logging.getLogger("weasyprint"), "handle"):  # it tells so, too
        findings = look("paper")
    assert _worst(findings) is State.FAULT
    assert "\U0010fabc" in findings[0].text


def test_letters_lent_by_the_system_are_found(look: Any) -> None:
    with mock.patch.object(
        paper.pdf, "letters_of", return_value=(frozenset({"Noto Sans", "DejaVu Sans"}), "")
    ):
        findings = look("paper")
    assert _worst(findings) is State.FAULT
    assert "(DejaVu Sans)" in findings[0].text


@pytest.mark.parametrize(("free", "state"), [(50.0, State.OK), (3.0, State.WARNING), (0.5, State.FAULT)])
def test_room_on_the_disk(look: Any, free: float, state: State) -> None:
    usage = shutil._ntuple_diskusage(100, 50, int(free * machine.GIB))  # type: ignore[attr-defined]
    with mock.patch.object(machine.shutil, "disk_usage", return_value=usage):
        findings = look("disk")
    assert _worst(findings) is state
    assert f"{free:.1f} GB" in findings[0].text


@pytest.mark.django_db
@pytest.mark.parametrize(("apart", "state"), [(0, State.OK), (90, State.FAULT)])
def test_the_clock(look: Any, apart: int, state: State) -> None:
    now = timezone.now
    with mock.patch.object(machine.timezone, "now", side_effect=lambda: now() + timedelta(seconds=apart)):
        assert _worst(look("clock")) is state


def test_backups(look: Any, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = ""
    assert "IQ_BACKUP_FOLDER" in _texts(look("backups"))
    settings.BACKUP_FOLDER = str(tmp_path)
    assert "no good backup" in _texts(look("backups"))
    for hours, state in ((5, State.OK), (40, State.WARNING), (100, State.FAULT)):
        moment = timezone.now() - timedelta(hours=hours)
        (tmp_path / "night.iqb").write_bytes(b"backup")
        said = {
            "file": "night.iqb",
            "at": moment.isoformat(),
            "bytes": 6,
            "sha256": "",
            "encrypted": True,
            "verified_at": None,
        }
        (tmp_path / STATE).write_text(json.dumps(said))
        assert _worst(look("backups")) is state
    (tmp_path / "night.iqb").unlink()
    assert "gone or was changed" in _texts(look("backups"))
    for broken in ("", "[]", '{"at": 5}', '{"at": "2026-01-01T00:00:00"}', '{"when": "x"}'):
        (tmp_path / STATE).write_text(broken)
        assert "no good backup" in _texts(look("backups"))


def test_the_list_of_the_erased(look: Any, settings: Any, tmp_path: Path) -> None:
    settings.ERASURE_LIST = ""
    assert "IQ_ERASURE_LIST" in _texts(look("erasures"))
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    assert _worst(look("erasures")) is State.OK  # it is made with the first erasure
    (tmp_path / "erased.jsonl").touch()
    assert _worst(look("erasures")) is State.OK
    for place in (str(tmp_path), str(tmp_path / "nowhere/erased.jsonl")):
        settings.ERASURE_LIST = place
        assert _worst(look("erasures")) is State.FAULT
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    with mock.patch.object(keeping.os, "access", return_value=False):
        assert _worst(look("erasures")) is State.FAULT


@pytest.mark.django_db
def test_second_factors(look: Any, counsellor: Any) -> None:
    findings = look("factors")
    if findings[0].skipped:
        assert "password only" in findings[0].text
        return
    assert _worst(findings) is State.OK  # a counsellor may do without
    UserFactory(centre=counsellor.centre, roles=["coordinator"])
    assert "without a second factor: 1." in _texts(look("factors"))


def test_static_parts(look: Any, settings: Any, tmp_path: Path) -> None:
    assert look("static")[0].skipped  # the tests serve them as they lie
    settings.STATIC_ROOT = str(tmp_path)
    with mock.patch.object(programme, "ManifestFilesMixin", object):
        assert _worst(look("static")) is State.FAULT
        names = [
            programme._address(name, storage)
            for finder in programme.get_finders()
            for name, storage in finder.list([])
        ]
        (tmp_path / "staticfiles.json").write_text(json.dumps({"paths": dict.fromkeys(names, "all.css")}))
        assert _worst(look("static")) is State.FAULT  # named, but not there
        (tmp_path / "all.css").touch()
        assert _worst(look("static")) is State.OK
        assert len(names) > 100


def test_texts(look: Any, settings: Any, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "de/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("")
    assert _worst(look("texts")) is State.FAULT
    (folder / "django.mo").write_text("")
    assert _worst(look("texts")) is State.OK
    import os

    os.utime(folder / "django.mo", (0, 0))
    assert _worst(look("texts")) is State.WARNING


@pytest.mark.django_db
def test_the_command_speaks_in_lines_and_in_json(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ERASURE_LIST = ""
    for spoken, word in (("en_GB.UTF-8", "FAULT"), ("de_DE.UTF-8", "FEHLER"), ("C", "FEHLER")):
        monkeypatch.setenv("LC_ALL", spoken)
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("doctor", only=["erasures"], stdout=out)
        assert ended.value.code == 2
        lines = out.getvalue().splitlines()
        assert len(lines) == 1
        assert lines[0].startswith(word)
        assert "\x1b[" not in lines[0]  # no colours where nobody looks
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", only=["erasures", "disk"], json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["state"] == "fault"
    assert {line["check"] for line in told["checks"]} == {"erasures", "disk"}


def test_a_check_that_breaks_off_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_asked: Asked) -> Iterator[Finding]:
        raise ValueError("name of a client")
        yield

    monkeypatch.setitem(CHECKS, "settings", broken)
    found = dict(examine(Asked(), only=["settings", "disk"]))
    assert set(found) == {"settings", "disk"}
    assert found["settings"].state is State.FAULT
    assert "builtins.ValueError" in found["settings"].text
    assert "client" not in found["settings"].text


def test_a_healthy_installation_ends_with_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    from iqquadrat.operations.doctor.findings import ok

    for name in CHECKS:
        monkeypatch.setitem(CHECKS, name, lambda _asked: iter([ok("well")]))
    out = StringIO()
    call_command("doctor", stdout=out)
    assert len(out.getvalue().splitlines()) == len(CHECKS)
