"""``manage.py apply_erasures [FILE]``: after a backup was restored."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iqquadrat.rights import erasure_list, services


class Command(BaseCommand):
    """Erase again whom a restored backup has brought back."""

    help = "Erase again every client that was erased after the restored backup was made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            metavar="FILE",
            help="the list that IQ_ERASURE_LIST names; without it the database's own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        more: list[str] = []
        if options["file"]:
            try:
                more = list(erasure_list.read(options["file"]))
            except (OSError, ValueError) as fault:
                raise CommandError(
                    f"{options['file']} cannot be read as a list of erased clients: {fault}"
                ) from None
        done = services.apply_erasures(more=more)
        self.stdout.write(f"{len(done)} erased again.")
