"""Registers the application with Django."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from iqquadrat.questionnaires import folders


class BusinessesConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "businesses"
    label = "businesses"
    verbose_name = _("Businesses")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the classification of branches in the database; name the folder of the questionnaire."""
        folders.register(Path(__file__).parent / "content")
        post_migrate.connect(_load_branches, sender=self)


def _load_branches(sender: AppConfig, **kwargs: Any) -> None:  # noqa: ARG001 - Django's signature
    from businesses.branches import load_branches  # noqa: PLC0415 - models are there only once the apps are ready

    load_branches()
