"""Registers the application and its doors upward."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core import registry


class PlacementsConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "placements"
    label = "placements"
    verbose_name = _("Placements")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the place in the navigation, the tabs of client and business, and the client's timeline."""
        from placements.queries import timeline  # noqa: PLC0415 - models are loaded only now

        registry.register_navigation(
            registry.NavigationEntry(
                label=_("Vacancies & placement"), url_name="placements:board", icon="briefcase", order=60, prefix="/placements/",
                permissions=[Permission.PLACEMENT_READ_OWN, Permission.PLACEMENT_READ_FACTS],
            )
        )  # fmt: skip
        registry.register_panel(
            "client",
            registry.Panel(
                key="placements",
                label=_("Placement"),
                url_name="placements:client_panel",
                permission=Permission.PLACEMENT_READ_OWN,
                order=30,
            ),
        )
        registry.register_panel(
            "client.actions",
            registry.Panel(
                key="propose",
                label=_("Propose a vacancy"),
                url_name="placements:client_propose",
                icon="briefcase",
                permission=Permission.PLACEMENT_WRITE_OWN,
                order=40,
            ),
        )
        registry.register_panel(
            "business",
            registry.Panel(
                key="vacancies",
                label=_("Vacancies"),
                url_name="placements:business_panel",
                permission=Permission.VACANCY_READ,
                order=30,
            ),
        )
        registry.register_timeline("placements", timeline)
        registry.register_merge_rule(
            "placements.placement", registry.MergeRule(words=lambda placement: str(placement.vacancy))
        )
