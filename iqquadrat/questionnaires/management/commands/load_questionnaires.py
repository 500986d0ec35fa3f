"""Load the questionnaires delivered with the programme. Safe to run again and again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iqquadrat.questionnaires import content, folders


class Command(BaseCommand):
    """``manage.py load_questionnaires``"""

    help = "Load the questionnaires delivered with the programme (structure, German and translations)."

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in folders.registered():
            try:
                version = content.load(folder)
            except content.ContentError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(
                f"{version.questionnaire.key}: version {version.number}, {version.get_state_display()}"
            )
