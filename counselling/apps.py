"""Registers the application with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.registry import (
    NavigationEntry,
    register_navigation,
    register_record_names,
    register_timeline,
)


class CounsellingConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "counselling"
    label = "counselling"
    verbose_name = _("Counselling")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the list of topics of a fresh database; take the places in the navigation and the timeline."""
        from counselling.queries import client_numbers, due_count  # noqa: PLC0415 - models exist only once all rooms are ready
        from counselling.timeline import entries  # noqa: PLC0415 - as above

        post_migrate.connect(_load_topics, sender=self)
        register_timeline("counselling", entries)
        register_record_names("counselling.client", client_numbers)
        register_navigation(
            NavigationEntry(
                label=_("Today"), url_name="home", icon="calendar3", order=10, prefix="/", count=due_count,
                permissions=[permission.value for permission in Permission],
            )
        )  # fmt: skip
        register_navigation(
            NavigationEntry(
                label=_("Clients"), url_name="counselling:client_list", icon="people", order=20, prefix="/clients/",
                permissions=[Permission.CLIENT_READ_OWN, Permission.CLIENT_LIST],
            )
        )  # fmt: skip
        register_navigation(
            NavigationEntry(
                label=_("Consultations"), url_name="counselling:consultation_list", icon="chat-left-text", order=30,
                prefix="/consultations/",
                permissions=[Permission.CONSULTATION_WRITE, Permission.CONSULTATION_READ_FACTS],
            )
        )  # fmt: skip


def _load_topics(**kwargs: Any) -> None:
    from counselling.services import ensure_topics  # noqa: PLC0415 - models exist only once all rooms are ready

    # A migration backwards may have taken the table away.
    if not any(backwards for _migration, backwards in kwargs.get("plan") or []):
        ensure_topics()
