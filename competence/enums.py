"""The fixed words of the competence room."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssessmentState(TextChoices):
    """Where an assessment stands."""

    CREATED = "created", _("not yet started")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    FINISHED = "finished", _("finished")
    ABORTED = "aborted", _("aborted")


OPEN_STATES = (AssessmentState.CREATED, AssessmentState.RUNNING, AssessmentState.PAUSED)


class Measuring(TextChoices):
    """Whether the client agreed that switches of the language are noted down."""

    NOT_ASKED = "not_asked", _("not yet asked")
    AGREED = "agreed", _("consented")
    REFUSED = "refused", _("refused")


class EndReason(TextChoices):
    """Why a session at the PC ended."""

    FINISHED = "finished", _("all questions answered")
    PAUSED = "paused", _("paused by the client")
    IDLE = "idle", _("nobody at the PC")
    LIMIT = "limit", _("longest time reached")
    STAFF = "staff", _("ended by the counsellor")
    REPLACED = "replaced", _("continued at another PC")


class Event(TextChoices):
    """What the log of a session can hold (internal names, never shown)."""

    SHOWN = "shown"
    TO_L1 = "to_l1"
    TO_DE = "to_de"
    L1_MODE_ON = "l1_mode_on"
    L1_MODE_OFF = "l1_mode_off"
    AUDIO_DE = "audio_de"
    AUDIO_L1 = "audio_l1"
    HELP = "help"
    HELP_PC = "help_pc"
    ANSWER = "answer"
    CHANGE = "change"
    DONT_KNOW = "dont_know"
    SKIP = "skip"
    BACK = "back"
    NEXT = "next"
    BLUR = "blur"
    FOCUS = "focus"
    IDLE = "idle"
    PROMPT = "prompt"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


class EvidenceClassChoice(IntegerChoices):
    """How well a line of the table of work fields is backed: so many squares of four (``scoring.EvidenceClass``)."""

    SELF_STATED = 1, pgettext_lazy("client", "own statement")
    CONFIRMED_IN_TALK = 2, pgettext_lazy("client", "confirmed in the talk")
    DOCUMENT_SEEN = 3, pgettext_lazy("client", "document seen")
    TESTED_ELSEWHERE = 4, pgettext_lazy("client", "tested elsewhere")


class ReleaseEnd(TextChoices):
    """How a release for employers ended."""

    REPLACED = "replaced", _("replaced by a newer one")
    WITHDRAWN = "withdrawn", _("withdrawn by the client")


class PaperKind(TextChoices):
    """The papers of a profile, as they are chosen for several clients at once."""

    CLIENT = "client", _("Profile for the client")
    SHORT = "short", _("Short profile for employers, as released")
    CV_PDF = "cv_pdf", _("CV as PDF")
    CV_DOCX = "cv_docx", _("CV to go on writing in (DOCX)")
    COUNSELLOR = "counsellor", _("Profile for counselling")


class BatchState(TextChoices):
    """Where papers of several clients stand."""

    WORKING = "working", _("being made")
    READY = "ready", _("ready")
    FETCHED = "fetched", _("fetched")
    CANCELLED = "cancelled", _("cancelled")


class GoalKind(TextChoices):
    """What an agreed goal is about."""

    WORK = "work", pgettext_lazy("client", "paid work")
    TRAINING = "training", pgettext_lazy("client", "vocational training")
    GERMAN = "german", pgettext_lazy("client", "German course")
    RECOGNITION = "recognition", pgettext_lazy("client", "recognition of a qualification")
    CERTIFICATE = "certificate", pgettext_lazy("client", "certificate or further qualification")
    PAPERS = "papers", pgettext_lazy("client", "application papers")
    OTHER = "other", pgettext_lazy("client", "something else")


class GoalDoer(TextChoices):
    """Who takes the next step towards a goal."""

    CLIENT = "client", _("the client")
    COUNSELLOR = "counsellor", pgettext_lazy("client", "the counselling centre")
    BOTH = "both", pgettext_lazy("client", "both together")


class GoalState(TextChoices):
    """What became of a goal."""

    OPEN = "open", pgettext_lazy("client", "open")
    REACHED = "reached", pgettext_lazy("client", "reached")
    CHANGED = "changed", pgettext_lazy("client", "changed to something else")
    GIVEN_UP = "given_up", pgettext_lazy("client", "given up")


class DuePrecision(TextChoices):
    """How exactly it was agreed until when: a day, or some time in a month (whose last day is stored)."""

    DAY = "day", pgettext_lazy("client", "a day")
    MONTH = "month", pgettext_lazy("client", "a month")
