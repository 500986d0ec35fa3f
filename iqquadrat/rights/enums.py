"""Codes of this room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ground(TextChoices):
    """Why a client was erased."""

    REQUEST = "request", _("the client asked for it")
    RETENTION = "retention", _("the time is over")
    BACKUP = "backup", _("a backup was restored")


class RequestKind(TextChoices):
    """What a client asks for. The articles of the General Data Protection Regulation."""

    ACCESS = "access", _("know what is stored (Article 15)")
    CORRECT = "correct", _("have something corrected (Article 16)")
    ERASE = "erase", _("be erased (Article 17)")
    RESTRICT = "restrict", _("have the use restricted (Article 18)")
    TAKE_ALONG = "take_along", _("take the data along (Article 20)")
    OBJECT = "object", _("object (Article 21)")


class Asker(TextChoices):
    """Who asked."""

    CLIENT = "client", _("the client")
    GUARDIAN = "guardian", _("a legal guardian or parent")
    PROXY = "proxy", _("somebody with a written authority")


class Way(TextChoices):
    """How it reached the centre."""

    SPOKEN = "spoken", _("in a talk")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    EMAIL = "email", _("by e-mail")


class Outcome(TextChoices):
    """What came of it."""

    DONE = "done", _("done")
    PARTLY = "partly", _("done in part")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back by the client")
