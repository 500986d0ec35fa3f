"""Closed lists of the questionnaires. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(TextChoices):
    """A version is written (draft), answered (published) and kept for its answers (retired); never back."""

    DRAFT = "draft", pgettext_lazy("version", "draft")
    PUBLISHED = "published", pgettext_lazy("version", "published")
    RETIRED = "retired", pgettext_lazy("version", "retired")


class Origin(TextChoices):
    """Where a version comes from."""

    FILES = "files", _("delivered with the programme")
    WORKBOOK = "workbook", _("from a workbook")
    # Copied and edited: an update of the programme does not put its own version in place of it.
    EDITOR = "editor", _("edited here")


class ItemType(TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("one answer")
    MULTIPLE = "multiple", _("several answers")
    INTEGER = "integer", pgettext_lazy("type of question", "number")
    YEAR = "year", pgettext_lazy("type of question", "year")
    DATE = "date", pgettext_lazy("type of question", "date")
    TEXT = "text", _("short text")


class Level(TextChoices):
    """The intended reading level of a question."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"


class Element(TextChoices):
    """What a text belongs to."""

    VERSION = "version", _("questionnaire")
    SECTION = "section", _("section")
    ITEM = "item", _("question")
    CHOICE = "choice", _("answer")


class TextStatus(TextChoices):
    """How far a translation is. A translation is a draft until a person has reviewed it."""

    MISSING = "missing", pgettext_lazy("translation", "missing")
    DRAFT = "draft", pgettext_lazy("translation", "draft")
    REVIEWED = "reviewed", pgettext_lazy("translation", "reviewed")
    OUTDATED = "outdated", pgettext_lazy("translation", "outdated")


class Change(TextChoices):
    """What was done to a translation."""

    TRANSLATED = "translated", pgettext_lazy("translation", "translated")
    REMOVED = "removed", pgettext_lazy("translation", "taken away")
    PUT_BACK = "put_back", pgettext_lazy("translation", "older wording put back")
    IMPORTED = "imported", pgettext_lazy("translation", "brought by a workbook")
    DELIVERED = "delivered", pgettext_lazy("translation", "brought by the programme")
    REVIEWED = "reviewed", pgettext_lazy("translation", "reviewed")
    REOPENED = "reopened", pgettext_lazy("translation", "review taken back")


class AudioKind(TextChoices):
    """The kinds of sound a browser plays, by the end of the file's name."""

    OGG = "ogg", "Ogg"
    WEBM = "webm", "WebM"
    MP3 = "mp3", "MP3"
    M4A = "m4a", "M4A"
    WAV = "wav", "WAV"


class AnswerStatus(TextChoices):
    """What stands for a question. No row at all: never answered."""

    ANSWERED = "answered", _("answered")
    DONT_KNOW = "dont_know", _("does not know")
    SKIPPED = "skipped", _("skipped")


class DatePrecision(TextChoices):
    """How exact a date is: a year or a month is kept as its first day."""

    DAY = "day", pgettext_lazy("precision", "day")
    MONTH = "month", pgettext_lazy("precision", "month")
    YEAR = "year", pgettext_lazy("precision", "year")
