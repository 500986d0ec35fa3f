"""Going back to a minute before a mistake, walked through on a cluster of its own with the settings that docs/operations.md shows."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from iqquadrat.core import embedded

DOCUMENTED = (Path(__file__).resolve().parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
ARCHIVE = "/var/backups/iqquadrat-wal"


class Cluster:
    """A server in a folder, with the account of the embedded database when root runs the tests."""

    def __init__(self, above: Path) -> None:
        self.above, self.archive = above, above / "wal"
        self.account = embedded.SYSTEM_USER if os.geteuid() == 0 else None
        self.mkdir(self.archive)

    def mkdir(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        if self.account:
            shutil.chown(folder, self.account, self.account)

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL to its end; into a file, because a server would hold a pipe open."""
        with tempfile.TemporaryFile("w+") as words:
            done = subprocess.run(
                [embedded.programs() / program, *arguments], cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, check=False,
                user=self.account, group=self.account, extra_groups=None if self.account is None else [],
                env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"},
            )  # fmt: skip
            words.seek(0)
            assert done.returncode == 0, words.read()

    def start(self, folder: Path) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.above} -c fsync=off"
        self.run(
            "pg_ctl", "-D", str(folder), "-w", "-t", "30", "-l", str(folder / "log"), "-o", options, "start"
        )

    def stop(self, folder: Path) -> None:
        if (folder / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(folder), "-m", "fast", "-w", "stop")

    def ask(self, words: str) -> list[str]:
        connection = psycopg2.connect(host=str(self.above), user="postgres", dbname="postgres")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(words)
                return [str(row[0]) for row in cursor.fetchall()] if cursor.description else []
        finally:
            connection.close()

    def configure(self, folder: Path, words: str) -> None:
        with (folder / "postgresql.conf").open("a") as file:
            file.write(words.replace(ARCHIVE, str(self.archive)))


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    above = Path(tempfile.mkdtemp(prefix="iq-pit-"))
    above.chmod(0o711)
    embedded.ensure_running()  # makes the account and its programs
    made = Cluster(above)
    if made.account:
        shutil.chown(above, made.account, made.account)
    yield made
    for folder in above.iterdir():
        made.stop(folder)
    shutil.rmtree(above)


def _documented(setting: str) -> str:
    """Return the line of the documentation that sets this."""
    lines = re.findall(rf"^    ({setting} = .+)$", DOCUMENTED, re.MULTILINE)
    assert len(lines) == 1, setting
    return lines[0] + "\n"


@pytest.mark.slow
def test_back_to_the_minute_before(cluster: Cluster) -> None:
    first, second = cluster.above / "first", cluster.above / "second"
    cluster.run("initdb", "-D", str(first), "-U", "postgres", *embedded.INIT)
    cluster.configure(
        first,
        "".join(
            _documented(name) for name in ("wal_level", "archive_mode", "archive_command", "archive_timeout")
        ),
    )
    cluster.start(first)
    cluster.ask("CREATE TABLE talk (words text)")
    cluster.ask("INSERT INTO talk VALUES ('before the base backup')")
    cluster.run(
        "pg_basebackup",
        "-h",
        str(cluster.above),
        "-U",
        "postgres",
        "-D",
        str(second),
        "--checkpoint=fast",
        "--wal-method=none",
    )
    cluster.ask("INSERT INTO talk VALUES ('after the base backup')")
    (moment,) = cluster.ask("SELECT clock_timestamp()")
    time.sleep(0.2)
    cluster.ask("DELETE FROM talk")
    cluster.ask("INSERT INTO talk VALUES ('after the mistake')")
    (segment,) = cluster.ask("SELECT pg_walfile_name(pg_switch_wal())")
    _wait_for(cluster.archive / segment)
    cluster.stop(first)

    target = re.sub(r"'[^']+'", f"'{moment}'", _documented("recovery_target_time"))
    cluster.configure(second, _documented("restore_command") + target + _documented("recovery_target_action"))
    (second / "recovery.signal").touch()
    if cluster.account:
        shutil.chown(second / "recovery.signal", cluster.account, cluster.account)
    cluster.start(second)
    _wait_until(cluster, "SELECT NOT pg_is_in_recovery()")
    assert cluster.ask("SELECT words FROM talk ORDER BY words") == [
        "after the base backup",
        "before the base backup",
    ]
    cluster.ask("INSERT INTO talk VALUES ('life goes on')")


def test_the_archive_never_overwrites(tmp_path: Path) -> None:
    """The command of the documentation keeps what is there, as PostgreSQL asks of it, and refuses with an error."""
    command = _documented("archive_command").split("'", 1)[1].rsplit("'", 1)[0]
    (tmp_path / "segment").write_text("new")
    (tmp_path / "wal").mkdir()
    words = (
        command.replace("%p", str(tmp_path / "segment"))
        .replace("%f", "0001")
        .replace(ARCHIVE, str(tmp_path / "wal"))
    )
    assert subprocess.run(["sh", "-c", words], check=False).returncode == 0
    assert (tmp_path / "wal" / "0001").read_text() == "new"
    (tmp_path / "segment").write_text("another")
    assert subprocess.run(["sh", "-c", words], check=False).returncode != 0
    assert (tmp_path / "wal" / "0001").read_text() == "new"


def _wait_for(file: Path) -> None:
    until = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < until, "the segment was not archived"
        time.sleep(0.1)


def _wait_until(cluster: Cluster, question: str) -> None:
    until = time.monotonic() + 30
    while cluster.ask(question) != ["True"]:
        assert time.monotonic() < until, question
        time.sleep(0.1)
