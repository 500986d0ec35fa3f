"""``manage.py verify_backup [FILE]``: can this backup be brought back?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iqquadrat.operations.backup.checking import Verified, verify_backup
from iqquadrat.operations.backup.errors import BackupError
from iqquadrat.operations.backup.fingerprints import Fingerprint
from iqquadrat.operations.backup.keeping import last_backup, note_verified
from iqquadrat.operations.backup.words import ends_cleanly, size


class Command(BaseCommand):
    """Try a backup without touching the site."""

    help = "Restore a backup into a scratch database, compare every table with what the backup says, and drop it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="without it the last one in the folder of IQ_BACKUP_FOLDER",
        )
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="F",
            help="the file with the passphrase it was encrypted with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"] or self._last()
        try:
            with ends_cleanly():
                found = verify_backup(file, passphrase_file=options["passphrase_file"])
        except BackupError as error:
            raise CommandError(f"NO, this backup is refused. {error}") from error
        self._show(found)
        if not found.is_good:
            raise CommandError(
                "NO, this backup does not come back as it was: see the lines marked DIFFERENT."
            )
        note_verified(file)
        said = found.contents.manifest
        self.stdout.write(
            f"YES, this backup is good: of {said.at:%Y-%m-%d %H:%M} UTC, site {said.site}, {said.rows} rows, "
            f"dump {size(found.contents.dump_bytes)}, {found.contents.files} uploaded files with {size(found.contents.file_bytes)}. "
            f"Tried in {found.seconds:.0f} s."
        )

    def _last(self) -> Path:
        last = last_backup()
        if last is None:
            raise CommandError("Name a file: no backup of a folder that IQ_BACKUP_FOLDER names is known.")
        return last.path

    def _show(self, found: Verified) -> None:
        self.stdout.write(f"{'table':<58} {'rows then':>10} {'rows now':>10}  hash")
        for table in found.compared:
            verdict = "same" if table.is_same else "DIFFERENT"
            self.stdout.write(
                f"{table.name:<58} {_rows(table.expected):>10} {_rows(table.found):>10}  {verdict}"
            )


def _rows(of: Fingerprint | None) -> str:
    return "none" if of is None else str(of.rows)
