"""Where a file is on its way in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    """Where a file is on its way in."""

    # The file came when the password had been given too long ago: it waits until it is given again.
    KEPT = "kept", _("waits for your password")
    READING = "reading", _("is being read")
    REFUSED = "refused", _("could not be read")
    MAPPING = "mapping", _("columns to be named")
    CHECKING = "checking", _("is being checked")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("is coming in")
    IMPORTED = "imported", _("imported")
    UNDOING = "undoing", _("is being undone")
    UNDONE = "undone", _("undone")
    CANCELLED = "cancelled", _("cancelled")


IMPORT_WORKING = [ImportState.READING, ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING]
AFTER_IMPORT = [ImportState.IMPORTED, ImportState.UNDOING, ImportState.UNDONE]
IMPORT_ENDED = [
    ImportState.REFUSED,
    ImportState.IMPORTED,
    ImportState.UNDOING,
    ImportState.UNDONE,
    ImportState.CANCELLED,
]
