"""``manage.py apply_retention [--dry-run]``: run once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from iqquadrat.accounts.models import Centre
from iqquadrat.rights.services import apply_retention, what_is_due


class Command(BaseCommand):
    """Let go what has been kept long enough."""

    help = (
        "Let go what has been kept long enough: notes, whole records, the log of the questionnaire, drafts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            due = [line for centre in Centre.objects.order_by("pk") for line in what_is_due(centre)]
        else:
            due = apply_retention()
        verb = "would go" if options["dry_run"] else "gone"
        with translation.override("en"):
            for line in due:
                before = f"{timezone.localtime(line.before):%Y-%m-%d}"
                self.stdout.write(
                    f"{line.centre.code}: {line.clock.key}: {line.count} {verb} (before {before}, {line.months} months)"
                )
                for number in line.numbers:
                    self.stdout.write(f"  {number}")
