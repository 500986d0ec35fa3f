"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessLogConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.accesslog"
    label = "accesslog"
    verbose_name = _("Access log")
    default_auto_field = "django.db.models.BigAutoField"
