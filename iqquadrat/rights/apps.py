"""Registers the application and its doors upward."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.registry import Panel, register_panel

P = Permission


class RightsConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.rights"
    label = "rights"
    verbose_name = _("Rights of persons")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check at start-up that every table knows what erasing a client does to it; open the doors to other rooms' pages."""
        from iqquadrat.rights import checks  # noqa: F401, PLC0415 - registers itself
        from iqquadrat.rights.retention import register_clocks  # noqa: PLC0415 - models exist only once all rooms are ready

        register_clocks()
        _open_doors()


def _open_doors() -> None:
    for page, panel in (
        ("client.data", Panel(key="rights", label=_("Rights of the client"), url_name="rights:client_rights", permission=P.CLIENT_HAND_OVER)),
        ("today", Panel(key="requests", label=_("Requests of clients"), url_name="rights:requests_today", permission=P.REQUEST_READ, order=30)),
        ("client.reduced", Panel(key="hold", label=_("Keep from being erased"), url_name="rights:client_hold", permission=P.CLIENT_ERASE, order=20, icon="lock")),
        ("client.reduced", Panel(key="erase", label=_("Erase"), url_name="rights:client_erase", permission=P.CLIENT_ERASE, order=30, icon="trash")),
        ("settings", Panel(
            key="retention", label=_("How long we keep what"), url_name="rights:retention", permission=P.RETENTION_KEEP, order=50, icon="hourglass-split",
            text=_("How many months notes, records and logs are kept, and what would go next."),
        )),
        ("settings", Panel(
            key="requests", label=_("Requests of clients"), url_name="rights:request_list", permission=P.CLIENT_ERASE, order=40, icon="envelope-open",
            text=_("Who wants to know, to correct or to be erased, and until when it has to be answered."),
        )),
    ):  # fmt: skip
        register_panel(page, panel)
