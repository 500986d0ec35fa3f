"""Where a frozen report stands, and in which forms it is handed out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    """From the first count to the day it is handed in."""

    COUNTING = "counting", _("is being counted")
    CANCELLED = "cancelled", _("cancelled")
    DRAFT = "draft", _("waits for approval")
    SENT_BACK = "sent_back", _("sent back")
    APPROVED = "approved", _("approved")
    HANDED_IN = "handed_in", _("handed in")


# Its figures stand and never change again.
FROZEN = (ReportState.DRAFT, ReportState.SENT_BACK, ReportState.APPROVED, ReportState.HANDED_IN)
# Somebody else has looked at it and said yes.
STANDING = (ReportState.APPROVED, ReportState.HANDED_IN)


class FileKind(models.TextChoices):
    """What is made of a frozen report."""

    PDF_DE = "pdf_de", _("PDF, German")
    PDF_EN = "pdf_en", _("PDF, English")
    XLSX = "xlsx", _("XLSX")
    PUBLIC = "public", _("Public version, PDF")


class FileState(models.TextChoices):
    """How far a file is."""

    WORKING = "working", _("in work")
    READY = "ready", _("ready")
    CANCELLED = "cancelled", _("cancelled")
