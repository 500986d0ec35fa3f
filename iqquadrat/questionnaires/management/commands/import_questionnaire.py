"""Take an XLSForm workbook in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iqquadrat.questionnaires import xlsform


class Command(BaseCommand):
    """``manage.py import_questionnaire FILE.xlsx``"""

    help = (
        "Take an XLSForm workbook in: as a new draft, or as translations of the version that asks the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook (.xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                imported = xlsform.import_workbook(file, by=None)
        except (OSError, xlsform.WorkbookError) as error:
            raise CommandError(str(error)) from error
        version = imported.version
        done = "new draft" if imported.created else "translations renewed"
        self.stdout.write(f"{version.questionnaire.key}: version {version.number}, {done}")
