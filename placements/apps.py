"""Registers the application and its doors upward."""

from typing import Any

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
        from businesses.signals import interview_finished  # noqa: PLC0415 - models are loaded only now
        from counselling.doors import register_work_facts  # noqa: PLC0415 - models are loaded only now
        from placements.queries import timeline, work_on  # noqa: PLC0415 - models are loaded only now
        from placements.retention import register_clocks  # noqa: PLC0415 - models are loaded only now

        register_work_facts(work_on)
        interview_finished.connect(_draft_vacancies, dispatch_uid="placements.drafts")
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
            "client",
            registry.Panel(
                key="job_search",
                label=_("Job search"),
                url_name="placements:job_search_panel",
                permission=Permission.PLACEMENT_READ_OWN,
                order=28,
            ),
        )
        registry.register_panel(
            "client.data",
            registry.Panel(
                key="businesses",
                label=_("Own business"),
                url_name="placements:client_businesses",
                permission=Permission.PLACEMENT_READ_OWN,
                order=50,
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
        registry.register_panel(
            "today",
            registry.Panel(
                key="retention",
                label=_("Still at work?"),
                url_name="placements:retention_panel",
                permission=Permission.PLACEMENT_READ_OWN,
                order=60,
            ),
        )
        registry.register_panel(
            "today",
            registry.Panel(
                key="placements_due",
                label=_("Placements: to do"),
                url_name="placements:due_panel",
                permission=Permission.PLACEMENT_READ_OWN,
                order=56,
            ),
        )
        registry.register_panel(
            "today",
            registry.Panel(
                key="vacancies",
                label=_("Vacancies"),
                url_name="placements:vacancy_panel",
                permission=Permission.VACANCY_WRITE,
                order=55,
            ),
        )
        registry.register_timeline("placements", timeline)
        register_clocks()
        registry.register_merge_rule("placements.ownership", registry.MergeRule(quiet=True))
        registry.register_merge_rule(
            "placements.placement", registry.MergeRule(words=lambda placement: str(placement.vacancy))
        )
        # The kept record's own job search stands; the other one goes back with its record.
        registry.register_merge_rule(
            "placements.jobsearch", registry.MergeRule(words=lambda _search: str(_("Job search")))
        )


def _draft_vacancies(sender: Any, **sent: Any) -> None:  # noqa: ARG001 - Django's signature
    """An interview that was handed in may name vacancies; inside its transaction."""
    from placements.services.drafts import drafts_from_interview  # noqa: PLC0415 - models are loaded only now

    drafts_from_interview(interview=sent["interview"], values=sent["values"], by=sent["by"])
