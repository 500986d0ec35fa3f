"""Registers the application with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PdfConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.pdf"
    label = "pdf"
    verbose_name = _("PDF")
    default_auto_field = "django.db.models.BigAutoField"
