"""``manage.py restore FILE``: bring a backup back."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from iqquadrat.operations.backup.errors import BackupError
from iqquadrat.operations.backup.restoring import Restored, may_restore, restore
from iqquadrat.operations.backup.words import ends_cleanly


class Command(BaseCommand):
    """Bring back last night."""

    help = "Bring database and uploaded files back from a backup. What is there is not deleted, but kept under another name."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            metavar="F",
            help="the file with the passphrase it was encrypted with",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="the database holds data, and the backup shall take its place",
        )
        parser.add_argument("--yes", action="store_true", help="for scripts: ask nothing")
        parser.add_argument(
            "--without-erasures", action="store_true",
            help="the list of those who were erased since is lost; they will be here again until they are erased by hand",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with ends_cleanly():
                may_restore(replace=options["replace"])
                if options["replace"] and not options["yes"]:
                    self._ask()
                done = restore(
                    options["file"], replace=options["replace"], passphrase_file=options["passphrase_file"],
                    without_erasures=options["without_erasures"],
                )  # fmt: skip
        except BackupError as error:
            raise CommandError(str(error)) from error
        self._say(done)

    def _ask(self) -> None:
        name = connection.settings_dict["NAME"]
        self.stdout.write(
            f"What is in the database {name} now will no longer be seen by anybody. Type its name to go on:"
        )
        try:
            typed = input()
        except EOFError:
            typed = ""
        if typed.strip() != name:
            raise CommandError("Nothing was changed: that was not the name.")

    def _say(self, done: Restored) -> None:
        said = done.contents.manifest
        self.stdout.write(
            f"Restored: everything as of {said.at:%Y-%m-%d %H:%M} UTC, {said.rows} rows in {len(said.tables)} tables, each compared; "
            f"{done.files} uploaded files; in {done.seconds:.0f} s."
        )
        if not said.media:
            self.stdout.write(
                "Uploaded files were in a storage elsewhere when the backup was made: they are not in it."
            )
        if done.migrated:
            self.stdout.write("It came from an older version of the site and was brought up to date.")
        self.stdout.write(
            f"{done.erased_again} erased again, because they were erased after the backup. Everybody has to sign in anew."
        )
        if not done.listed:
            self.stdout.write(self._unlisted(named=bool(settings.ERASURE_LIST)))
        if not done.answered:
            self.stdout.write(
                "Mind: the database that was here could not be asked whom it knows as erased. Whoever stands in no list outside is here again."
            )
        if done.aside:
            self.stdout.write(
                f"What was there before is kept as {done.aside}. When it is no longer needed: dropdb {done.aside}"
            )

    def _unlisted(self, *, named: bool) -> str:
        why = "the list was not used" if named else "IQ_ERASURE_LIST names no list"
        return f"Mind: {why}. Whoever was erased after the backup, and is not known to the database that was here, is here again."
