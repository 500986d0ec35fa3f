"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BusinessesConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "businesses"
    label = "businesses"
    verbose_name = _("Businesses")
    default_auto_field = "django.db.models.BigAutoField"
