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
        """Register the system check that no view goes undeclared, and the place in the navigation."""
        from iqquadrat.accounts import checks, middleware  # noqa: F401, PLC0415 - checks and receivers need the apps to be loaded
        from iqquadrat.accounts.permissions import Permission  # noqa: PLC0415 - a ready() needs the apps to be loaded
        from iqquadrat.core.registry import NavigationEntry, Panel, register_navigation, register_panel  # noqa: PLC0415 - the same

        register_navigation(
            NavigationEntry(
                label=_("Administration"),
                url_name="administration:user_list",
                icon="sliders",
                permissions=[Permission.USER_READ],
                order=80,
                prefix=("/administration/", "/questionnaires/"),  # its pages with the same tabs
            )
        )
        register_panel(
            "settings",
            Panel(
                key="centre", label=_("Centre"), url_name="administration:centre", permission=Permission.CENTRE_WRITE, order=5,
                icon="building", text=_("The name and how the centre is reached, as they stand on pages and papers"),
            ),
        )  # fmt: skip
        register_panel(
            "settings",
            Panel(
                key="desk", label=_("What clients are told"), url_name="administration:desk", permission=Permission.CENTRE_DESK,
                order=10, icon="clock", text=_("Phone, opening hours, what to bring, and when we ask about referrals."),
            ),
        )  # fmt: skip
