"""Registers the application and its doors upward."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """See the package's docstring for what this room holds."""

    name = "iqquadrat.rights"
    label = "rights"
    verbose_name = _("Rights of persons")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check at start-up that every table knows what erasing a client does to it."""
        from iqquadrat.rights import checks  # noqa: F401, PLC0415 - registers itself
