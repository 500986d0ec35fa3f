"""``manage.py export_client NUMBER FILE [--language CODE] [--centre CODE]``."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from counselling.models import Client
from iqquadrat import pdf
from iqquadrat.core import walls
from iqquadrat.rights import services
from iqquadrat.rights.queries import client_of_number


class Command(BaseCommand):
    """Write everything that is stored of one client."""

    help = "Write everything that is stored of a client into a file: JSON, or PDF when the name ends so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="for example K-2026-0001")
        parser.add_argument("file", type=Path, metavar="FILE", help="ends with .json or .pdf")
        parser.add_argument("--language", choices=settings.CLIENT_LANGUAGES, default="de", help="of the PDF")
        parser.add_argument("--centre", metavar="CODE", help="needed when several centres have this number")

    def handle(self, *args: Any, **options: Any) -> None:
        client, target = client_of_number(options["number"], centre=options["centre"]), options["file"]
        with walls.in_centre(client.centre_id):
            written = self._written(client, target.suffix.lower(), options["language"])
        try:
            target.touch(mode=0o600)
            target.write_bytes(written)
        except OSError as fault:
            raise CommandError(f"{target} cannot be written: {fault.strerror}") from None
        self.stdout.write(
            f"{target} holds what is stored of {client.number}. Hand it over to this person only."
        )

    @staticmethod
    def _written(client: Client, ending: str, language: str) -> bytes:
        if ending == ".pdf":
            return pdf.render(services.hand_over_paper(client=client, language=language, by=None))
        if ending == ".json":
            with translation.override("de"):
                data = services.hand_over_file(client=client, by=None)
            return json.dumps(data, ensure_ascii=False, indent=2).encode()
        raise CommandError("The file must end with .json or .pdf.")
