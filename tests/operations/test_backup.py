"""Making a backup and trying it: everything of one moment, complete or not there at all."""

import hashlib
import io
import resource
import signal
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from iqquadrat.accounts.models import Centre
from iqquadrat.operations.backup import checking, making, programs, server
from iqquadrat.operations.backup.checking import verify_backup
from iqquadrat.operations.backup.encryption import Lock
from iqquadrat.operations.backup.errors import MissingProgramError, TargetExistsError
from iqquadrat.operations.backup.keeping import last_backup
from iqquadrat.operations.backup.making import Made, make_backup
from tests.operations.conftest import RECORDING, databases
from tests.rights import canaries


def _command(name: str, *arguments: Any) -> str:
    out = io.StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_filled_site_is_saved_and_tried(world: canaries.World, scratch: str, tmp_path: Path) -> None:
    target = tmp_path / "night.backup"
    said = _command("backup", target)
    assert "1 uploaded files" in said
    assert "not encrypted" in said
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    tried = _command("verify_backup", target)
    assert tried.splitlines()[-1].startswith("YES, this backup is good")
    clients = next(line for line in tried.splitlines() if line.startswith("counselling_client "))
    assert clients.split()[1:] == ["2", "2", "same"]
    assert "DIFFERENT" not in tried
    assert scratch not in databases()


def test_sittings_are_in_no_backup(
    world: canaries.World, client: Any, counsellor: Any, tmp_path: Path
) -> None:
    client.force_login(counsellor)
    key = client.session.session_key
    make_backup(tmp_path / "a")
    tables = verify_backup(tmp_path / "a").contents.manifest.tables
    assert "accounts_user" in tables
    assert not {"accounts_sitting", "django_session"} & set(tables)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_sitting")
        assert cursor.fetchone() == (1,)
    content = (tmp_path / "a").read_bytes()
    assert RECORDING in content
    assert key.encode() not in content


