"""``manage.py processing_record [FILE] [--centre CODE] [--check]``: fill in the tables of the record of processing activities."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iqquadrat.accounts.models import Centre
from iqquadrat.rights.processing import MissingPartError, NoGermanError, UnassignedError, filled
from iqquadrat.rights.services.retention import months_of

PAPER = Path(settings.BASE_DIR) / "docs/datenschutz/verzeichnis.md"


class Command(BaseCommand):
    """Write the tables between the marks of the paper; all other words stay as they are."""

    help = "Fill in the tables of the record of processing activities (Art. 30 GDPR), or say whether they are up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=PAPER, help="a centre's own copy of the paper"
        )
        parser.add_argument("--centre", metavar="CODE", help="with the months that this centre has set")
        parser.add_argument(
            "--check", action="store_true", help="write nothing; end with an error if it is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            before = file.read_text(encoding="utf-8")
            after = filled(before, self._months(options["centre"], file))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except NoGermanError:
            raise CommandError(
                "There are no German words yet; run first: manage.py compilemessages"
            ) from None
        except MissingPartError as error:
            raise CommandError(f"{file} has no place for: {error}") from error
        except UnassignedError as error:
            raise CommandError(f"No processing activity is named for: {error}") from error
        if before == after:
            self.stdout.write(f"{file.name} is up to date")
        elif options["check"]:
            raise CommandError(f"{file.name} is out of date; run: manage.py processing_record")
        else:
            file.write_text(after, encoding="utf-8")
            self.stdout.write(f"{file.name} written")

    @staticmethod
    def _months(code: str | None, file: Path) -> dict[str, int] | None:
        if code is None:
            return None
        if file.resolve() == PAPER.resolve():
            raise CommandError(
                "The paper that comes with the software says what is delivered; name a centre's own copy."
            )
        try:
            return months_of(Centre.objects.get(code=code).pk)
        except Centre.DoesNotExist:
            raise CommandError(f"There is no centre {code}.") from None
