"""``manage.py grant_roles``: give the roles of site and auditor their rights, after migrations or a restore."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from iqquadrat.operations.roles import NotTheOwnerError, give_rights
from iqquadrat.rights.walls import APP, AUDITOR


class Command(BaseCommand):
    """Run by the owner of the tables; safe to run again."""

    help = "Give the roles of the site and of the auditor their rights in the database. The owner of the tables runs it."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = give_rights()
        except NotTheOwnerError as refusal:
            raise CommandError(
                f"{refusal} does not own the tables. Run this with the owner's DATABASE_URL, as deploy/manage.sh does."
            ) from None
        missing = [role for role in (APP, AUDITOR) if role not in given]
        self.stdout.write(f"Rights given: {', '.join(given) or 'none'}.")
        if missing:
            self.stdout.write(f"Not there: {', '.join(missing)}. deploy/install.sh makes them.")
