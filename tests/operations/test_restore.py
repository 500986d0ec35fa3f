"""Bringing a backup back: beside what is there, without those who were erased since, and nobody signed in."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from competence.models import KioskSession
from counselling.models import Client
from iqquadrat.accounts.models import Centre, Sitting
from iqquadrat.core import walls
from iqquadrat.operations.backup import restoring, server
from iqquadrat.operations.backup.checking import verify_backup
from iqquadrat.operations.backup.errors import DamagedBackupError
from iqquadrat.operations.backup.making import make_backup
from iqquadrat.rights.enums import Ground
from iqquadrat.rights.models import Erasure
from iqquadrat.rights.services import erase_client
from iqquadrat.rights.walls import APP
from tests.operations.conftest import RECORDING, databases
from tests.rights import canaries
from tests.walls.conftest import make_role


@pytest.fixture
def backup(world: canaries.World, tmp_path: Path) -> Path:
    return make_backup(tmp_path / "night.backup").path


@pytest.fixture
def inside(elsewhere: str) -> Iterator[str]:
    """Django works in the other database, as on another machine."""
    with server.working_in(elsewhere):
        yield elsewhere


def _restore(*arguments: Any) -> str:
    out = io.StringIO()
    call_command("restore", *map(str, arguments), stdout=out)
    return out.getvalue()


def _numbers() -> list[str]:
    return sorted(Client.objects.values_list("number", flat=True))


def test_last_night_comes_back(backup: Path, media: Path, inside: str, tmp_path: Path) -> None:
    (media / "recordings" / "ab" / "abcdef.ogg").unlink()
    (media / "newer.ogg").write_bytes(b"new")
    said = _restore(backup)
    assert "each compared; 1 uploaded files" in said
    assert "IQ_ERASURE_LIST names no list" in said
    assert len(_numbers()) == 2
    assert (media / "recordings" / "ab" / "abcdef.ogg").read_bytes() == RECORDING
    assert sorted(path.name for path in media.iterdir()) == ["newer.ogg", "recordings"]
    # What came back is saved again and holds the same, but for the sitting at the clients' PC that was ended.
    make_backup(tmp_path / "again")
    first, second = verify_backup(backup), verify_backup(tmp_path / "again")
    assert second.is_good
    before, after = first.contents.manifest.tables, second.contents.manifest.tables
    ended = {
        "competence_kiosksession",
        "competence_kioskoperation",
        "competence_paradataevent",
        "competence_assessment",
    }
    assert {name for name in before if before[name] != after[name]} <= ended
    assert [name for name in databases() if name.startswith(inside)] == [inside]


def test_the_role_of_the_site_may_work_in_what_came_back(backup: Path, inside: str) -> None:
    """A dump holds no rights and no owner; walls are in it, and the rights are given again."""
    make_role(APP)
    _restore(backup)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%(app)s, 'counselling_client', 'INSERT'), has_table_privilege(%(app)s, 'accesslog_entry', 'DELETE'), "
            "(SELECT relrowsecurity FROM pg_class WHERE oid = 'counselling_client'::regclass)",
            {"app": APP},
        )
        assert cursor.fetchone() == (True, False, True)
        cursor.execute(f"SET ROLE {APP}")
    assert not Client.objects.exists()
    with walls.every_centre("a test counts"):
        assert Client.objects.count() == 2


def test_nobody_is_signed_in(
    client: Any, counsellor: Any, world: canaries.World, tmp_path: Path, inside: str
) -> None:
    with server.working_in(inside.removesuffix("_elsewhere")):
        client.force_login(counsellor)
        KioskSession.objects.update(ended_at=None, ended_reason="")
        make_backup(tmp_path / "a")
    assert "Everybody has to sign in anew" in _restore(tmp_path / "a")
    assert not Sitting.objects.exists()
    assert KioskSession.objects.exists()
    assert not KioskSession.objects.filter(ended_at=None).exists()


def test_whoever_was_erased_since_is_erased_again(
    backup: Path, world: canaries.World, settings: Any, inside: str, tmp_path: Path
) -> None:
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    with server.working_in(inside.removesuffix("_elsewhere")):
        erase_client(client=world.client, by=None)
    said = _restore(backup)
    assert "1 erased again" in said
    assert "Mind:" not in said
    # The person's second record, merged into the first, is gone with it.
    assert all(number.startswith("E-") for number in _numbers())
    assert Client.objects.get(pk=world.client.pk).erased_at
    assert set(Erasure.objects.values_list("ground", flat=True)) == {Ground.BACKUP}
    assert world.client.number not in _numbers()


def test_the_database_that_goes_knows_who_was_erased(
    backup: Path, world: canaries.World, inside: str
) -> None:
    """Without a list in a file: the list in the database that is replaced."""
    _restore(backup)
    erase_client(client=Client.objects.get(pk=world.client.pk), by=None)
    said = _restore(backup, "--replace", "--yes")
    assert "1 erased again" in said
    assert Client.objects.get(pk=world.client.pk).erased_at
    (aside,) = [name for name in databases() if name.startswith(f"{inside[:40]}_before_")]
    assert f"is kept as {aside}" in said
    server.drop(server.site(), aside)


def test_a_database_that_cannot_be_asked_is_said(backup: Path, inside: str) -> None:
    """What goes is too broken to name those whom it knows as erased: nobody may believe that they are gone."""
    assert "could not be asked" not in _restore(backup)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE rights_erasure CASCADE")
    connection.close()
    assert "could not be asked whom it knows as erased" in _restore(backup, "--replace", "--yes")
    (aside,) = [name for name in databases() if name.startswith(f"{inside[:40]}_before_")]
    server.drop(server.site(), aside)


def test_a_list_that_is_lost_stops_it(backup: Path, settings: Any, inside: str, tmp_path: Path) -> None:
    settings.ERASURE_LIST = str(tmp_path / "lost.jsonl")
    with pytest.raises(CommandError, match="list of those who were erased since cannot be read"):
        _restore(backup)
    (tmp_path / "lost.jsonl").write_text("no list\n")
    with pytest.raises(CommandError, match="it is no list of erased clients"):
        _restore(backup)
    assert server.is_empty(server.site())
    assert "the list was not used" in _restore(backup, "--without-erasures")
    assert len(_numbers()) == 2


def test_another_secret_key_would_match_nobody(
    backup: Path, world: canaries.World, settings: Any, inside: str, tmp_path: Path
) -> None:
    settings.ERASURE_LIST = str(tmp_path / "erased.jsonl")
    with server.working_in(inside.removesuffix("_elsewhere")):
        erase_client(client=world.client, by=None)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
    with pytest.raises(CommandError, match="IQ_SECRET_KEY is not the one"):
        _restore(backup)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert "1 erased again" in _restore(backup)


def test_what_is_there_is_not_replaced_by_mistake(
    backup: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _restore(backup)
    Centre.objects.update(city="Halle")
    with pytest.raises(CommandError, match=r"is not empty\. To replace what is in it, say --replace"):
        _restore(backup)
    for typed in ("", "yes", inside.upper()):
        monkeypatch.setattr("builtins.input", lambda typed=typed: typed)
        with pytest.raises(CommandError, match="Nothing was changed: that was not the name"):
            _restore(backup, "--replace")
    assert set(Centre.objects.values_list("city", flat=True)) == {"Halle"}
    monkeypatch.setattr("builtins.input", lambda: inside)
    _restore(backup, "--replace")
    assert "Halle" not in set(Centre.objects.values_list("city", flat=True))


def test_a_site_that_runs_is_not_replaced(backup: Path, inside: str) -> None:
    with (
        server.site().connected(inside),
        pytest.raises(CommandError, match=r"1 connections to .* are open\. Stop the site first"),
    ):
        _restore(backup)
    connection.close()


def test_nothing_changes_when_something_is_wrong(
    backup: Path, media: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, files = databases(), sorted(media.rglob("*"))
    monkeypatch.setattr(restoring, "apply_erasures", lambda **_options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        restoring.restore(backup)
    whole = bytearray(backup.read_bytes())
    whole[len(whole) // 2] ^= 4
    backup.write_bytes(whole)
    with pytest.raises(DamagedBackupError):
        restoring.restore(backup)
    assert server.is_empty(server.site())
    assert [name for name in databases() if name.startswith(inside)] == [
        name for name in before if name.startswith(inside)
    ]
    assert sorted(media.rglob("*")) == files


def test_a_role_that_may_not_make_databases_is_told_what_to_run(
    backup: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = f"iq_small_{inside[-20:]}"
    with server.site().maintained() as opened, opened.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {role}")
        cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'small'")
    try:
        monkeypatch.setitem(connection.settings_dict, "USER", role)
        monkeypatch.setitem(connection.settings_dict, "PASSWORD", "small")
        connection.close()
        with pytest.raises(CommandError, match=f"ALTER ROLE {role} CREATEDB"):
            _restore(backup)
    finally:
        connection.close()
        monkeypatch.undo()
        with server.site().maintained() as opened, opened.cursor() as cursor:
            cursor.execute(f"DROP ROLE {role}")


def test_an_older_site_is_brought_up_to_date(
    backup: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup from before the last migration: restored, compared, then migrated."""
    called: list[str] = []

    def migrates(command: str, **_options: Any) -> None:
        called.append(command)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('x', '0001_of_today', now())"
            )

    monkeypatch.setattr(restoring, "call_command", migrates)
    assert "It came from an older version of the site" in _restore(backup)
    assert called == ["migrate"]
