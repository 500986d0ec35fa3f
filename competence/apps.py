"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetenceConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "competence"
    label = "competence"
    verbose_name = _("Competence")
    default_auto_field = "django.db.models.BigAutoField"
