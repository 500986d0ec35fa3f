"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessLogConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.accesslog"
    label = "accesslog"
    verbose_name = _("Access log")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens to accounts, and add the own entries to the page of the own account."""
        from iqquadrat.accesslog import listeners  # noqa: F401, PLC0415 - listening needs the apps to be loaded
        from iqquadrat.accounts.permissions import Permission  # noqa: PLC0415 - the same
        from iqquadrat.core.registry import Panel, register_panel  # noqa: PLC0415 - the same

        register_panel(
            "account",
            Panel(
                key="log", label=_("What the access log holds of me"), url_name="accesslog:own",
                permission=Permission.LOG_READ_OWN,
            ),
        )  # fmt: skip
