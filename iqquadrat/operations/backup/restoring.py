"""Bringing a backup back: beside what is there, compared, without those who were erased since, and only then in its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from competence.enums import EndReason
from competence.services.sessions import end_all
from iqquadrat.operations.backup import manifest, server
from iqquadrat.operations.backup.errors import DamagedBackupError, ErasureListError, TargetInUseError
from iqquadrat.operations.backup.making import media_root
from iqquadrat.operations.backup.manifest import Manifest
from iqquadrat.operations.backup.unpacking import (
    Contents,
    compare,
    inspect,
    new_database,
    put_in_place,
    server_release,
    unpack,
    waiting_files,
)  # fmt: skip
from iqquadrat.operations.roles import give_rights
from iqquadrat.rights import erasure_list
from iqquadrat.rights.models import Erasure
from iqquadrat.rights.services import apply_erasures


@dataclass(frozen=True)
class Restored:
    """What was done. ``aside`` is the name that the replaced database has now; ``migrated`` tells that it came from an older site;
    ``answered`` that the replaced one could be asked whom it knows as erased."""

    contents: Contents
    erased_again: int
    listed: bool
    migrated: bool
    files: int
    aside: str
    answered: bool
    seconds: float


def may_restore(*, replace: bool) -> server.Server:
    """Return the site's server and database, or raise ``TargetInUseError`` if they may not be restored into now."""
    of = server.site()
    if server.exists(of, of.name):
        if not replace and not server.is_empty(of):
            raise TargetInUseError(
                f"The database {of.name} is not empty. To replace what is in it, say --replace."
            )
        if others := server.others_connected(of, of.name):
            raise TargetInUseError(
                f"{others} connections to {of.name} are open. Stop the site first: systemctl stop iqquadrat iqquadrat-worker"
            )
    return of


def restore(
    path: Path, *, replace: bool = False, passphrase_file: Path | None = None, without_erasures: bool = False
) -> Restored:
    """Bring back database and uploaded files. What was there stays beside under another name; on any error nothing has changed.

    Whoever was erased after the backup is erased again before the data gets the site's name: by the file of ``IQ_ERASURE_LIST``, and by
    the list in the database that is replaced. Raises errors of ``errors.py``.
    """
    begun = timezone.now()
    of = may_restore(replace=replace)
    contents = inspect(path, passphrase_file=passphrase_file)
    said = contents.manifest
    manifest.check_versions(said, server_release(of))
    replaced = _of_the_replaced(of)
    erased = [] if without_erasures else list(_erased_since(said, replaced or []))
    aside = f"{of.name[:40]}_before_{begun:%Y%m%d_%H%M%S}"
    root = media_root()
    with (
        waiting_files(root if said.media else None) as files,
        new_database(of, server.beside(of.name)) as new,
    ):
        unpack(path, into=new, of=of, release=said.tool, files=files, passphrase_file=passphrase_file)
        if wrong := [table.name for table in compare(said, of, new) if not table.is_same]:
            raise DamagedBackupError(
                f"Nothing was changed: what came out is not what went in, in {', '.join(wrong[:5])}."
            )
        with server.working_in(new):
            migrated = _bring_up_to_date(said)
            give_rights()  # a dump holds none
            # Nobody is signed in from last night: sittings of staff are in no backup, those at the clients' PC end here.
            end_all(reason=EndReason.STAFF)
            again = len(apply_erasures(more=erased))
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        put = put_in_place(files, root)
        aside = _take_the_place(of, new, aside)
    return Restored(
        contents=contents, erased_again=again, listed=bool(settings.ERASURE_LIST) and not without_erasures, migrated=migrated,
        files=put, aside=aside, answered=replaced is not None, seconds=(timezone.now() - begun).total_seconds(),
    )  # fmt: skip


def _erased_since(said: Manifest, replaced: list[str]) -> Iterator[str]:
    """Yield the hashes of all who were erased, as far as anybody knows outside the backup."""
    known = [*_of_the_file(), *replaced]
    if known and said.key_mark not in manifest.key_marks():
        raise ErasureListError(
            "IQ_SECRET_KEY is not the one of the site that made the backup, so the list of the erased would match nobody. Set it, or name "
            "it in IQ_SECRET_KEY_FALLBACKS; or say --without-erasures and erase by hand."
        )
    yield from known


def _of_the_file() -> list[str]:
    if not settings.ERASURE_LIST:
        return []
    try:
        return list(erasure_list.read(Path(settings.ERASURE_LIST)))
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "it is no list of erased clients"
        raise ErasureListError(
            f"The list of those who were erased since cannot be read ({reason}): {settings.ERASURE_LIST}. Bring it back from its own copy. "
            "If nobody was ever erased, make an empty file of this name; or say --without-erasures and erase by hand."
        ) from None


def _of_the_replaced(of: server.Server) -> list[str] | None:
    """The database that goes may know of an erasing that no file does. None: it is too broken to be asked."""
    if not server.exists(of, of.name) or server.is_empty(of):
        return []
    try:
        return list(Erasure.objects.values_list("identifier_hash", flat=True))
    except DatabaseError:
        return None
    finally:
        connection.close()


def _bring_up_to_date(said: Manifest) -> bool:
    """Migrate what an older version of the site has written. Returns whether there was anything to do."""
    with connection.cursor() as cursor:
        call_command("migrate", verbosity=0, interactive=False)
        cursor.execute("SELECT count(*) FROM django_migrations")
        return int(cursor.fetchone()[0]) > len(said.migrations)


def _take_the_place(of: server.Server, new: str, aside: str) -> str:
    """Give the new database the site's name. Returns how the old one is called now, or nothing if it held nothing and is gone."""
    was_there = server.exists(of, of.name)
    was_empty = was_there and server.is_empty(of)
    server.swap(of, new, aside if was_there else "")
    if was_empty:
        server.drop(of, aside)
    return aside if was_there and not was_empty else ""
