"""For the only administrator of a centre who has lost phone, key and recovery codes: whoever runs the machine helps."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from iqquadrat.accounts.models import User
from iqquadrat.accounts.services import take_second_factor_away


class Command(BaseCommand):
    """``manage.py remove_second_factor EMAIL``. It is logged; all sessions of the account end."""

    help = "Takes the second factor from an account. Speak with the person first: then the password alone opens it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address of the account."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away, or say why not."""
        user = User.objects.filter(email__iexact=options["email"]).select_related("centre").first()
        if user is None:
            message = "There is no account with this address."
            raise CommandError(message)
        taken = take_second_factor_away(user=user, by=None)
        self.stdout.write("The second factor is removed." if taken else "This account has no second factor.")
