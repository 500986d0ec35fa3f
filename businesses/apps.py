"""Registers the application with Django."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate
from django.utils.translation import gettext_lazy as _

from businesses.signals import forget_photo_file
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core import registry
from iqquadrat.questionnaires import folders


class BusinessesConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "businesses"
    label = "businesses"
    verbose_name = _("Businesses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the classification in the database; offer the questionnaire, the places in the navigation and on the day view."""
        from businesses.retention import register_clocks  # noqa: PLC0415 - models exist only once all rooms are ready

        register_clocks()
        post_delete.connect(forget_photo_file, sender=self.get_model("UnitPhoto"))
        post_migrate.connect(_load_branches, sender=self)
        folders.register(Path(__file__).parent / "content")
        registry.register_navigation(
            registry.NavigationEntry(
                label=_("Businesses"), url_name="businesses:business_list", icon="shop",
                permissions=[Permission.BUSINESS_READ], order=50, prefix="/businesses/",
            )
        )  # fmt: skip
        registry.register_navigation(
            registry.NavigationEntry(
                label=_("My street section"), url_name="businesses:field_home", icon="signpost-split",
                permissions=[Permission.INTERVIEW_WRITE], order=51, prefix="/businesses/field/",
            )
        )  # fmt: skip
        registry.register_panel(
            "today",
            registry.Panel(
                key="field", label=_("My street section"), url_name="businesses:field_panel",
                permission=Permission.INTERVIEW_WRITE, order=10,
            ),
        )  # fmt: skip


def _load_branches(sender: AppConfig, **kwargs: Any) -> None:  # noqa: ARG001 - Django's signature
    from businesses.branches import load_branches  # noqa: PLC0415 - models are there only once the apps are ready

    # A migration taken back leaves a database without the newest tables.
    state = kwargs.get("apps")
    if state is None or "branchsuccession" in state.all_models["businesses"]:
        load_branches()
