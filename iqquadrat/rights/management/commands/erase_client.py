"""``manage.py erase_client NUMBER [--centre CODE] [--dry-run]``."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from counselling.models import Client
from iqquadrat.core import walls
from iqquadrat.rights import services
from iqquadrat.rights.errors import AlreadyErasedError, HeldError
from iqquadrat.rights.queries import client_of_number


class Command(BaseCommand):
    """Erase one client for good."""

    help = (
        "Erase a client: whatever names the person goes, the figures stay as they are. It cannot be undone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="for example K-2026-0001")
        parser.add_argument("--centre", metavar="CODE", help="needed when several centres have this number")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would go and what would stay"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        client = client_of_number(options["number"], centre=options["centre"])
        with walls.in_centre(client.centre_id):
            self._erase(client, dry_run=options["dry_run"])

    def _erase(self, client: Client, *, dry_run: bool) -> None:
        with translation.override("en"):
            planned = services.preview(client)
            for title, parts in (("goes", planned.goes), ("stays without a person", planned.stays)):
                self.stdout.write(f"{title}:")
                for part in parts:
                    self.stdout.write(f"  {part.count:>5}  {part.words}")
        if dry_run:
            return
        try:
            made = services.erase_client(client=client, by=None)
        except HeldError as held:
            until = f" until {held.hold.until:%Y-%m-%d}" if held.hold.until else ""
            raise CommandError(
                f"Not erased: a legal hold keeps this client{until}: {held.hold.reason}"
            ) from None
        except AlreadyErasedError:
            raise CommandError("This client is erased already.") from None
        self.stdout.write(f"Erased. What is left for the figures is called {made.left_as}.")
