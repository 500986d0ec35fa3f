"""Registers the application with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CounsellingConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "counselling"
    label = "counselling"
    verbose_name = _("Counselling")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fill the list of topics of a fresh database."""
        post_migrate.connect(_load_topics, sender=self)


def _load_topics(**kwargs: Any) -> None:
    from counselling.services import ensure_topics  # noqa: PLC0415 - models exist only once all rooms are ready

    # A migration backwards may have taken the table away.
    if not any(backwards for _migration, backwards in kwargs.get("plan") or []):
        ensure_topics()
