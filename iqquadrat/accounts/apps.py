"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system check that no view goes undeclared."""
        from iqquadrat.accounts import checks  # noqa: F401, PLC0415 - the check needs the apps to be loaded
