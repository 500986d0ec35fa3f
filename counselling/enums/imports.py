"""Codes of lists that come in from spreadsheets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportKind(TextChoices):
    """What a spreadsheet brings."""

    CLIENTS = "clients", _("Clients")
    CONSULTATIONS = "consultations", _("Past consultations")


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


class MatchGround(TextChoices):
    """By what somebody in a list was known again."""

    NAME = "name", _("name")
    PART = "part", _("part of the name")
    BIRTH = "birth", _("birth date")
    PHONE = "phone", _("phone")
    EQUAL = "equal", _("the same entry")


class ImportChoice(TextChoices):
    """What becomes of a row that may be here already."""

    SKIP = "skip", _("leave out")
    CREATE = "create", _("create anyway")
    SAME = "same", _("is the same person")


class YesNo(TextChoices):
    """A box of a form that is a column of a spreadsheet."""

    YES = "1", _("yes")
    NO = "0", _("no")