def test_it_is_one_moment(world: canaries.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written while the backup runs is in neither count nor dump."""
    dump = making._add_dump

    def later(*arguments: Any) -> None:
        Centre.objects.create(name="Später", code="later")
        dump(*arguments)

    monkeypatch.setattr(making, "_add_dump", later)
    before = Centre.objects.count()
    make_backup(tmp_path / "a")
    assert Centre.objects.count() == before + 1
    found = verify_backup(tmp_path / "a")
    assert found.is_good
    assert found.contents.manifest.tables["accounts_centre"].rows == before


def test_a_row_that_came_out_differently_is_seen(
    world: canaries.World, scratch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same number of rows is not enough: one letter in one row makes another hash."""
    unpack = checking.unpack

    def with_a_slip(path: Path, *, into: str, of: server.Server, **options: Any) -> None:
        unpack(path, into=into, of=of, **options)
        with of.connected(into, autocommit=True) as opened, opened.cursor() as cursor:
            cursor.execute("UPDATE accounts_centre SET city = city || '.'")

    monkeypatch.setattr(checking, "unpack", with_a_slip)
    make_backup(tmp_path / "a")
    assert [table.name for table in verify_backup(tmp_path / "a").compared if not table.is_same] == [
        "accounts_centre"
    ]
    with pytest.raises(CommandError, match="NO, this backup does not come back"):
        _command("verify_backup", tmp_path / "a")
    assert scratch not in databases()


def test_nothing_is_overwritten(world: canaries.World, tmp_path: Path) -> None:
    target = tmp_path / "here"
    target.write_text("already")
    with pytest.raises(CommandError, match="nothing is overwritten"):
        _command("backup", target)
    assert target.read_text() == "already"


def test_whoever_is_quicker_is_not_overwritten(
    world: canaries.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "here"
    dump = making._add_dump
    monkeypatch.setattr(
        making, "_add_dump", lambda *arguments: (dump(*arguments), target.write_text("quicker"))
    )
    with pytest.raises(TargetExistsError):
        make_backup(target)
    assert target.read_text() == "quicker"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["here"]


@pytest.mark.parametrize("how", ["term", "interrupt", "program"])
def test_a_backup_that_was_broken_off_leaves_no_file(
    world: canaries.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def breaks_off(*_arguments: Any) -> None:
        if how == "term":
            signal.raise_signal(signal.SIGTERM)
        if how == "interrupt":
            raise KeyboardInterrupt
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "_add_dump", breaks_off)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises((SystemExit, KeyboardInterrupt, CommandError)) as caught:
        _command("backup", folder / "night.backup")
    assert caught.type is {"term": SystemExit, "interrupt": KeyboardInterrupt, "program": CommandError}[how]
    assert list(folder.iterdir()) == []


def test_a_disk_without_room_is_said(world: canaries.World, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(CommandError, match="cannot be written"):
            _command("backup", folder / "night.backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(folder.iterdir()) == []


def test_a_password_stands_on_no_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "secret-word")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"sslmode": "require"})
    of = server.site()
    assert of.environment("other")["PGPASSWORD"] == "secret-word"
    assert of.environment("other")["PGSSLMODE"] == "require"
    assert of.environment("other")["PGDATABASE"] == "other"
    assert "secret-word" not in repr(of)


def test_the_program_fits_the_server() -> None:
    with server.site().connected() as opened, opened.cursor() as cursor:
        release = server.major(cursor)
    assert programs.major(programs.find("pg_dump", release)) >= release
    with pytest.raises(MissingProgramError, match="apt install postgresql-client-99"):
        programs.find("pg_dump", 99)


def test_a_database_that_is_away_is_said(transactional_db: None, tmp_path: Path) -> None:
    with server.working_in("iq_not_there"), pytest.raises(CommandError, match="cannot be reached"):
        _command("backup", tmp_path / "a")


def test_encrypted_with_a_passphrase(world: canaries.World, passphrase_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "night.backup.gpg"
    assert "not encrypted" not in _command("backup", target, "--passphrase-file", passphrase_file)
    assert RECORDING[:64] not in target.read_bytes()
    assert b"counselling_client" not in target.read_bytes()
    assert "YES" in _command("verify_backup", target, "--passphrase-file", passphrase_file)


def test_gpg_and_tar_alone_open_it(world: canaries.World, passphrase_file: Path, tmp_path: Path) -> None:
    """Years later, without this program."""
    target = make_backup(tmp_path / "a.gpg", lock=Lock(passphrase_file=passphrase_file)).path
    plain = subprocess.run(
        ["gpg", "--homedir", tmp_path, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase-file", passphrase_file,
         "--decrypt", target],
        check=True, capture_output=True,
    ).stdout  # fmt: skip
    names = subprocess.run(
        ["tar", "--list"], input=plain, check=True, capture_output=True, text=False
    ).stdout.decode()
    assert names.split()[0] == "manifest.json"
    assert "database/000001" in names
    subprocess.run(["gpgconf", "--homedir", tmp_path, "--kill", "gpg-agent"], check=True)


def test_encrypted_for_a_key_of_which_the_other_half_is_elsewhere(
    world: canaries.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "keys"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--quiet"]
    try:
        subprocess.run(
            [*gpg, "--passphrase", "", "--quick-generate-key", "backup@example.org", "future-default", "default", "0"],
            check=True, capture_output=True,
        )  # fmt: skip
        public = tmp_path / "public.asc"
        public.write_bytes(
            subprocess.run([*gpg, "--armor", "--export"], check=True, capture_output=True).stdout
        )
        target = tmp_path / "night.backup.gpg"
        monkeypatch.setenv("GNUPGHOME", str(tmp_path / "empty"))
        (tmp_path / "empty").mkdir(mode=0o700)
        _command("backup", target, "--encrypt-to", public)
        with pytest.raises(CommandError, match=r"NO, this backup is refused\. The backup cannot be opened"):
            _command("verify_backup", target)
        monkeypatch.setenv("GNUPGHOME", str(home))
        assert "YES" in _command("verify_backup", target)
    finally:
        for folder in (home, tmp_path / "empty"):
            subprocess.run(["gpgconf", "--homedir", folder, "--kill", "gpg-agent"], check=True)


def test_a_key_that_nobody_knows_leaves_no_file(
    world: canaries.World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setenv("GNUPGHOME", str(tmp_path))
    with pytest.raises(CommandError, match="GnuPG could not encrypt"):
        _command("backup", folder / "a", "--encrypt-to", "nobody@example.org")
    assert list(folder.iterdir()) == []


def test_an_empty_passphrase_is_none(world: canaries.World, tmp_path: Path) -> None:
    (tmp_path / "nothing").write_text("\n")
    with pytest.raises(CommandError, match="must hold the passphrase"):
        _command("backup", tmp_path / "a", "--passphrase-file", tmp_path / "nothing")
    assert not (tmp_path / "a").exists()


def test_night_after_night(
    world: canaries.World, passphrase_file: Path, tmp_path: Path, settings: Any
) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "nights")
    Path(settings.BACKUP_FOLDER).mkdir()
    said = _command("backup", "--keep", "2,0,0", "--passphrase-file", passphrase_file)
    (file,) = Path(settings.BACKUP_FOLDER).glob("iqquadrat-*.backup.gpg")
    assert str(file) in said
    last = last_backup()
    assert last is not None
    assert (last.path, last.encrypted, last.is_there, last.verified_at) == (file, True, True, None)
    _command("verify_backup", "--passphrase-file", passphrase_file)
    tried = last_backup()
    assert tried is not None
    assert tried.verified_at is not None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name a file"), (["a", "--to-folder", "b"], "not both"), (["a", "--encrypt-to", "k", "--passphrase-file", "f"], "not both"),
        (["--to-folder", ".", "--keep", "0,1,1"], "wants three numbers"),
    ],
)  # fmt: skip
def test_words_that_do_not_fit_are_said(arguments: list[str], words: str, settings: Any) -> None:
    settings.BACKUP_FOLDER = ""
    with pytest.raises(CommandError, match=words):
        _command("backup", *arguments)


def test_what_was_made_is_told(world: canaries.World, tmp_path: Path) -> None:
    made: Made = make_backup(tmp_path / "a")
    data = made.path.read_bytes()
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert made.rows > 50
