"""``manage.py backup FILE`` or ``manage.py backup --to-folder DIR --keep 7,4,6``."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iqquadrat.operations.backup.encryption import Lock
from iqquadrat.operations.backup.errors import BackupError
from iqquadrat.operations.backup.keeping import Keep, back_up_to
from iqquadrat.operations.backup.making import Made, make_backup
from iqquadrat.operations.backup.words import ends_cleanly, size


class Command(BaseCommand):
    """Everything in one file."""

    help = "Write database and uploaded files, as they are at one moment, into one file that can be tried and brought back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="a new file; nothing is overwritten"
        )
        parser.add_argument(
            "--encrypt-to",
            metavar="KEY",
            default="",
            help="GnuPG: a file with a public key, or the name of one in the keyring",
        )
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="F",
            help="encrypt with the passphrase in the first line of this file",
        )
        parser.add_argument(
            "--to-folder", type=Path, metavar="DIR", default=None,
            help="instead of FILE: a name by date in this folder; without both, the folder of IQ_BACKUP_FOLDER",
        )  # fmt: skip
        parser.add_argument(
            "--keep", metavar="D,W,M", default="7,4,6",
            help="in a folder: the last backup of so many days, weeks and months (default 7,4,6)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        lock = Lock(options["encrypt_to"], options["passphrase_file"])
        if options["encrypt_to"] and options["passphrase_file"]:
            raise CommandError("Either a key or a passphrase, not both.")
        if options["file"] and options["to_folder"]:
            raise CommandError("Either a file or a folder, not both.")
        folder = options["to_folder"] or (Path(settings.BACKUP_FOLDER) if settings.BACKUP_FOLDER else None)
        try:
            with ends_cleanly():
                if options["file"]:
                    self._say(make_backup(options["file"], lock=lock), lock)
                elif folder is None:
                    raise CommandError("Name a file, or a folder with --to-folder or IQ_BACKUP_FOLDER.")
                else:
                    self._keep(folder, options["keep"], lock)
        except BackupError as error:
            raise CommandError(str(error)) from error

    def _keep(self, folder: Path, keep: str, lock: Lock) -> None:
        try:
            wanted = Keep.read(keep)
        except ValueError:
            raise CommandError(
                "--keep wants three numbers such as 7,4,6: days (at least one), weeks, months."
            ) from None
        made, gone = back_up_to(folder, keep=wanted, lock=lock)
        self._say(made, lock)
        for path in gone:
            self.stdout.write(f"No longer kept: {path.name}")

    def _say(self, made: Made, lock: Lock) -> None:
        self.stdout.write(
            f"{made.path}: {size(made.size)}, {made.tables} tables, {made.rows} rows, {made.files} uploaded files, "
            f"in {made.seconds:.0f} s. SHA-256 {made.sha256}"
        )
        if not lock:
            self.stdout.write(
                "It is not encrypted: whoever reads this file reads everything. See --encrypt-to and --passphrase-file."
            )
