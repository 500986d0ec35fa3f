"""Trying a backup: it is brought back into a database of its own, compared with what it says, and dropped again."""

from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from iqquadrat.operations.backup import manifest, server
from iqquadrat.operations.backup.unpacking import (
    Compared,
    Contents,
    compare,
    inspect,
    new_database,
    server_release,
    unpack,
)


@dataclass(frozen=True)
class Verified:
    """What a trial showed: the contents of the file, every table then and now, and how long it took."""

    contents: Contents
    compared: list[Compared]
    seconds: float

    @property
    def is_good(self) -> bool:
        """Tell whether every table came back as it was."""
        return all(table.is_same for table in self.compared)


def verify_backup(path: Path, *, passphrase_file: Path | None = None) -> Verified:
    """Check every byte of a backup, restore it into a scratch database on the site's server, and compare all tables.

    The site's own database is not touched. Raises errors of ``errors.py`` when the file is refused before there is anything to compare.
    """
    begun = timezone.now()
    contents = inspect(path, passphrase_file=passphrase_file)
    of = server.site()
    manifest.check_versions(contents.manifest, server_release(of))
    server.drop_left_behind(of)
    with new_database(of, server.scratch_name()) as scratch:
        unpack(path, into=scratch, of=of, release=contents.manifest.tool, passphrase_file=passphrase_file)
        compared = compare(contents.manifest, of, scratch)
    return Verified(contents, compared, (timezone.now() - begun).total_seconds())
