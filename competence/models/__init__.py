"""Assessments, the sessions at the kiosk, and what they leave behind."""

from competence.models.assessment import Assessment, AssessmentQuerySet
from competence.models.kiosk import KioskAttempt, KioskCode, KioskOperation, KioskSession
from competence.models.paradata import ParadataEvent

__all__ = [
    "Assessment",
    "AssessmentQuerySet",
    "KioskAttempt",
    "KioskCode",
    "KioskOperation",
    "KioskSession",
    "ParadataEvent",
]
