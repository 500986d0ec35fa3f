"""Whether the tables are those that this programme needs."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    """Return the migrations of the programme; they stay the same as long as the process lives."""
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations)


def pending_migrations() -> list[tuple[str, str]]:
    """Return the migrations that the database has not seen, as (application, name), in order."""
    return sorted(_on_disk() - set(MigrationRecorder(connection).applied_migrations()))


def unknown_migrations() -> list[tuple[str, str]]:
    """Return what the database has seen and this programme does not know: the database is newer."""
    rooms = {room for room, _name in _on_disk()}
    applied = set(MigrationRecorder(connection).applied_migrations())
    return sorted(key for key in applied - _on_disk() if key[0] in rooms)
