"""What can be logged."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    """What somebody did."""

    VIEW = "view", _("viewed")
    SEARCH = "search", _("searched")
    CREATE = "create", _("created")
    CHANGE = "change", _("changed")
    DELETE = "delete", _("deleted")
    EXPORT = "export", _("exported")
    SIGN_IN = "sign_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("sign-in failed")
    SIGN_OUT = "sign_out", _("signed out")
    BREAK_GLASS = "break_glass", _("opened in an emergency")
    KIOSK_START = "kiosk_start", _("started the questionnaire")
    KIOSK_END = "kiosk_end", _("ended the questionnaire")
