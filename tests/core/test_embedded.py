"""The embedded database: shared by processes, stopped by the last, gentle to the folders above it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import pytest

from iqquadrat.core import embedded

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for a database of its own, that the server's account can pass, with a folder above that it cannot list."""
    above = Path(tempfile.mkdtemp(prefix="iq-"))
    above.chmod(0o711)
    data = above / "inner" / "pg18"
    monkeypatch.setenv("IQ_DATABASE_DIR", str(data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield data
    embedded.stop() if data.parent.exists() else None
    shutil.rmtree(above)


def _python(code: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **more}, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


# Starts the server, says so, and lives until its input closes.
USER = """
import sys
from iqquadrat.core import embedded
embedded.ensure_running()
print("up", flush=True)
sys.stdin.read()
"""


def _query(sql: str) -> object:
    connection = psycopg2.connect(embedded.database_url())
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone()
            assert row is not None
            return row[0]
    finally:
        connection.close()


def _ask(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_two_processes_share_a_server_and_the_last_one_stops_it(folder: Path) -> None:
    before = {above: stat.S_IMODE(above.stat().st_mode) for above in folder.parents if above.exists()}
    with _python(USER) as first, _python(USER) as second:
        assert (_ask(first), _ask(second)) == ("up", "up")
        assert _query("select current_database()") == "iqquadrat"
        assert int(str(_query("show server_version_num"))) >= 180000
        # Letters beyond ASCII have a lower case, whatever the language of the machine is.
        assert _query("select lower('ЩЁÖİ' collate \"default\") like 'щёö%'") is True
        first.communicate()
        assert _query("select 1") == 1
        second.communicate()
    assert not embedded.is_running()
    assert before == {above: stat.S_IMODE(above.stat().st_mode) for above in before}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_killed_process_holds_nothing(folder: Path) -> None:
    with _python(USER) as killed:
        assert _ask(killed) == "up"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert embedded.is_running()
    with _python(USER) as last:
        assert _ask(last) == "up"
        last.communicate()
    assert not embedded.is_running()


def test_forgetting_deletes_the_data_and_only_that(folder: Path) -> None:
    with _python(USER) as process:
        assert _ask(process) == "up"
        process.communicate()
    beside = folder.parent / "secret-key"
    beside.write_text("kept")
    embedded.forget()
    assert not folder.exists()
    assert beside.read_text() == "kept"


def test_a_closed_folder_above_is_an_error_with_a_way_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_is_root", lambda: True)
    closed = folder.parent.parent
    closed.chmod(0o700)
    with pytest.raises(embedded.EmbeddedDatabaseError, match=f"{closed}.*IQ_DATABASE_DIR"):
        embedded._make_passable(folder.parent)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_gets_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IQ_DATABASE_DIR", "/var/lib/" + "long/" * 30)
    assert len(str(embedded.socket_folder())) < 60
    monkeypatch.setenv("IQ_DATABASE_DIR", "/var/lib/" + "other/" * 30)
    assert "other" not in embedded.database_url()


def test_importing_the_settings_starts_nothing(folder: Path) -> None:
    code = "import iqquadrat.settings as s; print(s.DATABASES['default']['HOST'])"
    with _python(code, IQ_TESTING="1") as process:
        assert process.communicate()[0].strip() == str(folder)
    assert not folder.parent.exists()


def test_another_database_leaves_the_embedded_one_alone(folder: Path) -> None:
    with _python(USER, DATABASE_URL="postgresql://somebody@localhost/else") as process:
        assert _ask(process) == "up"
        process.communicate()
    assert not folder.parent.exists()


def test_the_driver_is_psycopg2() -> None:
    """Django takes psycopg 3 as soon as it can be imported; nothing here is tested with it."""
    assert find_spec("psycopg") is None
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert is_psycopg3 is False
