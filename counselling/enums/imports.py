"""Codes of lists that come in from spreadsheets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportKind(TextChoices):
    """What a spreadsheet brings."""

    CLIENTS = "clients", _("Clients")
    CONSULTATIONS = "consultations", _("Past consultations")


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
