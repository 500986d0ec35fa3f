"""Codes of a participation in a programme of the European Social Fund Plus: Regulation (EU) 2021/1057, Annex I."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryStatus(TextChoices):
    """Where somebody stood on the labour market on the day of entry; the groups exclude each other. Empty: not known."""

    UNEMPLOYED = "unemployed", _("unemployed, up to 12 months")
    LONG_TERM = "long_term", _("unemployed for over 12 months")
    INACTIVE = "inactive", _("inactive: neither at work nor looking for it")
    EMPLOYED = "employed", _("employed or self-employed")


class ReportedGender(TextChoices):
    """The columns of the table."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    NON_BINARY = "non_binary", _("non-binary")
    NOT_STATED = "not_stated", _("not stated")


class Stated(TextChoices):
    """An answer that may be refused. Empty: not asked."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_STATED = "not_stated", _("not stated")


class QuestionKind(TextChoices):
    """What is asked after somebody has left."""

    LEAVING = "leaving", _("on leaving")
    SIX_MONTHS = "six_months", _("six months after leaving")


class AnswerState(TextChoices):
    """Whether it was found out. Empty: nobody has noted anything yet."""

    KNOWN = "known", _("found out")
    UNKNOWN = "unknown", _("could not be found out")


class AnswerSource(TextChoices):
    """By whom it is known."""

    CLIENT = "client", _("the client")
    EMPLOYER = "employer", _("the employer")
    DOCUMENT = "document", _("a document")
    PLACEMENT = "placement", _("a placement on record")
