"""Registers the application and its place in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core import registry


class ReportingConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.reporting"
    label = "reporting"
    verbose_name = _("Reporting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the place in the navigation; say how figures are called in the log."""
        from counselling.doors import register_funded_programmes  # noqa: PLC0415 - as below
        from iqquadrat.core.retention import register_programme_ends  # noqa: PLC0415 - as above
        from iqquadrat.reporting.catalogue import figure_names  # noqa: PLC0415 - models exist only once all rooms are ready
        from iqquadrat.reporting.closing import listen  # noqa: PLC0415 - as above
        from iqquadrat.reporting.models import Programme  # noqa: PLC0415 - as above
        from iqquadrat.reporting.programmes import funded_programmes  # noqa: PLC0415 - as above
        from iqquadrat.reporting.retention import register_clocks  # noqa: PLC0415 - as above

        listen()
        register_clocks()
        register_funded_programmes(funded_programmes)
        register_programme_ends(lambda: dict(Programme.objects.values_list("code", "ends_on")))
        registry.register_record_names("figure", figure_names)
        registry.register_navigation(
            registry.NavigationEntry(
                label=_("Figures"), url_name="reporting:dashboard", icon="bar-chart", order=70, prefix="/figures/",
                permissions=[Permission.FIGURES_CENTRE, Permission.FIGURES_OWN],
            )
        )  # fmt: skip
        for page, url_name, permission in (
            ("client.marks", "reporting:late_of_client", Permission.CLIENT_READ_OWN),
            ("consultation.marks", "reporting:late_of_consultation", Permission.CONSULTATION_WRITE),
        ):
            registry.register_panel(
                page,
                registry.Panel(
                    key="late", label=_("Changes after closing"), url_name=url_name, permission=permission
                ),
            )
        registry.register_panel(
            "settings",
            registry.Panel(
                key="programmes", label=_("Programmes"), url_name="reporting:programme_list", permission=Permission.PROGRAMME_WRITE,
                order=40, icon="flag", text=_("Funder, period and targets; in which programme new records are done."),
            ),
        )  # fmt: skip
