"""A filled site with uploaded files, and an empty database on the same server to bring it back into."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from iqquadrat.accounts.models import User
from iqquadrat.operations.backup import server
from tests.rights import canaries

PASSPHRASE = "vier Wörter und ein Berg"
RECORDING = b"OggS" + bytes(range(256)) * 9000


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder with a recording of a question, as the storage lays it."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    recording = settings.MEDIA_ROOT / "recordings" / "ab" / "abcdef.ogg"
    recording.parent.mkdir(parents=True)
    recording.write_bytes(RECORDING)
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def world(transactional_db: None, counsellor: User, media: Path) -> canaries.World:
    """One row of every table that hangs on a client."""
    made = canaries.build(counsellor)
    made.client.legal_holds.all().update(lifted_at=canaries.NOW, lifted_by=counsellor)
    return made


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def elsewhere(world: canaries.World) -> Iterator[str]:
    """An empty database; what is made of its name is dropped afterwards."""
    of = server.site()
    name = f"{of.name}_elsewhere"
    server.drop(of, name)
    server.create(of, name)
    yield name
    connection.close()
    for found in databases():
        if found.startswith(name):
            server.drop(of, found)


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name that the scratch database of this test gets; other tests make others at the same time."""
    name = f"{server.SCRATCH}20260101_{secrets.token_hex(4)}_test"
    monkeypatch.setattr(server, "scratch_name", lambda: name)
    return name


def databases() -> list[str]:
    """Return the names of all databases of the server."""
    with server.site().maintained() as opened, opened.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]
