"""``manage.py create_centre --name … --code … --admin-email … --admin-given-name … --admin-family-name …``."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from iqquadrat.accounts.forms import FirstCentreForm
from iqquadrat.accounts.mail import password_link
from iqquadrat.accounts.services import AccountError, create_centre


class Command(BaseCommand):
    """Make a centre and its first administrator; print the link to choose the password."""

    help = (
        "Create a counselling centre with its first administrator and print a link, which works once and for an hour, "
        "to choose the administrator's password. Everybody else gets an account from the administrator, on the page "
        "“Konten”. If the hour is over, “Kennwort vergessen?” on the sign-in page sends a new link by mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="name of the centre, as it stands on its papers")
        parser.add_argument(
            "--code", required=True, help="short code, letters, digits and hyphens; stays for ever"
        )
        parser.add_argument("--admin-email", required=True, metavar="EMAIL")
        parser.add_argument("--admin-given-name", required=True, metavar="NAME")
        parser.add_argument("--admin-family-name", required=True, metavar="NAME")
        parser.add_argument(
            "--site", metavar="ADDRESS", default=_site(),
            help="what the link begins with, for example https://iq.example.org (default: %(default)s)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        form = FirstCentreForm({
            "name": options["name"], "code": options["code"], "email": options["admin_email"],
            "given_name": options["admin_given_name"], "family_name": options["admin_family_name"],
        })  # fmt: skip
        if not form.is_valid():
            faults = [f"{name}: {fault}" for name, found in form.errors.items() for fault in found]
            raise CommandError("\n".join(faults))
        try:
            user = create_centre(by=None, **form.cleaned_data)
        except AccountError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("The centre “%(centre)s” and the account of %(name)s are ready.") % {
            "centre": user.centre, "name": user,
        })  # fmt: skip
        self.stdout.write(
            _("With this link the password is chosen, once and within %(minutes)s minutes:")
            % {"minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
        )
        self.stdout.write(password_link(user=user, origin=options["site"].rstrip("/")))


def _site() -> str:
    """The address of the site as far as the settings tell it."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return str(settings.CSRF_TRUSTED_ORIGINS[0])
    if settings.HTTPS:
        return f"https://{settings.ALLOWED_HOSTS[0]}"
    return f"http://{settings.ALLOWED_HOSTS[0]}:8000"
