"""What an account can choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """How the pages look."""

    AUTO = "auto", _("like the device")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")
