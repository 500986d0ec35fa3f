"""``manage.py profile_pdf ASSESSMENT --language LANG FILE``: write a client's profile as PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from competence.models import Assessment
from competence.services.papers import client_profile
from iqquadrat import pdf
from iqquadrat.core import walls


class Command(BaseCommand):
    """Thin: finds the assessment, calls the service, writes the file."""

    help = "Write the competence profile of an assessment as PDF, in German or side by side with another language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("assessment", help="public id or number of the assessment")
        parser.add_argument("file", type=Path, help="where to write the PDF")
        parser.add_argument("--language", default="de", choices=settings.CLIENT_LANGUAGES)

    def handle(self, *_args: Any, assessment: str, file: Path, language: str, **_options: Any) -> None:
        """Write the file."""
        asked = Assessment.objects.select_related("client", "centre", "response").filter(
            **_lookup(assessment)
        )
        with walls.every_centre("a public id alone names an assessment in any centre"):
            found = asked.first()
        if found is None:
            raise CommandError(f"there is no assessment {assessment}")
        with walls.in_centre(found.centre_id):
            file.write_bytes(pdf.render(client_profile(assessment=found, language=language, by=None)))
        self.stdout.write(f"{file}")


def _lookup(name: str) -> dict[str, object]:
    if name.isdecimal() and len(name) < 19:
        return {"pk": int(name)}
    try:
        return {"public_id": UUID(name)}
    except ValueError:
        raise CommandError("give the public id or the number of an assessment") from None
