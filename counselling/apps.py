"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounsellingConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "counselling"
    label = "counselling"
    verbose_name = _("Counselling")
    default_auto_field = "django.db.models.BigAutoField"
