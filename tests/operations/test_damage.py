"""A backup that is not what was written is refused, before any database is touched."""

import random
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from iqquadrat.operations.backup import manifest, server
from iqquadrat.operations.backup.container import Reader, Writer
from iqquadrat.operations.backup.encryption import Lock
from iqquadrat.operations.backup.errors import (
    BackupError,
    DamagedBackupError,
    LockedBackupError,
    VersionError,
)
from iqquadrat.operations.backup.making import make_backup
from iqquadrat.operations.backup.unpacking import inspect, unpack
from tests.rights import canaries


@pytest.fixture
def backup(world: canaries.World, tmp_path: Path) -> Path:
    return make_backup(tmp_path / "whole").path


@pytest.fixture
def encrypted(world: canaries.World, passphrase_file: Path, tmp_path: Path) -> Path:
    return make_backup(tmp_path / "whole.gpg", lock=Lock(passphrase_file=passphrase_file)).path


def _flipped(whole: bytes, place: int, bit: int) -> bytes:
    data = bytearray(whole)
    data[place] ^= 1 << bit
    return bytes(data)


def test_cut_off_at_twenty_places(backup: Path, tmp_path: Path) -> None:
    whole, choose = backup.read_bytes(), random.Random(20)
    broken = tmp_path / "broken"
    lengths = [
        0,
        1,
        511,
        512,
        len(whole) - 1,
        len(whole) - 512,
        *(choose.randrange(len(whole)) for _ in range(14)),
    ]
    for length in lengths:
        broken.write_bytes(whole[:length])
        with pytest.raises(DamagedBackupError):
            inspect(broken)
    assert len(lengths) == 20


def test_a_bit_flipped_at_fifty_places(backup: Path, tmp_path: Path) -> None:
    whole, choose = backup.read_bytes(), random.Random(50)
    broken = tmp_path / "broken"
    inspect(backup)
    for _ in range(50):
        broken.write_bytes(_flipped(whole, choose.randrange(len(whole)), choose.randrange(8)))
        with pytest.raises(DamagedBackupError):
            inspect(broken)


def test_an_encrypted_one_is_as_strict(encrypted: Path, passphrase_file: Path, tmp_path: Path) -> None:
    whole, choose = encrypted.read_bytes(), random.Random(15)
    broken = tmp_path / "broken.gpg"
    inspect(encrypted, passphrase_file=passphrase_file)
    changed = [_flipped(whole, choose.randrange(len(whole)), choose.randrange(8)) for _ in range(12)]
    changed += [whole[:length] for length in (0, 3, len(whole) // 2, len(whole) - 1, len(whole) - 30)]
    for data in changed:
        broken.write_bytes(data)
        with pytest.raises((DamagedBackupError, LockedBackupError)):
            inspect(broken, passphrase_file=passphrase_file)


def test_the_command_says_no_and_makes_no_database(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken"
    whole = backup.read_bytes()

    def forbidden(*_arguments: object) -> None:
        raise AssertionError("a database was made")

    monkeypatch.setattr(server, "create", forbidden)
    for data, words in (
        (whole[: len(whole) // 2], "cut off"),
        (_flipped(whole, len(whole) // 2, 3), "does not fit its seal|not those of its list"),
        (b"PGDMP" + bytes(3000), "neither a backup nor an encrypted one"),
    ):
        broken.write_bytes(data)
        with pytest.raises(CommandError, match=f"^NO, this backup is refused.*({words})"):
            call_command("verify_backup", str(broken))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_backup", str(tmp_path / "missing"))


def test_another_passphrase_does_not_open_it(encrypted: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("ein anderes")
    with pytest.raises(LockedBackupError, match="passphrase or key is not the one"):
        inspect(encrypted, passphrase_file=other)


def test_no_passphrase_does_not_open_it(
    encrypted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GNUPGHOME", str(tmp_path))
    with pytest.raises(BackupError, match="cannot be opened"):
        inspect(encrypted)


def _rewritten(backup: Path, target: Path, *, before: bytes, after: bytes) -> Path:
    """Write a sound container with another manifest."""
    with backup.open("rb") as source, target.open("wb") as out:
        writer = Writer(out)
        for member in Reader(source).members():
            text = member.text()
            if member.name == manifest.NAME:
                assert before in text
                text = text.replace(before, after)
            writer.add(member.name, text)
        writer.close()
    return target


def test_a_later_format_is_refused(backup: Path, tmp_path: Path) -> None:
    later = _rewritten(backup, tmp_path / "later", before=b'"format": 1', after=b'"format": 2')
    with pytest.raises(VersionError, match="has format 2, this site knows format 1"):
        inspect(later)


def test_a_site_that_is_older_than_the_backup_refuses(backup: Path, tmp_path: Path) -> None:
    later = _rewritten(backup, tmp_path / "later", before=b'"0001_initial"', after=b'"0999_of_next_year"')
    with pytest.raises(CommandError, match=r"knows .*0999_of_next_year.* Update the site first"):
        call_command("verify_backup", str(later))


def test_a_server_that_is_older_than_the_backup_refuses(backup: Path) -> None:
    said = inspect(backup).manifest
    manifest.check_versions(said, said.server)
    with pytest.raises(VersionError, match="an older one may not understand it"):
        manifest.check_versions(said, said.server - 1)


@pytest.mark.parametrize("name", ["media/../../etc/passwd", "media//etc/passwd", "media/", "elsewhere/x"])
def test_a_file_that_wants_out_of_its_folder_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    bad, files = tmp_path / "bad", tmp_path / "files"
    with backup.open("rb") as source, bad.open("wb") as out:
        writer = Writer(out)
        for member in Reader(source).members():
            writer.add(member.name, member.text())
            if member.name == manifest.NAME:
                writer.add(name, b"root::0:0")
        writer.close()
    of = server.site()
    with pytest.raises(DamagedBackupError, match=r"outside its folder|does not belong there"):
        unpack(bad, into=of.name, of=of, release=18, files=files)
    assert not any(path.is_file() for path in files.rglob("*"))


def test_a_backup_without_a_database_is_none(backup: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    with backup.open("rb") as source, bare.open("wb") as out:
        writer = Writer(out)
        for member in Reader(source).members():
            if not member.name.startswith("database/"):
                writer.add(member.name, member.text())
        writer.close()
    with pytest.raises(DamagedBackupError, match="no database in it"):
        inspect(bare)
