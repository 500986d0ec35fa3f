"""Write a questionnaire as an XLSForm workbook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iqquadrat.questionnaires import xlsform
from iqquadrat.questionnaires.models import Version


class Command(BaseCommand):
    """``manage.py export_questionnaire competence FILE.xlsx``"""

    help = "Write the newest version of a questionnaire, or the one with --number, as an XLSForm workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="key of the questionnaire, for example competence")
        parser.add_argument("file", type=Path, help="where to write the workbook (.xlsx)")
        parser.add_argument("--number", type=int, help="number of the version; the newest without it")

    def handle(self, *args: Any, **options: Any) -> None:
        versions = (
            Version.objects.with_content().filter(questionnaire__key=options["key"]).order_by("-number")
        )
        if options["number"] is not None:
            versions = versions.filter(number=options["number"])
        version = versions.first()
        if version is None:
            raise CommandError(f"there is no such questionnaire or version: {options['key']}")
        try:
            options["file"].write_bytes(xlsform.export(version))
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['key']}: version {version.number} written to {options['file']}")
