"""``manage.py demo_data [--scale N] [--if-empty]``."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from iqquadrat.core import walls
from iqquadrat.demo.plan import PASSWORD, STAFF_DOMAIN, Plan
from iqquadrat.demo.services import STAFF, AlreadyThereError, build


class Command(BaseCommand):
    """Build a centre like the real one with its programme of 2007/08 and the present day."""

    help = "Fill an empty database with demonstration data: invented people, the real project's figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=float, default=1.0, help="multiplies persons, contacts and assessments"
        )
        parser.add_argument("--if-empty", action="store_true", help="say nothing when there is data already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["scale"] <= 1000:
            raise CommandError("--scale takes a number above 0, up to 1000.")
        call_command("load_questionnaires", verbosity=0)
        try:
            with walls.every_centre("an empty house is filled, its centre first"):
                build(plan=Plan(scale=options["scale"]), say=lambda words: self.stdout.write(f"  {words}"))
        except AlreadyThereError:
            if options["if_empty"]:
                return
            raise CommandError(
                "There is data already; the demonstration is built into an empty database only."
            ) from None
        self.stdout.write(self.style.SUCCESS("Demonstration data is ready. All people are invented."))
        if options["if_empty"]:  # who starts a site with it says who may sign in
            return
        self.stdout.write("Sign in as:")
        for given, family, role in STAFF:
            self.stdout.write(
                f"  {given.lower()}@{STAFF_DOMAIN:<16} {PASSWORD}   {given} {family}, {role.label}"
            )
